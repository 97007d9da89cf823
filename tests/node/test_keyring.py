"""Key files: made once, read only when nobody else can, and a seal key that is replaced without a gap."""

from pathlib import Path

import pytest
from nacl.signing import SigningKey

from node.core.errors import Misconfigured
from node.key_files import USES, key_file_problems, make_keys, make_next, promote_next
from node.keyring import Keyring
from protocol.envelope import decode_envelope
from protocol.statement_fields import MemberPart
from protocol.vectors.scene import three_projects
from tests.node.exchange_nodes import scene_keyring


def test_keys_are_made_with_modes_that_keep_others_out(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert [(tmp_path / "keys" / use).stat().st_mode & 0o777 for use in USES] == [0o600] * 4
    public = Keyring.load(tmp_path / "keys").public
    assert len({public.online, public.seal, *public.sign}) == 3


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    make_keys(tmp_path)
    before = Keyring.load(tmp_path).public
    with pytest.raises(Misconfigured) as caught:
        make_keys(tmp_path)
    assert caught.value.code == "config.keys_exist"
    assert Keyring.load(tmp_path).public == before


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    make_keys(tmp_path)
    (tmp_path / "online").chmod(0o644)
    with pytest.raises(Misconfigured) as caught:
        Keyring.load(tmp_path)
    assert caught.value.code == "config.key_mode"
    assert len(key_file_problems(tmp_path)) == 1


@pytest.mark.parametrize("content", ["", "ab", "zz" * 32, "ab" * 33])
def test_a_broken_key_file_is_named(tmp_path: Path, content: str) -> None:
    make_keys(tmp_path)
    (tmp_path / "sign").write_text(content)
    with pytest.raises(Misconfigured) as caught:
        Keyring.load(tmp_path)
    assert caught.value.code == "config.key_file"
    assert content not in caught.value.message or not content


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    make_keys(tmp_path)
    (tmp_path / "witness").unlink()
    with pytest.raises(Misconfigured) as caught:
        Keyring.load(tmp_path)
    assert caught.value.code == "config.no_key"


def test_a_signature_verifies_under_the_public_half() -> None:
    scene, keyring = three_projects(), scene_keyring("genesis")
    envelope = decode_envelope(keyring.sign_statement(scene.statement("cancel", 1, supersedes="ab" * 32)))
    assert envelope.verify(bytes.fromhex(keyring.public.sign[0]))


def test_the_unattended_key_signs_nothing_but_a_rotation() -> None:
    scene, keyring = three_projects(), scene_keyring("genesis")
    rotation = scene.statement("rotate", 1, member=MemberPart(keys=keyring.public))
    assert decode_envelope(keyring.sign_statement(rotation, unattended=True)).verify(
        bytes.fromhex(keyring.public.online)
    )
    with pytest.raises(RuntimeError):
        keyring.sign_statement(scene.statement("cancel", 1, supersedes="ab" * 32), unattended=True)


def test_a_next_seal_key_takes_its_place_only_once_the_log_has_it(tmp_path: Path) -> None:
    make_keys(tmp_path)
    old = Keyring.load(tmp_path).public.seal
    waiting = make_next(tmp_path, "seal")
    assert make_next(tmp_path, "seal") == waiting != old
    assert not promote_next(tmp_path, "seal", (old,))
    assert Keyring.load(tmp_path).public.seal == old
    assert promote_next(tmp_path, "seal", (waiting,))
    assert not promote_next(tmp_path, "seal", (waiting,))
    assert Keyring.load(tmp_path).public.seal == waiting


def test_a_next_online_key_that_was_put_in_its_place_meanwhile_signs_from_there(tmp_path: Path) -> None:
    """A request is being signed while another thread follows what the log says."""
    make_keys(tmp_path)
    keyring = Keyring.load(tmp_path)
    waiting = keyring.prepare("online")

    def signed() -> dict[str, str]:
        url, nonce = "https://hub.example.org/v1/bodies", bytes(16)
        return keyring.sign_http("POST", url, b"", created=1, nonce=nonce, seen=None, use="waiting")

    before = signed()
    assert promote_next(tmp_path, "online", (waiting,))
    assert signed() == before
    keyring.prepare("online")
    (tmp_path / "online.next").write_text("not a key")
    with pytest.raises(Misconfigured):  # waiting and unreadable: what is in its place is another key
        signed()


def test_secrets_are_in_no_representation(tmp_path: Path) -> None:
    make_keys(tmp_path)
    seed = (tmp_path / "sign").read_text().strip()
    keyring = Keyring.load(tmp_path)
    assert seed not in repr(keyring) and seed not in repr(keyring.public)
    assert bytes(SigningKey(bytes.fromhex(seed)).verify_key).hex() == keyring.public.sign[0]


def test_without_the_signing_key_a_node_goes_on_and_says_plainly_what_it_cannot_do(tmp_path: Path) -> None:
    make_keys(tmp_path)
    (tmp_path / "sign").unlink()
    keyring, scene = Keyring.load(tmp_path), three_projects()
    assert not keyring.can_sign and keyring.public.sign == ()
    with pytest.raises(Misconfigured) as caught:
        keyring.sign_statement(scene.statement("cancel", 1, supersedes="ab" * 32))
    assert caught.value.code == "config.no_sign_key"
