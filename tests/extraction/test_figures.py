"""Sums, percentages and rounds in every style that EVENTS rule 9 names."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.figures import money_at, percent_at, round_at
from bot.extraction.mentions import MONEY, PRICE
from bot.extraction.tokens import tokenize
from bot.model.event import Money


def first_sum(text: str) -> tuple[float, str] | None:
    tokens = tokenize(text)
    for at in range(len(tokens)):
        mention = money_at(tokens, at)
        if mention is not None:
            assert mention.tag == MONEY
            assert isinstance(mention.value, Money)
            return mention.value.value, mention.value.currency
    return None


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$14.3 billion", 14_300_000_000, "USD"),
        ("$14.3B", 14_300_000_000, "USD"),
        ("$14.3bn", 14_300_000_000, "USD"),
        ("$5M", 5_000_000, "USD"),
        ("a $5-million round", 5_000_000, "USD"),
        ("a $10 million round", 10_000_000, "USD"),
        ("US$20m", 20_000_000, "USD"),
        ("A$12 million", 12_000_000, "AUD"),
        ("C$704 Million", 704_000_000, "CAD"),
        ("S$30m", 30_000_000, "SGD"),
        ("HK$2.5 billion", 2_500_000_000, "HKD"),
        ("NZ$8 million", 8_000_000, "NZD"),
        ("Rs 500 crore", 5_000_000_000, "INR"),
        ("Rs. 500 crore", 5_000_000_000, "INR"),
        ("Rs13,000 crore", 130_000_000_000, "INR"),
        ("₹1,252.96 crore", 12_529_600_000, "INR"),
        ("INR 40 lakh", 4_000_000, "INR"),
        ("Rs 1 lakh crore", 1_000_000_000_000, "INR"),
        ("£715,000", 715_000, "GBP"),
        ("€285M", 285_000_000, "EUR"),
        ("¥3 billion", 3_000_000_000, "JPY"),
        ("6 billion yuan", 6_000_000_000, "CNY"),
        ("SEK 450 million", 450_000_000, "SEK"),
        ("500 mln dlrs", 500_000_000, "USD"),
        ("1.2 billion euros", 1_200_000_000, "EUR"),
        ("90 million Swiss francs", 90_000_000, "CHF"),
        ("40 million Canadian dollars", 40_000_000, "CAD"),
        ("2 trillion yen", 2_000_000_000_000, "JPY"),
        ("$10-15 million", 15_000_000, "USD"),
        ("up to $50m", 50_000_000, "USD"),
        ("nearly $3 bn", 3_000_000_000, "USD"),
        ("£850m ($1.1bn)", 850_000_000, "GBP"),
    ],
)
def test_a_sum_is_read_in_plain_units_of_its_currency(text: str, value: float, currency: str) -> None:
    assert first_sum(text) == (pytest.approx(value), currency)


@pytest.mark.parametrize("text", ["$24 per share", "$31.50 a share", "Rs 824-866 per share", "$37", "€6 a month"])
def test_a_price_is_no_sum(text: str) -> None:
    mention = money_at(tokenize(text), 0)
    assert mention is not None
    assert mention.tag == PRICE


@pytest.mark.parametrize(
    "text", ["multi-billion dollar", "million", "2024", "$", "Rs", "third quarter", "A $", "9 men"]
)
def test_what_holds_no_figure_is_no_sum(text: str) -> None:
    assert first_sum(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("49%", 49), ("49 pct", 49), ("26 per cent", 26), ("33.3 percent", 33.3), ("4.3 Pct.", 4.3), ("10-percent", 10)],
)
def test_a_percentage_is_a_number(text: str, value: float) -> None:
    mention = percent_at(tokenize(text), 0)
    assert mention is not None
    assert mention.value == pytest.approx(value)


@pytest.mark.parametrize("text", ["250%", "0%", "49 people", "half"])
def test_what_cannot_be_a_share_is_none(text: str) -> None:
    assert percent_at(tokenize(text), 0) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Series A", "Series A"),
        ("series b1 round", "Series B1"),
        ("Series-C funding", "Series C"),
        ("pre-seed round", "Pre-seed"),
        ("seed funding", "Seed"),
        ("venture debt financing", "Debt"),
        ("bridge round", "Bridge"),
        ("growth capital", "Growth"),
    ],
)
def test_a_round_has_one_standard_name(text: str, name: str) -> None:
    mention = round_at(tokenize(text), 0)
    assert mention is not None
    assert mention.value == name


@pytest.mark.parametrize("text", ["seed oil", "growth of sales", "bridge over the river", "series of talks"])
def test_everyday_words_are_no_round(text: str) -> None:
    assert round_at(tokenize(text), 0) is None


@given(st.text(alphabet="$€£₹Rs0123456789.,- kmbn%billioncrore", max_size=60))
def test_sums_are_finite_and_positive(text: str) -> None:
    tokens = tokenize(text)
    for at in range(len(tokens)):
        mention = money_at(tokens, at)
        if mention is not None and isinstance(mention.value, Money):
            assert math.isfinite(mention.value.value)
            assert mention.value.value > 0
            assert len(mention.value.currency) == 3
