"""Draws docs/card.svg: the card of the demo's most told deal, as the console shows it.

python docs/draw_card.py
"""

import asyncio
import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot import logs
from bot.demo.show import play


def main() -> None:
    """Play the demo and draw the last state of the card that was edited most often."""
    logs.configure(level="error")
    out = io.StringIO()
    asyncio.run(play(out))
    cards = re.findall(r"^[┌╭+].*?^[└╰+].*?$", out.getvalue(), flags=re.MULTILINE | re.DOTALL)
    changed = [card for card in cards if "updated" in card]
    console = Console(record=True, width=82, file=io.StringIO())
    console.print(Text(max(changed, key=len)))
    Path(__file__).with_name("card.svg").write_text(console.export_svg(title="dealbell run"), encoding="utf-8")


if __name__ == "__main__":
    main()
