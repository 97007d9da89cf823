"""What needs a kernel that plays along: a full disk, a folder that becomes read-only, a network that breaks.

Run by `unshare -Urnm`: root of namespaces of its own, with no way to the machine's network. Where the kernel refuses
that, the run fails and says so.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from hub.core.errors import HubError, Misconfigured
from tests.faults.asks import NotNow, perform
from tests.faults.crash_child import build_stock, config_at, ticking
from tests.faults.forker import running_forker
from tests.faults.kill_loop import GENEROUS
from tests.faults.load import Load, require_kept
from tests.faults.server import PATIENCE_SECONDS, Server
from tests.faults.soundness import require_sound
from tests.hub.asker import code_of, codes_of
from tests.hub.ground import Clock, Ground, serving

REFUSED = "the kernel refuses what this test needs (user, network and mount namespaces): it cannot be run here"
HUB, CLIENT = "10.77.0.2", "10.77.0.1"


def run(*command: str) -> None:
    """A command of the system; where it is refused, the test fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{REFUSED}: {' '.join(command)}: {done.stderr.strip()}")


def in_namespaces(scenario: str) -> dict[str, Any]:
    """Runs a scenario of this module in namespaces of its own; what it found.

    Raises:
        AssertionError: it failed, or the kernel refuses namespaces.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["unshare", "-Urnm", sys.executable, "-m", "tests.faults.in_namespace", scenario, folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert "unshare:" not in done.stderr, f"{REFUSED}: {done.stderr}"
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


async def full_disk(folder: Path) -> dict[str, Any]:
    """A small disk that fills up: from the last kilobytes that are free to none, and then there is room again."""
    run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder))
    database, clock, ballast = f"sqlite:///{folder / 'hub.db'}", Clock(), folder / "ballast"
    await build_stock(database, folder)
    taken: list[tuple[dict[str, str], int]] = []
    refused = read = 0
    async with serving(config_at(folder, database), clock) as ground, ticking(ground.hub):
        reader = ground.asker("merseyside/online")
        await reader.token()
        for free_kib in (512, 96, 40, 24, 12, 4, 0):
            alert = ground.scene.alert("genesis", 1)
            if free_kib < 96:
                ground.scene.cancel("genesis", 1, alert)
            items = ground.scene.take()
            _fill(ballast, folder, free_kib * 1024)
            for _ in range(6):
                answer = await ground.asker("genesis/online").statements(*items)
                if answer.status_code == 200:
                    break
                assert (answer.status_code, code_of(answer)) == (503, "hub.busy"), answer.text
                refused += 1
            read += (await reader.get("/v1/checkpoint")).status_code == 200
            ballast.unlink()
            taken += list(zip(items, await _until_taken(ground, items), strict=True))
        for item, index in taken:
            assert codes_of(await ground.asker("genesis/online").statements(item)) == [index]
        await perform(ground, {"kind": "house"})
        require_sound(ground)
    async with serving(config_at(folder, database), clock) as ground:
        require_sound(ground)
    return {"taken": len(taken), "refused": refused, "read": read}


def _fill(ballast: Path, folder: Path, leave: int) -> None:
    free = os.statvfs(folder)
    with ballast.open("wb") as file:
        file.write(bytes(max(0, free.f_bavail * free.f_frsize - leave)))


async def _until_taken(ground: Ground, items: Sequence[dict[str, str]]) -> list[int]:
    async with asyncio.timeout(30):
        while True:
            try:
                indices: list[int] = await perform(
                    ground, {"kind": "statements", "by": "genesis", "items": list(items)}
                )
                return indices
            except NotNow:
                await asyncio.sleep(0.02)


async def read_only_guard(folder: Path) -> dict[str, Any]:
    """The guard's folder becomes read-only while the hub serves: nothing is signed, until it can be written again."""
    database, clock = f"sqlite:///{folder / 'hub.db'}", Clock()
    await build_stock(database, folder)
    guards = folder / "guards"
    guards.mkdir()
    (folder / "guard").rename(guards / "guard")
    run("mount", "--bind", str(guards), str(guards))
    config = replace(config_at(folder, database), guard_file=guards / "guard")
    async with serving(config, clock) as ground, ticking(ground.hub):
        before = ground.scene.seen().size
        run("mount", "-o", "remount,bind,ro", str(guards))
        ground.scene.alert("genesis", 1)
        sent = asyncio.create_task(ground.send())
        async with asyncio.timeout(30):
            while ground.hub.ordering.leads:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert not sent.done() and ground.scene.seen().size == before
        assert (await ground.asker("merseyside/online").get("/v1/checkpoint")).status_code == 200
        run("mount", "-o", "remount,bind,rw", str(guards))
        (index,) = codes_of(await sent)
        require_sound(ground)
    return {"index": index, "before": before}


