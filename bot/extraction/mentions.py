"""What the finders of mentions hand on: a run of tokens, its tag and its value."""

from typing import NamedTuple

from bot.model.event import Money

NAME, MONEY, PERCENT, ROUND, ROLE, PRICE = "N", "M", "P", "R", "T", "pershare"


class Mention(NamedTuple):
    """Tokens `first` to `last` (exclusive) of a sentence, read as one thing."""

    tag: str
    first: int
    last: int
    value: str | float | Money
