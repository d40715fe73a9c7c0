"""The summary of insights worked out the slow way: from every day of every habit and every mood the API shows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import fmean
from typing import Any

import pytest

from tests.support.daybeat import Person

QUOTAS = {"per_week", "per_month", "weekly_total"}
GOOD = {"done", "kept"}
DECIDED = {"no": False, "slip": False, "over": False, "done": True}

Days = dict[date, tuple[int, int]]
"""What was due and what was done of it, by day."""


def differences(person: Person, length: int) -> dict[str, tuple[Any, Any]]:
    """Give what the summary tells otherwise than a slow count does: by name, what is told and what was counted."""
    told, today = person.get("/insights/summary", days=length), _date(person.get("/today")["today"])
    counted = _Count(person, today, length).figures()
    told["habits"] = {each["habit_id"]: each for each in told["habits"]}
    found = {name: (_at(told, name), figure) for name, figure in counted.items()}
    return {name: both for name, both in found.items() if both[0] != pytest.approx(both[1], abs=1e-4)}


class _Count:
    def __init__(self, person: Person, today: date, length: int) -> None:
        self._today = today
        self._first = today - timedelta(length - 1)
        self._before = self._first - timedelta(length)
        self._habits = person.get("/habits", archived="all")["items"]
        self._lived = {each["id"]: _history(person, each) for each in self._habits}
        self._moods: dict[date, list[int]] = defaultdict(list)
        for mood in person.get("/moods", limit=1000)["items"]:
            self._moods[_date(mood["date"])].append(mood["score"])
        self._days = self._add_up()

    def figures(self) -> dict[str, Any]:
        now, earlier = self._span(self._first, self._today), self._span(self._before, self._first - timedelta(1))
        return {
            **self._shares(now, earlier),
            **self._extremes({day: both for day, both in now.items() if day < self._today}),
            **self._records(),
            **self._mood_figures(),
            **self._habit_figures(),
            "strength": self._strength(self._today),
            "perfect_days": sum(_is_perfect(both) for both in now.values()),
        }

    def _add_up(self) -> Days:
        days: dict[date, list[int]] = defaultdict(lambda: [0, 0])
        for habit in self._habits:
            for day, lived in self._lived[habit["id"]].items():
                good, quota = lived["state"] in GOOD, _is_quota(habit, day)
                good = good or (lived["state"] == "open" and _avoids(habit, day))
                done = good and (quota or lived["due"])
                days[day][0] += done if quota else lived["due"]
                days[day][1] += done
        return {day: (due, done) for day, (due, done) in sorted(days.items())}

    def _span(self, first: date, last: date) -> Days:
        return {day: both for day, both in self._days.items() if first <= day <= last}

    def _shares(self, now: Days, earlier: Days) -> dict[str, Any]:
        due, done = (sum(both[n] for both in now.values()) for n in (0, 1))
        due_before, done_before = (sum(both[n] for both in earlier.values()) for n in (0, 1))
        return {
            "due": due,
            "done": done,
            "rate": done / due if due else None,
            "before.due": due_before,
            "before.done": done_before,
        }

    def _extremes(self, closed: Days) -> dict[str, Any]:
        asked = [(done / due, due, day) for day, (due, done) in closed.items() if due]
        if len({share for share, _, _ in asked}) <= 1:
            return {"best_day": None, "worst_day": None}
        worst = [(share, -due, -day.toordinal()) for share, due, day in asked]
        return {
            "best_day.date": str(max(asked)[2]),
            "worst_day.date": str(date.fromordinal(-min(worst)[2])),
        }

    def _records(self) -> dict[str, Any]:
        most = max((done for _, done in self._days.values()), default=0)
        runs, running = [0], 0
        for both in self._days.values():
            if both[0]:
                running = running + 1 if _is_perfect(both) else 0
            runs.append(running)
        return {
            "records.most_done.done": most or None,
            "records.perfect_run.days": max(runs) or None,
        }

    def _mood_figures(self) -> dict[str, Any]:
        now, earlier = self._said(self._first, self._today), self._said(self._before, self._first - timedelta(1))
        if not now:
            return {"mood": None}
        return {
            "mood.mean": fmean(map(fmean, now)),
            "mood.n": sum(map(len, now)),
            "mood.days": len(now),
            "mood.before": fmean(map(fmean, earlier)) if earlier else None,
        }

    def _said(self, first: date, last: date) -> list[list[int]]:
        return [scores for day, scores in self._moods.items() if first <= day <= last]

    def _habit_figures(self) -> dict[str, Any]:
        """Count what was met of what was due on days; weeks and months have an oracle of their own."""
        figures = {}
        for habit in self._habits:
            if habit["archived_on"] is None and not any(map(_asks_for_quota, habit["versions"])):
                verdicts = list(self._verdicts(habit))
                figures[f"habits.{habit['id']}.due"] = len(verdicts)
                figures[f"habits.{habit['id']}.successes"] = sum(verdicts)
        return figures

    def _verdicts(self, habit: Any) -> Iterable[bool]:
        for day, lived in self._lived[habit["id"]].items():
            if self._first <= day <= self._today and lived["due"]:
                if day < self._today:
                    yield lived["state"] in GOOD
                elif lived["state"] in DECIDED and not (lived["state"] == "done" and _is_limit(habit)):
                    yield DECIDED[lived["state"]]

    def _strength(self, day: date) -> float | None:
        there = [lived[day]["strength"] for lived in self._lived.values() if day in lived]
        return fmean(there) if there else None


def _history(person: Person, habit: Any) -> dict[date, Any]:
    days = person.get(f"/habits/{habit['id']}/history")["days"]
    return {_date(day["date"]): day for day in days}


def _is_quota(habit: Any, day: date) -> bool:
    return _asks_for_quota(_version_on(habit, day))


def _avoids(habit: Any, day: date) -> bool:
    return bool(_version_on(habit, day)["schedule"]["kind"] == "avoid")


def _version_on(habit: Any, day: date) -> Any:
    versions = habit["versions"]
    held = [version for version in versions if _date(version["since"]) <= day] or versions[:1]
    return held[-1]


def _asks_for_quota(version: Any) -> bool:
    return version["schedule"]["kind"] in QUOTAS


def _is_limit(habit: Any) -> bool:
    return habit["direction"] == "at_most" and habit["target"] is not None


def _is_perfect(both: tuple[int, int]) -> bool:
    return both[0] > 0 and both[1] >= both[0]


def _at(told: Any, path: str) -> Any:
    for name in path.split("."):
        told = None if told is None else told.get(name)
    return told


def _date(day: str) -> date:
    return date.fromisoformat(day)
