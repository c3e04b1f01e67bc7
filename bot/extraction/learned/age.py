"""How long before an item's publication something happened, by the times that its sentence names."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![\w-])"
)
_YEAR = r"(?<![\d.,$€£-])(?:19[5-9]\d|20[0-4]\d)(?![\d%-])(?!,\d)"
_DATE = re.compile(
    rf"(?:\b(?P<word>(?i:in|last|since|on|from|of|by|until|effective|early|late|mid|this|next))[ -]+(?:the )?)?"
    rf"(?P<before>\b\d{{1,2}}(?:st|nd|rd|th)?[ ](?:of )?)?\b{_MONTH}(?P<after>[ ]\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d))?"
    rf"(?:(?:,?[ ](?:of )?(?P<year>{_YEAR}))|(?P<last>[ ](?:last|the previous) year))?"
)
_ONLY_YEAR = re.compile(_YEAR)
_COUNTS = {
    word: count
    for count, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1, "couple of": 2, "few": 3, "several": 3, "many": 10}
_UNITS = {"day": 1 / 30, "week": 7 / 30, "month": 1, "year": 12, "decade": 120}
_COUNTED = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})(?: and a half)?"
    rf"[ -](?P<unit>{'|'.join(_UNITS)})s?[ ](?:ago|earlier|after|since|into)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:last year|the previous year|earlier (?:this|in the) year|years ago|decades ago|months ago|last month"
    r"|last week|this week|today|yesterday|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|effective|expect(?:s|ed)|plans?|planned|starting|beginning|set to|due|scheduled|until|by"
    r"|next)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(  # when a company began, or since when somebody has been there
    r"\b(?:since|founded|established|created|incorporated|launched|started|opened|began)(?: \w+){0,3}\W*\Z",
    re.IGNORECASE,
)
_BEFORE = 60  # characters before a time in which the word stands that it belongs to
_NEAR_AHEAD = 8  # a month's name that lies so many months back lies four or fewer ahead


class Age(NamedTuple):
    """A time that a sentence names: where it stands there, and how many months before publication it lies."""

    start: int
    end: int
    months: float


def ages(sentence: str, published: datetime | None) -> list[Age]:
    """The times that a sentence names; what is still to come is 0 months old.

    Dates are left out where `published` is unknown, and times since when something else has been so.
    """
    out: list[Age] = []
    for age in chain(_counted(sentence), _dated(sentence, published), _said(sentence, published)):
        if not any(age.start < told.end and told.start < age.end for told in out):
            out.append(age)
    return [age for age in out if not _OF_ANOTHER.search(sentence, max(0, age.start - _BEFORE), age.start)]


def _counted(sentence: str) -> Iterator[Age]:
    for found in _COUNTED.finditer(sentence):
        count = found["count"].lower()
        months = (int(count) if count.isdigit() else _COUNTS[count]) * _UNITS[found["unit"].lower()]
        yield Age(found.start(), found.end(), months)


def _said(sentence: str, published: datetime | None) -> Iterator[Age]:
    month = published.month if published else 6
    for found in _SPOKEN.finditer(sentence):
        said = found.group().lower()
        if said in {"last year", "the previous year"}:
            months = month + 3.0
        elif said.startswith("earlier"):
            months = month / 2
        elif said.endswith("ago"):
            months = 4.0 if said.startswith("month") else 36.0
        else:
            months = 1.0 if said == "last month" else 0.0
        yield Age(found.start(), found.end(), months)


def _dated(sentence: str, published: datetime | None) -> Iterator[Age]:
    if published is None:
        return
    for found in _DATE.finditer(sentence):
        if not any(found.group("word", "before", "after", "year", "last")):
            continue
        word, end = (found["word"] or "").lower(), found.end()
        start = found.start("month") if word == "since" else found.start()
        back = published.month - 1 - _MONTHS.index(found["month"][:3].lower())
        if found["year"] or found["last"]:
            year = int(found["year"]) if found["year"] else published.year - 1
            yield Age(start, end, max(0.0, (published.year - year) * 12.0 + back))
        elif back % 12 > 3 and _AHEAD.search(sentence, max(0, start - _BEFORE), found.start("month")):
            yield Age(start, end, 0.0)
        elif back % 12 < _NEAR_AHEAD or word == "last":
            yield Age(start, end, back % 12)
    for found in _ONLY_YEAR.finditer(sentence):
        years = published.year - int(found.group())
        yield Age(found.start(), found.end(), years * 12.0 + published.month - 9 if years > 0 else 0.0)
