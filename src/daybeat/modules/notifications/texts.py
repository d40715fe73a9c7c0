"""The usual words of every kind of message, by language. They are templates; users may write their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = ("reminder", "prompt", "check", "report", "digest", "test")
LANGUAGES = ("en", "de")


@dataclass(frozen=True, slots=True)
class Words:
    """A title and a body, as templates."""

    title: str
    body: str


VARIABLES: Mapping[str, tuple[str, ...]] = {
    "reminder": ("title", "question", "reason", "streak", "unit", "why", "time"),
    "prompt": ("question", "follow_up"),
    "check": ("title", "streak", "unit", "best"),
    "report": ("report", "first", "last", "completed", "due", "best", "streak", "unit", "advice", "about", "lines"),
    "digest": ("count", "titles"),
    "test": ("channel",),
}

USUAL: Mapping[str, Mapping[str, Words]] = {
    "en": {
        "reminder": Words(
            "{{ title }}",
            "{% if reason %}{{ reason }}{% elif question %}{{ question }}{% else %}Still open today.{% endif %}"
            "{% if streak > 1 and not reason %} Your streak: {{ streak }} {{ unit }}s.{% endif %}",
        ),
        "prompt": Words("{{ question }}", "{% if follow_up %}Still wondering. {% endif %}One tap is enough."),
        "check": Words(
            "{{ title }}: {{ streak }} {{ unit }}s in a row",
            "{% if best %}That is your longest run so far.{% else %}Well done, keep going.{% endif %}",
        ),
        "report": Words(
            "{% if report == 'daily' %}Your day{% elif report == 'weekly' %}Your week{% else %}Your month{% endif %}",
            "{% for line in lines %}{{ line }}\n{% endfor %}",
        ),
        "digest": Words("{{ count }} habits are waiting", "{% for title in titles %}\u2022 {{ title }}\n{% endfor %}"),
        "test": Words("It works", "Daybeat can reach you here: {{ channel }}."),
    },
    "de": {
        "reminder": Words(
            "{{ title }}",
            "{% if reason %}{{ reason }}{% elif question %}{{ question }}{% else %}Heute noch offen.{% endif %}"
            "{% if streak > 1 and not reason %} Deine Serie: {{ streak }}.{% endif %}",
        ),
        "prompt": Words(
            "Wie fühlst du dich?", "{% if follow_up %}Die Frage ist noch offen. {% endif %}Ein Tipp genügt."
        ),
        "check": Words(
            "{{ title }}: {{ streak }} in Folge",
            "{% if best %}So lang war deine Serie noch nie.{% else %}Gut gemacht, weiter so.{% endif %}",
        ),
        "report": Words(
            "{% if report == 'daily' %}Dein Tag{% elif report == 'weekly' %}Deine Woche{% else %}Dein Monat{% endif %}",
            "{% for line in lines %}{{ line }}\n{% endfor %}",
        ),
        "digest": Words("{{ count }} Gewohnheiten warten", "{% for title in titles %}\u2022 {{ title }}\n{% endfor %}"),
        "test": Words("Es klappt", "Daybeat erreicht dich hier: {{ channel }}."),
    },
}

REPORT_LINES: Mapping[str, tuple[Words, ...]] = {
    "en": (
        Words("due", "{{ completed }} of {{ due }} completed"),
        Words("streak", "Longest streak: {{ best }}, {{ streak }} {{ unit }}{% if streak != 1 %}s{% endif %}"),
    ),
    "de": (
        Words("due", "{{ completed }} von {{ due }} erledigt"),
        Words("streak", "Längste Serie: {{ best }}, {{ streak }}"),
    ),
}
"""What a report says line by line; the first word names the figure without which a line says nothing."""

ADVICE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "raise": "{{ about }} comes easily by now: you could ask a little more of yourself.",
        "lower": "{{ about }} is hard at the moment: a smaller target would let you win again.",
        "protect": "Look after {{ about }}: that streak is worth keeping.",
        "restart": "One check-in is enough to begin again with {{ about }}.",
        "begin": "Nothing was due. A small habit would be a good beginning.",
        "keep": "Keep going just like this.",
    },
    "de": {
        "raise": "{{ about }} fällt dir leicht: du könntest dir etwas mehr vornehmen.",
        "lower": "{{ about }} ist gerade schwer: mit einem kleineren Ziel klappt es wieder.",
        "protect": "Achte auf {{ about }}: diese Serie ist es wert.",
        "restart": "Ein Haken genügt, um mit {{ about }} neu zu beginnen.",
        "begin": "Es war nichts fällig. Eine kleine Gewohnheit wäre ein guter Anfang.",
        "keep": "Mach genau so weiter.",
    },
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {"done": "Done", "skip": "Skip", "snooze": "In 30 min"},
    "de": {"done": "Erledigt", "skip": "Auslassen", "snooze": "In 30 Min."},
}
MOODS: Mapping[str, tuple[str, ...]] = {
    "en": ("awful", "bad", "okay", "good", "great"),
    "de": ("furchtbar", "schlecht", "okay", "gut", "super"),
}

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "reminder": {
        "title": "Drink water",
        "question": "Did you drink enough?",
        "reason": "",
        "streak": 4,
        "unit": "day",
        "why": "time",
        "time": "18:00",
    },
    "prompt": {"question": "How are you feeling?", "follow_up": False},
    "check": {"title": "Drink water", "streak": 30, "unit": "day", "best": True},
    "report": {
        "report": "daily",
        "first": "2026-03-02",
        "last": "2026-03-02",
        "completed": 3,
        "due": 4,
        "best": "Drink water",
        "streak": 4,
        "unit": "day",
        "advice": "raise",
        "about": "Drink water",
        "lines": ["3 of 4 completed", "Longest streak: Drink water, 4 days", "Keep going just like this."],
    },
    "digest": {"count": 4, "titles": ["Drink water", "Read", "Run", "Write"]},
    "test": {"channel": "your phone"},
}
"""What a preview is filled with."""
