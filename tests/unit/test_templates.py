"""Templates put words together and do nothing else, whatever somebody writes into them."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from daybeat.modules.notifications.errors import TemplateRefused
from daybeat.modules.notifications.models import ANY_CHANNEL
from daybeat.modules.notifications.telling import OwnWords, report_lines, tried
from daybeat.modules.notifications.templates import DEEPEST, LONGEST_BODY, LONGEST_TITLE, check
from daybeat.modules.notifications.texts import ADVICE, EXAMPLES, KINDS, LABELS, LANGUAGES, MOODS, USUAL, Words

REMINDER = EXAMPLES["reminder"]

HOSTILE = {
    "an attribute": "{{ title.__class__ }}",
    "an attribute by its name": "{{ title['__class__'] }}",
    "an attribute by a filter": "{{ title|attr('__class__') }}",
    "a method": "{{ title.upper() }}",
    "a call": "{{ title() }}",
    "a function of the language": "{{ range(10 ** 9) }}",
    "another function": "{{ cycler('a') }}",
    "a list without end": "{% for n in range(1000000000) %}x{% endfor %}",
    "a list of its own": "{% for n in [1, 2, 3] %}x{% endfor %}",
    "a loop in a loop": "{% for a in title %}{% for b in title %}x{% endfor %}{% endfor %}",
    "a loop deeper in a loop": "{% for a in title %}{% if a %}{% for b in title %}x{% endfor %}{% endif %}{% endfor %}",
    "a loop that calls itself": "{% for a in title recursive %}{{ loop(title) }}{% endfor %}",
    "a loop with a condition": "{% for a in title if a %}x{% endfor %}",
    "a loop over two names": "{% for a, b in title %}x{% endfor %}",
    "a loop over a filter": "{% for a in title|upper %}x{% endfor %}",
    "a multiplication": "{{ title * 1000000000 }}",
    "a power": "{{ 9 ** 9 ** 9 }}",
    "a sum": "{{ streak + 1 }}",
    "a joined text": "{{ title ~ title }}",
    "a formatted text": "{{ '%1000000000d'|format(streak) }}",
    "a filter that pads": "{{ title|center(1000000000) }}",
    "a filter that writes Python": "{{ title|pprint }}",
    "a filter that calls another": "{{ title|map('upper')|list }}",
    "a number rounded the long way": "{{ streak|round(999999999, 'ceil') }}",
    "arguments from a list": "{{ streak|round(*title) }}",
    "a named argument": "{{ streak|round(precision=3) }}",
    "an unknown filter": "{{ title|explode }}",
    "an unknown test": "{{ title is exploding }}",
    "a known test that is not for here": "{{ title is callable }}",
    "an unknown name": "{{ secret }}",
    "a name of another kind": "{{ channel }}",
    "a name with underscores": "{{ __builtins__ }}",
    "the template itself": "{{ self }}",
    "a name of the loop outside of it": "{% for a in title %}{{ a }}{% endfor %}{{ a }}",
    "a loop over what it names": "{% for a in a %}x{% endfor %}",
    "the loop's own name": "{% for loop in title %}x{% endfor %}",
    "a variable": "{% set x = 1 %}",
    "a macro": "{% macro a() %}x{% endmacro %}",
    "another file": "{% include '/etc/passwd' %}",
    "a module": "{% import 'os' as os %}",
    "a parent": "{% extends 'x' %}",
    "a block": "{% block a %}x{% endblock %}",
    "a block of a filter": "{% filter upper %}x{% endfilter %}",
    "a switched escape": "{% autoescape true %}x{% endautoescape %}",
    "an unknown tag": "{% exec 'ls' %}",
    "no end": "{% if title %}",
    "an end of nothing": "{% endif %}",
    "half a name": "{{ title",
    "a number that is none": "{{ 1e999 }}",
    "a comparison with no number": "{% if streak < 1e999 %}x{% endif %}",
    "a number of 4,000 digits": "{{ 0x" + "f" * 3900 + " }}",
    "a text as a number": "{{ title|round }}",
    "a number as a text": "{{ streak|length }}",
    "a number as a list": "{% for a in streak %}x{% endfor %}",
    "a text and a number": "{% if title < streak %}x{% endif %}",
    "100 conditions in one another": "{% if title %}" * 101 + "x" + "{% endif %}" * 101,
    "600 filters": "{{ title" + "|upper" * 600 + " }}",
    "400 conditions": "{{ title" + " and title" * 390 + " }}",
    "900 times not": "{{ " + "not " * 900 + "title }}",
    "200 choices": "{{ " + "1 if title else " * 200 + "2 }}",
    "1,500 brackets": "{{ " + "(" * 1500 + "title" + ")" * 1500 + " }}",
}

PIECES = st.sampled_from(
    [
        *("{{ ", " }}", "{% if ", "{% for a in ", " %}", "{% else %}", "{% elif ", "{% endif %}", "{% endfor %}"),
        *("title", "streak", "lines", "best", "reason", "titles", "count", "a", " in ", " is ", "defined", "odd"),
        *("|upper", "|round", "|round(", "|default('x')", "|first", "|last", "|length", "(", ")", "[", "]", "."),
        *(
            "not ",
            " and ",
            " or ",
            " == ",
            " < ",
            " if ",
            " else ",
            "1",
            "1e99",
            "-",
            "'",
            '"\\ud800"',
            "\n",
            "é",
            "{#",
        ),
    ]
)
SOURCES = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=14).map("".join))


def write(body: str, kind: str = "reminder", **said: Any) -> str:
    return tried(kind, Words("x", body), {**EXAMPLES[kind], **said})[1]


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_what_does_more_than_put_words_together_is_refused_with_a_sentence(source: str) -> None:
    for words in (Words("x", source), Words(source, "x")):
        with pytest.raises(TemplateRefused) as refused:
            tried("reminder", words, REMINDER)
        assert refused.value.detail.strip().count("\n") == 0
        assert len(refused.value.detail) > len("Line 1: ")


def test_the_sentence_names_the_line_and_what_there_is() -> None:
    with pytest.raises(TemplateRefused, match=r"^Line 3: there is no streek here; known are .*streak.*\.$"):
        check("reminder", "one\ntwo\n{{ streek }}")


@given(st.sampled_from(KINDS), SOURCES)
@example("reminder", "{{ '\\ud800' }}")
@example("report", "{% for line in lines %}{{ line|first|first }}{% endfor %}")
def test_any_text_is_written_or_refused(kind: str, source: str) -> None:
    try:
        title, body = tried(kind, Words(source, source), EXAMPLES[kind])
    except TemplateRefused:
        return
    assert len(title) <= LONGEST_TITLE
    assert len(body) <= LONGEST_BODY
    (title + body).encode()
    assert "\x00" not in title + body


def test_what_people_may_use_works() -> None:
    assert write("{{ title|upper }}: {{ streak }} {{ unit }}s") == "DRINK WATER: 4 days"
    assert write("{% if streak > 3 and not reason %}long{% else %}short{% endif %}") == "long"
    assert write("{{ reason|default('no reason') if reason is defined else 'x' }}", reason="because") == "because"
    assert write("{% for line in lines %}- {{ line }}\n{% endfor %}", "report").splitlines()[0] == "- 3 of 4 completed"
    assert write("{{ titles|length }} {{ titles|first }} {{ titles|last }}", "digest") == "4 Drink water Write"
    assert write("{{ streak|round(1) }}{# nobody reads this #}") == "4"


def test_some_depth_is_fine() -> None:
    levels = DEEPEST - 4
    assert write("{% if title %}" * levels + "x" + "{% endif %}" * levels) == "x"


@pytest.mark.parametrize(
    "name",
    [
        "قراءة كل يوم",
        "🏃🏽‍♀️ Laufen 🇫🇷",
        "{{ 7 * 7 }}",
        "{% for a in b %}",
        "<b>Read</b> & write",
        "*bold* _and_ [x](y)",
        "אַ בוך",
    ],
)
def test_names_are_words_whatever_they_look_like(name: str) -> None:
    for language in LANGUAGES:
        words = OwnWords([])
        assert words.write("reminder", language, "ntfy", {**REMINDER, "title": name})[0] == name
        said = {**EXAMPLES["report"], "best": name, "about": name}
        assert words.write("report", language, "ntfy", said)[1].count(name) == 2


def test_signs_that_are_no_text_are_left_out() -> None:
    assert write("{{ '\\x00a\\u202eb\\x1b' }}") == "ab"
    assert write("{{ '\\ud800' }}") == "\ufffd"


def test_a_title_is_one_line_and_nothing_gets_longer_than_it_may() -> None:
    long = {**REMINDER, "title": "word " * 2000}
    title, body = tried("reminder", Words("{{ title }}\n{{ title }}", "{{ title }}"), long)
    assert "\n" not in title
    assert (len(title), len(body)) == (LONGEST_TITLE, LONGEST_BODY) or title.endswith("…")
    assert body.endswith("…")
    assert len(body) <= LONGEST_BODY


class Row:
    """A template as it is kept."""

    def __init__(self, channel: str, body: str, kind: str = "reminder", language: str = "en") -> None:
        self.kind, self.language, self.channel = kind, language, channel
        self.title, self.body = "own", body


def own(*rows: Row) -> OwnWords:
    return OwnWords(rows)  # type: ignore[arg-type]  # all that is asked of a row


def test_the_nearest_words_are_used() -> None:
    words = own(Row(ANY_CHANNEL, "for all"), Row("email", "for mail"))
    assert words.write("reminder", "en", "email", REMINDER) == ("own", "for mail")
    assert words.write("reminder", "en", "ntfy", REMINDER) == ("own", "for all")
    assert words.write("reminder", "de", "ntfy", REMINDER)[1] == "Did you drink enough? Deine Serie: 4."
    assert words.write("test", "en", "email", EXAMPLES["test"])[0] == "It works"


@pytest.mark.parametrize(
    "source",
    [
        "{{ gone }}",
        "{{ reason|round }}",
        "{% if title %}" * 101 + "x" + "{% endif %}" * 101,
        "{% half",
        "{{ title|gone }}",
    ],
)
def test_words_that_do_not_fit_any_more_give_way_to_the_usual_ones(source: str) -> None:
    assert own(Row(ANY_CHANNEL, source)).write("reminder", "en", "ntfy", REMINDER) == (
        "Drink water",
        "Did you drink enough? Your streak: 4 days.",
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_words_pass_their_own_check(kind: str, language: str) -> None:
    title, body = tried(kind, USUAL[language][kind], EXAMPLES[kind])
    assert title
    assert body


def test_every_language_says_everything() -> None:
    for table in (USUAL, ADVICE, LABELS):
        assert {language: set(table[language]) for language in LANGUAGES} == {
            language: set(table["en"]) for language in LANGUAGES
        }
    assert all(len(MOODS[language]) == 5 for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("advice", ADVICE["en"])
def test_a_report_says_each_advice_with_the_habit_it_is_about(advice: str, language: str) -> None:
    said = {**EXAMPLES["report"], "advice": advice, "about": "Read"}
    lines = report_lines(said, language)
    assert len(lines) == 3
    assert ("Read" in lines[-1]) == ("about" in ADVICE[language][advice])


def test_a_report_on_nothing_is_one_line() -> None:
    said = {**EXAMPLES["report"], "due": 0, "completed": 0, "streak": 0, "best": None, "advice": "begin", "about": None}
    assert report_lines(said, "en") == ["Nothing was due. A small habit would be a good beginning."]


def test_one_day_is_no_days() -> None:
    assert report_lines({**EXAMPLES["report"], "streak": 1}, "en")[1] == "Longest streak: Drink water, 1 day"
