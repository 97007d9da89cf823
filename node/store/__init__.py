"""The only place with SQLModel and SQL; returns frozen values."""
