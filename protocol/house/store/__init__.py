"""The tables of people, accounts and the trail, in the database of whoever lives here; returns frozen values."""
