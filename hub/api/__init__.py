"""HTTP: thin. Parse, call one action, answer."""
