"""Days as people type them."""

import re
from datetime import date, timedelta

import typer

_DAYS_AGO = re.compile(r"-(\d{1,3})")


def day_meant(text: str | None, today: date) -> date:
    """Read `yesterday`, `-3` or a date; nothing means today."""
    if text is None or text == "today":
        return today
    if text == "yesterday":
        return today - timedelta(days=1)
    if (ago := _DAYS_AGO.fullmatch(text)) is not None:
        return today - timedelta(days=int(ago[1]))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("a day is yesterday, -3 or a date like 2026-03-02") from None
