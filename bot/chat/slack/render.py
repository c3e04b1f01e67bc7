"""Card -> Block Kit and the text of the notification. Pure; every limit holds by construction.

Limits and escaping: https://docs.slack.dev/reference/block-kit/blocks and
https://docs.slack.dev/messaging/formatting-message-text. The total of 13,200 is undocumented (`msg_blocks_too_long`).
"""

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.chat.spans import Markup, escaped, line, note_spans, source_spans, sources_words, utf16_size
from bot.model.card import Card, Row
from bot.model.enums import Status

TOTAL = 13_200
FIELD_LIMITS = (2000, 1000, 400, 150)
"""Of one field. The first that lets the whole card fit is taken; the last always does."""
MOST_ROWS = 20
FIELDS_A_SECTION = 10
HEADLINE_LIMIT = 700
"""150 code points, each of which may take four when escaped."""
SHORT_LIMIT = 150
NOTE_LIMIT = 1000
SOURCES_LIMIT = 2900

CARD = "card"
"""Begins the action ids of a card's buttons."""

SIGNS = {Status.RUMORED: "🟡", Status.ANNOUNCED: "🔵", Status.COMPLETED: "🟢", Status.CANCELLED: "🔴"}
"""Beside the words of the label, never instead of them."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "\u200b*", "_": "\u200b_",
                           "~": "\u200b~", "`": "\u200b`"})  # fmt: skip
"""The three that the documentation names; before what would format, a space without width: there is no other escape."""
_EMOJI = re.compile(r":(?=[a-z0-9_+'-]+:)", re.IGNORECASE)


def blocks(card: Card) -> list[dict[str, Any]]:
    """Return the card's blocks: headline and label, what an edit changed, the fields, the sources, the id, buttons."""
    for limit in FIELD_LIMITS:
        built = _built(card, limit)
        if json_size(built) <= TOTAL:
            break
    return built


def text(card: Card) -> str:
    """Return the notification: its first line alone says who, what, how much. Under 4,000 bytes, for chat.update."""
    markup = replace(MRKDWN, size=lambda part: len(part.encode("utf-8", "surrogatepass")))
    first = escaped(card.headline, markup, limit=1000) or escaped(card.label, markup, limit=500)
    second = escaped(card.label, markup, limit=500)
    note = f" · {escaped(card.note, markup, limit=1500)}" if card.note else ""
    return f"{_unquoted(first)}\n{second}{note}"


def _built(card: Card, limit: int) -> list[dict[str, Any]]:
    headline = escaped(card.headline, MRKDWN, limit=HEADLINE_LIMIT) or "News"
    label = escaped(card.label, MRKDWN, limit=SHORT_LIMIT)
    built: list[dict[str, Any]] = [{"type": "section", "text": _mrkdwn(f"*{headline}*\n{SIGNS[card.status]} {label}")}]
    note = line(note_spans(card), MRKDWN, limit=NOTE_LIMIT)
    if note.strip():
        built.append({"type": "context", "elements": [_mrkdwn(f"✏️ {note}")]})
    fields = [field for row in card.rows[:MOST_ROWS] if (field := _field(row, limit))]
    built += [
        {"type": "section", "fields": fields[start : start + FIELDS_A_SECTION]}
        for start in range(0, len(fields), FIELDS_A_SECTION)
    ]
    built.append({"type": "context", "elements": _small_print(card, min(SOURCES_LIMIT, 2 * limit))})
    return [*built, *_buttons(card)]


def _buttons(card: Card) -> list[dict[str, Any]]:
    """Return Sources, Watch and Wrong…; each carries the story's id."""
    if not re.fullmatch(r"\w{1,40}", card.story, re.ASCII):
        return []
    elements = [
        {
            "type": "button",
            "action_id": f"{CARD}:{name}",
            "text": {"type": "plain_text", "text": label, "emoji": False},
            "value": card.story,
        }
        for name, label in (("sources", "Sources"), ("watch", "Watch"), ("wrong", "Wrong…"))
    ]
    return [{"type": "actions", "elements": elements}]


def _field(row: Row, limit: int) -> dict[str, Any] | None:
    label = escaped(row.label, MRKDWN, limit=SHORT_LIMIT // 2)
    head = f"*{label}*\n" if label else ""
    value = line(row.spans, MRKDWN, limit=limit - _size(head) - 1)
    return _mrkdwn(head + _unquoted(value)) if value.strip() else None


def _small_print(card: Card, limit: int) -> list[dict[str, Any]]:
    """Return the sources with their number, and the story's id, which people quote to `why`."""
    named = line(source_spans(card), MRKDWN, limit=limit)
    sources = [_mrkdwn(f"{sources_words(card)}: {named}")] if named.strip() else []
    return [*sources, _mrkdwn(f"ID {escaped(card.story, MRKDWN, limit=SHORT_LIMIT)}")]


def _mrkdwn(content: str) -> dict[str, Any]:
    # verbatim: Slack makes no links and no mentions of what merely looks like one
    return {"type": "mrkdwn", "text": content, "verbatim": True}


def _escape(content: str) -> str:
    return _EMOJI.sub(":\u200b", content.translate(_ENTITIES))


def _unquoted(shown: str) -> str:
    return "\u200b" + shown if shown.startswith("&gt;") else shown  # Slack would draw a quotation


def _link(shown: str, address: str) -> str:
    return f"<{address.replace('&', '&amp;')}|{shown}>"


def _moment(when: datetime, words: str) -> str:
    seconds = int(when.timestamp())
    if seconds <= 0:
        return words
    return f"<!date^{seconds}^{{date_short_pretty}} {{time}}|{words.replace('|', ' ')}>"


def _size(content: str) -> int:
    """Return what a text takes in the JSON that is sent: a quotation mark or a backslash takes two there."""
    return utf16_size(json.dumps(content, ensure_ascii=False)) - 2


def json_size(built: list[dict[str, Any]]) -> int:
    """Return what blocks take of Slack's total."""
    return utf16_size(json.dumps(built, ensure_ascii=False))


def _code(words: str) -> str:
    plain = words.replace("`", "'")
    return "`" + plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "`"


def plain(words: str, limit: int) -> str:
    """Return words for a label, on one line, cut at `limit` as Slack may count it."""
    return escaped(words, PLAIN, limit=limit)


PLAIN = Markup(
    escape=str, bold=str, link=lambda shown, _: shown, moment=lambda _, words: words, code=str, size=utf16_size
)
MRKDWN = Markup(escape=_escape, bold=lambda shown: f"*{shown}*", link=_link, moment=_moment, code=_code, size=_size)
