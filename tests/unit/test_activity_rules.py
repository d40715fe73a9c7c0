"""When an event counts, and how much."""

from typing import Any

import pytest

from daybeat.modules.activity.domain.rules import Rule, adds_up_to, amount_of, matches

LOGIN = {"source": "web", "tries": 1, "ok": True}

CASES = {
    "the type alone": (Rule("login", {}), True),
    "another type": (Rule("logout", {}), False),
    "a value that is there": (Rule("login", {"source": "web"}), True),
    "two values that are there": (Rule("login", {"source": "web", "ok": True}), True),
    "a value that is another": (Rule("login", {"source": "app"}), False),
    "one of two that is another": (Rule("login", {"source": "web", "ok": False}), False),
    "a name that is not there": (Rule("login", {"who": "ana"}), False),
    "null where nothing stands": (Rule("login", {"who": None}), False),
    "one and one point nothing": (Rule("login", {"tries": 1.0}), True),
    "one is not true": (Rule("login", {"tries": True}), False),
    "true is not one": (Rule("login", {"ok": 1}), False),
}


@pytest.mark.parametrize(("rule", "expected"), CASES.values(), ids=CASES.keys())
def test_a_rule_speaks_of_events_that_have_all_it_names(rule: Rule, *, expected: bool) -> None:
    assert matches(rule, "login", LOGIN) is expected


def test_an_event_without_metadata_meets_only_rules_without_conditions() -> None:
    assert matches(Rule("login", {}), "login", None)
    assert not matches(Rule("login", {"a": 1}), "login", None)


def test_the_amount_is_the_rules_or_the_events_or_none() -> None:
    assert amount_of(Rule("run", {}), {"km": 5}) is None
    assert amount_of(Rule("run", {}, amount=2), {"km": 5}) == 2
    assert amount_of(Rule("run", {}, amount_from="km"), {"km": 5.5}) == 5.5


@pytest.mark.parametrize(
    "said", [None, {}, {"km": "5"}, {"km": True}, {"km": 0}, {"km": -3}, {"km": None}, {"km": 1e300}, {"km": 10**400}]
)
def test_an_event_without_the_number_a_rule_wants_does_not_count(said: dict[str, Any] | None) -> None:
    with pytest.raises(ValueError, match="km"):
        amount_of(Rule("run", {}, amount_from="km"), said)


def test_what_events_bring_adds_up_without_those_that_lack_their_number() -> None:
    said: list[dict[str, Any] | None] = [{"km": 0.1}, {"km": 0.2}, {"km": "far"}, None]
    assert adds_up_to(Rule("run", {}), said) == 4
    assert adds_up_to(Rule("run", {}, amount=2), said) == 8
    assert adds_up_to(Rule("run", {}, amount_from="km"), said) == 0.3
