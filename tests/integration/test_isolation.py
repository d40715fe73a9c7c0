"""Nobody reads or changes another user's things, on whatever route there is."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.devices.handlers import add_device
from daybeat.modules.insights.suggestion_repository import SuggestionRepository
from daybeat.modules.notifications.repository import ChannelRepository
from daybeat.modules.notifications.telling import Told, tell_one
from tests.support.database import contents
from tests.support.daybeat import NOON, Daybeat, Person
from tests.support.days import newcomer
from tests.support.reminding import told_reminder

SECRET = "a diary nobody may read"
NOWHERE = {"server": "http://ntfy.invalid", "topic": "diary"}
WELL_MEANT: dict[tuple[str, str], Any] = {
    ("PATCH", "/habits/{habit_id}"): {"name": "Mine now", "archived": True},
    ("PUT", "/habits/{habit_id}/check-ins/{date}"): {"state": "done"},
    ("POST", "/habits/{habit_id}/check-ins"): {},
    ("POST", "/habits/{habit_id}/check-ins/import"): {"check_ins": [{"date": "2026-03-01"}]},
    ("PATCH", "/moods/{mood_id}"): {"score": 1},
    ("POST", "/mood-prompts/{prompt_id}/reply"): {"score": 1},
    ("PATCH", "/events/rules/{rule_id}"): {"enabled": False},
    ("PATCH", "/notifications/channels/{channel_id}"): {"name": "Mine now", "address": {"topic": "mine"}},
    ("PUT", "/reminders/habits/{habit_id}/nudge"): {"enabled": True},
    ("POST", "/reminders/{reminder_id}/snooze"): {"minutes": 10},
    ("PATCH", "/goals/{goal_id}"): {"name": "Mine now", "target": 1},
    ("POST", "/goals/{goal_id}/entries"): {"amount": 1, "date": "2026-03-02"},
    ("POST", "/habits/{habit_id}/pauses"): {"from": "2026-03-03", "to": "2026-03-04"},
}
"""Bodies that would be fine from the owner. A route that needs one and has none here fails with 422 instead of 404."""


FOR_ADMINS = ("/operations", "/events/refused")
"""These are for admins alone, and say so whatever the id."""


@pytest.fixture(scope="module")
def owned(shared_daybeat: Daybeat) -> dict[str, str]:
    """Everything of Ana's that has an id, by the name it has in paths."""
    shared_daybeat.clock.set(NOON)
    ana = newcomer(shared_daybeat)
    habit = ana.habit(name=SECRET, tags=[SECRET[:30]], start="2026-03-01")
    goal = ana.post("/goals", {"name": SECRET, "target": 5, "habits": [{"habit_id": habit}]})["id"]
    channel = ana.post("/notifications/channels", {"kind": "ntfy", "name": SECRET, "address": NOWHERE})["id"]
    return {
        "habit_id": habit,
        "check_in_id": ana.says(habit, "2026-03-02", note=SECRET)["check_in"]["id"],
        "pause_id": ana.post(f"/habits/{habit}/pauses", {"from": "2026-03-05", "to": "2026-03-06"})["id"],
        "mood_id": ana.post("/moods", {"score": 4, "note": SECRET})["id"],
        "prompt_id": ana.post("/mood-prompts")["id"],
        "token_id": ana.post("/auth/tokens", {"name": SECRET, "scopes": ["read"]})["id"],
        "session_id": ana.get("/auth/sessions")["items"][0]["id"],
        "device_id": _device(shared_daybeat, ana),
        "item_id": str(UUID(int=0)),
        "refused_id": str(UUID(int=0)),
        "rule_id": ana.post("/events/rules", {"event_type": SECRET[:50], "habit_id": habit})["id"],
        "reminder_id": told_reminder(shared_daybeat, ana, habit),
        "channel_id": channel,
        "delivery_id": _delivery(shared_daybeat, ana, channel),
        "goal_id": goal,
        "entry_id": ana.post(f"/goals/{goal}/entries", {"amount": 1, "note": SECRET})["id"],
        "suggestion_id": _suggestion(shared_daybeat, ana, habit),
        "date": "2026-03-02",
    }


def _delivery(daybeat: Daybeat, person: Person, channel_id: str) -> str:
    """Let a message wait at a channel that is off, so that nobody sends it."""
    person.patch(f"/notifications/channels/{channel_id}", {"enabled": False})

    def wait(uow: UnitOfWork) -> UUID:
        place = ChannelRepository(uow.connection).get(UUID(person.id), UUID(channel_id))
        return tell_one(Told("test", "test", {"channel": SECRET}), new_id(), place, uow)

    return str(daybeat.core.store.write_now(wait))


