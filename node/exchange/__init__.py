"""The exchange door: the only module tree of a node that speaks to the network (promise 1)."""
