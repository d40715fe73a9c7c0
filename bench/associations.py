"""Whether associations between moods and habits can be believed: false ones, true ones found, and a placebo.

The worlds were written down before anything was measured in them.

First world, 60 days from a Monday on:

* Moods: a person's usual one is 2.6 to 4.0. From day to day it wanders around it (AR(1), resemblance of neighbouring
  days 0.1 to 0.7, standard deviation 0.5 to 0.9 points). Weekends differ by 0.3 points (standard deviation), and 60
  days bring a steady change of 0.5 points (standard deviation). What is recorded is rounded to halves and kept within
  1 to 5. On a tenth of the days nothing is.
* Six habits: each is done on 30 to 80 % of days; yesterday's doing makes today's likelier by 0 to 40 points of a
  hundred. Weekends change that chance by 15 points of a hundred and 60 days by another 15 (standard deviations).
* Where nothing is true, moods and habits know nothing of each other: only the calendar runs through both.
* Where something is true, one habit of the six lifts the mood of its day by d standard deviations of the wandering,
  d = 0.8. "n = 60" means that days go on until 60 have a mood.
* The placebo takes people for whom something is true, and lays each one's moods beside the next one's habits.

Second world, outside of what the tests assume: neighbouring days resemble each other by 0.7 to 0.95, yesterday's doing
counts 40 to 90 points, and once within the 60 days the mood changes for good by 0.8 points (standard deviation).
There is no aim for it; it shows what is left of the promise there.

The kind of standard error and the days that may resemble each other were chosen with people of other seeds than those
shown.

In the third line of the true ones everybody's every habit has an effect of its own, 0.3 points (standard deviation),
as the held-back effects suppose: the range shown should hold the truth in 95 %. The ends of the scale swallow some of
what six habits add; where moods are neither rounded nor bounded, 94 % hold it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import count, islice
from math import sqrt
from random import Random
from time import process_time

from bench.table import Figure, print_table
from daybeat.modules.insights.domain.associations import TAU, Association, Day, associations

USERS = 1000
HABITS, DAYS = 6, 60
MONDAY = date(2026, 3, 2)
D = 0.8
ALLOWED = 0.05
POWER = {60: 0.35, 90: 0.60}
SPREAD_USERS = 300
CPU = 60
REAL = "habit 0"
"""The habit about which something is true, where anything is."""


@dataclass(frozen=True, slots=True)
class World:
    """What differs between worlds. Pairs are bounds of what people have."""

    seed: int = 7
    resemblance: tuple[float, float] = (0.1, 0.7)
    stickiness: tuple[float, float] = (0.0, 0.4)
    jump: float = 0.0


FIRST, SECOND = World(), World(seed=2027, resemblance=(0.7, 0.95), stickiness=(0.4, 0.9), jump=0.8)


@dataclass(frozen=True, slots=True)
class Person:
    """The days somebody lived, and the mood points that each habit really adds."""

    days: tuple[Day, ...]
    truth: dict[str, float]

    def judged(self) -> tuple[Association, ...]:
        return associations(self.days, self.days[-1].date + timedelta(1))


def run() -> None:
    """Print how often associations are wrong, and how often they find what is there."""
    began = process_time()
    figures = [_false("no association", FIRST, aim=True), _placebo(), *map(_power, POWER), _ranges()]
    figures.append(_false("second world: no association", SECOND, aim=False))
    spent = process_time() - began
    figures.append(Figure("CPU for all of this", f"{spent:.0f} s", "", "", f"<= {CPU} s", spent <= CPU))
    print_table(f"Moods and habits ({USERS:,} people a line, {HABITS} habits)", figures, NOTES)


NOTES = (
    "People and their days are described in bench/associations.py. Found: the true habit is called a finding.",
    f"Standard error of a share of 0.6: {sqrt(0.6 * 0.4 / USERS):.3f}, of 0.03: {sqrt(0.03 * 0.97 / USERS):.3f}.",
    "Other findings: people who, beside that, get one about a habit of which nothing is true.",
)


def _false(name: str, world: World, *, aim: bool) -> Figure:
    wrong = sum(_any(person.judged()) for person in _people(world, USERS))
    return _share(f"{name}: people with a finding", wrong, most=ALLOWED if aim else None)


def _placebo() -> Figure:
    people = list(_people(replace(FIRST, seed=FIRST.seed + 1), USERS, lift=D))
    mixed = (_mixed(one, other) for one, other in zip(people, people[1:] + people[:1], strict=True))
    return _share("placebo, somebody else's habits: people with a finding", sum(map(_any, mixed)), most=ALLOWED)


def _mixed(one: Person, other: Person) -> tuple[Association, ...]:
    days = tuple(replace(day, done=theirs.done) for day, theirs in zip(one.days, other.days, strict=True))
    return Person(days, {}).judged()


def _power(n: int) -> Figure:
    judged = [person.judged() for person in _people(replace(FIRST, seed=FIRST.seed + n), USERS, lift=D, with_mood=n)]
    found = sum(_is_found(person) for person in judged) / USERS
    others = sum(_any(of for of in person if of.habit != REAL) for person in judged) / USERS
    least = POWER[n]
    name = f"d = {D}, n = {n}: found"
    return Figure(name, f"{found:.3f}", f"{others:.3f} other findings", "", f">= {least:.2f}", found >= least)


def _ranges() -> Figure:
    """Look whether the ranges hold the truth, among all habits and among those that are called a finding."""
    held: dict[bool, list[bool]] = {False: [], True: []}
    for person in _people(replace(FIRST, seed=FIRST.seed + 2), SPREAD_USERS, spread=TAU):
        for of in person.judged():
            if of.effect is not None:
                within = of.effect.low <= person.truth[of.habit] <= of.effect.high
                held[of.verdict == "finding"].append(within)
    every, findings = held[False] + held[True], held[True]
    shown = f"{sum(findings) / len(findings):.3f} of {len(findings)} findings"
    return Figure("ranges that hold the truth (to be 95 %)", f"{sum(every) / len(every):.3f}", shown)


def _share(name: str, people: int, most: float | None) -> Figure:
    share = people / USERS
    aim = "" if most is None else f"<= {most:.2f}"
    return Figure(name, f"{share:.3f}", "", "", aim, None if most is None else share <= most)


def _any(judged: Iterable[Association]) -> bool:
    return any(of.verdict == "finding" for of in judged)


def _is_found(judged: Iterable[Association]) -> bool:
    return any(of.verdict == "finding" and of.habit == REAL and of.effect and of.effect.points > 0 for of in judged)


def _people(
    world: World, users: int, lift: float = 0.0, spread: float = 0.0, with_mood: int | None = None
) -> Iterator[Person]:
    for number in range(users):
        yield _person(world, Random(f"{world.seed}/{number}"), lift, spread, with_mood)


def _person(world: World, dice: Random, lift: float, spread: float, with_mood: int | None) -> Person:
    deviation = dice.uniform(0.5, 0.9)
    moods = _moods(world, dice, deviation)
    habits = {f"habit {number}": _habit(world, dice) for number in range(HABITS)}
    truth = {habit: dice.gauss(0, spread) + (lift * deviation if habit == REAL else 0.0) for habit in habits}
    lived = _lived(dice, moods, habits, truth)
    if with_mood is None:
        return Person(tuple(islice(lived, DAYS)), truth)
    return Person(tuple(_until(lived, with_mood)), truth)


def _until(days: Iterator[Day], with_mood: int) -> Iterator[Day]:
    """Let days go on until so many have a mood."""
    while with_mood:
        day = next(days)
        with_mood -= day.mood is not None
        yield day


def _lived(
    dice: Random, moods: Iterator[float], habits: dict[str, Iterator[bool]], truth: dict[str, float]
) -> Iterator[Day]:
    for number, mood in enumerate(moods):
        done = {habit: next(doing) for habit, doing in habits.items()}
        lifted = mood + sum(truth[habit] for habit, was_done in done.items() if was_done)
        recorded = min(max(round(lifted * 2) / 2, 1.0), 5.0)
        yield Day(MONDAY + timedelta(number), recorded if dice.random() >= 0.1 else None, done)


def _moods(world: World, dice: Random, deviation: float) -> Iterator[float]:
    usual, resemblance = dice.uniform(2.6, 4.0), dice.uniform(*world.resemblance)
    weekend, change = dice.gauss(0, 0.3), dice.gauss(0, 0.5)
    jump, jumps_on = dice.gauss(0, world.jump), dice.randrange(DAYS)
    noise = partial(dice.gauss, 0, deviation * sqrt(1 - resemblance**2))
    wandering = dice.gauss(0, deviation)
    for number in count():
        calendar = (
            change * number / DAYS + (weekend if _is_weekend(number) else 0) + (jump if number >= jumps_on else 0)
        )
        yield usual + calendar + wandering
        wandering = resemblance * wandering + noise()


def _habit(world: World, dice: Random) -> Iterator[bool]:
    usual, stickiness = dice.uniform(0.3, 0.8), dice.uniform(*world.stickiness)
    weekend, change = dice.gauss(0, 0.15), dice.gauss(0, 0.15)
    done = dice.random() < usual
    for number in count():
        chance = usual + stickiness * (done - usual) + change * number / DAYS + (weekend if _is_weekend(number) else 0)
        done = dice.random() < min(max(chance, 0.05), 0.95)
        yield done


def _is_weekend(number: int) -> bool:
    return number % 7 >= 5
