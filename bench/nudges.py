"""When to nudge: 20:00 for everybody, at the user's own time, or where the nudge learned to come.

The world was written down before anything was measured in it. What it assumes of people:

* A habit has a time at which it comes easiest: 35 % in the morning (about 7:45), 25 % in the middle of the day
  (about 13:30), 40 % in the evening (about 19:00). Four in ten have another, 3 to 9 hours away, 40 to 80 % as good.
* Around it, the chance that a nudge is answered falls off as a bell 30 to 90 minutes wide, from 35 to 75 % at best to
  5 to 20 % at any other hour. Six in ten are later at weekends, by about an hour. Three in ten change their hour once
  (by 90 minutes, give or take), and everybody's drifts by some two minutes a day.
* People do it by themselves on 15 to 55 % of days, at times spread like that bell. 10 to 35 % of days are bad ones:
  then both chances are a fifth.
* The time they wish for misses their best by 75 minutes (standard deviation), and is a quarter hour between 8 and 22.
* Each nudge unanswered in a row makes the next answer a tenth less likely. A third of the answers are given on the
  page, some minutes later: for two hours after a nudge Daybeat takes no check-in for one that nobody prompted.
* A day that ends without the habit done is a silence. Three bring a rest of two days, two rests end the nudges.

No nudge on a day on which it is done already, one a day, no follow-ups. All ways of choosing meet the same people with
the same luck. In the second world people are other ones, their bells 20 to 150 minutes wide, their wishes better (45
minutes) and more of them change their hour (half). Kernel, prior and lead were chosen with people of other seeds than
those shown. Two lines ask what else could count as unprompted: all but the nudge's own button, or every answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from math import exp
from random import Random
from statistics import fmean

from bench.table import Figure, print_table
from daybeat.modules.reminders.domain.nudging import LEAD, Learned, begin, learn, settle
from daybeat.modules.reminders.domain.patience import FRESH, Fatigue

USERS, DAYS = 500, 90
MONDAY = date(2026, 3, 2)
EVENING = 20 * 60
WAKING = range(8 * 60, 22 * 60)
HOURS = ((0.35, 7.75, 60.0), (0.25, 13.5, 110.0), (0.40, 19.0, 90.0))
"""Share of people, hour of the day, minutes of spread."""
TIRING, BAD_DAY = 0.9, 0.2
TWO_HOURS = 120
AIM = 0.08
LEADS = (-30, 0, 15, 30, 60)
SEEDS_BEYOND = 3


@dataclass(frozen=True, slots=True)
class World:
    """What differs between worlds. Widths and misses are minutes."""

    seed: int = 6
    widths: tuple[float, float] = (30.0, 90.0)
    miss: float = 75.0
    changing: float = 0.3
    on_the_page: float = 1 / 3


FIRST, SECOND = World(), World(seed=2026, widths=(20.0, 150.0), miss=45.0, changing=0.5)


@dataclass(frozen=True, slots=True)
class Day:
    """What a day has in store, whatever a nudge does. Minutes of the day; `by_itself` None: not without a nudge."""

    date: date
    best: float
    willing: float
    by_itself: int | None
    luck: float
    page_delay: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """A habit of somebody: how the chance of an answer runs over the day, and 90 days of life."""

    wish: int
    width: float
    peak: float
    floor: float
    second: tuple[float, float]
    days: tuple[Day, ...]

    def answers(self, day: Day, minute: int, unanswered: int) -> bool:
        """Whether a nudge at this minute, after so many in a row without an answer, is answered."""
        apart = minute - day.best
        bell = max(_bell(apart, self.width), self.second[1] * _bell(apart - self.second[0], self.width))
        chance = (self.floor + (self.peak - self.floor) * bell) * day.willing * TIRING**unanswered
        return day.luck < chance


@dataclass(slots=True)
class Arm:
    """One person's nudges under one way of choosing the minute."""

    learned: Learned
    learns: bool = False
    shift: int = 0
    deaf_for: int = 0
    fatigue: Fatigue = FRESH
    unanswered: int = 0
    sent: list[int] = field(default_factory=list)
    answered: int = 0
    done: int = 0

    @property
    def minute(self) -> int:
        """Where the nudge comes; a shift tries another lead once it has left the user's own time."""
        if self.learned.at == self.learned.own:
            return self.learned.own
        return min(max(self.learned.at + self.shift, WAKING.start), WAKING.stop - 1)


