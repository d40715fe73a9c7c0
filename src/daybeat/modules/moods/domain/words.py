"""The scale of moods, and the words people use for it."""

from collections.abc import Mapping, Sequence

from daybeat.contracts.moods import MOOD_WORDS

LOWEST, HIGHEST = 1, len(MOOD_WORDS)

_SIMILAR: Mapping[int, tuple[str, ...]] = {
    1: ("terrible", "horrible", "miserable", "depressed", "desperate", "worst"),
    2: ("sad", "down", "low", "unhappy", "tired", "stressed", "anxious", "angry", "poor", "meh"),
    3: ("ok", "neutral", "fine", "so-so", "average", "normal", "calm", "alright"),
    4: ("happy", "glad", "content", "cheerful", "relaxed", "well", "nice"),
    5: ("excellent", "amazing", "wonderful", "fantastic", "awesome", "excited", "joyful", "super", "best"),
}
_SCORES = {word: score for score, word in enumerate(MOOD_WORDS, LOWEST)} | {
    word: score for score, words in _SIMILAR.items() for word in words
}


def word_of(score: int) -> str:
    """Name a score, 1 to 5."""
    return MOOD_WORDS[score - LOWEST]


def score_of(word: str, labels: Sequence[str] = ()) -> int | None:
    """Understand a word: the user's own labels first, then the scale, then similar words. None: not understood."""
    said = " ".join(word.casefold().split())
    own = {label.casefold(): score for score, label in enumerate(labels, LOWEST)}
    return own.get(said) or _SCORES.get(said)
