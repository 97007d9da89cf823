"""A node: one project's full records, and the doors through which a little of them may leave."""
