"""Long random histories of a hub and its members, and what must hold whatever happened: `python -m tests.simulator`."""
