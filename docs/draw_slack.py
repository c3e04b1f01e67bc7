"""Draws the kept cards of the tests as a page in the manner of Slack, to look at them without Slack.

python docs/draw_slack.py cards.html [NAME …]
chromium --headless --no-sandbox --hide-scrollbars --window-size=680,610 --screenshot=docs/slack.png cards.html

With the names stake-corrected and funding-rumour, the second line made docs/slack.png.
"""

import html
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

CARDS = Path(__file__).parent.parent / "tests/data/cards/slack"
STYLE = """
body { background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, 'Noto Sans', 'DejaVu Sans', sans-serif; margin: 0;
       padding: 12px 20px }
.message { display: flex; gap: 8px; margin-bottom: 22px }
.face { width: 36px; height: 36px; border-radius: 6px; background: #1f2a44; flex: none; text-align: center;
        line-height: 36px; font-size: 18px }
.body { width: 580px } .name { font-weight: 900 } .app { background: #dddddd; color: #454447; border-radius: 2px;
        font-size: 10px; font-weight: 700; padding: 1px 3px; margin: 0 4px; vertical-align: 1px }
.when { color: #616061; font-size: 12px } .section { margin: 4px 0 8px }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; margin: 4px 0 8px }
.context { color: #616061; font-size: 13px; margin: 4px 0 } .context span + span { margin-left: 10px }
.actions { display: flex; gap: 8px; margin-top: 8px } .button { border: 1px solid #8d8d8e; border-radius: 4px;
        padding: 3px 12px 4px; font-weight: 700; font-size: 14px } .danger { color: #e01e5a; border-color: #e01e5a }
a { color: #1264a3; text-decoration: none } hr { border: 0; border-top: 1px solid #ddd }
code { background: #f6f6f6; border: 1px solid #ddd; border-radius: 3px; color: #c01343; font-size: 12px;
       padding: 1px 3px }
"""
TOKENS = re.compile(
    r"<!date\^(?P<time>\d+)\^[^|>]*\|[^>]*>|<(?P<url>https?://[^|>]+)\|(?P<shown>[^>]*)>|<(?P<other>[^>]*)>"
    "|(?<!\u200b)"
    r"\*(?P<bold>[^\n]+?)"
    "(?<!\u200b)"
    r"\*|`(?P<code>[^`\n]+)`"
)


def mrkdwn(text: str) -> str:
    """Draw what our renderer writes: bold, links, times, code. Its entities are HTML's own."""
    out, at = [], 0
    for found in TOKENS.finditer(text):
        out.append(text[at : found.start()])
        out.append(_token(found))
        at = found.end()
    return "".join([*out, text[at:]]).replace("\n", "<br>").replace("\u200b", "")


def _token(found: re.Match[str]) -> str:
    if found["time"]:
        return f"{datetime.fromtimestamp(int(found['time']), UTC):%d %b %H:%M}"
    if found["url"]:
        return f'<a href="{found["url"]}">{found["shown"]}</a>'
    if found["bold"]:
        return f"<b>{mrkdwn(found['bold'])}</b>"
    if found["code"]:
        return f"<code>{found['code']}</code>"
    return html.escape(f"<{found['other']}>")  # what must not be on a card is shown as it came


def block(built: dict[str, Any]) -> str:
    """Draw one block."""
    match built:
        case {"type": "section", "fields": fields}:
            return '<div class="fields">' + "".join(f"<div>{mrkdwn(each['text'])}</div>" for each in fields) + "</div>"
        case {"type": "section", "text": {"text": text}}:
            return f'<div class="section">{mrkdwn(text)}</div>'
        case {"type": "context", "elements": elements}:
            return '<div class="context">' + "".join(f"<span>{mrkdwn(e['text'])}</span>" for e in elements) + "</div>"
        case {"type": "actions", "elements": elements}:
            return f'<div class="actions">{"".join(map(button, elements))}</div>'
    return "<hr>"


def button(built: dict[str, Any]) -> str:
    """Draw one button."""
    return f'<span class="button {built.get("style", "")}">{html.escape(built["text"]["text"])}</span>'


def message(blocks: list[dict[str, Any]]) -> str:
    """Draw one message."""
    return (
        '<div class="message"><div class="face">🔔</div><div class="body"><span class="name">Dealbell</span>'
        '<span class="app">APP</span><span class="when">9:41</span>' + "".join(map(block, blocks)) + "</div></div>"
    )


def main() -> None:
    """Write the page."""
    target, *names = sys.argv[1:]
    chosen = names or sorted(path.stem for path in CARDS.glob("*.json"))
    kept = [json.loads((CARDS / f"{name}.json").read_text(encoding="utf-8")) for name in chosen]
    page = "".join(message(each["blocks"]) for each in kept)
    Path(target).write_text(
        f'<!doctype html><meta charset="utf-8"><title>Cards</title><style>{STYLE}</style>{page}', encoding="utf-8"
    )


if __name__ == "__main__":
    main()
