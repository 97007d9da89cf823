"""Routes of pages, as the tables of who comes in name them."""

from collections.abc import Iterable, Mapping

from fastapi import APIRouter
from fastapi.routing import APIRoute


def routes(rooms: Iterable[APIRouter]) -> dict[str, APIRoute]:
    """Every route of every room."""
    found: dict[str, APIRoute] = {}
    for room in rooms:
        for route in room.routes:
            assert isinstance(route, APIRoute)
            found |= {f"{method} {route.path}": route for method in route.methods or ()}
    return found


def address(route: str, parts: Mapping[str, str], number: str = "999999") -> tuple[str, str]:
    """A request to it, about something that is not here. `parts`: what stands for a part that is no number."""
    method, _, path = route.partition(" ")
    for part, value in parts.items():
        path = path.replace(part, value)
    pieces = path.split("/")
    return method, "/".join(number if piece.startswith("{") else piece for piece in pieces)
