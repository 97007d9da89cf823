"""When each job last began, last succeeded, and what its last problem was: for the watchdog and for people."""

from datetime import datetime, timedelta

import msgspec
from sqlmodel import Session, select

from node.store.exchange_tables import Heartbeat
from protocol.house.store.registry import columns

SHOWN_AFTER_PERIODS = 3
"""A job that has not succeeded for so many of its periods is shown."""


class JobState(msgspec.Struct, frozen=True, kw_only=True):
    """One job.

    Attributes:
        job: its name.
        period_seconds: how often it should succeed.
        first_start: aware UTC; since when it is expected.
        last_start: aware UTC.
        last_success: aware UTC, or None.
        problem: code of the last problem, None after a success.
    """

    job: str
    period_seconds: float
    first_start: datetime
    last_start: datetime
    last_success: datetime | None
    problem: str | None

    def is_late(self, now: datetime) -> bool:
        """Whether it has not succeeded for `SHOWN_AFTER_PERIODS` periods."""
        since = self.last_success or self.first_start
        return now - since > timedelta(seconds=SHOWN_AFTER_PERIODS * self.period_seconds)


def job_started(session: Session, job: str, period_seconds: float, now: datetime) -> None:
    """It began."""
    row = session.get(Heartbeat, job)
    if row is None:
        session.add(Heartbeat(job=job, period_seconds=period_seconds, first_start=now, last_start=now))
    else:
        row.period_seconds, row.last_start = period_seconds, now


def job_succeeded(session: Session, job: str, now: datetime) -> None:
    """It did what it is for."""
    row = session.get(Heartbeat, job)
    if row is not None:
        row.last_success, row.problem = now, None


def job_failed(session: Session, job: str, problem: str) -> None:
    """It did not; `problem` is a stable code."""
    row = session.get(Heartbeat, job)
    if row is not None:
        row.problem = problem


def job_states(session: Session) -> list[JobState]:
    """All jobs, by name."""
    return [JobState(**columns(row)) for row in session.exec(select(Heartbeat).order_by(Heartbeat.job))]
