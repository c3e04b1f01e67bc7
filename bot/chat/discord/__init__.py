"""Discord as a chat: embeds through the REST interface."""
