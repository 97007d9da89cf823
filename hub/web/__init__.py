"""The pages of the hub: what the lead sees, and what an operator does."""
