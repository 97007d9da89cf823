"""How a rule of replay says no."""


class Void(Exception):
    """An entry breaks a rule. `code` is that rule's name in spec/replay.md."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def require(condition: bool, code: str) -> None:
    """Raises `Void(code)` unless the condition holds."""
    if not condition:
        raise Void(code)
