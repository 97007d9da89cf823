"""Tables of accounts: who can sign in, on which devices, and who is signed in now.

Passwords, PINs, codes and tokens stand here as hashes only; what must be readable to be used is sealed.
"""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from protocol.at_rest import ErasedWith
from protocol.house.store.registry import HouseTable, SealedColumns


class AccountRow(SealedColumns, HouseTable, table=True):
    """How somebody signs in: the password's hash; sealed, the secret of the second step."""

    __tablename__ = "accounts"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="row", by=("end_account",), why="when they leave")
    sealed_place: ClassVar[str] = "accounts"

    person_id: int = Field(primary_key=True, foreign_key="people.id")
    password_hash: str
    last_step: int
    set_up_at: datetime

    def place(self) -> str:
        """Where the content belongs."""
        return f"{self.sealed_place}/{self.person_id}"


class RecoveryRow(HouseTable, table=True):
    """A recovery code that is left: 80 random bits, as a hash."""

    __tablename__ = "recovery_codes"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("use_recovery", "end_account"), why="once it was used, or when they leave"
    )

    code_hash: str = Field(primary_key=True)
    person_id: int = Field(index=True, foreign_key="people.id")


class InvitationRow(SealedColumns, HouseTable, table=True):
    """A way into an account that is not set up yet, or anew: the code as a hash; sealed, the second step's secret."""

    __tablename__ = "account_invitations"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row",
        by=("end_invitation", "insert_invitation", "end_account"),
        why="once it was used or replaced, after seven days, or when they leave",
    )
    sealed_place: ClassVar[str] = "account_invitations"

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True)
    person_id: int = Field(unique=True, foreign_key="people.id")
    made_at: datetime

    def place(self) -> str:
        """Where the content belongs."""
        return f"{self.sealed_place}/{self.code_hash}"


class DeviceRow(HouseTable, table=True):
    """A browser on which somebody has signed in, by the hash of what it holds."""

    __tablename__ = "devices"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="row", by=("end_device",), why="when it is lost or given up")

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    name: str
    enrolled_at: datetime
    seen_at: datetime


class DevicePersonRow(HouseTable, table=True):
    """Somebody on a device; their PIN there, hashed under a sealed key and stretched: useless without it."""

    __tablename__ = "device_people"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("end_device", "end_account"), why="with the device, or when they leave"
    )

    device_id: int = Field(primary_key=True, foreign_key="devices.id")
    person_id: int = Field(primary_key=True, foreign_key="people.id", index=True)
    pin_hash: str | None = None
    enrolled_at: datetime


class PasskeyRow(HouseTable, table=True):
    """A passkey: the public half."""

    __tablename__ = "passkeys"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("end_passkey", "end_account"), why="when it is given up, or when they leave"
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(index=True, foreign_key="people.id")
    credential: str = Field(unique=True)
    public_key: bytes
    uses: int
    name: str
    added_at: datetime


class ChallengeRow(HouseTable, table=True):
    """A passkey's challenge that was answered: it is not answered twice."""

    __tablename__ = "passkey_challenges"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("use_challenge",), why="once it is too old to be answered"
    )

    challenge_hash: str = Field(primary_key=True)
    used_at: datetime


class TriesRow(HouseTable, table=True):
    """Wrong tries in a row, by a keyed hash of the name, device or address: alone it tells nothing."""

    __tablename__ = "sign_in_tries"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("count_try", "forgive"), why="after a right one, or a day"
    )

    key: str = Field(primary_key=True)
    failures: int
    last_at: datetime


class SessionRow(HouseTable, table=True):
    """Somebody signed in on one device. The token is in their browser alone: here is its hash."""

    __tablename__ = "sessions"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row",
        by=("end_session", "insert_session", "end_device", "end_account"),
        why="when the shift is over, at sign-out, when the account or device ends",
    )

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    person_id: int = Field(index=True, foreign_key="people.id")
    device_id: int = Field(index=True, foreign_key="devices.id")
    csrf: str
    began_at: datetime
    seen_at: datetime
    failures: int = 0
    locked: bool = False
    practice: str = ""


class KeptFormRow(SealedColumns, HouseTable, table=True):
    """What was being sent when the screen locked, sealed, until it is sent after all."""

    __tablename__ = "kept_forms"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row",
        by=("forget_form", "end_session", "insert_session", "end_device", "end_account"),
        why="once it is sent, or with the session",
    )
    sealed_place: ClassVar[str] = "kept_forms"

    session_id: int = Field(primary_key=True, foreign_key="sessions.id")
    path: str
    at: datetime

    def place(self) -> str:
        """Where the content belongs."""
        return f"{self.sealed_place}/{self.session_id}"


class HashKeyRow(SealedColumns, HouseTable, table=True):
    """A key under which hashes are made that mean nothing outside this house, sealed, by its name."""

    __tablename__ = "hash_keys"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="random bytes; sealed, so that no copy of the database can test a number or a PIN"
    )
    sealed_place: ClassVar[str] = "hash_keys"

    name: str = Field(primary_key=True)

    def place(self) -> str:
        """Where the content belongs."""
        return f"{self.sealed_place}/{self.name}"
