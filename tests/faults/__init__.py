"""The exchange under fire: crash tables, killed processes, surroundings that fail."""
