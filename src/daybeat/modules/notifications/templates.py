"""Templates that users write: read with care, so that none of them can do more than put words together."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from daybeat.modules.notifications.channels.text import plain
from daybeat.modules.notifications.errors import TemplateRefused
from daybeat.modules.notifications.texts import VARIABLES

LONGEST_TITLE, LONGEST_BODY = 200, 4000
DEEPEST = 24
"""Levels of a template within one another. Python, into which templates are translated, does not take many more."""
LARGEST = 1_000_000
_PLAIN_FILTERS = ("upper", "lower", "title", "capitalize", "trim", "length", "first", "last")
_FILTERS: Mapping[str, int] = {**dict.fromkeys(_PLAIN_FILTERS, 0), "round": 1, "default": 1}
"""The filters there are, with the arguments each may have: a second one of `round` can keep a machine busy for days."""
_TESTS = frozenset({"defined", "none", "odd", "even"})
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Test,
)
_TOO_DEEP = "It is nested too deeply."
_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)


def check(kind: str, source: str) -> None:
    """Refuse a template that does more than name what this kind of message knows, or that is no template."""
    try:
        parsed = _environment.parse(source)
    except TemplateError as error:
        raise TemplateRefused(f"Line {getattr(error, 'lineno', 1)}: {error.message}") from None
    except RecursionError:
        raise TemplateRefused(_TOO_DEEP) from None
    _check_depth(parsed)
    _check_node(parsed, frozenset(VARIABLES[kind]))


def render(source: str, variables: Mapping[str, Any], most: int) -> str:
    """Put the words in, without signs that are no text; what is longer than `most` characters is cut."""
    text = plain(_compiled(source).render(variables)).strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _check_depth(template: nodes.Template) -> None:
    level: list[nodes.Node] = [template]
    for _ in range(DEEPEST):
        level = [child for node in level for child in node.iter_child_nodes()]
        if not level:
            return
    raise TemplateRefused(_TOO_DEEP)


def _check_node(node: nodes.Node, known: frozenset[str]) -> None:
    problem = _problem(node, known)
    if problem is not None:
        raise TemplateRefused(f"Line {node.lineno or 1}: {problem}.")
    if isinstance(node, nodes.For):
        known = _inside_loop(node, known)
    for child in node.iter_child_nodes():
        _check_node(child, known)


def _problem(node: nodes.Node, known: frozenset[str]) -> str | None:
    """Say what is wrong with a node by itself."""
    match node:
        case nodes.Name(ctx="load") if node.name not in known:
            return f"there is no {node.name} here; known are {', '.join(sorted(known))}"
        case nodes.Filter():
            return _filter_problem(node)
        case nodes.Test() if node.name not in _TESTS:
            return f"the test {node.name} cannot be used"
        case nodes.Const(value=int() | float()) if not abs(node.value) <= LARGEST:
            return "this number is too large"
    return None if isinstance(node, _ALLOWED) else f"this cannot be used here ({type(node).__name__})"


def _filter_problem(used: nodes.Filter) -> str | None:
    if used.name not in _FILTERS:
        return f"the filter {used.name} cannot be used"
    if len(used.args) > _FILTERS[used.name] or used.dyn_args is not None:
        return f"the filter {used.name} cannot be used with so much in its brackets"
    return None


def _inside_loop(loop: nodes.For, known: frozenset[str]) -> frozenset[str]:
    """Let a loop go over a list of the message, once: loops in loops could go on for ever."""
    plain = isinstance(loop.iter, nodes.Name) and isinstance(loop.target, nodes.Name)
    if not plain or loop.recursive or loop.test is not None or any(loop.find_all(nodes.For)):
        raise TemplateRefused(f"Line {loop.lineno}: a loop goes over one of the lists, and has no loop inside.")
    return known | {loop.target.name}  # type: ignore[attr-defined]  # a Name, as was checked


@lru_cache(maxsize=1024)
def _compiled(source: str) -> Any:
    return _environment.from_string(source)
