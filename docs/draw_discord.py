"""Draws the kept cards of the tests as a page in the manner of Discord, to look at them without Discord.

python docs/draw_discord.py cards.html [NAME …]
chromium --headless --no-sandbox --hide-scrollbars --window-size=620,1130 --screenshot=docs/discord.png cards.html

With the names stake-corrected, acquisition-done and funding-rumour, the second line made docs/discord.png.
"""

import html
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.chat.discord.buttons import card_view  # noqa: E402
from bot.chat.discord.render import content, embed  # noqa: E402
from bot.model.card import Card  # noqa: E402
from tests.chat.test_golden_cards import CARDS  # noqa: E402

KEY = "a2b3c4d5e6f7g8h9"
STYLE = """
body { background: #313338; color: #dbdee1; font: 16px/1.375 'gg sans', 'Noto Sans', sans-serif; margin: 0;
       padding: 14px 16px }
.message { display: flex; gap: 16px; margin-bottom: 20px }
.face { width: 40px; height: 40px; border-radius: 50%; background: #5865f2; flex: none; text-align: center;
        line-height: 40px; font-size: 20px }
.name { font-weight: 600; color: #f2f3f5 } .app { background: #5865f2; color: #fff; border-radius: 4px;
        font-size: 10px; font-weight: 600; padding: 1px 5px; margin: 0 6px; vertical-align: 2px }
.when { color: #949ba4; font-size: 12px }
.embed { background: #2b2d31; border-left: 4px solid; border-radius: 4px; margin-top: 4px; padding: 8px 16px 16px 12px;
         width: 470px; font-size: 14px }
.title { font-weight: 600; color: #00a8fc; font-size: 16px; margin-top: 8px } .description { margin-top: 8px }
.fields { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px 16px; margin-top: 8px }
.wide { grid-column: 1 / -1 } .label { font-weight: 600; color: #f2f3f5 } .footer { color: #b5bac1; font-size: 12px;
         margin-top: 8px }
a { color: #00a8fc; text-decoration: none } time, code { background: #1e1f22; border-radius: 3px; padding: 0 3px }
.row { display: flex; gap: 8px; margin-top: 6px } .button { background: #4e5058; color: #fff; border-radius: 4px;
         padding: 6px 14px; font-size: 14px; font-weight: 500 }
"""
TOKENS = re.compile(
    r"\\(?P<plain>.)|\*\*(?P<bold>(?:\\.|[^\\*])+)\*\*|\[(?P<shown>(?:\\.|[^\\\]])+)\]\((?P<url>\S+?)\)"
    r"|<t:(?P<time>-?\d+):f>|`(?P<code>[^`]+)`"
)


def markdown(text: str) -> str:
    """Draw what our renderer writes: bold, links, times, code; everything else is text."""
    out, at = [], 0
    for found in TOKENS.finditer(text):
        out.append(html.escape(text[at : found.start()]))
        out.append(_token(found))
        at = found.end()
    return "".join([*out, html.escape(text[at:])]).replace("\n", "<br>")


def _token(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "plain":
            return html.escape(found["plain"])
        case "bold":
            return f"<b>{markdown(found['bold'])}</b>"
        case "url":
            return f'<a href="{html.escape(found["url"])}">{markdown(found["shown"])}</a>'
        case "time":
            return f"<time>{datetime.fromtimestamp(int(found['time']), UTC):%d %B %Y %H:%M}</time>"
    return f"<code>{html.escape(found['code'])}</code>"


def message(card: Card) -> str:
    """Draw one message."""
    built = embed(card, key=KEY)
    fields = "".join(
        f'<div class="{"" if each["inline"] else "wide"}"><div class="label">{markdown(each["name"])}</div>'
        f"{markdown(each['value'])}</div>"
        for each in built["fields"]
    )
    described = f'<div class="description">{markdown(built["description"])}</div>' if "description" in built else ""
    rows: list[Any] = card_view(card, key=KEY).to_components()
    buttons = "".join(
        '<div class="row">'
        + "".join(
            f'<span class="button">{html.escape(each["label"])}{" ↗" if "url" in each else ""}</span>'
            for each in row["components"]
        )
        + "</div>"
        for row in rows
    )
    return (
        '<div class="message"><div class="face">🔔</div><div><span class="name">Dealbell</span>'
        '<span class="app">APP</span><span class="when">Today at 09:41</span>'
        f'<div>{markdown(content(card))}</div><div class="embed" style="border-color: #{built["color"]:06x}">'
        f'<div class="title">{markdown(built["title"])}</div>{described}<div class="fields">{fields}</div>'
        f'<div class="footer">{html.escape(built["footer"]["text"])}</div></div>{buttons}</div></div>'
    )


def main() -> None:
    """Write the page: the cards that are named, or all."""
    path, *names = sys.argv[1:]
    shown = "".join(message(CARDS[name]) for name in names or CARDS)
    page = f'<!doctype html><meta charset="utf-8"><title>Cards</title><style>{STYLE}</style>{shown}'
    Path(path).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
