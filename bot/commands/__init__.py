"""Commands: (request, store, services) -> reply, the same for every chat."""
