"""Rules: an event checks a habit in or adds to a goal, once, whatever happens in between."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from daybeat.bootstrap.activity.following import rule_targets
from daybeat.infra.events.log import event_log
from daybeat.infra.queues.table import queue_positions
from daybeat.kit.ids import new_id
from daybeat.modules.activity.following import Following
from daybeat.modules.activity.queries import newest
from daybeat.modules.activity.reaching import reached_by_rules
from daybeat.modules.activity.rules import rules_in_force
from tests.support.activity import said
from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer
from tests.support.goals import goal, progress
from tests.support.live import connected

pytestmark = pytest.mark.embedded
NOW = "2026-03-02T11:00:00Z"


@pytest.fixture
def habit(ana: Person) -> str:
    return ana.habit(start="2026-01-01")


@pytest.fixture
def run(ana: Person) -> str:
    return goal(ana, unit="km", start="2026-02-01")


def rule(person: Person, habit_id: str, **wishes: Any) -> Any:
    return person.post("/events/rules", {"event_type": "login", "habit_id": habit_id, **wishes})


def feed(person: Person, goal_id: str, **wishes: Any) -> Any:
    return person.post("/events/rules", {"event_type": "login", "goal_id": goal_id, **wishes})


def happens(house: Daybeat, person: Person, *events: dict[str, Any]) -> None:
    """Let events arrive, and whatever follows them follow."""
    for event in events:
        person.post("/events/track", {**said(timestamp=NOW), **event})
    follow(house)


def follow(house: Daybeat) -> None:
    following = Following(house.core.store, house.core.activity, rule_targets())
    while asyncio.run(following.follow()) or _is_behind(house):
        pass


def _is_behind(house: Daybeat) -> bool:
    """Tell whether events are still to be looked at: Daybeat follows by itself, too, and may be in the middle of it."""
    rules, reached = house.core.store.read_now(lambda c: (rules_in_force(c), reached_by_rules(c)))
    return bool(rules) and reached is not None and reached < house.core.activity.read_now(newest)


def today(person: Person, habit_id: str) -> Any:
    return next(item for item in person.get("/today")["items"] if item["habit_id"] == habit_id)


def test_an_event_checks_a_habit_in_on_the_day_it_happened(house: Daybeat, ana: Person, habit: str) -> None:
    rule(ana, habit, metadata={"source": "web"})
    happens(house, ana, {}, {"metadata": {"source": "app"}}, {"event_type": "logout"})
    happens(house, ana, {"timestamp": "2026-02-28T23:00:00Z"})
    assert today(ana, habit)["count"] == 1
    check_ins = ana.get(f"/habits/{habit}/check-ins", **{"from": "2026-02-01", "to": "2026-03-02"})["items"]
    assert {(each["date"], each["source"]) for each in check_ins} == {("2026-02-28", "rule"), ("2026-03-02", "rule")}
    (kept,) = ana.get("/events/rules")["items"]
    assert (kept["fired"], kept["last_refusal"]) == (2, None)


def test_the_amount_is_the_rules_or_the_events(house: Daybeat, ana: Person) -> None:
    pages = ana.habit(start="2026-01-01", target=10, unit="pages")
    rule(ana, pages, amount=2)
    rule(ana, pages, event_type="read", amount_from="pages")
    happens(house, ana, {}, {"event_type": "read", "metadata": {"pages": 5.5}}, {"event_type": "read"})
    assert today(ana, pages)["amount"] == 7.5
    refusals = [each["last_refusal"] for each in ana.get("/events/rules")["items"]]
    assert refusals == [None, "the event has no number above 0 in 'pages'"]


def test_the_same_event_counts_once_however_often_it_comes(house: Daybeat, ana: Person, habit: str) -> None:
    rule(ana, habit)
    event = {"event_id": "01a21498-e42f-7cad-b392-65d73be90000"}
    happens(house, ana, event, event)
    start_over(house)
    happens(house, ana, event)
    assert today(ana, habit)["count"] == 1


def start_over(house: Daybeat) -> None:
    """Read from the beginning again, as after a restored backup."""
    again = update(queue_positions).where(queue_positions.c.reader == "activity.rules").values(no=0)
    house.core.store.write_now(lambda uow: uow.connection.execute(again) and None)


def test_what_arrived_before_the_rule_is_left_alone(house: Daybeat, ana: Person, habit: str) -> None:
    happens(house, ana, {})
    house.clock.forward(minutes=1)
    rule(ana, habit)
    follow(house)
    assert today(ana, habit)["count"] == 0


def test_a_rule_that_is_off_or_gone_does_nothing(house: Daybeat, ana: Person, habit: str) -> None:
    off, gone = rule(ana, habit)["id"], rule(ana, habit)["id"]
    assert ana.patch(f"/events/rules/{off}", {"enabled": False})["enabled"] is False
    ana.delete(f"/events/rules/{gone}")
    happens(house, ana, {})
    assert today(ana, habit)["count"] == 0
    house.clock.forward(minutes=1)
    ana.patch(f"/events/rules/{off}", {"enabled": True})
    happens(house, ana, {})
    assert today(ana, habit)["count"] == 1


def test_a_check_in_that_cannot_be_is_told_and_stops_nothing(house: Daybeat, ana: Person) -> None:
    young, old = ana.habit(start="2026-03-02"), ana.habit(start="2026-01-01")
    for each in (young, old):
        rule(ana, each)
    happens(house, ana, {"timestamp": "2026-02-01T10:00:00Z"}, {})
    assert [today(ana, each)["count"] for each in (young, old)] == [1, 1]
    first, second = ana.get("/events/rules")["items"]
    assert (first["fired"], second["fired"]) == (1, 2)


def test_an_event_a_little_ahead_of_our_clock_counts_as_now(house: Daybeat, ana: Person, habit: str) -> None:
    rule(ana, habit)
    happens(house, ana, {"timestamp": "2026-03-03T01:00:00Z"})
    assert today(ana, habit)["count"] == 1


def test_events_of_others_are_nobodys_business(house: Daybeat, ana: Person, habit: str) -> None:
    bea = newcomer(house)
    rule(ana, habit)
    happens(house, bea, {})
    assert today(ana, habit)["count"] == 0


def test_rules_go_with_their_habit(house: Daybeat, ana: Person, habit: str) -> None:
    rule(ana, habit)
    ana.delete(f"/habits/{habit}")
    caught_up(house)
    assert ana.get("/events/rules")["items"] == []


def test_a_preview_tells_what_a_rule_would_have_done_and_does_nothing(house: Daybeat, ana: Person, habit: str) -> None:
    happens(house, ana, *[{"metadata": {"n": number % 2}} for number in range(6)])
    wish = {"event_type": "login", "metadata": {"n": 1}, "habit_id": habit}
    preview = ana.post("/events/rules/preview", wish)
    assert (preview["matched"], preview["looked_at"], len(preview["examples"])) == (3, 6, 3)
    assert preview["adds_up_to"] == 3
    assert today(ana, habit)["count"] == 0


def entries(person: Person, goal_id: str) -> list[Any]:
    items: list[Any] = person.get(f"/goals/{goal_id}/entries")["items"]
    return items


def test_an_event_adds_to_a_goal_on_the_day_it_happened(house: Daybeat, ana: Person, run: str) -> None:
    feed(ana, run, event_type="ran", amount_from="km")
    feed(ana, run, amount=0.1)
    feed(ana, run, event_type="logout")
    late = {"event_type": "ran", "metadata": {"km": 5.5}, "timestamp": "2026-02-28T23:00:00Z"}
    happens(house, ana, late, {}, {}, {}, {"event_type": "logout"}, {"event_type": "ran"})
    assert progress(house, ana, run) == 6.8
    added = [(each["date"], each["amount"], each["source"]) for each in entries(ana, run)]
    ours = [("2026-03-02", amount, "rule") for amount in (0.1, 0.1, 0.1, 1)]
    assert sorted(added) == [("2026-02-28", 5.5, "rule"), *ours]
    told = [(each["fired"], each["last_refusal"]) for each in ana.get("/events/rules")["items"]]
    assert told == [(1, "the event has no number above 0 in 'km'"), (3, None), (1, None)]


def test_what_rules_added_is_told_apart_from_what_was_added_by_hand(house: Daybeat, ana: Person, run: str) -> None:
    feed(ana, run, amount=2)
    ana.post(f"/goals/{run}/entries", {"amount": 3})
    happens(house, ana, {}, {})
    shown = ana.get(f"/goals/{run}")
    assert (shown["by_hand"], shown["by_rules"], shown["progress"]) == (3, 4, 7)


def test_the_same_event_adds_to_a_goal_once_however_often_it_comes(house: Daybeat, ana: Person, run: str) -> None:
    feed(ana, run, amount=2)
    event = {"event_id": "01a21498-e42f-7cad-b392-65d73be90000"}
    happens(house, ana, event, event)
    start_over(house)
    happens(house, ana, event)
    assert progress(house, ana, run) == 2


def test_one_event_can_feed_a_habit_and_a_goal(house: Daybeat, ana: Person, habit: str, run: str) -> None:
    rule(ana, habit)
    feed(ana, run)
    happens(house, ana, {})
    assert (today(ana, habit)["count"], progress(house, ana, run)) == (1, 1)


def test_an_entry_of_a_rule_that_is_taken_back_takes_its_progress_back(house: Daybeat, ana: Person, run: str) -> None:
    feed(ana, run, amount=60)
    happens(house, ana, {}, {})
    assert ana.get(f"/goals/{run}")["state"] == "completed"
    ana.delete(f"/goals/{run}/entries/{entries(ana, run)[0]['id']}")
    follow(house)
    shown = ana.get(f"/goals/{run}")
    assert (shown["progress"], shown["state"]) == (60, "active")


def test_what_happened_before_a_goal_began_is_refused_and_stops_nothing(house: Daybeat, ana: Person, run: str) -> None:
    feed(ana, run)
    happens(house, ana, {"timestamp": "2026-01-31T10:00:00Z"})
    (kept,) = ana.get("/events/rules")["items"]
    assert kept["last_refusal"].startswith("The goal begins after that day")
    happens(house, ana, {})
    (kept,) = ana.get("/events/rules")["items"]
    assert (kept["fired"], kept["last_refusal"], progress(house, ana, run)) == (1, None, 1)


@pytest.mark.parametrize("end", ["complete", "archive"])
def test_a_goal_that_has_ended_takes_nothing_more(house: Daybeat, ana: Person, run: str, end: str) -> None:
    feed(ana, run)
    happens(house, ana, {})
    ana.post(f"/goals/{run}/{end}")
    happens(house, ana, {})
    (kept,) = ana.get("/events/rules")["items"]
    assert kept["last_refusal"] == "This goal is closed, so it takes nothing more. Reopen it first."
    assert (kept["fired"], progress(house, ana, run)) == (1, 1)
    ana.post(f"/goals/{run}/reopen")
    happens(house, ana, {})
    assert progress(house, ana, run) == 2


def test_rules_go_with_their_goal_and_others_stay(house: Daybeat, ana: Person, habit: str, run: str) -> None:
    kept = rule(ana, habit)["id"]
    feed(ana, run)
    ana.delete(f"/goals/{run}")
    caught_up(house)
    assert [each["id"] for each in ana.get("/events/rules")["items"]] == [kept]


def test_what_a_rule_added_stays_when_the_rule_goes(house: Daybeat, ana: Person, run: str) -> None:
    made = feed(ana, run)["id"]
    happens(house, ana, {})
    ana.delete(f"/events/rules/{made}")
    assert progress(house, ana, run) == 1


def test_a_rule_can_be_turned_from_a_habit_to_a_goal_and_back(
    house: Daybeat, ana: Person, habit: str, run: str
) -> None:
    path = f"/events/rules/{rule(ana, habit)['id']}"
    turned = ana.patch(path, {"goal_id": run})
    assert (turned["habit_id"], turned["goal_id"]) == (None, run)
    happens(house, ana, {})
    assert (today(ana, habit)["count"], progress(house, ana, run)) == (0, 1)
    house.clock.forward(minutes=1)
    back = ana.patch(path, {"habit_id": habit, "goal_id": None})
    assert (back["habit_id"], back["goal_id"]) == (habit, None)
    happens(house, ana, {})
    assert (today(ana, habit)["count"], progress(house, ana, run)) == (1, 1)


@pytest.mark.parametrize("names", [{}, {"habit_id": None}, {"goal_id": None}, {"both": True}])
def test_a_rule_feeds_one_thing(ana: Person, habit: str, run: str, names: dict[str, Any]) -> None:
    wish = {"habit_id": habit, "goal_id": run} if names.get("both") else names
    made = rule(ana, habit)
    asked = [("POST", "/events/rules"), ("POST", "/events/rules/preview")]
    asked += [("PATCH", f"/events/rules/{made['id']}")] if wish else []
    for method, path in asked:
        needed = {"event_type": "login"} if method == "POST" else {}
        answer = ana.ask(method, path, json={**needed, **wish})
        assert answer.status_code == 422
        assert "habit_id or goal_id" in answer.json()["detail"]
    assert ana.get("/events/rules")["items"] == [made]


def test_a_number_nobody_could_type_in_is_refused_and_stops_nothing(house: Daybeat, ana: Person, run: str) -> None:
    feed(ana, run, amount_from="n")
    happens(house, ana, {"metadata": {"n": 10**400}})
    (kept,) = ana.get("/events/rules")["items"]
    assert kept["last_refusal"] == "the number in 'n' is above 1,000,000,000"
    happens(house, ana, {"metadata": {"n": 3}})
    assert progress(house, ana, run) == 3


def test_a_preview_tells_what_a_rule_would_have_added(house: Daybeat, ana: Person, run: str) -> None:
    happens(house, ana, *[{"metadata": {"km": km}} for km in (0.1, 0.2, "far")], {"event_type": "logout"})
    wish = {"event_type": "login", "goal_id": run}
    for amounts, adds_up_to in (({}, 3), ({"amount": 2}, 6), ({"amount_from": "km"}, 0.3)):
        preview = ana.post("/events/rules/preview", {**wish, **amounts})
        assert (preview["matched"], preview["adds_up_to"]) == (3, adds_up_to)
    assert progress(house, ana, run) == 0


def test_many_events_for_a_goal_are_told_of_together(house: Daybeat, ana: Person, run: str) -> None:
    feed(ana, run)
    events = [said(timestamp=NOW, event_id=str(new_id())) for _ in range(150)]
    ana.post("/events/batch", events)
    follow(house)
    assert progress(house, ana, run) == 150
    own = (event_log.c.user_id == UUID(ana.id)) & (event_log.c.type == "goals.progress.changed")
    rows = house.core.store.read_now(lambda c: c.execute(select(event_log.c.data).where(own)).scalars().all())
    assert rows[-1]["progress"] == 150
    assert len(rows) < 150


WRONG = {
    "no habit": {"habit_id": str(UUID(int=7))},
    "no type": {"event_type": ""},
    "a long type": {"event_type": "x" * 51},
    "two amounts": {"amount": 1, "amount_from": "n"},
    "no amount": {"amount": 0},
    "a condition that is a list": {"metadata": {"a": []}},
    "something unknown": {"color": "red"},
}


@pytest.mark.parametrize("wish", WRONG.values(), ids=WRONG.keys())
def test_a_rule_that_makes_no_sense_is_refused(ana: Person, habit: str, wish: dict[str, Any]) -> None:
    answer = ana.ask("POST", "/events/rules", json={"event_type": "login", "habit_id": habit, **wish})
    assert answer.status_code in {404, 422}
    assert ana.get("/events/rules")["items"] == []


def test_an_open_page_sees_events_as_they_are_stored(house: Daybeat, ana: Person) -> None:
    bea = newcomer(house)
    with connected(house, None) as socket:
        socket.send_json({"type": "auth", "token": ana.access_token})
        assert socket.receive_json()["type"] == "ready"
        socket.send_json({"type": "watch", "channel": "activity"})
        bea.post("/events/track", said(event_type="hers"))
        frame = None
        while frame is None or frame["items"][-1]["event_type"] != "mine":
            ana.post("/events/track", said(event_type="mine"))
            frame = socket.receive_json()
    assert frame["type"] == "activity.events"
    assert {item["event_type"] for item in frame["items"]} == {"mine"}


def test_a_token_that_may_not_read_events_is_shown_none(house: Daybeat, ana: Person) -> None:
    token = ana.post("/auth/tokens", {"name": "facts only", "scopes": ["read"]})["token"]
    with connected(house, None) as socket:
        socket.send_json({"type": "auth", "token": token})
        assert socket.receive_json()["type"] == "ready"
        socket.send_json({"type": "watch", "channel": "activity"})
        assert socket.receive()["code"] == 4403


@pytest.mark.parametrize("channel", ["nonsense", None, 7])
def test_a_channel_that_is_none_ends_the_conversation(house: Daybeat, ana: Person, channel: Any) -> None:
    with connected(house, None) as socket:
        socket.send_json({"type": "auth", "token": ana.access_token})
        socket.receive_json()
        socket.send_json({"type": "watch", "channel": channel})
        assert socket.receive()["code"] == 4400
