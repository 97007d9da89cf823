"""Bodies go only to whom replay gives them at that moment, and what is refused does not say why."""

from typing import Any

import pytest

from protocol.statement_fields import Audience, MemberPart
from protocol.vectors.plausible_bodies import alert_body, salt
from tests.hub.asker import code_of
from tests.hub.ground import Ground, fake_digest


async def published(ground: Ground, **over: Any) -> tuple[str, str, dict[str, str]]:
    """Identity, body digest and item of an alert of Genesis to Merseyside that is in the log."""
    identity = ground.scene.alert("genesis", 1, **over)
    (item,) = ground.scene.take()
    await ground.asker("genesis/online").statements(item)
    return identity, ground.scene.digest_of(item), item


async def answer_to(ground: Ground, name: str, digest: str) -> str:
    (one,) = await ground.asker(f"{name}/online").bodies(digest)
    assert one.pop("digest") == digest
    (kind,) = one
    return kind


async def test_a_body_goes_to_its_audience_and_its_origin_and_to_nobody_else(ground: Ground) -> None:
    _, digest, item = await published(ground)
    (got,) = await ground.asker("merseyside/online").bodies(digest)
    assert got == {"digest": digest, "bytes": item["body"]}
    assert await answer_to(ground, "genesis", digest) == "bytes"
    assert await answer_to(ground, "bradford", digest) == "refused"


async def test_an_excepted_member_gets_no_body_also_where_its_region_is_meant(ground: Ground) -> None:
    audience = Audience(regions=("merseyside", "west-yorkshire"), except_=(2,))
    _, digest, _ = await published(ground, audience=audience)
    assert await answer_to(ground, "merseyside", digest) == "bytes"
    assert await answer_to(ground, "bradford", digest) == "refused"


async def test_an_observer_gets_the_log_and_no_body_also_when_it_is_named(ground: Ground) -> None:
    await ground.admit("watcher", 4, {"genesis": 1, "bradford": 2}, role="observer", region=None)
    await ground.cosign()
    _, digest, _ = await published(ground, audience=Audience(members=(3, 4)))
    assert await answer_to(ground, "watcher", digest) == "refused"
    assert (await ground.asker("watcher/online").get("/v1/checkpoint")).status_code == 200


async def test_a_suspended_member_gets_no_body_until_it_is_resumed(ground: Ground) -> None:
    _, digest, _ = await published(ground)
    await ground.officers("suspend", 3, count=1, reason="silent")
    assert await answer_to(ground, "merseyside", digest) == "bytes"
    ground.scene.say("officer1", "suspend", 0, member=MemberPart(id=3, reason="silent"))
    await ground.ok()
    assert await answer_to(ground, "merseyside", digest) == "refused"
    assert (await ground.asker("merseyside/online").get("/v1/tile/entries/000.p/1")).status_code == 200
    assert (await ground.as_officer("resume", 3)).index is not None
    assert await answer_to(ground, "merseyside", digest) == "bytes"


async def test_from_its_removal_a_member_gets_no_body_old_or_new(ground: Ground) -> None:
    _, old, _ = await published(ground)
    ground.scene.say("merseyside/sign0", "leave", 3)
    await ground.ok("merseyside")
    _, new, _ = await published(ground)
    assert await answer_to(ground, "merseyside", old) == "refused"
    assert await answer_to(ground, "merseyside", new) == "refused"


async def test_an_admission_is_acted_upon_once_two_of_three_witnesses_have_seen_it(ground: Ground) -> None:
    await ground.admit("wirral", 5, {"genesis": 1, "bradford": 2}, region="merseyside")
    _, digest, _ = await published(ground)
    assert await answer_to(ground, "wirral", digest) == "refused"
    await ground.cosign(0)
    assert await answer_to(ground, "wirral", digest) == "refused"
    await ground.cosign(2)
    assert await answer_to(ground, "wirral", digest) == "bytes"


async def test_what_is_unknown_and_what_is_not_yours_look_the_same(ground: Ground) -> None:
    _, digest, _ = await published(ground)
    unknown = fake_digest("unknown")
    one, other = await ground.asker("bradford/online").bodies(digest, unknown)
    assert {**one, "digest": ""} == {**other, "digest": ""} == {"digest": "", "refused": True}


async def test_a_gone_body_says_at_which_entry_in_the_order_asked(ground: Ground) -> None:
    first, first_digest, _ = await published(ground)
    second, second_digest, _ = await published(ground)
    ground.scene.cancel("genesis", 1, first)
    index = (await ground.ok())["results"][0]["index"]
    answers = await ground.asker("merseyside/online").bodies(second_digest, first_digest, second_digest)
    assert [one.get("gone") for one in answers] == [None, index, None]
    assert answers[0] == answers[2] and "bytes" in answers[0]
    assert second != first


@pytest.mark.parametrize("digests", [[], ["ab" * 32] * 257, ["AB" * 32], ["ab"], ["\x00" * 64], [1], ["../" * 22]])
async def test_digests_are_1_to_256_of_64_hex_digits(ground: Ground, digests: list[object]) -> None:
    answer = await ground.asker("genesis/online").post("/v1/bodies", {"digests": digests})
    assert (answer.status_code, code_of(answer)) == (400, "request.malformed")


async def test_a_witness_and_a_compromised_member_are_refused_before_any_digest(ground: Ground) -> None:
    _, digest, _ = await published(ground)
    answer = await ground.asker("witness0").post("/v1/bodies", {"digests": [digest]})
    assert (answer.status_code, code_of(answer)) == (403, "auth.not_a_member")
    await ground.officers("revoke", 3, reason="compromised", from_=1)
    answer = await ground.asker("merseyside/online").post("/v1/bodies", {"digests": [digest]})
    assert (answer.status_code, code_of(answer)) == (403, "auth.removed")


async def test_what_a_compromised_member_published_is_gone_for_everybody(ground: Ground) -> None:
    _, digest, _ = await published(ground)
    since = ground.hub.view.now.state.size - 1
    await ground.officers("revoke", 1, reason="compromised", from_=since)
    assert await answer_to(ground, "merseyside", digest) == "gone"


async def test_a_police_member_gets_only_what_permission_lets_police_read(ground: Ground) -> None:
    await ground.admit("force", 4, {"genesis": 1, "bradford": 2}, role="lead", region=None, police="yes")
    await ground.cosign()
    audience = Audience(members=(3, 4))
    _, allowed, _ = await published(ground, audience=audience)
    body = alert_body(police="no", salt=salt("not for police"))
    _, kept_back, _ = await published(ground, audience=audience, body=body)
    assert [await answer_to(ground, "force", digest) for digest in (allowed, kept_back)] == ["bytes", "refused"]
    assert await answer_to(ground, "merseyside", kept_back) == "bytes"
