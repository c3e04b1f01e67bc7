"""Sums and percentages of a sentence with their places, by the room's own readers of figures."""

from dataclasses import dataclass

from bot.extraction.figures import money_at, percent_at, round_at
from bot.extraction.mentions import MONEY
from bot.extraction.tokens import tokenize
from bot.model.event import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure in code points of the text given."""

    start: int
    end: int
    value: Money | float


def find_money(text: str) -> list[Found]:
    """Sums of money, left to right; a price per share is none."""
    tokens = tokenize(text)
    out: list[Found] = []
    at = 0
    while at < len(tokens):
        mention = money_at(tokens, at)
        if mention is not None and mention.tag == MONEY and isinstance(mention.value, Money):
            out.append(Found(start=tokens[at].start, end=tokens[mention.last - 1].end, value=mention.value))
        at = max(mention.last, at + 1) if mention is not None else at + 1
    return out


def find_percentages(text: str) -> list[Found]:
    """Percentages, left to right."""
    tokens = tokenize(text)
    found = (percent_at(tokens, at) for at in range(len(tokens)))
    return [
        Found(start=tokens[m.first].start, end=tokens[m.last - 1].end, value=m.value)
        for m in found
        if m is not None and isinstance(m.value, float | int)
    ]


def round_name(text: str) -> str:
    """A round's standard name; the words themselves where the tables know none."""
    tokens = tokenize(f"{text} round")
    for at in range(len(tokens)):
        mention = round_at(tokens, at)
        if mention is not None:
            return str(mention.value)
    return text
