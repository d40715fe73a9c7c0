"""Sentences of the summary: true by a plain count, and silent where chance alone would speak."""

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from daybeat.modules.insights.domain.certainty import differ, mann_kendall
from daybeat.modules.insights.domain.risk_reasons import WEEKDAYS
from daybeat.modules.insights.domain.sentence import Closed, Known, Lately, Sentence
from daybeat.modules.insights.domain.sentences import MOST, sentences
from daybeat.modules.insights.domain.spans import Day
from daybeat.modules.insights.domain.wording import amount, counted, hundredths, listed, percent, plain

TODAY = date(2026, 3, 2)  # a Monday
DAY = timedelta(days=1)
YESTERDAY = TODAY - DAY
LONG_AGO = TODAY - 800 * DAY
HABIT = UUID(int=1)


def days(*done: int, due: int = 5) -> list[Day]:
    """Give days of so many things done, the last one today's."""
    return [Day(TODAY - n * DAY, due, each) for n, each in zip(range(len(done) - 1, -1, -1), done, strict=True)]


def lately(**wishes: object) -> Lately:
    return Lately(**{"habit_id": HABIT, "name": "Read", "unit": "day", **wishes})  # type: ignore[arg-type]


def known(lived: Sequence[Day] = (), **wishes: object) -> Known:
    began = min([LONG_AGO, *(day.date for day in lived)])
    return Known(**{"today": TODAY, "length": 30, "began": began, "days": lived, **wishes})  # type: ignore[arg-type]


def said(about: Known) -> dict[str, Sentence]:
    return {sentence.kind: sentence for sentence in sentences(about)}


def text(about: Known, kind: str) -> str:
    return said(about)[kind].text


def test_somebody_who_has_just_begun_hears_only_what_was_done() -> None:
    young = known(days(0, 5, 3, due=5), began=TODAY - 2 * DAY)
    assert {kind: each.text for kind, each in said(young).items()} == {
        "beginning": "8 things done on 2 days so far. That is how it begins.",
        "perfect_days": "Everything that was due was done on 1 of 3 days.",
    }
    assert said(known(days(0, 0), began=YESTERDAY)) == {}
    assert said(known(began=None)) == {}


def test_fourteen_days_are_enough() -> None:
    assert "beginning" in said(known(days(*[5] * 14), began=TODAY - 13 * DAY))
    assert "beginning" not in said(known(days(*[5] * 15), began=TODAY - 14 * DAY))


def test_a_miss_after_a_good_time_changes_little() -> None:
    habit = lately(
        closed=[Closed(YESTERDAY - DAY, True), Closed(YESTERDAY, False)],
        strengths={YESTERDAY - DAY: 0.97, YESTERDAY: 0.92, TODAY: 0.92},
    )
    found = said(known(habits=[habit]))["missed_yesterday"]
    assert found.text == "Read: missed yesterday. Strength 92%, was 97%. One day changes little."
    assert found.habit_id == HABIT


def test_a_miss_that_is_made_good_is_told_so() -> None:
    closed = [Closed(YESTERDAY - DAY, True), Closed(YESTERDAY, False), Closed(TODAY, True)]
    habit = lately(closed=closed, strengths={YESTERDAY - DAY: 0.97, YESTERDAY: 0.92, TODAY: 0.93})
    assert text(known(habits=[habit]), "missed_yesterday").startswith("Read: missed yesterday, done again today.")


@pytest.mark.parametrize(
    ("closed", "before"),
    [
        ([Closed(YESTERDAY - DAY, False), Closed(YESTERDAY, False)], 0.97),
        ([Closed(YESTERDAY - DAY, True), Closed(YESTERDAY, True)], 0.97),
        ([Closed(YESTERDAY - DAY, True), Closed(YESTERDAY, False)], 0.4),
        ([Closed(YESTERDAY - 2 * DAY, True), Closed(YESTERDAY - DAY, False)], 0.97),
    ],
    ids=["a second miss", "no miss", "a weak habit", "the day before"],
)
def test_nothing_is_said_of_other_misses(closed: list[Closed], before: float) -> None:
    habit = lately(closed=closed, strengths={YESTERDAY - DAY: before, YESTERDAY: before - 0.05})
    assert "missed_yesterday" not in said(known(habits=[habit]))


