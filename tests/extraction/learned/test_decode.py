"""From probabilities to mentions: spans that cut a name open take it in whole."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.extraction.learned.chunks import chunks
from bot.extraction.learned.decode import Mention, read_lines
from bot.extraction.learned.labels import EDGES
from bot.extraction.learned.loader import SHIPPED, read_tokenizer
from bot.extraction.learned.reading import worth
from bot.model.event import document

TOKENIZER = read_tokenizer(SHIPPED / "vocabulary.txt")
BEGINS_TARGET = 1  # of the layer of deal parties


def targets(title: str, marked: Sequence[str]) -> tuple[Mention, ...]:
    """What is read in a title whose words `marked`, and no others, are targets; neighbours are one."""
    (window,) = chunks(worth(title, "", TOKENIZER))
    rows = np.zeros((len(window.pieces), EDGES[-1] + 5), dtype=np.float32)
    for start in EDGES[:3]:
        rows[:, start] = 9.0  # outside
    ((segment, places),) = window.segments
    inside = False
    for (start, end), place in zip(segment.words, places, strict=True):
        told = document(title, "")[start:end] in marked
        if told:
            rows[place, EDGES[0]] = 0.0
            rows[place, EDGES[0] + BEGINS_TARGET + inside] = 9.0
        inside = told
    (line,) = read_lines(document(title, ""), [window], [rows])
    return line.parties


@pytest.mark.parametrize(
    ("title", "marked", "whole"),
    [
        ("Fiat pays U.S. Treasury for shares", [".", "S", "Treasury"], "U.S. Treasury"),
        ("Lenders back IL&FS after default", ["FS"], "IL&FS"),
        ("Acme sold to POW.RE Holdings today", ["RE", "Holdings"], "POW.RE Holdings"),
        ("Toyota invests in Zeta.ai again", ["Zeta"], "Zeta.ai"),
        ("Acme buys Zeta. Shares fall", ["Zeta"], "Zeta"),
        ("Acme buys Zeta.ai today", ["ai"], "Zeta.ai"),
        ("Acme buys Zetabank, N.V. today", ["Zetabank", "N", "V"], "Zetabank, N.V."),
        ("Acme buys Zeta", ["Zeta"], "Zeta"),
    ],
)
def test_a_cut_name_is_read_in_whole(title: str, marked: list[str], whole: str) -> None:
    assert [m.text for m in targets(title, marked)] == [whole]


def test_a_legal_form_alone_is_no_party() -> None:
    assert targets("Acme buys a rival, Inc. said", ["Inc"]) == ()


def test_two_names_stay_two() -> None:
    assert [m.text for m in targets("Acme and Zeta merge", ["Acme", "Zeta"])] == ["Acme", "Zeta"]


@pytest.mark.parametrize("title", ["Acme buys Towson-based Zeta", "Acme buys Towson, Md.-based Zeta"])
def test_where_a_company_is_based_is_no_party(title: str) -> None:
    assert [m.text for m in targets(title, ["Towson", "Zeta"])] == ["Zeta"]


def test_a_company_before_where_it_is_based_stays() -> None:
    assert [m.text for m in targets("Acme buys Zeta, UK-based maker", ["Zeta"])] == ["Zeta"]


@pytest.mark.parametrize(
    "title",
    [
        "Acme owner Zeta plans listing",
        "Acme’s parent Zeta plans listing",
        "Acme rival Zeta raises funds",
        "Acme veteran starts Zeta with seed money",
        "Zeta bought from Acme unit",
    ],
)
def test_a_name_that_tells_whose_the_party_is_is_none(title: str) -> None:
    assert [m.text for m in targets(title, ["Acme", "Zeta"])] == ["Zeta"]


@pytest.mark.parametrize(
    "title", ["Zeta co-founders bid", "Zeta owners sell", "Acme buys Zeta, maker of pumps", "Zeta parent of Acme"]
)
def test_a_party_before_other_words_stays(title: str) -> None:
    assert [m.text for m in targets(title, ["Zeta"])] == ["Zeta"]
