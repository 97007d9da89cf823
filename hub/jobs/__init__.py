"""What runs by itself: thin, harmless when run twice."""
