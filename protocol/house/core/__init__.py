"""Accounts, sessions, tries and the trail as values and rules: no I/O, no clock, no randomness."""
