"""Frozen values and pure rules of the hub: no I/O, no clock, no randomness."""
