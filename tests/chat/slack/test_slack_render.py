import json
import re
from dataclasses import replace

import pytest
from hypothesis import given

from bot.chat.slack.render import TOTAL, blocks, text
from bot.model.card import Card, Row, Span
from bot.model.enums import Status
from tests.chat.golden import assert_kept, kept_names
from tests.chat.slack.blockkit import message_problems
from tests.chat.strategies import HOSTILE, cards, patient
from tests.chat.test_golden_cards import CARDS
from tests.stories.telling import START

TOKEN = re.compile(r"<(?:https?://[^<>|]+\|[^<>\n]*|!date\^\d+\^\{date_short_pretty\} \{time\}\|[^<>|\n]*)>")
"""All that may stand between angle brackets on a card: a link, or a time."""


def texts_of(card: Card) -> list[str]:
    found = []
    for block in blocks(card):
        if block["type"] == "actions":
            continue
        parts = [block["text"]] if "text" in block else block.get("fields") or block.get("elements")
        assert all(part["type"] == "mrkdwn" and part["verbatim"] is True for part in parts)
        found += [part["text"] for part in parts]
    return found


@pytest.mark.parametrize("name", CARDS)
def test_the_card_reads_as_it_did(name: str) -> None:
    shown = json.dumps({"text": text(CARDS[name]), "blocks": blocks(CARDS[name])}, ensure_ascii=False, indent=2)
    assert_kept("slack", name, shown + "\n")


def test_every_kept_card_is_still_made() -> None:
    assert kept_names("slack") == set(CARDS)


@patient
@given(cards)
def test_every_limit_of_slack_holds(card: Card) -> None:
    built = blocks(card)
    assert 1 <= len(built) <= 50
    assert len(json.dumps(built, ensure_ascii=False)) <= TOTAL
    assert len(text(card).encode()) <= 4000
    assert message_problems({"text": text(card), "blocks": built}) == []


def test_a_card_has_three_buttons_that_carry_its_story() -> None:
    (actions,) = [block for block in blocks(CARDS["funding"]) if block["type"] == "actions"]
    assert [each["text"]["text"] for each in actions["elements"]] == ["Sources", "Watch", "Wrong…"]
    assert {each["value"] for each in actions["elements"]} == {CARDS["funding"].story}


@patient
@given(cards)
def test_nothing_in_a_card_can_ping_link_or_break_out_of_a_token(card: Card) -> None:
    for shown in (*texts_of(card), text(card)):
        rest = TOKEN.sub("", shown)
        assert not re.search(r"[<>]", rest)
        assert not re.search(r"&(?!amp;|lt;|gt;)", rest)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


@pytest.mark.parametrize("evil", HOSTILE)
def test_a_hostile_headline_pings_nobody(evil: str) -> None:
    shown = json.dumps(
        [blocks(replace(CARDS["funding"], headline=evil)), text(replace(CARDS["funding"], headline=evil))]
    )
    assert "<!channel" not in shown
    assert "<!here" not in shown
    assert "<@" not in shown
    assert "<https://evil.example|" not in shown


def test_an_address_is_encoded_where_it_would_end_the_link() -> None:
    source = Span(text="A & B | C", url="https://x.example/?a=1&b=|<>")
    shown = texts_of(replace(CARDS["funding"], sources=(source,), source_count=1))[-2]
    assert shown == "1 source: <https://x.example/?a=1&amp;b=%7C%3C%3E|A &amp; B | C>"


def test_the_first_line_alone_says_who_what_how_much() -> None:
    assert text(CARDS["stake-announced"]).splitlines()[0] == CARDS["stake-announced"].headline


def test_what_would_format_is_told_as_it_stands() -> None:
    shown = texts_of(replace(CARDS["funding"], headline="*Acme* _buys_ ~B~ `c` :fire:"))[0]
    assert shown.startswith("*\u200b*Acme\u200b* \u200b_buys\u200b_ \u200b~B\u200b~ \u200b`c\u200b` :\u200bfire:*\n")


def test_the_four_states_look_different_in_words_and_signs() -> None:
    heads = {texts_of(replace(CARDS["funding"], status=status))[0] for status in Status}
    assert len(heads) == 4


def test_long_rows_are_cut_and_the_rest_of_the_card_stays() -> None:
    row = Row(label="Investors", spans=(Span(text="Fund & Sons, " * 500),))
    shown = texts_of(replace(CARDS["funding"], rows=(row,) * 20))
    assert sum("…" in part for part in shown) == 20
    assert shown[-1] == "ID k3f9"


def test_the_largest_card_that_can_be_thought_of_fits() -> None:
    much = Span(text='"&<' * 3000, url="https://x.example/" + "&" * 900)
    row = Row(label='"&' * 200, spans=(much, much))
    card = Card(
        story='"' * 900,
        kind=CARDS["ipo"].kind,
        status=Status.RUMORED,
        headline='"<' * 900,
        label="&" * 900,
        rows=(row,) * 40,
        sources=(much,) * 9,
        source_count=99,
        confidence=1.0,
        note="&" * 9000,
        noted_at=START,
    )
    assert len(json.dumps(blocks(card), ensure_ascii=False)) <= TOTAL
    assert sum(len(block.get("fields", ())) for block in blocks(card)) == 20
    assert len(text(card).encode()) <= 4000


def test_a_link_goes_before_its_text_is_cut() -> None:
    spans = tuple(Span(text=f"Outlet {n}; ", url="https://x.example/" + "a" * 900) for n in range(8))
    shown = texts_of(replace(CARDS["funding"], rows=(Row(label="Amount", spans=spans),)))[1]
    assert shown.count("<https://") == 2
    assert shown.rstrip().endswith("Outlet 7;")
