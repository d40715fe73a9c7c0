"""What moods take and answer over HTTP."""

import datetime as dt
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, model_validator

from daybeat.infra.web.fields import Body, Moment, Text, Truth, Whole, Zone, length
from daybeat.modules.moods.domain.words import HIGHEST, LOWEST

Score = Annotated[Whole, Field(ge=LOWEST, le=HIGHEST)]
Note = Annotated[Text, length(2000)]
Tag = Annotated[Text, length(30, least=1)]


def _each_once(tags: list[str]) -> list[str]:
    return list(dict.fromkeys(tags))


Tags = Annotated[list[Tag], Field(max_length=20), AfterValidator(_each_once)]


class Said(Body):
    """How somebody feels: a score of 1 to 5, or a word for it."""

    score: Score | None = None
    mood: Annotated[Text, length(30, least=1)] | None = None
    note: Note | None = None
    tags: Tags = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.score is None) == (self.mood is None):
            raise ValueError("say either a score from 1 to 5 or a word for the mood")
        return self


class MoodIn(Said):
    """Records a mood. `id` may be made by the client, so that sending it again is the same mood."""

    id: UUID | None = None
    at: Moment | None = None
    timezone: Zone | None = None
    prompt_id: UUID | None = None


class ReplyIn(Said):
    """Answers a prompt."""


class MoodChange(Body):
    """Corrects a mood; what is left out stays, null clears the note."""

    score: Score | None = None
    note: Note | None = None
    tags: Tags | None = None
    at: Moment | None = None

    @model_validator(mode="after")
    def _only_a_note_can_be_emptied(self) -> Self:
        for name in self.model_fields_set - {"note"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be empty")
        return self

    def changes(self) -> dict[str, Any]:
        return self.model_dump(include=self.model_fields_set)


class FaceChoice(Body):
    """How one score looks and what it is called. Without a face Daybeat draws one."""

    face: Annotated[Text, length(8, least=1)] | None = None
    label: Annotated[Text, length(20, least=1)]


class MoodSettingsIn(Body):
    """Chooses five faces, the lowest mood first, and whether moods may count on the wall."""

    faces: Annotated[list[FaceChoice], Field(min_length=5, max_length=5)] | None = None
    share_on_wall: Truth | None = None

    @model_validator(mode="after")
    def _labels_differ(self) -> Self:
        if self.faces and len({face.label.casefold() for face in self.faces}) < len(self.faces):
            raise ValueError("every face needs a label of its own")
        return self

    def wanted(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True) | (
            {"faces": [face.model_dump() for face in self.faces]} if self.faces else {}
        )


class Face(BaseModel):
    """How one score looks and what it is called; `face` null is Daybeat's own drawing."""

    face: str | None
    label: str


class MoodSettings(BaseModel):
    """The user's five faces, the lowest mood first, and whether moods may count on the wall."""

    faces: list[Face]
    share_on_wall: bool


class Mood(BaseModel):
    """How somebody felt. `mood` is the scale's word, whatever the user calls it."""

    id: UUID
    score: int
    mood: str
    note: str | None
    tags: list[str]
    at: dt.datetime
    date: dt.date
    timezone: str
    source: str
    prompt_id: UUID | None
    created_at: dt.datetime
    changed_at: dt.datetime | None


class MoodList(BaseModel):
    """A page of moods, the newest first."""

    items: list[Mood]
    next_cursor: str | None


class MoodDay(BaseModel):
    """One habit day: the mean of its moods, their number, and the lowest and highest."""

    date: dt.date
    mean: float
    count: int
    lowest: int
    highest: int


class MoodYear(BaseModel):
    """A year of moods; days without one are left out."""

    year: int
    days: list[MoodDay]


class MoodPoint(BaseModel):
    """One day of the line: its mean, the 7-day mean, and the middle half of the last 30 days (25 to 75 %)."""

    date: dt.date
    mean: float | None
    level: float
    low: float
    high: float


class MoodTrend(BaseModel):
    """How the weekly mean moves. `per_week` is null while fewer than six weeks have moods."""

    per_week: float | None
    weeks: int
    weeks_needed: int


class MoodVolatility(BaseModel):
    """How much mood jumps from day to day, beside the usual; null while days are few."""

    recent: float
    usual: float


class MoodWeek(BaseModel):
    """Weekdays compared. `is_pattern` only when chance is an unlikely reason (p < 0.01)."""

    means: list[float | None]
    counts: list[int]
    p: float | None
    is_pattern: bool
    entries_needed: int


class MoodHour(BaseModel):
    """Moods of one weekday (0 Monday) and hour, by the clock of that place."""

    weekday: int
    hour: int
    mean: float
    count: int


class MoodTag(BaseModel):
    """Moods with a tag."""

    tag: str
    mean: float
    count: int


class MoodSummary(BaseModel):
    """What the moods of some days tell. `counts` is by score, the lowest first."""

    first: dt.date = Field(serialization_alias="from")
    last: dt.date = Field(serialization_alias="to")
    count: int
    days: int
    mean: float | None
    counts: list[int]
    level: float | None
    trend: MoodTrend
    volatility: MoodVolatility | None
    weekdays: MoodWeek
    hours: list[MoodHour]
    tags: list[MoodTag]
    line: list[MoodPoint]
