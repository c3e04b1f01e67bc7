"""The console as a chat, on real files and pipes."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pytest

from bot.chat.console import client
from bot.chat.console.client import ConsoleChat
from bot.model.alert import Delayed, Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.subscription import Channel, Workspace
from bot.stories.card import card
from bot.stories.fold import fold
from tests.stories.telling import bid

KEY = "a1b2c3d4e5f6a1b2"
HERE = Channel(
    workspace=Workspace(id="w", platform=Platform.CONSOLE, external_id="local", name="here"),
    external_id="console",
    name="console",
)


def a_card() -> Card:
    return card(fold([bid("Reuters", 0, "MuleSoft", "Salesforce")], story_id="k3f9"))


@pytest.fixture
def pipe() -> Iterator[tuple[int, TextIO]]:
    reader, writer = os.pipe()
    with os.fdopen(writer, "w", encoding="utf-8") as out:
        yield reader, out
    os.close(reader)


async def test_a_card_in_a_file_is_there_at_once_and_can_be_found(tmp_path: Path) -> None:
    path = tmp_path / "cards.txt"
    with path.open("w", encoding="utf-8") as out:
        chat = ConsoleChat(out)
        assert await chat.post(HERE, a_card(), key=KEY) == Sent(message=KEY)
        assert KEY in path.read_text(encoding="utf-8")
        assert (await chat.find(HERE, key=KEY)).message == KEY


async def test_a_reader_that_has_stopped_delays_the_card_and_holds_up_nothing_else(
    pipe: tuple[int, TextIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "READER_SECONDS", 0.2)
    reader, out = pipe
    os.set_blocking(out.fileno(), False)
    with suppress(BlockingIOError):
        while os.write(out.fileno(), b"." * 4096):
            pass
    os.set_blocking(out.fileno(), True)
    chat = ConsoleChat(out)
    assert isinstance(await chat.post(HERE, a_card(), key=KEY), Delayed)
    os.set_blocking(reader, False)
    with suppress(BlockingIOError):
        while os.read(reader, 65536):
            pass
    assert await chat.post(HERE, a_card(), key=KEY) == Sent(message=KEY)
    assert os.read(reader, 65536).decode().count(KEY) == 1


async def test_a_reader_that_has_gone_loses_no_card() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as out:
        assert isinstance(await ConsoleChat(out).post(HERE, a_card(), key=KEY), Delayed)


async def test_what_a_full_disk_refused_is_not_written_a_second_time_later() -> None:
    with os.fdopen(os.open("/dev/full", os.O_WRONLY), "w", encoding="utf-8") as out:
        assert isinstance(await ConsoleChat(out).post(HERE, a_card(), key=KEY), Delayed)
        out.flush()  # nothing was left behind in the buffer


async def test_a_terminal_that_lacks_a_character_gets_the_card_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "cards.txt"
    with path.open("w", encoding="ascii") as out:
        assert await ConsoleChat(out).post(HERE, a_card(), key=KEY) == Sent(message=KEY)
    assert "Salesforce" in path.read_text(encoding="ascii")
