"""Laws: extraction never raises, evidence lies inside the text, long input ends."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extraction import Extraction, extract
from bot.model.event import document

PIECES = st.sampled_from(
    [
        "Korvane", "Dellmoor Inc.", "Ines Halloran", "acquires", "raises", "$5 million", "Series A", "49%", "12",
        "CEO", "steps down", "appointed", "as", "by", "to", "of", "who", "and", "the company", "it", "has", "interim",
        "IPO", "fund", "merger with", "stake in", "led by", "(", ")", ",", ".", "‘", "’s", "—", "Rs", "$", "&",
        "\n\n", "\x00",
    ]
)  # fmt: skip


def check(title: str, text: str) -> Extraction:
    found = extract(title, text)
    whole = document(title, text)
    for event in found.events:
        assert event.evidence
        assert 0 <= event.confidence <= 1
        for piece in event.evidence:
            assert 0 <= piece.start < piece.end <= len(whole)
        for money in (event.amount, event.valuation):
            assert money is None or (math.isfinite(money.value) and money.value > 0)
    assert (found.skipped is None) == bool(found.events)
    return found


@given(st.text(max_size=300), st.text(max_size=600))
def test_any_text_is_read_without_an_error(title: str, text: str) -> None:
    check(title, text)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=25), st.lists(PIECES, max_size=80))
def test_any_order_of_telling_words_is_read_without_an_error(title: list[str], text: list[str]) -> None:
    check(" ".join(title), " ".join(text))


def test_the_same_text_gives_the_same_events() -> None:
    once = extract("Korvane to acquire Dellmoor for $2 billion", "Korvane will pay cash.")
    assert once == extract("Korvane to acquire Dellmoor for $2 billion", "Korvane will pay cash.")


def test_evidence_quotes_what_was_read() -> None:
    title, text = "Korvane to acquire Dellmoor for $2 billion", "Ünïcödé 🎉 first. Korvane will pay cash."
    (event,) = extract(title, text).events
    whole = document(title, text)
    spans = {piece.field: whole[piece.start : piece.end] for piece in event.evidence}
    assert (spans["target"], spans["buyers"], spans["amount"]) == ("Dellmoor", "Korvane", "$2 billion")


@pytest.mark.parametrize(
    "text",
    [
        "Korvane acquires Dellmoor. " * 40_000,
        ", ".join(f"Firm{n} Holdings" for n in range(100_000)),
        "Korvane said it acquires " * 20_000,
        "Korvane, a " * 50_000 + " has raised $5 million.",
        "(" * 200_000,
        "$1 " * 300_000,
        "x" * 1_000_000,
        "chief " * 100_000,
        "A & " * 100_000,
        "1,000," * 100_000,
        "a.b" * 200_000,
        "\n" * 1_000_000,
    ],
    ids=["1 MB", "100,000 names", "one sentence", "asides", "brackets", "sums", "one word", "titles", "and", "number",
         "dots", "lines"],
)  # fmt: skip
def test_very_long_input_ends(text: str) -> None:
    check("Korvane acquires Dellmoor", text)
    check(text, "Korvane acquires Dellmoor")
