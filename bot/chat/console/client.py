"""The console as a chat: cards go to standard output, one write each."""

import asyncio
import os
import select
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from rich.console import Console

from bot.chat.base import Found, Shown
from bot.chat.console.render import render, render_reply
from bot.commands.front import Front
from bot.model.alert import Delayed, DeliveryOutcome, Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.subscription import Channel

RETRY_SECONDS = 30.0
READER_SECONDS = 20.0
"""How long to wait for a reader that has stopped (a pager, Ctrl-S); delivery itself gives up after 30."""
LOOK_SECONDS = 0.1


class ConsoleChat:
    """Cards on a terminal, in a pipe or in a file.

    A terminal or a pipe cannot be asked what it showed: after a crash between showing and noting it, a card is shown
    again. Where standard output is a file, the file is looked through for the card's key, and each is there once.
    """

    platform = Platform.CONSOLE

    def __init__(self, out: TextIO, *, width: int | None = None) -> None:
        self._out = out
        self._width = width

    async def start(self) -> None:
        """Nothing to connect to."""

    async def listen(self, front: Front) -> None:
        """Nothing to take: `dealbell chat` is where a console is spoken to."""

    async def stop(self) -> None:
        """Nothing to disconnect."""

    async def post(self, channel: Channel, shown: Shown, *, key: str, reply_to: str | None = None) -> DeliveryOutcome:
        """Show a card or lines."""
        return await self._show(shown, key, edited=False)

    async def edit(self, channel: Channel, shown: Shown, *, key: str, message: str) -> DeliveryOutcome:
        """Show a card again as it now stands, marked as an edit: what is printed stays printed."""
        return await self._show(shown, key, edited=True)

    async def find(self, channel: Channel, *, key: str) -> Found:
        """Look for the key in the file that standard output is, where it is one."""
        shown = self._shown_before()
        if shown is None:
            return Found(unknown=True)
        return Found(message=key if key in shown else None)

    async def can_post(self, channel: Channel) -> None:
        """Always."""

    def told(self) -> tuple[tuple[str, str], ...]:
        """Nothing: a console is there or not."""
        return ()

    def _shown_before(self) -> str | None:
        """Return what stands in the file that standard output is; None where it is no file."""
        try:
            path = Path(f"/proc/self/fd/{self._out.fileno()}").resolve()
            return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
        except (OSError, ValueError):
            return None

    async def _show(self, shown: Shown, key: str, *, edited: bool) -> DeliveryOutcome:
        if not await self._has_room():
            return Delayed(seconds=RETRY_SECONDS, reason="Nobody reads standard output at the moment.")
        console = Console(file=self._out, width=self._width, highlight=False, markup=False, emoji=False)
        try:
            with console.capture() as capture:
                if isinstance(shown, Card):
                    console.print(render(shown, key=key, edited=edited))
                else:
                    console.print(render_reply(shown, key=key))
            self._write(capture.get())
        except OSError as error:
            return Delayed(seconds=RETRY_SECONDS, reason=f"Standard output can't be written: {error.strerror}.")
        return Sent(message=key)

    async def _has_room(self) -> bool:
        """Wait until a write would not block: a full pipe must not stop the polls, nor the shutdown."""
        file = self._file()
        if file is None:
            return True
        poller = select.poll()
        poller.register(file, select.POLLOUT)
        with suppress(TimeoutError):
            async with asyncio.timeout(READER_SECONDS):
                while not poller.poll(0):  # noqa: ASYNC110  the kernel sets no asyncio.Event
                    await asyncio.sleep(LOOK_SECONDS)
                return True
        return False

    def _file(self) -> int | None:
        try:
            return self._out.fileno()
        except (OSError, ValueError):  # no file of the system's: in memory
            return None

    def _write(self, text: str) -> None:
        file = self._file()
        if file is None:
            self._out.write(text)
            return
        # past the buffer, which would keep what failed and write it a second time later
        self._out.flush()
        rest = text.encode(self._out.encoding or "utf-8", errors="replace")
        while rest:
            rest = rest[os.write(file, rest) :]
        with suppress(OSError):  # a terminal or a pipe has nothing to sync
            os.fsync(file)
