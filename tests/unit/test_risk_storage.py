"""What is kept of a forecaster is all of it."""

import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.insights.domain.report import Unit
from daybeat.modules.insights.domain.risk import Forecaster
from daybeat.modules.insights.domain.risk_features import Occurrence
from daybeat.modules.insights.risk_storage import forecaster, stored

UNITS: st.SearchStrategy[Unit] = st.sampled_from(["day", "week", "month"])
STEPS = st.lists(st.tuples(st.integers(1, 40), UNITS, st.booleans()), max_size=60)


@given(STEPS)
def test_what_was_written_is_read_again_to_the_last_bit(steps: list[tuple[int, Unit, bool]]) -> None:
    known, day = Forecaster(), date(2026, 3, 2)
    for apart, unit, done in steps:
        day += timedelta(apart)
        known = known.after(Occurrence(day, unit), done=done)
    assert forecaster(json.loads(json.dumps(stored(known)))) == known
