"""Reply -> one message: content, embeds and a file. Pure; every limit holds by construction.

What is short and holds no link is content. Everything else stands in embeds: they take more, and their links are not
unfurled into previews. The first line stays in the content, where it is the notification.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.discord.render import MARKDOWN, TOTAL, embed, embed_size, flat
from bot.chat.spans import line, utf16_size
from bot.model.request import File, Line, Reply
from bot.model.request import line as words
from bot.model.text import cut

CONTENT = 2000
DESCRIPTION = 4096
EMBEDS = 10
LINE = 500
HEAD = 1500
ENDING = 60
"""Room for the words that say how much was left out."""
FILE_BYTES = 10 * 1024 * 1024
FILE_DESCRIPTION = 1024
EMPTY = "\u200b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a message shows."""

    content: str
    embeds: tuple[dict[str, Any], ...] = ()
    file: File | None = None


def draw(reply: Reply, *, key: str = "", most_bytes: int = FILE_BYTES) -> Drawn:
    """Return the message. `key` is an alert's: it stands in an embed's small print, where `carries` finds it."""
    lines, file = list(reply.lines), reply.file
    if file and len(file.content) > most_bytes:
        megabytes = f"{len(file.content) / 1024**2:.1f} MB"
        lines.append(words(f"{file.name} is too large for Discord ({megabytes}) and was left out."))
        file = None
    shown = [flat(line(each, MARKDOWN, limit=LINE)) for each in lines]
    embeds: list[dict[str, Any]] = []
    if _is_plain(lines, shown):
        content = "\n".join(shown).strip("\n")
    else:
        head = bool(lines) and not _has_link(lines[0]) and utf16_size(shown[0]) <= HEAD
        content = shown[0] if head else ""
        embeds = [{"type": "rich", "description": text} for text in _descriptions(shown[head:])]
    if key:
        embeds = embeds or [{"type": "rich"}]
        embeds[-1]["footer"] = {"text": key}
    for card in reply.cards:
        built = embed(card)
        if len(embeds) == EMBEDS or sum(map(embed_size, embeds)) + embed_size(built) > TOTAL:
            break
        embeds.append(built)
    return Drawn(content=content or ("" if embeds else EMPTY), embeds=tuple(embeds), file=file)


def file_description(file: File) -> str:
    """Return what a picture shows, as long as Discord lets it be."""
    return cut(file.alt or file.name, FILE_DESCRIPTION // 2)


def _has_link(each: Line) -> bool:
    return any(span.url for span in each)


def _is_plain(lines: Sequence[Line], shown: Sequence[str]) -> bool:
    return not any(map(_has_link, lines)) and sum(utf16_size(each) + 1 for each in shown) <= CONTENT


def _descriptions(shown: Sequence[str]) -> list[str]:
    """Part the lines into descriptions that fit together into one message; what is left out is said in words."""
    room = TOTAL - ENDING - len(EMPTY) * EMBEDS
    parts: list[str] = []
    current: list[str] = []
    size = 0
    for place, each in enumerate(shown):
        long = utf16_size(each) + 1
        if long > room:
            current.append(f"… and {len(shown) - place} more lines")
            break
        if size + long > DESCRIPTION - ENDING:
            parts.append("\n".join(current))
            current, size = [], 0
        current.append(each)
        size, room = size + long, room - long
    return [text for part in (*parts, "\n".join(current)) if (text := part.strip("\n")).strip()]
