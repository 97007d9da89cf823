"""Who may ask what: signatures, tokens, limits. Source: exchange.md §1."""

import asyncio
import secrets
from pathlib import Path

from sqlmodel import select

from hub.actions.keep_house import forget_stale
from hub.core.tokens import make_token
from hub.store import members
from hub.store.engine import HubTable, Store
from hub.store.tables import NonceRow
from tests.hub.asker import code_of, codes_of
from tests.hub.ground import Ground, running_ground, seen_at


async def test_a_token_reads_for_ten_minutes_and_no_longer(ground: Ground) -> None:
    asker = ground.asker("genesis/online")
    assert (await asker.get("/v1/checkpoint")).status_code == 200
    ground.clock.now = ground.clock.now.replace(minute=9, second=59)
    assert (await asker.get("/v1/checkpoint")).status_code == 200
    ground.clock.now = ground.clock.now.replace(minute=10, second=0)
    answer = await asker.get("/v1/checkpoint")
    assert (answer.status_code, code_of(answer)) == (401, "auth.token")


async def test_a_forged_token_and_one_for_another_subject_read_nothing(ground: Ground) -> None:
    token = await ground.asker("genesis/online").token()
    claim, mac = token.split(".")
    until = ground.clock.seconds() + 600
    other_claim = make_token("m:3", until, b"\x00" * 32).split(".")[0]
    forged = [
        make_token("m:1", until, b"\x00" * 32),
        f"{other_claim}.{mac}",
        f"{claim}.{mac[:-4]}AAAA",
        claim,
        f"{claim}.",
        ".",
        "",
        "é.é",
        "a" * 100_000,
    ]
    for bad in forged:
        answer = await ground.client.get("/v1/checkpoint", headers=[(b"authorization", f"Bearer {bad}".encode())])
        assert (answer.status_code, code_of(answer)) == (401, "auth.token"), bad[:40]
    answer = await ground.client.get("/v1/checkpoint", headers={"authorization": f"Basic {token}"})
    assert code_of(answer) == "auth.token"


async def test_a_witness_reads_checkpoints_and_proofs_and_cosigns_and_reads_nothing_else(ground: Ground) -> None:
    witness = ground.asker("witness0")
    size = ground.hub.view.now.state.size
    assert (await witness.get("/v1/checkpoint")).status_code == 200
    assert (await witness.get("/v1/cosigned")).status_code == 200
    assert (await witness.get("/v1/proof", old=1, size=size)).status_code == 200
    for path in ("/v1/tile/0/000.p/1", "/v1/tile/entries/000.p/1", "/v1/acks", "/v1/requests"):
        answer = await witness.get(path)
        assert (answer.status_code, code_of(answer)) == (403, "auth.not_a_member"), path


