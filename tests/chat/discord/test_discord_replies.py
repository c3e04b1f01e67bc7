"""Any reply becomes a message that Discord takes, whole or with words that say what was left out."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.discord.buttons import COMMAND_LIMIT, card_view, reply_view
from bot.chat.discord.options import named, note, one_name, sentence
from bot.chat.discord.posts import drawn
from bot.chat.discord.replies import FILE_BYTES, draw
from bot.commands.words import split
from bot.model.card import Span
from bot.model.request import Button, File, Reply, bold, code, line
from tests.chat.discord.limits import component_faults, message_faults
from tests.chat.strategies import ADDRESSES, HOSTILE, cards, patient, spans, texts

KEY = "a2b3c4d5e6f7g8h9"
lines = st.lists(spans, max_size=4).map(tuple)
replies = st.builds(Reply, lines=st.lists(lines, max_size=80).map(tuple), cards=st.lists(cards, max_size=4).map(tuple))
buttons = st.builds(
    Button, label=texts, command=texts.filter(bool).map(lambda text: text[:COMMAND_LIMIT]), danger=st.booleans()
)


def body(reply: Reply, *, key: str = "") -> dict[str, Any]:
    drawn = draw(reply, key=key)
    return {"content": drawn.content, "embeds": list(drawn.embeds), "allowed_mentions": {"parse": []}}


@patient
@given(replies, st.sampled_from(["", KEY]))
def test_any_reply_keeps_every_limit(reply: Reply, key: str) -> None:
    assert list(message_faults(body(reply, key=key))) == []


@patient
@given(cards)
def test_any_card_is_a_message_that_discord_takes(card: Any) -> None:
    post = drawn(card, KEY)
    shown = {"content": post.content, "embeds": list(post.embeds), "allowed_mentions": {"parse": []}, "nonce": KEY}
    rows = card_view(card, key=KEY).to_components()
    assert list(message_faults({**shown, "components": rows})) == []
    assert 1 <= len(post.title.encode("utf-16-le", "surrogatepass")) // 2 <= 100


@patient
@given(cards)
def test_any_cards_buttons_keep_every_limit(card: Any) -> None:
    rows = card_view(card, key=KEY).to_components()
    assert list(component_faults(rows)) == []  # type: ignore[arg-type]
    assert sum(len(row["components"]) for row in rows) <= 6  # type: ignore[typeddict-item]


@patient
@given(st.lists(buttons, max_size=9))
def test_any_replys_buttons_keep_every_limit_and_lose_no_command(given_buttons: list[Button]) -> None:
    rows = reply_view(given_buttons).to_components()
    assert list(component_faults(rows)) == []
    said = {button["custom_id"].removeprefix("say:") for row in rows for button in row["components"]}
    assert said == {button.command for button in given_buttons[:5]}


def test_a_short_answer_is_plain_content() -> None:
    assert body(Reply(lines=(line(bold("Done. "), "Nothing else."),)))["embeds"] == []


def test_links_stand_in_an_embed_where_no_preview_unfolds() -> None:
    drawn = draw(Reply(lines=(line(bold("Latest")), line(Span(text="A deal", url="https://news.example/1")))))
    assert drawn.content == "**Latest**"
    assert "https://news.example/1" in drawn.embeds[0]["description"]


def test_ten_stories_with_long_addresses_are_all_there() -> None:
    address = "https://news.example/" + "a" * 250
    rows = [line(f"{n}. ", Span(text=f"Deal {n}", url=address), " ", code(f"id{n}")) for n in range(10)]
    drawn = draw(Reply(lines=(line("Latest"), *rows)))
    shown = "\n".join(embed["description"] for embed in drawn.embeds)
    assert [f"id{n}" in shown for n in range(10)] == [True] * 10


def test_what_is_left_out_is_said() -> None:
    drawn = draw(Reply(lines=tuple(line(f"line {n} " + "x" * 200) for n in range(100))))
    left = re.search(r"… and (\d+) more lines$", drawn.embeds[-1]["description"])
    assert left
    shown = sum(embed["description"].count("line ") for embed in drawn.embeds) + drawn.content.count("line ")
    assert shown + int(left[1]) == 100


def test_a_file_that_is_too_large_is_told_and_left_out() -> None:
    large = File(name="all.csv", content=b"x" * (FILE_BYTES + 1), media_type="text/csv")
    drawn = draw(Reply(lines=(line("Here."),), file=large))
    assert drawn.file is None
    assert "all.csv is too large" in drawn.content


def test_mentions_in_a_reply_are_words() -> None:
    shown = draw(Reply(lines=tuple(line(text) for text in HOSTILE[:6]))).content
    assert re.findall(r"(?<!\\)[<@]", shown) == []  # each is escaped, beside what allowed_mentions forbids


@given(st.sampled_from(["company", "investor", "min"]), texts)
def test_a_value_typed_into_an_option_is_one_value_or_one_error(name: str, value: str) -> None:
    text = sentence("subscribe", named(name, value), one_name(value), note(value))
    if len(text) > 4000:
        return
    assert len(split(text)) <= 4


@given(texts)
def test_a_note_is_one_word_whatever_stands_in_it(value: str) -> None:
    written = note(value)
    if len(written) < 3990 and value.strip():
        assert len(split(f"wrong s1 duplicate {written}")) == 4


def test_addresses_that_no_button_may_open_get_none() -> None:
    from dataclasses import replace

    from bot.model.card import Card
    from tests.chat.test_golden_cards import CARDS

    shown: Card = replace(CARDS["ipo"], sources=tuple(Span(text="x", url=url) for url in ADDRESSES))
    links = [button["url"] for button in card_view(shown, key=KEY).to_components()[1]["components"]]  # type: ignore[index]
    assert all(url.startswith("https://news.example") for url in links)


@pytest.mark.parametrize("text", ["# Big", "### Big", "-# small", "- one", "+ one", "12. one", "#"])
def test_no_line_of_a_reply_becomes_a_heading_or_a_list(text: str) -> None:
    shown = draw(Reply(lines=(line("first"), line(text)))).content
    assert shown == f"first\n\u200b{text}"


def test_a_line_that_makes_no_block_stays_as_it_is() -> None:
    assert draw(Reply(lines=(line("-keyword:x #1 5.3"),))).content == "-keyword:x #1 5.3"
