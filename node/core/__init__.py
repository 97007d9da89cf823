"""Frozen values and pure rules of a node: no I/O, no clock, no randomness."""
