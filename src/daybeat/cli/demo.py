"""`daybeat demo`: an account with two years of believable days, so that a newcomer sees a full page at once."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import httpx2
import typer

from daybeat.cli.api import Api
from daybeat.cli.demo_goals import set_goals
from daybeat.cli.demo_moods import feel_for_a_year
from daybeat.cli.errors import Unreachable
from daybeat.cli.importing import AT_ONCE
from daybeat.cli.places import server_url
from daybeat.cli.show import put_line, talk

SEED = 20_240_229
LENGTH = timedelta(days=730)
BY_THE_HOUR = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class DemoHabit:
    """A habit and the person who keeps it: how often on weekdays and weekends, and how it changed over the years."""

    name: str
    body: dict[str, Any]
    weekday: float
    weekend: float
    drift: float = 0.0
    usual: float = 0.0  # amount
    hour: int | None = None  # of the day at which it is usually done
    notes: tuple[str, ...] = ()


HABITS = (
    DemoHabit(
        "Read 20 pages",
        {
            "schedule": {"kind": "daily"},
            "target": 20,
            "unit": "pages",
            "icon": "📖",
            "color": "indigo",
            "tags": ["Evening"],
        },
        weekday=0.72,
        weekend=0.85,
        drift=0.18,
        usual=22,
        hour=21,
        notes=(
            "Finished a chapter in one go.",
            "Too tired for more than a few pages.",
            "On the train, an hour flew by.",
        ),
    ),
    DemoHabit(
        "Morning stretch",
        {"schedule": {"kind": "daily"}, "icon": "🧘", "color": "teal", "tags": ["Morning"]},
        weekday=0.86,
        weekend=0.6,
        drift=0.08,
        hour=7,
    ),
    DemoHabit(
        "Run",
        {"schedule": {"kind": "per_week", "n": 3, "week_start": 0}, "icon": "🏃", "color": "rose", "tags": ["Sport"]},
        weekday=0.42,
        weekend=0.55,
        hour=17,
        notes=("Rain, but it felt good.", "New shoes.", "Slow and easy along the river."),
    ),
    DemoHabit(
        "Practise Spanish",
        {
            "schedule": {"kind": "weekdays", "days": [0, 1, 2, 3, 4]},
            "icon": "🇪🇸",
            "color": "amber",
            "tags": ["Evening"],
        },
        weekday=0.8,
        weekend=0.05,
        drift=-0.2,
    ),
    DemoHabit(
        "Water",
        {"schedule": {"kind": "daily"}, "target": 8, "unit": "glasses", "icon": "💧", "color": "blue"},
        weekday=0.7,
        weekend=0.62,
        drift=0.1,
        usual=8,
    ),
    DemoHabit(
        "Coffee",
        {
            "schedule": {"kind": "daily"},
            "target": 2,
            "direction": "at_most",
            "unit": "cups",
            "icon": "☕",
            "color": "olive",
        },
        weekday=0.97,
        weekend=0.95,
        usual=1.6,
    ),
    DemoHabit(
        "No phone in bed",
        {"schedule": {"kind": "avoid"}, "icon": "📵", "color": "slate", "tags": ["Evening"]},
        weekday=0.07,
        weekend=0.15,
        drift=-0.05,
    ),
    DemoHabit(
        "Call the family",
        {"schedule": {"kind": "per_month", "n": 4}, "icon": "📞", "color": "violet"},
        weekday=0.1,
        weekend=0.3,
    ),
)


def demo(
    email: Annotated[str, typer.Option(help="E-mail address of the demo account.")] = "demo@example.org",
    password: Annotated[str | None, typer.Option(help="Its password; one is made when left out.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed gives another life.")] = SEED,
) -> None:
    """Make an account with two years of believable days."""
    password = password or secrets.token_urlsafe(9)
    with _daybeat() as api:
        body = {"email": email, "password": password, "name": "Demo", "timezone": _own_zone()}
        granted = api.ask("POST", "/auth/register", body)
        api.token = granted["access_token"]
        today = date.fromisoformat(api.ask("GET", "/today")["today"])
        dice = random.Random(seed)  # noqa: S311 - a life, not a secret
        lived = _live_two_years(api, today, body["timezone"], dice)
        talk("Moods …")
        feel_for_a_year(api, today, body["timezone"], dice, lived.done["Run"])
        talk("Goals …")
        set_goals(api, today, lived.ids)
    put_line(f"{api.url}  e-mail: {email}  password: {password}")


@dataclass(frozen=True, slots=True)
class Lived:
    """The ids of the habits by name, and the days on which they were done."""

    ids: dict[str, str] = field(default_factory=dict)
    done: dict[str, set[str]] = field(default_factory=dict)


def _live_two_years(api: Api, today: date, zone: str, dice: random.Random) -> Lived:
    lived = Lived()
    begin = today - LENGTH
    holidays = [(begin + timedelta(days=160), 12), (begin + timedelta(days=520), 15)]
    for habit in HABITS:
        talk(f"{habit.name} …")
        body = {"name": habit.name, "start": begin.isoformat(), **habit.body}
        habit_id = lived.ids[habit.name] = api.ask("POST", "/habits", body)["id"]
        for first, length in holidays:
            pause = {"from": first.isoformat(), "to": (first + timedelta(days=length)).isoformat()}
            api.ask("POST", f"/habits/{habit_id}/pauses", pause)
        days = [day for day in _days(habit, begin, today, dice) if not _within(day["date"], holidays)]
        lived.done[habit.name] = {day["date"] for day in days if day["state"] == "done"}
        _say(api, f"/habits/{habit_id}/check-ins", habit, days, str(today - BY_THE_HOUR), ZoneInfo(zone), dice)
    return lived


def _say(
    api: Api, path: str, habit: DemoHabit, days: list[dict[str, Any]], since: str, zone: ZoneInfo, dice: random.Random
) -> None:
    """Bring the old days in together; those of late were checked in when they were done, where that is known."""
    by_the_hour = [day for day in days if habit.hour and day["date"] >= since and day["state"] == "done"]
    together = [day for day in days if day not in by_the_hour]
    for start in range(0, len(together), AT_ONCE):
        api.ask("POST", f"{path}/import", {"check_ins": together[start : start + AT_ONCE]})
    for said in by_the_hour:
        hour = min(23, max(5, round(dice.gauss(habit.hour or 0, 0.8))))
        at = datetime.combine(date.fromisoformat(said["date"]), time(hour, dice.randrange(60)), zone)
        api.ask("POST", path, {"at": at.isoformat(), "amount": said.get("amount"), "note": said.get("note")})


def _days(habit: DemoHabit, begin: date, today: date, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Live day after day: good and bad weeks come in waves, and today is still open."""
    form = 0.0
    for number in range((today - begin).days):
        day = begin + timedelta(days=number)
        form = 0.9 * form + dice.gauss(0, 0.07)
        chance = (habit.weekend if day.weekday() > 4 else habit.weekday) + form + habit.drift * number / LENGTH.days  # noqa: PLR2004
        if dice.random() < chance:
            yield _done(habit, day, dice)
        elif dice.random() < 0.04:  # noqa: PLR2004 - now and then somebody is ill
            yield {"date": day.isoformat(), "state": "skip"}


