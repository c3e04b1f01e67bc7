"""The first look at every item: it must hold a word that some rule needs."""

import re

from bot.extraction.tables.trigger_words import ALL
from bot.extraction.tokens import MAX_TEXT, MAX_TITLE

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def has_trigger(title: str, text: str) -> bool:
    """True where a word of a deal or of a leadership change stands; tens of thousands of items a second."""
    words = _WORD.findall(title[:MAX_TITLE].lower())
    return not ALL.isdisjoint(words) or not ALL.isdisjoint(_WORD.findall(text[:MAX_TEXT].lower()))
