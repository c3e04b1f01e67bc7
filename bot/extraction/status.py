"""How firm an event is and whether it is news, read from the wording around it."""

import re
from datetime import datetime

from bot.extraction.reading import Reading
from bot.extraction.tables import cues
from bot.model.enums import Kind, Status


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


_CANCELLED = _compiled(cues.CANCELLED)
_RUMORED = _compiled(cues.RUMORED)
_DONE = _compiled(cues.DONE)
_HISTORY = _compiled(cues.HISTORY)
_HAD = re.compile(r"(?<!\S)(?:had|which (?:[CN] )?|who) (?:[a-z]+ )?$")
_FILED = _compiled(cues.FILED)
_YEAR = re.compile(r"(?<!\S)(?:19[5-9]\d|20[0-4]\d)(?!\S)")


def status_of(kind: Kind, code: str, start: int) -> Status:
    """Return the status that the words near `start` of a sentence's code give.

    The words before the trigger weigh most: "in talks to acquire", "calls off".
    """
    before = code[max(0, start - 90) : start + 30]
    around = code[max(0, start - 120) : start + 160]
    if _CANCELLED.search(before) and kind is not Kind.LEADERSHIP:
        return Status.CANCELLED
    if kind is Kind.IPO and _FILED.search(code):
        return Status.ANNOUNCED
    if kind is not Kind.LEADERSHIP and _RUMORED.search(around):
        return Status.RUMORED
    if _DONE.search(around):
        return Status.COMPLETED
    return Status.ANNOUNCED


def is_history(reading: Reading, start: int, published: datetime | None) -> bool:
    """True where the words around `start` of the code tell the past. A headline is news."""
    if reading.sentence.place == 0:
        return False
    if _HAD.search(reading.code[max(0, start - 60) : start]):
        return True
    if _HISTORY.search(reading.code[max(0, start - 130) : start + 130]):
        return True
    years = [int(year) for year in _YEAR.findall(reading.code)]
    return published is not None and bool(years) and max(years) < published.year
