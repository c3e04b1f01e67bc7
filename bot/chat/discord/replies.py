"""Reply -> content of at most 2,000 characters. Pure; the limit holds by construction."""

from bot.chat.discord.render import MARKDOWN
from bot.chat.spans import line, utf16_size
from bot.model.request import Reply

CONTENT = 2000
LINE = 500
ENDING = 60
"""Room for the words that say how much was left out."""


def reply_content(reply: Reply) -> str:
    """Return the lines in markdown; what is too long ends in words that say so."""
    shown = [line(each, MARKDOWN, limit=LINE) for each in reply.lines]
    parts: list[str] = []
    size = 0
    for place, each in enumerate(shown):
        left = sum(utf16_size(rest) + 1 for rest in shown[place:])
        room = CONTENT if size + left <= CONTENT else CONTENT - ENDING
        if size + utf16_size(each) + 1 > room:
            parts.append(f"… and {len(shown) - place} more lines")
            break
        parts.append(each)
        size += utf16_size(each) + 1
    return "\n".join(parts).strip("\n") or "\u200b"
