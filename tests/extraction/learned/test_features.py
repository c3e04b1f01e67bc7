"""What the scorer is told about the times that stand beside a candidate."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from bot.extraction.learned.assembly import Candidate
from bot.extraction.learned.decode import Line, Mention
from bot.extraction.learned.features import elapsed

OCTOBER = datetime(2016, 10, 6, tzinfo=UTC)
HEADLINE = "Ossory names Bo Ek"


def read(whole: str, *names: str, published: datetime | None = OCTOBER) -> list[float]:
    """A candidate whose names stand in these places, each line a sentence; the last line tells it best."""
    nothing = np.zeros(6, dtype=np.float32)
    candidate, at = Candidate(family=4), 0
    for number, sentence in enumerate(whole.split("\n")):
        line = Line(number=number, title=not number, start=at, end=at + len(sentence),
                    parties=(), people=(), quantities=(), families=nothing)  # fmt: skip
        for name in names:
            if name in sentence:
                start = at + sentence.index(name)
                candidate.lines.append(line)
                candidate.add("person", Mention(start=start, end=start + len(name), label="person", text=name, sure=0.9,
                                                segment=number, kinds=nothing, statuses=nothing))  # fmt: skip
        at += len(sentence) + 1
    return elapsed(whole, candidate, candidate.lines[-1], published)


def test_an_old_hire_is_told_from_the_one_that_is_news() -> None:
    whole = f"{HEADLINE}\nIn March it hired Ann Lee."
    assert read(whole, "Ann Lee") == pytest.approx([1, math.log1p(7), 1, 1, 1])
    assert read(whole, "Bo Ek") == [0, 0, 0, 0, 0]


def test_what_the_headline_tells_too_is_not_told_as_old_alone() -> None:
    assert read(f"{HEADLINE}\nIn March it had hired Bo Ek.", "Bo Ek")[2:] == [1, 0, 0]


def test_a_later_telling_that_is_newer_counts() -> None:
    assert read(f"{HEADLINE}\nHired two weeks ago, Ann Lee left.\nIn March it hired Ann Lee.", "Ann Lee")[2:] == [
        1,
        0,
        0,
    ]


def test_the_nearest_time_counts() -> None:
    assert read(f"{HEADLINE}\nIn 2008 it was sold; on Monday, Ann Lee joined.", "Ann Lee")[:3] == [1, 0, 0]


def test_dates_need_a_date_of_publication() -> None:
    assert read(f"{HEADLINE}\nIn March it hired Ann Lee.", "Ann Lee", published=None) == [0, 0, 0, 0, 0]
