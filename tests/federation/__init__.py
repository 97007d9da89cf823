"""Stories between a hub and nodes: real ones, in one process, over links that fail."""
