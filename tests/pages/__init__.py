"""A browser of one person, without a screen, before the pages of a node or of the hub."""
