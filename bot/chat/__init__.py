"""The chats: for each platform a client and a pure renderer. No chat knows another."""
