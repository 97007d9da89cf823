"""Sequences of what people do at a node, drawn by a machine; after each step the promises are asked."""
