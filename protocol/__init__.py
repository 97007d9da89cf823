"""What travels between members: pure functions over bytes. No I/O, no clock, no randomness; see `protocol/spec/`.

Apart from it, and known to none of it, `house`: what a hub and a node share as houses.
"""
