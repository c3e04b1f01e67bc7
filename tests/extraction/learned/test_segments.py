"""Cutting text into sentences and pieces keeps offsets true and work bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.learned.chunks import CHUNK_PIECES, chunks
from bot.extraction.learned.loader import SHIPPED, read_tokenizer
from bot.extraction.learned.reading import worth
from bot.extraction.learned.segments import MAX_CHARS, sentences, shape_of
from bot.model.event import document

TOKENIZER = read_tokenizer(SHIPPED / "vocabulary.txt")


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, start=0, end=len(text))]


def test_a_legal_form_does_not_end_a_sentence() -> None:
    assert cut("Acme Corp. bought Zeta Inc. for $5 million. Shares rose.") == [
        "Acme Corp. bought Zeta Inc. for $5 million.",
        "Shares rose.",
    ]


def test_a_legal_form_before_an_opening_word_ends_a_sentence() -> None:
    assert cut("It was sold to Acme Inc. The price was not told.") == [
        "It was sold to Acme Inc.",
        "The price was not told.",
    ]


def test_a_new_line_ends_a_sentence() -> None:
    assert cut("Acme buys Zeta\nLONDON (Wire) - The maker of") == ["Acme buys Zeta", "LONDON (Wire) - The maker of"]


def test_a_text_without_a_stop_is_cut() -> None:
    assert max(map(len, cut("word " * 5000))) <= MAX_CHARS


@pytest.mark.parametrize(
    ("word", "shape"), [("raises", 1), ("Acme", 2), ("CEO", 3), ("eBay", 4), ("14", 5), (",", 6), ("A", 7)]
)
def test_the_shape_of_a_word_is_what_an_uncased_reader_misses(word: str, shape: int) -> None:
    assert shape_of(word) == shape


@given(st.text(max_size=200), st.text(max_size=1500))
def test_words_lie_inside_the_text_and_windows_inside_the_limit(title: str, text: str) -> None:
    whole = document(title, text)
    found = worth(title, text, TOKENIZER)
    for segment in found:
        assert all(0 <= a < b <= len(whole) for a, b in segment.words)
    for chunk in chunks(found):
        assert len(chunk.pieces) == len(chunk.shapes) == len(chunk.places) <= CHUNK_PIECES + 60
