"""How a warning is called on screens, on paper and on the phone."""


def reference_of(identity: str) -> str:
    """Eight digits of a warning's identity, as people read them out: `3F2A-91BC`."""
    return f"{identity[:4]}-{identity[4:8]}".upper()