def test_a_record_is_told_when_it_stands_or_is_near() -> None:
    assert text(known(habits=[lately(streak=12, best_streak=12)]), "record").endswith("so far: 12 days.")
    near = text(known(habits=[lately(streak=10, best_streak=12)]), "coming_record")
    assert near == "Read: 3 more days and it is the longest streak so far, beyond 12."
    for habit in (lately(streak=9, best_streak=12), lately(streak=6, best_streak=6)):
        assert not {"record", "coming_record"} & said(known(habits=[habit])).keys()


def test_a_weekday_that_is_surely_better_is_named() -> None:
    lived = [Day(TODAY - n * DAY, 5, 5 if (TODAY - n * DAY).weekday() == 5 else 3 + n % 2) for n in range(91)]
    found = said(known(lived[::-1]))["weekday"]
    assert re.match(r"Saturdays go best: 100% of what is due is done then, \d+% on other days\.", found.text)
    assert re.match(r"65 of 65 on 13 Saturdays, \d+ of \d+ on 77 other days of the last 90\.", found.detail)


def test_a_weekday_that_is_surely_harder_is_named_when_none_is_better() -> None:
    lived = [Day(TODAY - n * DAY, 5, 1 if (TODAY - n * DAY).weekday() == 6 else 4 + n % 2) for n in range(91)]
    assert text(known(lived[::-1]), "weekday").startswith("Sundays are the hardest: 20% of what is due")


def test_a_sure_change_is_told_and_a_steady_time_too() -> None:
    rose = known(days(*[2, 3, 1] * 10, *[4, 5, 4] * 10))
    assert text(rose, "change") == "87% of what was due in the last 30 days was done, up from 40% in the 30 before."
    fell = known(days(*[4, 5, 4] * 10, *[2, 3, 1] * 10))
    assert text(fell, "change") == "40% of what was due in the last 30 days was done, after 87% in the 30 before."
    same = known(days(*[4, 5, 4] * 20))
    assert "about as much as in the 30 before (87%)" in text(same, "steady")


def test_nothing_is_compared_with_days_that_were_not_lived() -> None:
    young = known(days(*[2] * 5, *[5] * 30), began=TODAY - 34 * DAY)
    assert text(young, "rate") == "100% of what was due in the last 30 days was done."


def test_the_strength_that_moved_most_is_named() -> None:
    habits = [
        lately(name="Read", strength=0.62, strength_before=0.41),
        lately(name="Walk", strength=0.5, strength_before=0.35),
        lately(name="Sing", strength=0.2, strength_before=0.6),
        lately(name="New", strength=0.9),
    ]
    about = known(habits=habits)
    assert text(about, "strength_rose") == "Read grew most: strength 62%, was 41% 30 days ago."
    assert text(about, "strength_fell") == "Sing went down most: strength 20%, was 60% 30 days ago."


def test_whole_days_in_a_row_are_told() -> None:
    about = known(days(*[3] * 30, *[5] * 6, 2))
    assert text(about, "perfect_run") == "Everything that was due was done 6 days in a row."
    assert "perfect_run" not in said(known(days(*[5] * 30, 4, 5)))


def test_the_hours_of_more_than_half_are_told() -> None:
    about = known(hours={7: 20, 8: 15, 20: 10, 22: 20})
    assert text(about, "hours") == "Most is done between 06:00 and 09:00: 54%."
    assert "hours" not in said(known(hours={7: 20, 8: 15, 20: 15, 23: 20}))
    assert "hours" not in said(known(hours={7: 20}))


