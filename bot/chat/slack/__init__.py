"""Slack as a chat: Block Kit cards through the Web API."""
