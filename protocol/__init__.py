"""What travels between members: pure functions over bytes. No I/O, no clock, no randomness; see `protocol/spec/`."""
