"""A report as the fact that everybody can read."""

from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from daybeat.contracts.notifications import AnalyticsReady
from daybeat.modules.insights.domain.report import Lived, summary


def report_on(
    user_id: UUID, report: Literal["daily", "weekly", "monthly"], first: date, last: date, habits: Sequence[Lived]
) -> AnalyticsReady:
    """Sum up how a user's habits went on the days from first to last."""
    came_to = summary(habits)
    best, about = came_to.best, came_to.about
    return AnalyticsReady(
        user_id=user_id,
        report=report,
        first=first,
        last=last,
        completed=came_to.completed,
        due=came_to.due,
        best_title=best.title if best else None,
        best_streak=best.streak if best else 0,
        best_unit=best.unit if best else "day",
        advice=came_to.advice,
        advice_title=about.title if about else None,
    )