def run() -> None:
    """Print what each way of choosing comes to."""
    figures = _world("first world", FIRST, aim=True) + _world("second world", SECOND, aim=False) + _other_seeds()
    print_table(f"When to nudge ({USERS} people, {DAYS} days)", figures + _hearing() + _leads(), NOTES)


NOTES = (
    "Answered: nudges answered of those sent. What the people and their days are like stands in bench/nudges.py.",
    "Per person: the mean of everybody's own rate, so that those who were soon left in peace count as much.",
    "Days done: with a nudge or without, of all days.",
    f"A lead is how long before the usual time the nudge comes; Daybeat's is {LEAD} minutes.",
)


def _world(name: str, world: World, *, aim: bool) -> list[Figure]:
    people = _people(world)
    evening, own, ours = _fixed(people), _own(people), _ours(people)
    gain, quiet = _rate(ours) - _rate(evening), sum(minute not in WAKING for arm in ours for minute in arm.sent)
    return [
        Figure(f"{name}: answered at 20:00", f"{_rate(evening):.3f}"),
        Figure(f"{name}: answered at the user's own time", f"{_rate(own):.3f}"),
        Figure(f"{name}: answered where it learned", f"{_rate(ours):.3f}"),
        Figure(
            f"{name}: ours - 20:00", f"{gain:+.3f}", "", "", f">= +{AIM}" if aim else "", gain >= AIM if aim else None
        ),
        Figure(f"{name}: ours - own time", f"{_rate(ours) - _rate(own):+.3f}"),
        Figure(f"{name}: per person", f"{_each(ours):.3f}", f"{_each(evening):.3f} 20:00, {_each(own):.3f} own"),
        Figure(f"{name}: days done", f"{_done(ours):.3f}", f"{_done(evening):.3f} 20:00, {_done(own):.3f} own"),
        Figure(f"{name}: sent in quiet hours", f"{quiet} of {_sent(ours):,}", "", "", "0", quiet == 0),
    ]


def _other_seeds() -> list[Figure]:
    """Try the first world with other people, to see how much of the gain is luck."""
    gains = []
    for seed in range(1, SEEDS_BEYOND + 1):
        people = _people(World(seed=seed))
        gains.append(_rate(_ours(people)) - _rate(_fixed(people)))
    return [Figure(f"{SEEDS_BEYOND} other seeds: ours - 20:00", f"{min(gains):+.3f} to {max(gains):+.3f}")]


def _hearing() -> list[Figure]:
    """Try what else could be taken for unprompted, in the first world."""
    hearing = _ours(_people(FIRST), deaf_for=0)
    on_the_page = _ours(_people(replace(FIRST, on_the_page=1.0)), deaf_for=0)
    return [
        Figure("learning from the page's check-ins after a nudge too", f"{_rate(hearing):.3f}"),
        Figure("all answers on the page, learned as unprompted", f"{_rate(on_the_page):.3f}"),
    ]


def _leads() -> list[Figure]:
    """Let the nudge come at other distances from the usual time, in the first world."""
    people = _people(FIRST)
    return [
        Figure(f"lead of {lead} min: answered, days done", f"{_rate(arms):.3f}, {_done(arms):.3f}")
        for lead in LEADS
        for arms in [_ours(people, shift=LEAD - lead)]
    ]


def _fixed(people: list[Person]) -> list[Arm]:
    return [_live(person, Arm(begin(EVENING))) for person in people]


def _own(people: list[Person]) -> list[Arm]:
    return [_live(person, Arm(begin(person.wish))) for person in people]


def _ours(people: list[Person], shift: int = 0, deaf_for: int = TWO_HOURS) -> list[Arm]:
    return [_live(person, Arm(begin(person.wish), learns=True, shift=shift, deaf_for=deaf_for)) for person in people]


def _live(person: Person, arm: Arm) -> Arm:
    for day in person.days:
        _spend(person, day, arm)
        if arm.learns:
            arm.learned = settle(arm.learned, day.date + timedelta(1), WAKING.__contains__)
    return arm


