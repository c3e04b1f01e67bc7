from datetime import timedelta

import pytest

from bot.model.card import Card
from bot.model.enums import Kind, Status
from bot.stories.card import card, compact
from bot.stories.change import compare
from bot.stories.fold import fold
from bot.stories.headline import headline
from tests.stories.telling import (
    ANNOUNCED,
    CANCELLED,
    COMPLETED,
    RUMORED,
    START,
    bid,
    deal,
    joins,
    raises,
    stake,
    usd,
)


def made(*facts: object) -> Card:
    return card(fold(facts, story_id="s1"))  # type: ignore[arg-type]


def labels(shown: Card) -> list[str]:
    return [row.label for row in shown.rows]


def text(shown: Card) -> str:
    return "\n".join(f"{row.label}: {''.join(span.text for span in row.spans)}" for row in shown.rows)


def test_rule_18_the_first_line_alone_says_who_what_and_how_much() -> None:
    round_b = raises("A", 0, "Cove", "Sequoia", round="Series B", lead=("Sequoia",), amount=usd(40), valuation=usd(310))
    assert made(round_b).headline == "Cove raises $40M Series B led by Sequoia, at a $310M valuation"
    assert made(bid("A", 0, "Cove", "Meta", amount=usd(14_300))).headline == "Meta to buy Cove for $14.3B"
    assert made(joins("A", 0, "Ana Diaz", "Cove", "CFO")).headline == "Ana Diaz named CFO of Cove"


def test_rule_20_rows_stand_in_one_order() -> None:
    everything = raises(
        "A", 0, "Cove", "Sequoia", "Accel", round="Series B", lead=("Sequoia",), amount=usd(40), valuation=usd(310),
        stake_percent=9.0, seller=("Monzo",),
    )  # fmt: skip
    order = ["Company", "Amount", "Valuation", "Stake", "Round", "Led by", "Other investors", "Seller", "First told"]
    assert labels(made(everything)) == order
    assert labels(made(joins("A", 0, "Ana Diaz", "Cove", "CFO"))) == ["Company", "Role", "Person", "First told"]


@pytest.mark.parametrize("kind", Kind)
def test_rule_21_what_is_unknown_has_no_row(kind: Kind) -> None:
    fact = joins("A", 0, "Ana Diaz", "Cove") if kind is Kind.LEADERSHIP else deal("A", 0, kind, "Cove", amount=usd(0))
    shown = made(fact)
    assert set(labels(shown)) <= {"Company", "Firm", "Person", "First told"}
    for nothing in ("None", "$0", "unknown", "N/A"):
        assert nothing not in text(shown) + shown.headline


def test_rule_22_claims_link_to_who_says_them_and_conflicting_figures_are_both_shown() -> None:
    shown = made(
        bid("Reuters", 0, "Cove", "Meta", amount=usd(14_000), url="https://r.example/1"),
        bid("Wire", 1, "Cove", "Meta", amount=usd(15_000), url="https://w.example/1"),
        bid("FT", 2, "Cove", "Meta", amount=usd(15_000), url="https://ft.example/1"),
    )
    assert "Amount: $15B (Wire, FT); $14B (Reuters)" in text(shown)
    amount = next(row for row in shown.rows if row.label == "Amount")
    assert {span.url for span in amount.spans if span.url} == {
        "https://r.example/1", "https://w.example/1", "https://ft.example/1",
    }  # fmt: skip
    assert [source.text for source in shown.sources] == ["Reuters", "Wire", "FT"]
    assert shown.sources[0].url == "https://r.example/1"
    assert shown.source_count == 3


def test_rule_25_long_values_are_cut_between_what_readers_see_as_characters() -> None:
    family = "👩‍👩‍👧"
    shown = made(raises("A", 0, family * 90, amount=usd(5)))
    name = next(row for row in shown.rows if row.label == "Company").spans[0].text
    assert name.endswith("…")
    assert set(name.removesuffix("…").split(family)) == {""}
    assert len(shown.headline) <= 150


def test_rule_26_times_are_handed_on_as_times() -> None:
    told = made(bid("A", 0, "Cove", "Meta")).rows[-1]
    assert (told.label, told.spans[0].when) == ("First told", START)


def test_rule_28_an_edit_says_what_changed_and_when() -> None:
    first = bid("A", 0, "Cove", "Meta", amount=usd(14_000))
    later = bid("A", 5, "Cove", "Meta", amount=usd(14_300))
    change = compare(fold((first,), story_id="s1"), fold((first, later), story_id="s1"))
    edited = card(change.story, change=change, noted_at=START + timedelta(hours=5))
    assert edited.note == "amount now $14.3B, was $14B"
    assert edited.noted_at == START + timedelta(hours=5)
    assert made(first).note is None


def test_rule_29_rumour_announced_completed_and_called_off_look_different() -> None:
    told = {status: made(bid("A", 0, "Cove", "Meta", status=status)) for status in Status}
    assert len({shown.label for shown in told.values()}) == 4
    assert len({shown.headline for shown in told.values()}) == 4
    assert told[RUMORED].headline.startswith("Rumour:")
    assert told[ANNOUNCED].headline == "Meta to buy Cove"
    assert told[COMPLETED].headline == "Meta buys Cove"
    assert told[CANCELLED].headline.startswith("Called off:")


def test_the_compact_card_keeps_its_line_its_label_and_its_sources() -> None:
    whole = made(stake("A", 0, "Cove", "Meta", amount=usd(5)))
    short = compact(whole)
    assert short.rows == ()
    assert (short.headline, short.label, short.sources) == (whole.headline, whole.label, whole.sources)


def test_a_headline_never_holds_what_a_screen_would_obey() -> None:
    evil = fold((bid("A", 0, "Co\u202eve\x1b[2J\n", "<!channel> @everyone"),), story_id="s1")
    assert not set(headline(evil)) & {"\u202e", "\x1b", "\n"}
