"""A person's task through real pages in a real browser. Everything is found by its visible label or role."""
