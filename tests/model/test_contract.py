"""The JSON contract: there and back, and strict about bad input."""

from typing import Any

import pytest

from bot.errors import InputError
from bot.extraction import extract
from bot.model.contract import event_from_dict, event_to_dict
from bot.model.event import Money

GOOD: dict[str, Any] = {"kind": "stake", "status": "announced", "target": "Dellmoor"}


def test_an_event_survives_the_way_there_and_back() -> None:
    (event,) = extract("Korvane buys 15% stake in Dellmoor for £40 million", "").events
    row = event_to_dict(event)
    assert event_to_dict(event_from_dict(row)) == row


def test_what_is_unknown_is_left_out() -> None:
    assert "amount" not in event_to_dict(event_from_dict(GOOD))


def test_a_seller_may_be_one_string() -> None:
    assert event_from_dict({**GOOD, "seller": "Korvane"}).seller == ("Korvane",)


def test_of_alternative_sums_the_first_is_taken() -> None:
    row = {**GOOD, "amount": [{"value": 5, "currency": "USD"}, {"value": 4, "currency": "EUR"}]}
    assert event_from_dict(row).amount == Money(value=5, currency="USD")


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "party"},
        {"status": None},
        {"background": "yes"},
        {"target": 5},
        {"buyers": [1]},
        {"amount": 5},
        {"amount": {"value": float("nan"), "currency": "USD"}},
        {"amount": {"value": True, "currency": "USD"}},
        {"amount": {"value": 5, "currency": "dollars"}},
        {"stake_percent": "49"},
        {"change": "moves"},
        {"confidence": 2},
        {"evidence": [{"field": "target", "start": 5, "end": 2}]},
        {"evidence": "here"},
    ],
)
def test_bad_input_is_an_input_error(bad: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        event_from_dict({**GOOD, **bad})


def test_what_is_no_object_is_an_input_error() -> None:
    with pytest.raises(InputError):
        event_from_dict(["stake"])