async def read_only_database(folder: Path) -> dict[str, Any]:
    """A hub on a read-only disk does not start, and says so; when the cause is gone it does."""
    database, clock = f"sqlite:///{folder / 'hub.db'}", Clock()
    await build_stock(database, folder)
    run("mount", "--bind", str(folder), str(folder))
    run("mount", "-o", "remount,bind,ro", str(folder))
    said = ""
    try:
        async with serving(config_at(folder, database), clock):
            pass
    except (Misconfigured, HubError) as error:
        said = str(error)
    run("mount", "-o", "remount,bind,rw", str(folder))
    async with serving(config_at(folder, database), clock) as ground:
        ground.scene.alert("genesis", 1)
        await ground.ok()
        require_sound(ground)
    return {"said": said}


async def broken_network(folder: Path) -> dict[str, Any]:
    """Hub and senders in two networks joined by one cable, which is pulled, and then makes bad contact."""
    database = f"sqlite:///{folder / 'hub.db'}"
    await build_stock(database, folder, **GENEROUS)
    run("ip", "link", "set", "lo", "up")
    run("ip", "link", "add", "ww0", "type", "veth", "peer", "name", "ww1")
    run("ip", "addr", "add", f"{CLIENT}/24", "dev", "ww0")
    run("ip", "link", "set", "ww0", "up")
    with running_forker() as forker:
        server = Server(forker, database, folder, host=HUB)
        pid = server.start(network=True)
        await _until_apart(pid)
        run("ip", "link", "set", "ww1", "netns", str(pid))
        run("nsenter", "-t", str(pid), "-n", "ip", "addr", "add", f"{HUB}/24", "dev", "ww1")
        run("nsenter", "-t", str(pid), "-n", "ip", "link", "set", "ww1", "up")
        await server.until(leads=True)
        load = Load(database, [server.url], timeout_seconds=1.0)
        async with load.running():
            await load.more(10)
            run("ip", "link", "set", "ww0", "down")
            lost = load.losses
            await load.until(lambda: load.losses > lost + 3)
            cut = load.answers
            run("ip", "link", "set", "ww0", "up")
            await load.more(10)
            for _ in range(30):  # what is on its way while it is down is dropped
                run("ip", "link", "set", "ww0", "down")
                await asyncio.sleep(0.03)
                run("ip", "link", "set", "ww0", "up")
                await asyncio.sleep(0.03)
            await load.more(10)
        server.kill()
    kept = await require_kept(database, folder, load)
    return {"kept": kept, "losses": load.losses, "answers": load.answers, "cut": cut}


async def _until_apart(pid: int) -> None:
    """Waits until a process is in a network of its own; before, a cable laid to it would end at our own."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while Path(f"/proc/{pid}/ns/net").readlink() == Path("/proc/self/ns/net").readlink():  # noqa: ASYNC110, ASYNC240
            await asyncio.sleep(0.01)


SCENARIOS = {one.__name__: one for one in (full_disk, read_only_guard, read_only_database, broken_network)}

if __name__ == "__main__":
    place = Path(sys.argv[2]) / "hub"
    place.mkdir()
    print(json.dumps(asyncio.run(SCENARIOS[sys.argv[1]](place))))