def test_a_mood_that_rises_for_weeks_is_told() -> None:
    moods = {TODAY - n * DAY: 4 - n * 0.01 + 0.3 * (n % 2) for n in range(1, 85)}
    about = known(moods=moods)
    assert text(about, "mood_trend") == "Your mood rose over the last 12 weeks, by about 0.07 a week."
    assert "12 weekly means, from 84 days" in said(about)["mood_trend"].detail


def test_weekdays_of_moods_are_told_only_when_they_surely_differ() -> None:
    moods = {TODAY - n * DAY: 2.0 if (TODAY - n * DAY).weekday() == 0 else 3.5 + n % 2 for n in range(1, 91)}
    entries = dict.fromkeys(range(7), 12)
    assert "lowest on Mondays (2.0)" in text(known(moods=moods, mood_entries=entries), "mood_weekday")
    flat = {day: 3.0 + day.toordinal() % 2 for day in moods}
    assert "mood_weekday" not in said(known(moods=flat, mood_entries=entries))


def test_five_are_said_at_most_and_what_helps_today_comes_first() -> None:
    habit = lately(
        streak=0,
        closed=[Closed(YESTERDAY - DAY, True), Closed(YESTERDAY, False)],
        strengths={YESTERDAY - DAY: 0.97, YESTERDAY: 0.92},
        strength=0.92,
        strength_before=0.5,
    )
    other = lately(name="Walk", streak=40, best_streak=40)
    hours = {7: 100}
    found = sentences(known(days(*[2, 3, 1] * 10, *[4, 5, 4] * 10), habits=[habit, other], hours=hours))
    assert [each.kind for each in found] == ["missed_yesterday", "record", "change", "strength_rose", "hours"]
    assert len(found) == MOST


def test_where_weekdays_do_not_differ_hardly_anybody_hears_of_one() -> None:
    dice = random.Random(7)  # noqa: S311 - lives, not secrets
    wrong = 0
    for _ in range(300):
        good = dice.uniform(0.3, 0.9)
        lived = []
        for n in range(91):
            mood = min(1.0, max(0.0, dice.gauss(good, 0.25)))  # things of one day hang together
            lived.append(Day(TODAY - n * DAY, 5, sum(dice.random() < mood for _ in range(5))))
        wrong += "weekday" in said(known(lived[::-1]))
    assert wrong <= 6


def test_whole_days_are_compared_not_single_things() -> None:
    alike, apart = days(*[5, 5, 0, 5] * 5), days(*[0, 5, 0, 0] * 5)
    single = differ(
        [Day(day.date, 1, day.done > 0) for day in alike], [Day(day.date, 1, day.done > 0) for day in apart]
    )
    assert differ(alike, apart) == pytest.approx(single, rel=0.5)
    assert differ(alike, alike) == 1.0
    assert differ(days(5), apart) == 1.0


@given(st.lists(st.integers(0, 30), min_size=4, max_size=20, unique=True))
def test_trends_are_judged_as_statisticians_do(values: list[int]) -> None:
    exact = kendalltau(range(len(values)), values).pvalue
    assert mann_kendall(values) == pytest.approx(float(exact), abs=0.12)
    assert mann_kendall([3.0] * 10) == 1.0


def test_numbers_are_written_as_people_write_them() -> None:
    assert [plain(each) for each in (30.0, 2.5, 1300, 0.07)] == ["30", "2.5", "1,300", "0.07"]
    assert (percent(0.925), amount(1, None), amount(2, "km")) == ("93%", "1", "2 km")
    assert (counted(1, "day"), counted(0, "day"), listed(["a", "b", "c"])) == ("1 day", "0 days", "a, b and c")


