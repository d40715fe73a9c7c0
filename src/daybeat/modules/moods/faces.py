"""Daybeat's own drawing of the five faces, for pages that are made on the server."""

from daybeat.modules.moods.domain.words import LOWEST

COLOURS = ("#6f86d6", "#8f9bc4", "#a9aab2", "#d3c27a", "#f7de6b")
MOUTHS = ("M15 35q9-11 18 0", "M16 33q8-6 16 0", "M16 32h16", "M15 30q9 8 18 0", "M14 29q10 14 20 0z")


def drawn_face(score: int) -> str:
    """Draw the face of a score as an SVG that says nothing to screen readers; its word stands beside it."""
    colour, mouth = COLOURS[score - LOWEST], MOUTHS[score - LOWEST]
    return (
        '<svg viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="#1b1f24" stroke-width="2.5" '
        f'stroke-linecap="round" stroke-linejoin="round"><circle cx="24" cy="24" r="21" fill="{colour}"/>'
        f'<path d="M17 18v3M31 18v3{mouth}"/></svg>'
    )
