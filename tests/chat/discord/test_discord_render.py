import json
import re
from dataclasses import replace

import pytest
from hypothesis import given

from bot.chat.discord.buttons import card_view
from bot.chat.discord.render import TOTAL, carries, content, embed
from bot.model.card import Card, Row, Span
from bot.model.enums import Status
from tests.chat.golden import assert_kept, kept_names
from tests.chat.strategies import HOSTILE, cards, patient
from tests.chat.test_golden_cards import CARDS
from tests.stories.telling import START

KEY = "a2b3c4d5e6f7g8h9"
LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\(https?://[^\s()<>]+\)|<t:-?\d+:f>")
"""All the markup that a value may hold beside bold: links and times."""


def length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("name", CARDS)
def test_the_card_reads_as_it_did(name: str) -> None:
    buttons = card_view(CARDS[name], key=KEY).to_components()
    shown = {"content": content(CARDS[name]), "embed": embed(CARDS[name], key=KEY), "components": buttons}
    assert_kept("discord", name, json.dumps(shown, ensure_ascii=False, indent=2) + "\n")


def test_every_kept_card_is_still_made() -> None:
    assert kept_names("discord") == set(CARDS)


@patient
@given(cards)
def test_every_limit_of_discord_holds(card: Card) -> None:
    built = embed(card, key=KEY)
    assert 1 <= length(content(card)) <= 2000
    assert 1 <= length(built["title"]) <= 256
    assert length(built.get("description", "")) <= 4096
    assert 1 <= length(built["footer"]["text"]) <= 2048
    assert len(built["fields"]) <= 25
    for field in built["fields"]:
        assert 1 <= length(field["name"].strip()) <= 256
        assert 1 <= length(field["value"].strip()) <= 1024
    assert length(built.get("url", "")) <= 2048
    texts = [built["title"], built.get("description", ""), built["footer"]["text"]]
    texts += [field[part] for field in built["fields"] for part in ("name", "value")]
    assert sum(map(length, texts)) <= TOTAL


@patient
@given(cards)
def test_nothing_in_a_card_can_mention_link_or_break_out_of_a_token(card: Card) -> None:
    built = embed(card, key=KEY)
    shown = [content(card), built["title"], built.get("description", "")]
    shown += [field[part] for field in built["fields"] for part in ("name", "value")]
    for text in shown:
        rest = LINK.sub("", text)
        bare = re.sub(r"\\[^0-9A-Za-z\s]", "", rest)
        assert not re.search(r"[<>\[\]`|_~@]", bare)
        assert "://" not in bare
        assert not re.match(r"[-+#]\s|\d+[.)]\s", text)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", text)


@patient
@given(cards)
def test_every_card_carries_its_key_and_no_other(card: Card) -> None:
    assert carries(embed(card, key=KEY), KEY)
    assert not carries(embed(card, key=KEY), "z" * 16)


@pytest.mark.parametrize("evil", HOSTILE)
def test_a_hostile_headline_is_told_as_it_stands(evil: str) -> None:
    shown = content(replace(CARDS["funding"], headline=evil))
    bare = re.sub(r"\\[^0-9A-Za-z\s]", "", shown)
    assert not re.search(r"<[@#!]|@everyone|\]\(", bare)


def test_the_key_stands_where_no_reader_sees_it() -> None:
    built = embed(CARDS["funding"], key=KEY)
    assert built["url"] == f"{CARDS['funding'].sources[0].url}#dealbell-{KEY}"
    assert built["footer"]["text"].endswith("k3f9")
    assert KEY not in built["footer"]["text"]


@pytest.mark.parametrize("url", [None, "https://app.example/#/article/5", "javascript:alert(1)"])
def test_without_an_address_that_can_hold_it_the_key_stands_in_the_footer(url: str | None) -> None:
    card = replace(CARDS["funding"], sources=(Span(text="Wire", url=url),), source_count=1)
    assert embed(card, key=KEY)["footer"]["text"] == f"{KEY} · 1 source · k3f9"


def test_the_four_states_look_different_in_words_and_signs_and_colour() -> None:
    built = [embed(replace(CARDS["funding"], status=status)) for status in Status]
    assert len({shown["title"] for shown in built}) == len({shown["color"] for shown in built}) == 4


def test_sources_are_links_in_a_field_and_their_number_is_in_the_footer() -> None:
    built = embed(CARDS["funding-many-sources"])
    assert built["fields"][-1]["name"] == "Sources"
    assert built["fields"][-1]["value"].count("](https://news.example/") == 5
    assert built["fields"][-1]["value"].endswith(" and 7 more")
    assert built["footer"]["text"] == "12 sources · k3f9"


def test_a_row_of_which_nothing_can_be_shown_is_left_out() -> None:
    card = replace(CARDS["funding"], rows=(Row(label="Company", spans=(Span(text=" "),)),))
    assert [field["name"] for field in embed(card)["fields"]] == ["Sources"]


def test_the_largest_card_that_can_be_thought_of_fits() -> None:
    much = Span(text="*👩‍👩‍👧‍👦" * 3000, url="https://x.example/" + "(" * 900)
    row = Row(label="*_" * 200, spans=(much, much))
    card = Card(
        story="é" * 900,
        kind=CARDS["ipo"].kind,
        status=Status.RUMORED,
        headline="*<" * 900,
        label="@" * 900,
        rows=(row,) * 40,
        sources=(much,) * 9,
        source_count=99,
        confidence=1.0,
        note="~" * 9000,
        noted_at=START,
    )
    built = embed(card, key=KEY)
    texts = [built["title"], built["description"], built["footer"]["text"]]
    texts += [field[part] for field in built["fields"] for part in ("name", "value")]
    assert sum(map(length, texts)) <= TOTAL
    assert len(built["fields"]) == 17
