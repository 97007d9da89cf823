"""Vectors: real bytes for every rule, written by `python -m protocol.vectors` from fixed seeds; no real keys."""