def _spend(person: Person, day: Day, arm: Arm) -> None:
    """Live through one day: by itself before the nudge, because of it, by itself after it, or not at all."""
    minute = arm.minute
    done_before = day.by_itself is not None and day.by_itself < minute
    if done_before or not _may_nudge(arm, day, minute):
        _by_themselves(arm, day)
    else:
        arm.sent.append(minute)
        _react(person, day, arm, minute)


def _may_nudge(arm: Arm, day: Day, minute: int) -> bool:
    resting = arm.fatigue.resting_until
    return not arm.fatigue.doubted and (resting is None or resting <= _instant(day, minute))


def _react(person: Person, day: Day, arm: Arm, minute: int) -> None:
    if person.answers(day, minute, arm.unanswered):
        arm.answered, arm.done = arm.answered + 1, arm.done + 1
        arm.unanswered, arm.fatigue = 0, FRESH
        if day.page_delay is not None and day.page_delay >= arm.deaf_for:
            _learn(arm, day, minute + day.page_delay)
        return
    arm.unanswered += 1
    _by_themselves(arm, day, nudged=minute)
    if day.by_itself is None:
        arm.fatigue = arm.fatigue.after_silence(_instant(day, minute))


def _by_themselves(arm: Arm, day: Day, nudged: int | None = None) -> None:
    if day.by_itself is None:
        return
    arm.done, arm.fatigue = arm.done + 1, FRESH
    if nudged is None or day.by_itself >= nudged + arm.deaf_for:
        _learn(arm, day, day.by_itself)


def _learn(arm: Arm, day: Day, minute: int) -> None:
    if arm.learns:
        arm.learned = learn(arm.learned, minute, day.date)


def _people(world: World) -> list[Person]:
    return [_person(world, Random(f"{world.seed}/{number}")) for number in range(USERS)]


def _person(world: World, dice: Random) -> Person:
    _, hour, spread = dice.choices(HOURS, [share for share, _, _ in HOURS])[0]
    best, width = dice.gauss(hour * 60, spread), dice.uniform(*world.widths)
    away = dice.choice((-1, 1)) * dice.uniform(180, 540)
    second = (away, dice.uniform(0.4, 0.8) if dice.random() < 0.4 else 0.0)
    wish = round(min(max(best + dice.gauss(0, world.miss), 8 * 60), 21 * 60 + 45) / 15) * 15
    draw = partial(_days, world, dice, best, width, second)
    return Person(wish, width, dice.uniform(0.35, 0.75), dice.uniform(0.05, 0.2), second, tuple(draw()))


def _days(world: World, dice: Random, best: float, width: float, second: tuple[float, float]) -> Iterator[Day]:
    by_itself, bad = dice.uniform(0.15, 0.55), dice.uniform(0.1, 0.35)
    later = dice.gauss(60, 45) if dice.random() < 0.6 else 0.0
    changes = dice.randrange(DAYS) if dice.random() < world.changing else None
    for number in range(DAYS):
        best += dice.gauss(0, 2) + (dice.gauss(0, 90) if number == changes else 0)
        day = MONDAY + timedelta(number)
        today = best + (later if day.weekday() >= 5 else 0)
        willing = BAD_DAY if dice.random() < bad else 1.0
        at = _by_itself(dice, today, width, second)
        delay, page = int(dice.expovariate(1 / 20)), dice.random() < world.on_the_page
        own = at if dice.random() < by_itself * willing else None
        yield Day(day, today, willing, own, dice.random(), delay if page else None)


def _by_itself(dice: Random, best: float, width: float, second: tuple[float, float]) -> int:
    away, height = second
    around = best + (away if dice.random() < height / (1 + height) else 0)
    return int(min(max(dice.gauss(around, width), 0), 24 * 60 - 1))


def _bell(apart: float, width: float) -> float:
    return exp(-((apart / width) ** 2) / 2)


def _instant(day: Day, minute: int) -> datetime:
    return datetime.combine(day.date, time(), UTC) + timedelta(minutes=minute)


def _sent(arms: list[Arm]) -> int:
    return sum(len(arm.sent) for arm in arms)


def _rate(arms: list[Arm]) -> float:
    return sum(arm.answered for arm in arms) / _sent(arms)


def _each(arms: list[Arm]) -> float:
    return fmean(arm.answered / len(arm.sent) for arm in arms if arm.sent)


def _done(arms: list[Arm]) -> float:
    return sum(arm.done for arm in arms) / (len(arms) * DAYS)
