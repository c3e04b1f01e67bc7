"""The console as a chat: cards go to standard output, one write each."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from rich.console import Console

from bot.chat.base import Found
from bot.chat.console.render import render
from bot.model.alert import Delayed, DeliveryOutcome, Rejected, Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.subscription import Channel

RETRY_SECONDS = 30.0


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

    async def stop(self) -> None:
        """Nothing to disconnect."""

    async def post(self, channel: Channel, card: Card, *, key: str) -> DeliveryOutcome:
        """Show a card."""
        return self._show(card, key, edited=False)

    async def edit(self, channel: Channel, card: Card, *, key: str, message: str) -> DeliveryOutcome:
        """Show a card again as it now stands, marked as an edit: what is printed stays printed."""
        return self._show(card, key, edited=True)

    async def find(self, channel: Channel, *, key: str) -> Found:
        """Look for the key in the file that standard output is, where it is one."""
        shown = self._shown_before()
        if shown is None:
            return Found(unknown=True)
        return Found(message=key if key in shown else None)

    def _shown_before(self) -> str | None:
        """Return what stands in the file that standard output is; None where it is no file."""
        try:
            path = Path(f"/proc/self/fd/{self._out.fileno()}").resolve()
            return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
        except (OSError, ValueError):
            return None

    def _show(self, card: Card, key: str, *, edited: bool) -> DeliveryOutcome:
        console = Console(file=self._out, width=self._width, highlight=False, markup=False, emoji=False)
        try:
            with console.capture() as capture:
                console.print(render(card, key=key, edited=edited))
            self._write(capture.get())
        except BrokenPipeError:
            return Rejected(reason="Nobody reads standard output any more.")
        except OSError as error:
            return Delayed(seconds=RETRY_SECONDS, reason=f"Standard output can't be written: {error.strerror}.")
        return Sent(message=key)

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
        with suppress(OSError, ValueError):  # a terminal or a pipe has nothing to sync
            os.fsync(self._out.fileno())