async def test_a_request_is_taken_once_also_when_two_copies_arrive_together(ground: Ground) -> None:
    asker = ground.asker("genesis/online")
    headers = asker.signed("POST", "/v1/tokens")
    answers = await asyncio.gather(*(ground.client.post("/v1/tokens", headers=headers) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401]
    assert {code_of(answer) for answer in answers if answer.status_code == 401} == {"auth.replayed"}


async def test_an_altered_body_path_query_or_key_is_refused(ground: Ground) -> None:
    asker, body = ground.asker("genesis/online"), b'{"digests":["' + b"ab" * 32 + b'"]}'
    headers = asker.signed("POST", "/v1/bodies", body)
    attempts = [
        ("/v1/bodies", body.replace(b"a", b"c"), headers),
        ("/v1/bodies", b"", headers),
        ("/v1/statements", body, headers),
        ("/v1/bodies?x=1", body, headers),
        ("/v1/bodies", body, headers | asker.signed("POST", "/v1/bodies", body) | {"signature": headers["signature"]}),
        ("/v1/bodies", body, ground.asker("nobody/online").signed("POST", "/v1/bodies", body)),
        ("/v1/bodies", body, ground.asker("genesis/sign0").signed("POST", "/v1/bodies", body)),
        ("/v1/bodies", body, {}),
    ]
    for path, content, sent in attempts:
        answer = await ground.client.post(path, content=content, headers=sent)
        assert (answer.status_code, code_of(answer)) == (401, "auth.signature"), (path, sent)


async def test_an_old_request_is_refused_by_its_age_once_its_nonce_is_forgotten(ground: Ground) -> None:
    headers = ground.asker("genesis/online").signed("POST", "/v1/tokens")
    assert (await ground.client.post("/v1/tokens", headers=headers)).status_code == 200
    ground.forward(seconds=421)
    forget_stale(ground.hub.store, ground.hub.view, ground.clock.now)
    assert code_of(await ground.client.post("/v1/tokens", headers=headers)) == "auth.signature"


def rows_of(store: Store, table: type[HubTable]) -> list[HubTable]:
    with store.read() as session:
        return list(session.exec(select(table)))


async def test_requests_a_minute_are_limited_but_for_cancels_and_acks(database: str, tmp_path: Path) -> None:
    async with running_ground(database, tmp_path, requests_per_minute=4, k=0) as ground:
        await ground.admit("genesis", 1)
        asker = ground.asker("genesis/online")
        alert = ground.scene.alert("genesis", 1)
        assert len(codes_of(await ground.send())) == 1
        for _ in range(2):
            assert (await asker.get("/v1/checkpoint")).status_code == 200
        answer = await asker.get("/v1/checkpoint")
        assert (answer.status_code, code_of(answer)) == (429, "limits.requests")
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        kept = len(rows_of(ground.hub.store, NonceRow))
        for _ in range(3):
            assert code_of(await ground.client.post("/v1/tokens", headers=asker.signed("POST", "/v1/tokens"))) == (
                "limits.requests"
            )
        asked = await asker.post("/v1/bodies", b'{"digests":["%s"]}' % (b"0" * 64))
        assert (asked.status_code, code_of(asked)) == (429, "limits.requests")
        assert len(rows_of(ground.hub.store, NonceRow)) == kept, "a flood fills no table"
        ground.scene.alert("genesis", 1)
        assert code_of(await ground.send()) == "limits.requests"
        ground.scene.alert("genesis", 1)
        ground.scene.cancel("genesis", 1, alert)
        other, cancel = codes_of(await ground.send())
        assert other == "limits.requests" and isinstance(cancel, int)
        assert (await ground.send_ack("genesis", 1)).status_code == 204
        ground.forward(seconds=61)
        assert (await ground.asker("genesis/online").get("/v1/checkpoint")).status_code == 200


async def test_a_compromised_member_gets_no_token_and_its_live_one_reads_nothing(ground: Ground) -> None:
    asker = ground.asker("merseyside/online")
    await asker.token()
    await ground.officers("revoke", 3, reason="compromised", from_=1)
    for path in ("/v1/checkpoint", "/v1/cosigned", "/v1/tile/0/000.p/1", "/v1/proof?old=1&size=2", "/v1/acks"):
        answer = await ground.client.get(path, headers={"authorization": f"Bearer {await asker.token()}"})
        assert (answer.status_code, code_of(answer)) == (403, "auth.removed"), path
    assert code_of(await asker.post("/v1/tokens", b"")) == "auth.removed"


async def test_who_is_removed_while_it_waits_is_told_nothing_of_what_came(ground: Ground) -> None:
    asker, size = ground.asker("merseyside/online"), ground.hub.view.now.state.size
    await asker.token()
    waiting = asyncio.create_task(asker.get("/v1/checkpoint", after=size, wait=20, entries=1))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await ground.officers("revoke", 3, reason="compromised", from_=1)
    async with asyncio.timeout(15):
        answer = await waiting
    assert (answer.status_code, code_of(answer)) == (403, "auth.removed")


async def test_a_member_that_left_reads_the_log_until_it_has_said_that_it_erased(ground: Ground) -> None:
    ground.scene.say("merseyside/sign0", "leave", 3)
    await ground.ok("merseyside")
    asker = ground.asker("merseyside/online")
    assert (await asker.get("/v1/tile/0/000.p/1")).status_code == 200
    assert (await ground.send_ack("merseyside", 3)).status_code == 204
    assert code_of(await asker.get("/v1/tile/0/000.p/1")) == "auth.removed"
    assert code_of(await asker.post("/v1/tokens", b"")) == "auth.removed"


async def test_a_forged_seen_in_a_request_is_refused_and_stops_nothing(ground: Ground) -> None:
    asker = ground.asker("genesis/online")
    seen = ground.scene.seen()
    asker.seen = seen
    assert (await asker.post("/v1/tokens", b"")).status_code == 200
    asker.seen = seen_at(seen, size=seen.size + 1)
    assert code_of(await asker.post("/v1/tokens", b"")) == "auth.signature"
    assert not ground.hub.view.refresh().halted


async def test_an_invitation_serves_once_and_ends_with_its_day(ground: Ground) -> None:
    digest = await ground.ask_to_join("first")
    listed = (await ground.asker("genesis/online").get("/v1/requests")).json()["requests"]
    assert [(one["digest"], one["name"]) for one in listed] == [(digest, "first project")]
    content = {"invitation": secrets.token_hex(16), "envelope": listed[0]["envelope"], "name": "x", "contact": "y"}
    assert (await ground.client.post("/v1/requests", json=content)).json() == {"digest": digest}
    with ground.hub.store.begin() as session:
        members.add_invitation(session, "old", ground.clock.now.date())
    with ground.hub.store.begin() as session:
        assert not members.use_invitation(session, "never", ground.clock.now.date())
    ground.forward(days=1)
    with ground.hub.store.begin() as session:
        assert not members.use_invitation(session, "old", ground.clock.now.date())