def _suggestion(daybeat: Daybeat, person: Person, habit_id: str) -> str:
    """Leave a suggestion that somebody decided about, so that no figures take it away."""
    suggestion_id = new_id()
    row = {"id": suggestion_id, "user_id": UUID(person.id), "habit_id": UUID(habit_id), "kind": "lower", "basis": ""}
    said = {"text": SECRET, "evidence": [SECRET], "change": {}, "state": "dismissed", "place": 0, "made_at": NOON}
    daybeat.core.store.write_now(lambda uow: SuggestionRepository(uow.connection, UUID(person.id)).add({**row, **said}))
    return str(suggestion_id)


def _device(daybeat: Daybeat, person: Person) -> str:
    """Add a device past the door, which is closed where there is no broker."""
    user_id = UUID(person.id)
    return str(daybeat.core.store.write_now(lambda uow: add_device(user_id, SECRET, uow=uow)))


@pytest.fixture(scope="module")
def bea(shared_daybeat: Daybeat) -> Person:
    """Somebody else, whose own insights are up to date, so that looking at others' need not keep anything of hers."""
    shared_daybeat.clock.set(NOON)
    person = newcomer(shared_daybeat)
    person.get("/insights/summary")
    return person


def routes(daybeat: Daybeat) -> Iterator[tuple[str, str]]:
    """List every operation of the API, with its path below /api/v1."""
    for path, operations in daybeat.app.openapi()["paths"].items():
        if path.startswith("/api/v1/"):
            for method in operations:
                yield method.upper(), path.removeprefix("/api/v1")


def test_another_users_ids_do_not_exist_on_any_route(
    shared_daybeat: Daybeat, bea: Person, owned: dict[str, str]
) -> None:
    aimed = [(method, path) for method, path in routes(shared_daybeat) if "{" in path]
    assert len(aimed) >= 13
    before = contents(shared_daybeat)
    answers = {f"{m} {p}": bea.ask(m, p.format(**owned), json=WELL_MEANT.get((m, p))) for m, p in aimed}
    wanted = {name: 403 if name.split()[1].startswith(FOR_ADMINS) else 404 for name in answers}
    assert {name: answer.status_code for name, answer in answers.items()} == wanted
    assert all(answer.headers["content-type"] == "application/problem+json" for answer in answers.values())
    assert contents(shared_daybeat) == before


def test_no_list_shows_anything_of_another_user(shared_daybeat: Daybeat, bea: Person, owned: dict[str, str]) -> None:
    lists = [path for method, path in routes(shared_daybeat) if method == "GET" and "{" not in path]
    assert len(lists) >= 8
    for path in lists:
        answer = bea.ask("GET", path)
        assert answer.status_code == (403 if path.startswith(FOR_ADMINS) else 200), path
        assert SECRET not in answer.text
        assert not [each for name, each in owned.items() if name not in {"date", "item_id"} and each in answer.text]


def test_every_route_but_the_doors_needs_a_token(shared_daybeat: Daybeat, owned: dict[str, str]) -> None:
    doors = {"/auth/register", "/auth/login", "/auth/refresh", "/auth/logout", "/instance"}
    for method, path in routes(shared_daybeat):
        if path not in doors:
            answer = shared_daybeat.client.request(method, f"/api/v1{path.format(**owned)}")
            assert answer.status_code == 401, f"{method} {path}"
            assert answer.headers["www-authenticate"] == "Bearer"


def test_another_users_habits_cannot_be_put_into_an_order(bea: Person, owned: dict[str, str]) -> None:
    assert bea.ask("PUT", "/habits/order", json={"ids": [owned["habit_id"]]}).status_code == 422


def test_another_users_check_in_id_cannot_be_taken_again(bea: Person, owned: dict[str, str]) -> None:
    habit = bea.habit()
    answer = bea.ask("POST", f"/habits/{habit}/check-ins", json={"id": owned["check_in_id"]})
    assert answer.status_code == 409
    assert bea.get(f"/habits/{habit}/check-ins")["items"] == []


def test_the_same_idempotency_key_of_two_users_is_two_keys(house: Daybeat, bea: Person) -> None:
    cleo = newcomer(house)
    key = {"Idempotency-Key": "the-same"}
    body = {"name": "Run", "schedule": {"kind": "daily"}}
    assert bea.post("/habits", body, headers=key)["id"] != cleo.post("/habits", body, headers=key)["id"]


def test_another_users_goal_cannot_be_fed(bea: Person, owned: dict[str, str]) -> None:
    rule = bea.post("/events/rules", {"event_type": "login", "habit_id": bea.habit()})
    aimed = {"goal_id": owned["goal_id"]}
    assert bea.ask("POST", "/events/rules", json={"event_type": "login", **aimed}).status_code == 404
    assert bea.ask("PATCH", f"/events/rules/{rule['id']}", json=aimed).status_code == 404
    assert bea.get("/events/rules")["items"] == [rule]