LIVED = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted), min_size=0, max_size=130)
HABITS = st.lists(
    st.builds(
        lately,
        name=st.sampled_from(["Read", "Walk", "Sing"]),
        streak=st.integers(0, 40),
        best_streak=st.integers(40, 41),
        strength=st.none() | st.floats(0, 1),
        strength_before=st.none() | st.floats(0, 1),
        closed=st.lists(st.booleans(), min_size=9, max_size=9).map(
            lambda met: [Closed(TODAY - n * DAY, each) for n, each in zip(range(8, -1, -1), met, strict=True)]
        ),
        strengths=st.lists(st.floats(0, 1), min_size=9, max_size=9).map(
            lambda each: {TODAY - n * DAY: strength for n, strength in enumerate(each)}
        ),
    ),
    max_size=3,
    unique_by=lambda habit: habit.name,
)


@given(
    LIVED,
    HABITS,
    st.sampled_from([7, 30, 90]),
    st.dictionaries(st.integers(0, 23), st.integers(1, 60)),
    st.lists(st.none() | st.integers(2, 10).map(lambda half: half / 2), max_size=90),
    st.integers(0, 200),
)
def test_no_sentence_contradicts_a_plain_count(
    lived: list[list[int]],
    habits: list[Lately],
    length: int,
    hours: dict[int, int],
    moods: list[float | None],
    age: int,
) -> None:
    history = [Day(TODAY - n * DAY, pair[1], pair[0]) for n, pair in enumerate(lived)][::-1]
    by_day = {TODAY - n * DAY: mood for n, mood in enumerate(moods) if mood is not None}
    entries = dict.fromkeys(range(7), 20)
    if any(sum(day.weekday() == each for day in by_day) == 0 for each in range(7)):
        entries = {}
    about = known(
        history, habits=habits, length=length, hours=hours, moods=by_day, mood_entries=entries, began=TODAY - age * DAY
    )
    found = sentences(about)
    assert len(found) <= MOST
    assert len({each.kind for each in found}) == len(found)
    for each in found:
        assert each.text[-1] == "." == each.detail[-1]
        assert "!" not in each.text
        assert "because" not in each.text + each.detail
        CHECKS[each.kind](each, about)


def share(lived: Sequence[Day]) -> int:
    return hundredths(sum(day.done for day in lived) / sum(day.due for day in lived))


def last(about: Known, length: int, skip: int = 0) -> list[Day]:
    end = TODAY - skip * DAY
    return [day for day in about.days if end - length * DAY < day.date <= end]


