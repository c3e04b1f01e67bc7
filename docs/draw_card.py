"""Draws docs/card.svg: the card of the demo's most told deal, as the console shows it.

python docs/draw_card.py
"""

import asyncio
import io
import os
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot import logs
from bot.demo.show import play


class Terminal(io.StringIO):
    """A buffer that passes for a terminal, so that cards keep their colours."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def main() -> None:
    """Play the demo and draw the last state of the card that was edited most often."""
    logs.configure(level="error")
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "96"}
    out = Terminal()
    asyncio.run(play(out))
    cards = re.findall(r"^\S*[┌╭].*?[└╰].*?$", out.getvalue(), flags=re.MULTILINE | re.DOTALL)
    changed = [card for card in cards if "updated" in card]
    console = Console(record=True, width=96, file=io.StringIO())
    console.print(Text.from_ansi(max(changed, key=len)))
    Path(__file__).with_name("card.svg").write_text(console.export_svg(title="dealbell run"), encoding="utf-8")


if __name__ == "__main__":
    main()
