import pytest

from bot.model.enums import Kind
from bot.model.event import Event, Evidence
from bot.model.story import Fact
from bot.stories.fold import fold
from bot.stories.headline import headline
from tests.stories.telling import (
    ANNOUNCED,
    CANCELLED,
    COMPLETED,
    RUMORED,
    bid,
    deal,
    joins,
    leaves,
    raises,
    stake,
    tell,
    usd,
)


def said(fact: Fact) -> str:
    return headline(fold([fact], story_id="s1"))


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        (
            stake("A", 0, "Scale AI", "Meta", amount=usd(14_000), valuation=usd(29_000), stake_percent=49.0),
            "Meta takes 49% of Scale AI for $14B, at a $29B valuation",
        ),
        (stake("A", 0, "Cove", "Lead Edge", amount=usd(20)), "Lead Edge invests $20M in Cove"),
        (stake("A", 0, "Cove", "Lead Edge"), "Lead Edge takes a stake in Cove"),
        (raises("A", 0, "Cove", valuation=usd(8000), amount=usd(5)), "Cove raises $5M, at an $8B valuation"),
        (raises("A", 0, "Cove", valuation=usd(180), amount=usd(5)), "Cove raises $5M, at a $180M valuation"),
        (raises("A", 0, "Cove", round="Seed"), "Cove raises a Seed round"),
        (raises("A", 0, "Cove", status=CANCELLED, amount=usd(5)), "Called off: Cove to raise $5M"),
        (bid("A", 0, "Humana", "Walmart", status=RUMORED), "Rumour: Walmart in talks to buy Humana"),
        (bid("A", 0, "Wesson", "Smucker", status=CANCELLED), "Called off: Smucker to buy Wesson"),
        (bid("A", 0, "Cove", "A", "B", "C", "D"), "A and 3 others to buy Cove"),
        (bid("A", 0, None, "Meta"), "Meta to buy a company"),
        (bid("A", 0, "PC business", seller=("IBM",)), "IBM to sell PC business"),
        (deal("A", 0, Kind.IPO, "LIC", status=CANCELLED), "Called off: LIC to go public"),
        (joins("A", 0, "Jason Droege", "Scale AI", "CEO", interim=True), "Jason Droege named interim CEO of Scale AI"),
        (joins("A", 0, "Jane Doe", "Cove", "acting CEO", interim=True), "Jane Doe named acting CEO of Cove"),
        (joins("A", 0, "Jane Doe", "Cove", "CEO", status=RUMORED), "Rumour: Jane Doe to become CEO of Cove"),
        (leaves("A", 0, None, "Cove", "CFO"), "Cove's CFO leaves"),
    ],
)  # fmt: skip
def test_the_first_line_alone_says_who_what_and_how_much(fact: Fact, line: str) -> None:
    assert said(fact) == line


@pytest.mark.parametrize("kind", Kind)
def test_a_rumour_and_what_was_called_off_can_never_be_misread(kind: Kind) -> None:
    lines = {
        status: said(tell("A", 0, Event(kind=kind, status=status, target="Cove", company="Cove", buyers=("Meta",))))
        for status in (RUMORED, ANNOUNCED, COMPLETED, CANCELLED)
    }
    assert lines[RUMORED].startswith("Rumour: ")
    assert lines[CANCELLED].startswith("Called off: ")
    assert not lines[ANNOUNCED].startswith(("Rumour", "Called off"))


def test_about_is_kept_where_the_text_is_no_more_exact() -> None:
    proof = Evidence(
        field="amount", start=0, end=3, quote="It paid about $14 billion.", method="rule:x", confidence=1.0
    )
    vague = stake("A", 0, "Scale AI", "Meta", amount=usd(14_000), evidence=(proof,))
    exact = stake("B", 1, "Scale AI", "Meta", amount=usd(14_000), evidence=(Evidence(
        field="amount", start=0, end=3, quote="It paid $14 billion.", method="rule:x", confidence=1.0),))  # fmt: skip
    assert headline(fold([vague], story_id="s1")) == "Meta invests about $14B in Scale AI"
    assert headline(fold([vague, exact], story_id="s1")) == "Meta invests $14B in Scale AI"
