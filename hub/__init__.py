"""The hub: an ordered log of signed statements, erasable bodies, and who still owes a word. No reporter data."""
