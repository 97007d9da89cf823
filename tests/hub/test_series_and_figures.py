"""What the hub takes and hands out of series and figures. Source: spec/replay.md §9, spec/bodies.md §6."""

import base64
import datetime as dt

import pytest

from hub.actions.keep_house import erase_lapsed
from hub.store.bodies import all_digests
from hub.store.key_files import FIGURES_KEY, read_key
from protocol.figures import open_figures
from protocol.replay.reading import FIGURES_KEPT_DAYS
from protocol.statement_fields import Audience
from protocol.vectors.plausible_bodies import alert_body, figures_body, salt
from tests.hub.asker import codes_of
from tests.hub.ground import Ground

BOTH = Audience(regions=("merseyside", "west-yorkshire"))


async def sent(ground: Ground) -> str:
    """Sends what was said; the body's digest of the last."""
    last = ground.scene.item(ground.scene.queued[-1])
    await ground.ok()
    return ground.scene.digest_of(last)


async def refused(ground: Ground) -> str:
    """The code by which the last thing said is refused."""
    return str(codes_of(await ground.send())[-1])


async def two_alerts(ground: Ground, *, police: str = "yes", audience: Audience = BOTH) -> tuple[str, str]:
    body = alert_body(police=police, salt=salt("the second"))
    alerts = (
        ground.scene.alert("genesis", 1, audience=audience),
        ground.scene.alert("merseyside", 3, audience=audience, body=body),
    )
    await sent(ground)
    return alerts


async def answers(ground: Ground, digest: str, *names: str) -> list[str]:
    kinds = []
    for name in names:
        (one,) = await ground.asker(f"{name}/online").bodies(digest)
        kinds += [kind for kind in one if kind != "digest"]
    return kinds


async def with_lead(ground: Ground, police: str) -> None:
    await ground.admit("lead", 9, {"genesis": 1, "bradford": 2}, role="lead", region=None, police=police)
    await ground.cosign()


async def test_a_series_goes_to_those_concerned_then_to_all_who_read_its_alerts(ground: Ground) -> None:
    found = ground.scene.series("genesis", 1, await two_alerts(ground))
    digest = await sent(ground)
    assert await answers(ground, digest, "genesis", "merseyside", "bradford") == ["bytes", "bytes", "refused"]
    ground.scene.say("merseyside/sign0", "endorse", 3, about=found)
    await ground.ok("merseyside")
    assert await answers(ground, digest, "genesis", "merseyside", "bradford") == ["bytes", "bytes", "bytes"]


async def test_the_leads_series_waits_by_the_hubs_clock(ground: Ground) -> None:
    await with_lead(ground, "no")
    ground.scene.series("lead", 9, await two_alerts(ground))
    digest = await sent(ground)
    for hours, told in ((83, "refused"), (1, "bytes")):  # said at noon: until the fourth midnight after
        ground.forward(hours=hours)
        assert await answers(ground, digest, "bradford") == [told]


async def test_an_objection_erases_the_series_and_says_so_to_those_concerned(ground: Ground) -> None:
    await with_lead(ground, "no")
    found = ground.scene.series("lead", 9, await two_alerts(ground))
    digest = await sent(ground)
    ground.scene.objection("merseyside", 3, found, "different_person")
    said = await sent(ground)
    assert await answers(ground, digest, "genesis", "lead", "bradford") == ["gone", "gone", "gone"]
    assert await answers(ground, said, "genesis", "lead", "bradford") == ["bytes", "bytes", "refused"]
    with ground.hub.store.read() as session:
        assert digest not in set(all_digests(session))


@pytest.mark.parametrize(("police", "got"), [("yes", "bytes"), ("no", "refused")])
async def test_a_police_lead_reads_a_series_only_if_police_may_read_every_alert(
    ground: Ground, police: str, got: str
) -> None:
    await with_lead(ground, "yes")
    audience = Audience(members=(2, 9), regions=BOTH.regions)
    alerts = await two_alerts(ground, police=police, audience=audience)
    found = ground.scene.series("genesis", 1, alerts)
    digest = await sent(ground)
    ground.scene.say("merseyside/sign0", "endorse", 3, about=found)
    await ground.ok("merseyside")
    assert await answers(ground, digest, "lead", "bradford") == [got, "bytes"]
    ground.scene.pause("genesis", 1, alerts[0])
    await ground.ok()
    assert await answers(ground, digest, "lead", "merseyside") == ["refused", "bytes"]


async def test_a_series_is_not_dated_back(ground: Ground) -> None:
    alerts = await two_alerts(ground)
    ground.scene.day -= dt.timedelta(days=2)
    ground.scene.series("genesis", 1, alerts)
    assert await refused(ground) == "limits.day"


async def test_figures_are_kept_opened_by_the_figures_key_and_handed_to_nobody(ground: Ground) -> None:
    ground.scene.figures("genesis", 1, quarter="2026-Q3")
    (item,) = ground.scene.take()
    await ground.asker("genesis/online").statements(item)
    digest = ground.scene.digest_of(item)
    assert await answers(ground, digest, "genesis", "merseyside") == ["refused", "refused"]
    private = read_key(ground.hub.config.keys_dir / FIGURES_KEY)
    opened = open_figures(base64.b64decode(item["body"]), private)
    assert opened == figures_body(salt=opened.salt, quarter="2026-Q3")


async def test_figures_that_are_not_the_bytes_signed_are_refused(ground: Ground) -> None:
    ground.scene.figures("genesis", 1)
    (item,) = ground.scene.take()
    stored = base64.b64decode(item["body"])
    for altered, code in ((stored[:-1] + b"\0", "body.digest"), (stored[:-1], "body.size")):
        changed = item | {"body": base64.b64encode(altered).decode()}
        assert codes_of(await ground.asker("genesis/online").statements(changed)) == [code]


async def test_figures_are_taken_once_a_day_and_again_after_a_cancel(ground: Ground) -> None:
    first = ground.scene.figures("genesis", 1)
    await sent(ground)
    ground.scene.figures("genesis", 1)
    assert await refused(ground) == "figures.again"
    ground.scene.cancel("genesis", 1, first)
    ground.scene.figures("genesis", 1)
    assert await sent(ground)


async def test_figures_are_erased_by_a_cancel_and_after_four_years(ground: Ground) -> None:
    first = ground.scene.figures("genesis", 1)
    taken_back = await sent(ground)
    kept = ground.scene.figures("merseyside", 3) and await sent(ground)
    ground.scene.cancel("genesis", 1, first)
    await ground.ok()
    with ground.hub.store.read() as session:
        held = set(all_digests(session))
    assert (taken_back in held, kept in held) == (False, True)
    lapsed = ground.scene.day + dt.timedelta(days=FIGURES_KEPT_DAYS + 7)
    for day, there in ((lapsed - dt.timedelta(days=1), True), (lapsed, False)):
        erase_lapsed(ground.hub.store, ground.hub.view, day)
        with ground.hub.store.read() as session:
            assert (kept in set(all_digests(session))) is there
