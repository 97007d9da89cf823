"""How a command of the exchange runs: with the node built, while its worker runs or not."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import typer

from node.app import Node, build_node
from node.config import read_config
from node.jobs.leader import Leadership
from protocol.house.core.errors import Refused

_T = TypeVar("_T")


def with_node(settings: Path, work: Callable[[Node], Awaitable[_T]]) -> _T:
    """Does that with the node built, and closes it."""
    config = read_config(settings)

    async def main() -> _T:
        node = build_node(config)
        try:
            return await work(node)
        finally:
            await node.close()

    return asyncio.run(main())


def alone(settings: Path, work: Callable[[Node], Awaitable[_T]]) -> _T:
    """As `with_node`, while no worker of this node runs: it does the same by itself."""
    leadership = Leadership(read_config(settings).database)
    if not leadership.acquire():
        raise Refused("worker_runs", "'watchword-node run' is running and does this by itself")
    try:
        return with_node(settings, work)
    finally:
        leadership.release()


def read(settings: Path, work: Callable[[Node], _T]) -> _T:
    """Does that with what the node knows; nothing goes to the hub."""

    async def reading(node: Node) -> _T:
        return work(node)

    return with_node(settings, reading)


def print_as(as_json: bool, value: object, in_words: Callable[[], None]) -> None:
    """A value as one JSON object, or in words."""
    if as_json:
        typer.echo(msgspec.json.encode(value).decode())
    else:
        in_words()
