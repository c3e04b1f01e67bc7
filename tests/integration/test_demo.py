"""The demo is exact: every card that expected.toml names, with its facts, sources and edits, and no other."""

import asyncio
import io
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.demo.show import Totals, play
from bot.model.contract import event_from_dict
from bot.model.event import Money
from bot.stories.words import money_words

CARDS: list[dict[str, Any]] = tomllib.loads(
    (Path(bot.__file__ or "").parent / "demo" / "samples" / "expected.toml").read_text(encoding="utf-8")
)["card"]
WORDS = {"rumored": "Rumour", "announced": "Announced", "completed": "Completed", "cancelled": "Called off"}
EITHER = {"announced", "completed"}
"""A headline that says "raises" or "to buy" leaves open whether it is done."""


def name(card: dict[str, Any]) -> str:
    return str(card.get("person") or card["target"])


@pytest.fixture(scope="module")
def shown() -> tuple[Totals, list[str]]:
    """What the demo counts, and its cards in the order in which they were shown."""
    out = io.StringIO()
    totals = asyncio.run(play(out))
    return totals, re.findall(r"^[┌╭+].*?^[└╰+][^\n]*$", out.getvalue(), flags=re.MULTILINE | re.DOTALL)


def of(card: dict[str, Any], cards: list[str]) -> list[str]:
    """The cards that were shown of one story: its kind is in the frame, its name in the first line."""
    kind = "IPO" if card["kind"] == "ipo" else card["kind"].title()
    return [text for text in cards if f"· {kind}" in text.splitlines()[0] and name(card) in text.splitlines()[1]]


def test_there_are_the_cards_that_are_expected_and_no_others(shown: tuple[Totals, list[str]]) -> None:
    totals, cards = shown
    assert totals.cards == totals.stories == len(CARDS)
    assert totals.edits == sum(card["edits"] for card in CARDS)
    assert len(cards) == totals.cards + totals.edits
    assert sum(len(of(card, cards)) for card in CARDS) == len(cards)


@pytest.mark.parametrize("card", CARDS, ids=name)
def test_a_card_ends_with_the_facts_and_edits_that_are_expected(
    shown: tuple[Totals, list[str]], card: dict[str, Any]
) -> None:
    mine = of(card, shown[1])
    assert len(mine) == 1 + card["edits"]
    last = mine[-1]
    statuses = EITHER if card["status"] in EITHER else {card["status"]}
    assert any(WORDS[status] in last.splitlines()[0] for status in statuses)
    event = event_from_dict(card)
    for party in (event.target, *event.buyers, *event.seller, event.company, event.role):
        assert party is None or party in last
    for money in (event.amount, event.valuation):
        assert money is None or money_words(Money(value=money.value, currency=money.currency)) in last
    if card["edits"]:
        assert "updated" in last.splitlines()[0]
        assert "Changed: " in last