def _done(habit: DemoHabit, day: date, dice: random.Random) -> dict[str, Any]:
    said: dict[str, Any] = {"date": day.isoformat(), "state": "done"}
    if habit.usual:
        said["amount"] = max(1, round(dice.gauss(habit.usual, habit.usual / 5)))
    if habit.notes and dice.random() < 0.03:  # noqa: PLR2004
        said["note"] = dice.choice(habit.notes)
    return said


def _within(day: str, holidays: list[tuple[date, int]]) -> bool:
    return any(first <= date.fromisoformat(day) <= first + timedelta(days=length) for first, length in holidays)


@contextmanager
def _daybeat() -> Iterator[Api]:
    """Talk to the Daybeat that runs; when none does, open the data folder here."""
    api = Api(server_url(), None)
    try:
        api.ask("GET", "/instance")
    except Unreachable:
        with _own_daybeat() as api:
            yield api
        return
    yield api


@contextmanager
def _own_daybeat() -> Iterator[Api]:
    from anyio.from_thread import start_blocking_portal

    from daybeat.bootstrap.app import build_app
    from daybeat.bootstrap.core import open_core
    from daybeat.bootstrap.settings import load_settings

    settings = load_settings()
    with open_core(settings) as core, start_blocking_portal("asyncio") as portal:
        app = build_app(core)
        with portal.wrap_async_context_manager(app.router.lifespan_context(app)):
            transport = _InThisProcess(app, portal)
            yield Api(settings.url, None, httpx2.Client(base_url=settings.url, transport=transport, timeout=60))


class _InThisProcess(httpx2.BaseTransport):
    """Hands requests to the application without a socket."""

    def __init__(self, app: Any, portal: Any) -> None:
        self._inner, self._portal = httpx2.ASGITransport(app), portal

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        async def ask() -> httpx2.Response:
            response = await self._inner.handle_async_request(request)
            content = await response.aread()
            return httpx2.Response(response.status_code, headers=response.headers, content=content)

        response: httpx2.Response = self._portal.call(ask)
        return response


def _own_zone() -> str:
    """Name this machine's zone, or UTC where it has no name."""
    zone = datetime.now().astimezone().tzinfo
    key = getattr(zone, "key", None)
    return str(key) if key else "UTC"
