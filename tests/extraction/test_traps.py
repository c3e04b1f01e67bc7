"""What looks like an event and is none must stay silent."""

from datetime import UTC, datetime

import pytest

from bot.extraction import extract
from bot.model.enums import Outcome
from tests.extraction.reading_items import news


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Korvane and Dellmoor partner on battery recycling", "The companies signed a five-year partnership."),
        ("Korvane launches invoicing app", "It costs £6 a month."),
        ("Korvane acquires 10,000 customers in a week", "Korvane said it had acquired 10,000 customers."),
        ("Striker Paolo Verdant joins Aldmoor United for €38 million", "Aldmoor United have signed the striker."),
        ("Aldmoor Rovers appoint Luis Penhallow as head coach", "He replaces Gareth Voss, who was dismissed."),
        ("Korvane chief says she will not step down", "Ines Halloran, chief executive of Korvane, has no such plans."),
        ("Korvane wins €210 million ferry contract", "Korvane has won a contract worth €210 million."),
        ("Korvane announces $500 million share buyback", "The board approved the plan."),
        ("Korvane prices £300 million bond", "Korvane has priced a £300 million bond due in ten years."),
        ("President names Ines Halloran finance minister", "The cabinet will meet on Monday."),
        ("Harrowgate buys 80-acre property in Leeds for $12 million", "The apartment complex has 200 tenants."),
        ("Bankers expect more retail mergers next year", "More takeovers are likely, a survey says."),
        ("Korvane wins €18 million government grant", "The grant pays for a test site."),
        ("Broker raises Korvane price target to $37", "The rating stays at buy."),
        ("Third-quarter profit at Korvane rises 12%", "The company kept its forecast."),
    ],
)
def test_a_look_alike_is_silent(title: str, text: str) -> None:
    assert news(title, text) == []


def test_a_deal_of_years_ago_is_background() -> None:
    found = extract(
        "How Korvane learned to love wool",
        "Korvane, which bought Larkmoor Mills in 2012 for $22 million, weaves cloth.",
        published=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert all(event.background for event in found.events)


def test_no_trigger_is_said() -> None:
    found = extract("Rain in the north", "Umbrellas everywhere.")
    assert found.skipped is not None
    assert found.skipped.reason is Outcome.NO_TRIGGER


def test_another_language_is_said() -> None:
    found = extract(
        "Korvane übernimmt Dellmoor",
        "Der Konzern hat die Mehrheit an dem Unternehmen für den Preis von 20 Millionen gekauft und wird es mit der "
        "eigenen Sparte verbinden, wie das Unternehmen mitteilte. Ein IPO ist nicht geplant.",
    )
    assert found.skipped is not None
    assert found.skipped.reason is Outcome.NOT_ENGLISH
    assert "German" in found.skipped.detail


def test_words_of_a_deal_without_parties_are_no_event() -> None:
    found = extract("Mergers are slow", "Few mergers were told of.")
    assert found.skipped is not None
    assert found.skipped.reason is Outcome.NO_EVENT
