"""Is it English? Told from its script and its everyday words."""

from bot.extraction.tables.languages import ENGLISH, OTHERS
from bot.extraction.tokens import Token

ENOUGH = 12
"""Words; with fewer the script alone decides."""


def foreign_language(tokens: list[Token]) -> str | None:
    """Return why the text is taken for another language, or None for English."""
    words = [t.lower for t in tokens[:400] if t.text[0].isalpha()]
    letters = sum(len(w) for w in words)
    latin = sum(sum(c < "\u0250" for c in w) for w in words)
    if letters and latin < 0.6 * letters:
        return "another script than Latin"
    if len(words) < ENOUGH:
        return None
    english = sum(w in ENGLISH for w in words)
    name, most = max(((n, sum(w in table for w in words)) for n, table in OTHERS.items()), key=lambda p: p[1])
    if most > 2 * english and most >= 0.08 * len(words):
        return name
    return None
