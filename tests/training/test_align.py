"""Gold events find their words in the text."""

import random
from typing import Any

from bot.extraction.learned.loader import SHIPPED, read_tokenizer
from bot.extraction.learned.reading import worth
from bot.model.event import document
from bot.training.align import occurrences, told_spans, variants
from bot.training.examples import Item, examples, swapped

TOKENIZER = read_tokenizer(SHIPPED / "vocabulary.txt")
DEAL: dict[str, Any] = {
    "kind": "acquisition",
    "status": "announced",
    "target": "Zeta Pipes",
    "buyers": ["Acme Corp."],
    "amount": {"value": 5e6, "currency": "USD"},
}
ITEM = Item(id="x", title="Acme buys Zeta Pipes", text="Acme Corp. paid $5 million for Zeta Pipes.", events=(DEAL,))


def test_a_name_is_found_in_its_short_forms() -> None:
    assert "Acme" in variants("Acme Corp.", person=False)
    assert occurrences("Lee joins. Ann Lee said", "Ann Lee", person=True) == [(0, 3), (11, 18)]


def test_a_common_first_word_is_no_short_form() -> None:
    assert "General" not in variants("General Motors", person=False)


def test_title_and_telling_sentence_are_labelled() -> None:
    text = document(ITEM.title, ITEM.text)
    spans = told_spans(text, worth(ITEM.title, ITEM.text, TOKENIZER), ITEM.events)
    assert sorted((text[s.start : s.end], s.label) for s in spans) == [
        ("$5 million", "A"),
        ("Acme", "B"),
        ("Acme Corp.", "B"),
        ("Zeta Pipes", "T"),
        ("Zeta Pipes", "T"),
    ]


def test_a_window_says_which_families_it_tells() -> None:
    (example,) = examples(ITEM, TOKENIZER)
    assert example.families == (0, 1, 0, 0, 0)


def test_swapping_names_changes_text_and_events_alike() -> None:
    other = swapped(ITEM, {False: ["Brellovia Ltd"], True: ["Maria Oduya"]}, random.Random(1))
    assert other.events[0]["target"] in other.text
    assert other.text != ITEM.text
