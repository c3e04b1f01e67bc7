import re
import time
from dataclasses import replace
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.chat.console.render import render
from bot.model.card import Card, Row, Span
from bot.model.enums import Status
from bot.stories.card import card
from bot.stories.fold import fold
from tests.stories.strategies import sets_of, wild_facts
from tests.stories.telling import CANCELLED, COMPLETED, RUMORED, START, bid

ANSI = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;]*;[^\x1b]*\x1b\\")
"""What rich itself writes: colours and links."""


def on_terminal(shown: Card, *, width: int = 80, key: str = "") -> str:
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system="truecolor", legacy_windows=False)
    console.print(render(shown, key=key, edited=False))
    return out.getvalue()


def a_card(status: Status = Status.ANNOUNCED) -> Card:
    return card(fold([bid("Reuters", 0, "MuleSoft", "Salesforce", status=status)], story_id="k3f9"))


def test_times_are_told_in_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = replace(a_card(), note="now announced", noted_at=START)
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        printed = ANSI.sub("", on_terminal(shown))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert f"{START.astimezone(ZoneInfo('America/New_York')):%H:%M EDT}" in printed
    assert printed.count("EDT") == 2
    assert "UTC" not in printed


def test_a_source_is_a_link_of_the_terminal() -> None:
    url = a_card().sources[0].url
    assert f";{url}\x1b\\" in on_terminal(a_card())


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "https://x.example/\x1b\\\x1b[2J", "http://[bad", "ftp://x.example"],
)
def test_an_address_that_a_terminal_must_not_open_is_no_link(url: str) -> None:
    printed = on_terminal(replace(a_card(), sources=(Span(text="Evil", url=url),)))
    assert "Evil" in printed
    assert "\x1b" not in ANSI.sub("", printed)
    assert "javascript" not in printed
    assert "file:" not in printed


@pytest.mark.parametrize("field", ["headline", "label", "note", "story"])
def test_no_field_can_send_escape_sequences_or_markup(field: str) -> None:
    evil = "\x1b]0;owned\x07\x9b31m[bold red]x[/] [link=file:///]y[/link]\r\x08"
    printed = ANSI.sub("", on_terminal(replace(a_card(), **{field: evil})))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed)
    assert "[bold red]x[/]" in printed


def test_rows_and_labels_are_data_too() -> None:
    row = Row(label="\x1b[5m[red]", spans=(Span(text="\u202eevil [blink]\x07"),))
    printed = ANSI.sub("", on_terminal(replace(a_card(), rows=(row,))))
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert "[blink]" in printed


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (RUMORED, "Rumour"), (Status.ANNOUNCED, "Announced"), (COMPLETED, "Completed"), (CANCELLED, "Called off"),
    ],
)  # fmt: skip
def test_the_status_is_told_in_words_and_not_by_colour_alone(status: Status, word: str) -> None:
    assert word in ANSI.sub("", on_terminal(a_card(status)))


def test_the_key_of_the_alert_can_be_found_in_what_was_printed() -> None:
    assert "a1b2c3d4e5f6a1b2c3d4e5f6a" in on_terminal(a_card(), key="a1b2c3d4e5f6a1b2c3d4e5f6a")


@given(sets_of(wild_facts), st.integers(10, 200))
def test_any_card_fits_any_width_and_the_terminal_obeys_nothing_in_it(told: list, width: int) -> None:  # type: ignore[type-arg]
    printed = ANSI.sub("", on_terminal(card(fold(told, story_id="k3f9")), width=width))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed)
    assert all(cell_len(line) <= width for line in printed.split("\n"))
