"""What the simulation came to: what people saw beside what the database says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select

from daybeat.cli.simulation.member import Member
from daybeat.modules.moods.models import moods
from daybeat.modules.reminders.models import prompts


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts over everybody; lags in seconds from the minute a prompt was due to its arrival."""

    people: int
    asked: int
    received: int
    followed_up: int
    answered: int
    expired: int
    skipped: int
    sent: int
    stored: int
    duplicate: int
    refused: int
    rubbish: int
    unanswered: int
    unheard: int
    asked_twice: int
    lost: int
    doubled: int
    lag_p50: float
    lag_p99: float
    lag_most: float

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was lost, doubled or left without an answer."""
        return not (self.unheard or self.asked_twice or self.lost or self.doubled or self.unanswered)


def balance_of(connection: Connection, members: Sequence[Member]) -> Balance:
    """Compare the diaries with the database."""
    diaries = [member.diary for member in members]
    states, slots, asked = _prompts(connection)
    kept: Counter[UUID] = Counter(row.user_id for row in connection.execute(select(moods.c.user_id)))
    stored = {member.resident.user_id: _stored(member) for member in members}
    lags = sorted(lag for diary in diaries for lag in diary.lags)
    heard = {UUID(prompt) for diary in diaries for prompt in diary.asked}
    statuses = sum((diary.statuses for diary in diaries), Counter[str]())
    return Balance(
        people=len(members),
        asked=len(asked),
        received=len(heard),
        followed_up=sum(len(diary.followed_up) for diary in diaries),
        answered=states["answered"],
        expired=states["expired"],
        skipped=states["skipped"],
        sent=sum(len(diary.sent) for diary in diaries),
        stored=sum(stored.values()),
        duplicate=statuses["duplicate"],
        refused=statuses["refused"],
        rubbish=sum(diary.rubbish for diary in diaries),
        unanswered=sum(reply not in diary.acks for diary in diaries for reply in diary.sent),
        unheard=len(asked - heard),
        asked_twice=sum(times - 1 for times in slots.values()),
        lost=sum(max(0, count - kept[user]) for user, count in stored.items()),
        doubled=sum(max(0, kept[user] - count) for user, count in stored.items()),
        lag_p50=_share(lags, 0.5),
        lag_p99=_share(lags, 0.99),
        lag_most=_share(lags, 1),
    )


def _prompts(connection: Connection) -> tuple[Counter[str], Counter[tuple[UUID, object]], set[UUID]]:
    rows = connection.execute(select(prompts.c.id, prompts.c.user_id, prompts.c.due_at, prompts.c.state)).all()
    asked = {row.id for row in rows if row.state != "skipped"}
    return Counter(row.state for row in rows), Counter((row.user_id, row.due_at) for row in rows), asked


def _stored(member: Member) -> int:
    return sum(status == "stored" for status in member.diary.acks.values())


def _share(ascending: Sequence[float], share: float) -> float:
    return ascending[min(len(ascending) - 1, int(share * len(ascending)))] if ascending else 0.0


def lines_of(balance: Balance) -> Iterable[tuple[str, str]]:
    """Give what to print, line by line."""
    yield "people", f"{balance.people:,}"
    yield "prompts asked / arrived", f"{balance.asked:,} / {balance.received:,}"
    yield "answered / followed up / expired", f"{balance.answered:,} / {balance.followed_up:,} / {balance.expired:,}"
    yield "not asked, because they rest", f"{balance.skipped:,}"
    yield "replies sent / stored", f"{balance.sent:,} / {balance.stored:,}"
    yield "acks: duplicate / refused", f"{balance.duplicate:,} / {balance.refused:,} ({balance.rubbish:,} were rubbish)"
    yield "lag p50 / p99 / most", f"{balance.lag_p50:.2f} s / {balance.lag_p99:.2f} s / {balance.lag_most:.2f} s"
    yield "asked but never heard, asked twice", f"{balance.unheard:,}, {balance.asked_twice:,}"
    yield "replies lost, doubled, without an ack", f"{balance.lost:,}, {balance.doubled:,}, {balance.unanswered:,}"
