"""What a report says, in the words of the messages that bring it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from daybeat.contracts.notifications import AnalyticsReady
from daybeat.modules.notifications.models import ANY_CHANNEL
from daybeat.modules.notifications.repository import TemplateRepository
from daybeat.modules.notifications.telling import OwnWords, report_lines


def said_of(report: AnalyticsReady) -> Mapping[str, Any]:
    """Give what templates of reports may name, but for the lines, which are written by language."""
    figures = {name: getattr(report, name) for name in ("report", "first", "last", "completed", "due", "advice")}
    best = {"best": report.best_title, "streak": report.best_streak, "unit": report.best_unit}
    return {**figures, **best, "about": report.advice_title}


def text_of(connection: Connection, user_id: UUID, report: AnalyticsReady, language: str = "en") -> str:
    """Write a report as a channel of that language gets it, in the user's own words where they have some."""
    words = OwnWords(TemplateRepository(connection).all_of(user_id))
    _, body = words.write("report", language, ANY_CHANNEL, said_of(report))
    return body


def advice_of(report: AnalyticsReady, language: str = "en") -> str:
    """Put the recommendation of a report into words."""
    return report_lines(said_of(report), language)[-1]
