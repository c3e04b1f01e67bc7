"""Reply -> Block Kit. Pure; every limit holds by construction."""

from typing import Any

from bot.chat.slack.render import MRKDWN
from bot.chat.spans import line, utf16_size
from bot.model.request import Button, Reply
from bot.model.text import cut, one_line

SECTION = 2900
MOST_SECTIONS = 4
LINE = 900
TEXT = 3500
"""Bytes of the plain text beside the blocks: chat.update takes 4,000."""
SAY = "say"
"""Begins the action id of every button; its value is the command."""


def reply_blocks(reply: Reply) -> list[dict[str, Any]]:
    """Return sections of lines, then the buttons."""
    built: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": part, "verbatim": True}} for part in sections(reply)
    ]
    if reply.buttons:
        built.append({"type": "actions", "elements": [_button(n, each) for n, each in enumerate(reply.buttons[:5])]})
    return built


def sections(reply: Reply) -> list[str]:
    """Return the lines in mrkdwn, joined to as few texts as the limit allows; what is too long ends in words."""
    shown = [line(each, MRKDWN, limit=LINE) for each in reply.lines]
    parts: list[str] = []
    for place, each in enumerate(shown):
        if parts and utf16_size(parts[-1]) + utf16_size(each) + 1 <= SECTION:
            parts[-1] += "\n" + each
        elif len(parts) < MOST_SECTIONS:
            parts.append(each)
        else:
            parts[-1] += f"\n… and {len(shown) - place} more lines"
            break
    return [part if part.strip() else "\u200b" for part in parts] or ["\u200b"]


def reply_text(reply: Reply) -> str:
    """Return the notification: the first line with words."""
    for each in reply.lines:
        if found := line(each, MRKDWN, limit=TEXT // 6).strip():
            return found
    return "Dealbell"


def _button(number: int, button: Button) -> dict[str, Any]:
    built: dict[str, Any] = {
        "type": "button",
        "action_id": f"{SAY}:{number}",
        "text": {"type": "plain_text", "text": cut(one_line(button.label), 75), "emoji": False},
        "value": button.command[:2000],
    }
    return built | ({"style": "danger"} if button.danger else {})
