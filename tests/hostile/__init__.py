"""A hub that is not honest, and members who are not, to be let loose on any node: `python -m tests.hostile`."""
