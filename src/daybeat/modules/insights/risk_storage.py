"""How a forecaster is written into its row, and read from it. Floats survive JSON as they are."""

from dataclasses import asdict
from datetime import date
from typing import Any

from daybeat.modules.insights.domain.risk import Forecaster
from daybeat.modules.insights.domain.risk_features import Past

Stored = dict[str, Any]


def stored(known: Forecaster) -> Stored:
    """Write a forecaster as JSON has it: places are keys in text, days are ISO."""
    written = asdict(known)
    past = written["past"]
    past["places"] = {str(place): list(counts) for place, counts in known.past.places.items()}
    past["recent"] = [[day.isoformat(), done] for day, done in known.past.recent]
    return written


def forecaster(written: Stored) -> Forecaster:
    """Read a forecaster."""
    past = written["past"]
    places = {int(place): (closed, done) for place, (closed, done) in past["places"].items()}
    recent = tuple((date.fromisoformat(day), done) for day, done in past["recent"])
    return Forecaster(**{**written, "past": Past(**{**past, "places": places, "recent": recent})})
