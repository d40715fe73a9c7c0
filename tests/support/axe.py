"""What axe finds on a screen, in both themes."""

from pathlib import Path
from typing import Literal

from tests.support.browser import Screen

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK_AXE = """async (tags) => {
    const passing = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map((each) => each.finished));
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
        `${id}: ${target.join(" ")} (${[...any, ...all, ...none].map(({ message }) => message).join("; ")})`));
}"""
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


def barriers(screen: Screen) -> list[str]:
    """Ask axe in both themes; the page keeps its own strict policy, axe comes from beside it."""
    if not screen.page.evaluate("typeof axe === 'object'"):
        screen.page.evaluate(AXE.read_text())
    return [f"{theme} {barrier}" for theme in THEMES for barrier in _barriers_in(screen, theme)]


def _barriers_in(screen: Screen, theme: Theme) -> list[str]:
    screen.page.emulate_media(color_scheme=theme)
    return list(screen.page.evaluate(ASK_AXE, TAGS))