def numbers(words: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", words)]


def habit_of(each: Sentence, about: Known) -> Lately:
    return next(habit for habit in about.habits if each.text.startswith(habit.name))


def check_beginning(each: Sentence, about: Known) -> None:
    assert numbers(each.text) == [sum(day.done for day in about.days), sum(day.done > 0 for day in about.days)]


def check_perfect_days(each: Sentence, about: Known) -> None:
    asked = [day for day in about.days if day.due]
    assert numbers(each.text) == [sum(day.done == day.due for day in asked), len(asked)]


def check_missed(each: Sentence, about: Known) -> None:
    habit = habit_of(each, about)
    assert {day.day: day.met for day in habit.closed}[YESTERDAY] is False
    assert ("done again today" in each.text) == {day.day: day.met for day in habit.closed}[TODAY]
    assert numbers(each.text) == [hundredths(habit.strengths[day]) for day in (YESTERDAY, YESTERDAY - DAY)]


def check_record(each: Sentence, about: Known) -> None:
    habit = habit_of(each, about)
    assert habit.streak == habit.best_streak == numbers(each.text)[0]


def check_coming(each: Sentence, about: Known) -> None:
    habit = habit_of(each, about)
    more, best = numbers(each.text)
    assert habit.streak + more == best + 1 == habit.best_streak + 1


def check_weekday(each: Sentence, about: Known) -> None:
    name, own, others = re.match(r"(\w+)s (?:go best|are the hardest): (\d+) .* (\d+) %", each.text).groups()  # type: ignore[union-attr]
    over = last(about, max(about.length, 90), skip=1)
    is_own = [day for day in over if WEEKDAYS[day.date.weekday()] == name]
    assert [int(own), int(others)] == [share(is_own), share([day for day in over if day not in is_own])]
    assert ("best" in each.text) == (int(own) >= int(others))


def check_rate(each: Sentence, about: Known) -> None:
    now, before = last(about, about.length), last(about, about.length, skip=about.length)
    figures = numbers(each.text)
    assert figures[:2] == [share(now), about.length]
    if len(figures) > 2:
        assert about.began is not None
        assert about.began <= TODAY - (2 * about.length - 1) * DAY
        assert share(before) in figures[2:]
        assert ("up from" in each.text) <= (share(now) >= share(before))


def check_rose(each: Sentence, about: Known) -> None:
    habit = habit_of(each, about)
    assert habit.strength is not None
    assert habit.strength_before is not None
    known_both = [
        each.strength - each.strength_before
        for each in about.habits
        if each.strength is not None and each.strength_before is not None
    ]
    own = habit.strength - habit.strength_before
    assert own == (max if "grew" in each.text else min)(known_both)
    assert numbers(each.text) == [hundredths(habit.strength), hundredths(habit.strength_before), about.length]


def check_run(each: Sentence, about: Known) -> None:
    asked = [day for day in about.days if day.due and (day.date < TODAY or day.done == day.due)]
    run = numbers(each.text)[0]
    assert all(day.done == day.due for day in asked[-run:])
    assert len(asked) == run or asked[-run - 1].done < asked[-run - 1].due


def check_hours(each: Sentence, about: Known) -> None:
    begin, _, end, _, part = numbers(each.text)
    inside = sum(n for hour, n in about.hours.items() if begin <= hour < end)
    assert part == hundredths(inside / sum(about.hours.values()))
    assert inside * 2 > sum(about.hours.values())


def check_trend(each: Sentence, about: Known) -> None:
    weeks: dict[date, list[float]] = {}
    for day, mood in about.moods.items():
        if TODAY - 84 * DAY <= day < TODAY:
            weeks.setdefault(day - day.weekday() * DAY, []).append(mood)
    means = [fmean(weeks[monday]) for monday in sorted(weeks)]
    rises = sum(later > sooner for n, sooner in enumerate(means) for later in means[n + 1 :])
    falls = sum(later < sooner for n, sooner in enumerate(means) for later in means[n + 1 :])
    assert ("rose" in each.text) == (rises > falls)


def check_mood_weekday(each: Sentence, about: Known) -> None:
    means = {
        name: fmean(mood for day, mood in about.moods.items() if day.weekday() == number)
        for number, name in enumerate(WEEKDAYS)
    }
    best, high, worst, low = re.search(r"on (\w+)s \((\S+) on.*on (\w+)s \((\S+)\)", each.text).groups()  # type: ignore[union-attr]
    assert (means[best], means[worst]) == (max(means.values()), min(means.values()))
    assert (high, low) == (f"{means[best]:.1f}", f"{means[worst]:.1f}")


def check_mood(each: Sentence, about: Known) -> None:
    inside = [mood for day, mood in about.moods.items() if day > TODAY - about.length * DAY]
    assert f"was {fmean(inside):.1f} on average" in each.text
    assert len(inside) in numbers(each.detail)


CHECKS = {
    "beginning": check_beginning,
    "perfect_days": check_perfect_days,
    "missed_yesterday": check_missed,
    "record": check_record,
    "coming_record": check_coming,
    "weekday": check_weekday,
    "change": check_rate,
    "steady": check_rate,
    "rate": check_rate,
    "strength_rose": check_rose,
    "strength_fell": check_rose,
    "perfect_run": check_run,
    "hours": check_hours,
    "mood_trend": check_trend,
    "mood_weekday": check_mood_weekday,
    "mood": check_mood,
}
