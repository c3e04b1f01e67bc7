"""Reply -> Block Kit. Pure; every limit holds by construction."""

from typing import Any

from bot.chat.slack.render import MRKDWN, TOTAL, blocks, json_size, plain
from bot.chat.spans import line, utf16_size
from bot.model.request import Button, Reply

SECTION = 2900
MOST_SECTIONS = 4
MOST_ANSWER = 10
"""Sections of an answer, which may take several messages."""
MOST_MESSAGES = 4
"""An answer's address takes five in half an hour; the last is left for a file."""
MOST_BLOCKS = 50
LINE = 900
TEXT = 3500
"""Bytes of the plain text beside the blocks: chat.update takes 4,000."""
VALUE = 2000
"""Characters of a button's value; `Front.shortened` brings longer commands below it."""
SAY = "say"
"""Begins the action id of every button; its value is the command."""


Message = tuple[str, list[dict[str, Any]]]
"""The notification's text, and blocks."""


def reply_blocks(reply: Reply) -> list[dict[str, Any]]:
    """Return one message: sections of lines, which Slack folds where they are long, then the buttons."""
    return _sections(sections(reply)) + _actions(reply)


def messages(reply: Reply) -> list[Message]:
    """Return an answer in as few messages as the limits allow, at most four: lines, cards, then the buttons."""
    units: list[list[dict[str, Any]]] = [[each] for each in _sections(sections(reply, most=MOST_ANSWER))]
    units += [[{"type": "divider"}, *blocks(card)] for card in reply.cards]
    units += [actions] if (actions := _actions(reply)) else []
    packed: list[list[dict[str, Any]]] = []
    for unit in units:
        if packed and len(packed[-1]) + len(unit) <= MOST_BLOCKS and json_size([*packed[-1], *unit]) <= TOTAL:
            packed[-1] += unit
        elif len(packed) < MOST_MESSAGES or unit is units[-1]:
            packed.append(unit)
    return [(reply_text(reply), each) for each in packed]


def _sections(texts: list[str]) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": part, "verbatim": True}} for part in texts]


def _actions(reply: Reply) -> list[dict[str, Any]]:
    if not reply.buttons:
        return []
    return [{"type": "actions", "elements": [_button(n, each) for n, each in enumerate(reply.buttons[:5])]}]


def sections(reply: Reply, *, most: int = MOST_SECTIONS) -> list[str]:
    """Return the lines in mrkdwn, joined to as few texts as the limit allows; what is too long ends in words."""
    shown = [line(each, MRKDWN, limit=LINE) for each in reply.lines]
    parts: list[str] = []
    for place, each in enumerate(shown):
        if parts and utf16_size(parts[-1]) + utf16_size(each) + 1 <= SECTION:
            parts[-1] += "\n" + each
        elif len(parts) < most:
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
        "text": {"type": "plain_text", "text": plain(button.label, 75) or "…", "emoji": False},
        "value": button.command[:VALUE] or "help",
    }
    return built | ({"style": "danger"} if button.danger else {})
