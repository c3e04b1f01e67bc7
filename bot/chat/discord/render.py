"""Card -> embed and content. Pure; every limit holds by construction.

Limits: https://discord.com/developers/docs/resources/message#embed-object-embed-limits. Footers render neither links
nor time tokens, so the sources are a field and the footer is plain words.

Embeds and not components v2: a v2 message has neither content nor embeds, and content is the notification and what
people see who have embeds turned off; a coloured edge with fields in columns says at a glance what a card is, and v2
has no columns; and other programs (bridges, log bots, search) read embeds. What v2 would bring, buttons between the
text, a card does not need.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.chat.spans import (
    Markup,
    escaped,
    keep_edges,
    line,
    note_spans,
    source_spans,
    sources_words,
    utf16_size,
    web_address,
)
from bot.model.card import Card, Row
from bot.model.enums import Status
from bot.model.text import cut

TOTAL = 6000
FIELD_LIMITS = (1024, 512, 256, 128)
"""Of one field's value. The first that lets the whole card fit is taken; the last always does."""
MOST_ROWS = 16
LABEL_LIMIT = 100
TITLE_LIMIT = 256
NOTE_LIMIT = 800
CONTENT_LIMIT = 1000
INLINE_LIMIT = 60
ID_LIMIT = 40
URL_LIMIT = 2000
"""Discord takes 2,048."""
SOURCES = "Sources"
MARK = "#dealbell-"

COLOURS = {Status.RUMORED: 0xF1C40F, Status.ANNOUNCED: 0x3498DB, Status.COMPLETED: 0x2ECC71, Status.CANCELLED: 0xE74C3C}
SIGNS = {Status.RUMORED: "🟡", Status.ANNOUNCED: "🔵", Status.COMPLETED: "🟢", Status.CANCELLED: "🔴"}
"""Beside the words of the label, never instead of them."""

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\*_~`|>[]<@"})
_COLON = re.compile(r":(?=//|\w+:)")
"""Of an address that would become a link, or of an emoji's name."""
_BLOCK = re.compile(r"(?:[-+]|-?#{1,3}|\d+[.)])(?=\s|$)")
"""What would make a list, a heading or small print at the start of a line."""


def content(card: Card) -> str:
    """Return the notification: one line that says who, what, how much."""
    headline = escaped(card.headline, MARKDOWN, limit=CONTENT_LIMIT)
    return flat(headline or escaped(card.label, MARKDOWN, limit=LABEL_LIMIT) or "News")


def embed(card: Card, *, key: str = "") -> dict[str, Any]:
    """Return the card. `key` is the alert's, found again by `carries`.

    It stands in the fragment of the title's address, where no reader sees it and no server gets it: the title is a
    link to the first source anyway. In the small print it would stand beside the story's id, which people are to quote.
    """
    for limit in FIELD_LIMITS:
        built = _built(card, key, limit)
        if embed_size(built) <= TOTAL:
            break
    return built


def carries(built: Mapping[str, Any], key: str) -> bool:
    """Return True if an embed, as Discord gives it back, is the card that was posted with `key`."""
    address, footer = str(built.get("url") or ""), str((built.get("footer") or {}).get("text") or "")
    return address.endswith(MARK + key) or footer.split(" · ", maxsplit=1)[0] == key


def embed_size(built: Mapping[str, Any]) -> int:
    """Return how much of the 6,000 characters of a message an embed takes."""
    texts = [built.get("title", ""), built.get("description", ""), built.get("footer", {}).get("text", "")]
    texts += [field[part] for field in built.get("fields", ()) for part in ("name", "value")]
    return sum(map(utf16_size, texts))


def _built(card: Card, key: str, limit: int) -> dict[str, Any]:
    title = f"{SIGNS[card.status]} {escaped(card.label, MARKDOWN, limit=TITLE_LIMIT - 10)}"
    address = _address(card, key)
    built: dict[str, Any] = {"type": "rich", "title": title, "color": COLOURS[card.status]}
    if address:
        built["url"] = address
    note = line(note_spans(card), MARKDOWN, limit=NOTE_LIMIT)
    if note.strip():
        built["description"] = note
    rows = [*card.rows[:MOST_ROWS], Row(label=SOURCES, spans=source_spans(card))]
    built["fields"] = [field for row in rows if (field := _field(row, limit))]
    small = (key if key and not address else "", sources_words(card) if card.sources else "", cut(card.story, ID_LIMIT))
    built["footer"] = {"text": " · ".join(keep_edges(part) for part in small if part.strip()) or "Dealbell"}
    return built


def _field(row: Row, limit: int) -> dict[str, Any] | None:
    value = line(row.spans, MARKDOWN, limit=limit - 1)
    if not value.strip():
        return None
    name = escaped(row.label, MARKDOWN, limit=LABEL_LIMIT - 1) or "\u200b"
    shown = sum(utf16_size(span.text) for span in row.spans)
    return {"name": flat(name), "value": flat(value), "inline": shown <= INLINE_LIMIT and row.label != SOURCES}


def _address(card: Card, key: str) -> str | None:
    """Return the first source's address with the key in its fragment; None where it has none or one of its own."""
    found = (web_address(source.url) for source in card.sources)
    address = next((url for url in found if url and "#" not in url and len(url) <= URL_LIMIT), None)
    return f"{address}{MARK}{key}" if address and key else address


def flat(shown: str) -> str:
    """Return a line of which no client makes a block."""
    return "\u200b" + shown if _BLOCK.match(shown) else shown


def _escape(text: str) -> str:
    return _COLON.sub(r"\\:", text.translate(_MARKS))


def _link(shown: str, address: str) -> str:
    return f"[{shown}]({address})"


def _moment(when: datetime, words: str) -> str:
    del words  # every client draws the token
    return f"<t:{int(when.timestamp())}:f>"


def _code(words: str) -> str:
    return "`" + words.replace("`", "'") + "`"


MARKDOWN = Markup(
    escape=_escape, bold=lambda shown: f"**{shown}**", link=_link, moment=_moment, code=_code, size=utf16_size
)
