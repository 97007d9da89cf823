"""How the hub's tables came to be: one step a file, run by `hub.store.schema`."""
