"""What a hub and a node share as houses: people who sign in, the trail of their looks, the frame of the pages.

`protocol` outside this package does no I/O and does not know it. Rooms run one way: web → actions → store → core.
"""
