"""Discord as a chat: cards over the REST interface, commands over the gateway.

`client.py` posts, edits and finds, and keeps the gateway; `gateway.py` holds the commands and hears of servers and
channels; `answering.py` makes a request of an interaction and a message of the reply. What people can type stands in
`lookups.py` and `configuration.py`, the sorts of options in `choosing.py`, forms in `modals.py`, presses in
`buttons.py`.
"""
