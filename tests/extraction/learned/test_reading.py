"""The shipped model, end to end, on made-up items."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extraction import extract
from bot.model.enums import Change, Kind
from bot.model.event import document


def test_a_funding_round_is_read_with_its_parties_and_sum() -> None:
    title = "Brellovia raises $40 million in Series B led by Quarrystone Ventures"
    text = "Brellovia said on Monday it has raised $40 million in a Series B round led by Quarrystone Ventures."
    (event,) = extract(title, text).events
    assert (event.kind, event.target) == (Kind.FUNDING, "Brellovia")
    assert event.amount is not None
    assert (event.amount.value, event.amount.currency) == (40_000_000, "USD")
    assert "Quarrystone Ventures" in event.buyers


def test_an_appointment_is_read_with_person_role_and_company() -> None:
    title = "Tarnwick Foods names Maria Oduya chief executive officer"
    text = "Tarnwick Foods said it has appointed Maria Oduya as chief executive officer, effective in March."
    events = extract(title, text).events
    assert [(e.kind, e.change, e.person, e.company) for e in events] == [
        (Kind.LEADERSHIP, Change.JOINS, "Maria Oduya", "Tarnwick Foods")
    ]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Heavy rain expected over the weekend",
            "Forecasters expect showers from Friday, with the sun back on Monday.",
        ),
        ("How to bake sourdough bread at home", "Mix flour, water and salt, and leave the dough to rise overnight."),
        (
            "Striker scores twice as City win the derby",
            "The home side took the lead after ten minutes and never looked back.",
        ),
    ],
)
def test_other_news_gives_nothing(title: str, text: str) -> None:
    assert extract(title, text).events == ()


def test_a_headline_that_denies_a_departure_settles_it() -> None:
    title = "Oduya won’t step down as Tarnwick Foods chairman"
    text = "Maria Oduya, chairman of Tarnwick Foods, was asked on television whether she would leave as chairman."
    assert extract(title, text).events == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=600))
def test_it_never_raises_and_its_evidence_lies_inside_the_text(title: str, text: str) -> None:
    for item_title, item_text in ((title, text), (f"{title} raises $5 million", f"Acme buys {text} from Zeta Corp.")):
        whole = document(item_title, item_text)
        for event in extract(item_title, item_text).events:
            assert all(0 <= e.start < e.end <= len(whole) for e in event.evidence)
            assert 0 <= event.confidence <= 1


@pytest.mark.parametrize("text", ["Acme buys Zeta for $5 million. " * 30_000, "a" * 500_000, "Acme, " * 100_000])
def test_a_huge_text_takes_bounded_time(text: str) -> None:
    began = time.process_time()
    extract("Acme buys Zeta for $5 million", text)
    assert time.process_time() - began < 10
