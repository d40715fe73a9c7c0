"""Sentences about moods: a trend over weeks, and weekdays that differ."""

from datetime import timedelta
from statistics import fmean

from daybeat.kit.patterns import trend, week_pattern, weekly_means
from daybeat.modules.insights.domain.certainty import mann_kendall
from daybeat.modules.insights.domain.sentence import Known, Sentence
from daybeat.modules.insights.domain.wording import counted, plain, weekdays

WEEKS, FEWEST_WEEKS = 12, 8
SURE = 0.003
"""Moods wander. In simulated lives without a trend, one in a hundred at most comes below this, unless what a day leaves
lasts for weeks."""
LEAST = 0.02
FEWEST_DAYS = 14


def mood_trend(known: Known) -> Sentence | None:
    """Say that the mood rose or fell over twelve weeks, where the weeks leave no doubt."""
    begin = known.today - timedelta(weeks=WEEKS)
    days = {day: mood for day, mood in known.moods.items() if begin <= day < known.today}
    means = [mean for _, mean in weekly_means(days)]
    if len(means) < FEWEST_WEEKS or (p := mann_kendall(means)) >= SURE:
        return None
    slope = trend(days) or 0.0
    if abs(slope) < LEAST:
        return None
    text = (
        f"Your mood {'rose' if slope > 0 else 'fell'} over the last {WEEKS} weeks, by about {plain(abs(slope))} a week."
    )
    detail = (
        f"The middle of all slopes between {len(means)} weekly means, from {counted(len(days), 'day')} with a mood "
        f"(Theil-Sen); Mann-Kendall p = {p:.2g}."
    )
    return Sentence("mood_trend", text, detail)


def mood_by_weekday(known: Known) -> Sentence | None:
    """Name the weekdays with the highest and the lowest mood, where weekdays differ for sure."""
    pattern = week_pattern(known.moods, known.mood_entries)
    if pattern is None or not pattern.is_sure:
        return None
    means = pattern.means
    best, worst = means.index(max(means)), means.index(min(means))
    text = (
        f"Your mood differs by weekday: highest on {weekdays([best])} ({means[best]:.1f} on average), "
        f"lowest on {weekdays([worst])} ({means[worst]:.1f})."
    )
    detail = f"Means of {counted(len(known.moods), 'day')} with a mood; Kruskal-Wallis p = {pattern.p:.2g}."
    return Sentence("mood_weekday", text, detail)


def mood_mean(known: Known) -> Sentence | None:
    """Give the mean of the days' moods in the span."""
    days = [mood for day, mood in known.moods.items() if day >= known.first]
    if len(days) < FEWEST_DAYS:
        return None
    text = f"Your mood was {fmean(days):.1f} on average in the last {known.length} days."
    return Sentence("mood", text, f"The mean of {counted(len(days), 'day')} with a mood, each counted once.")
