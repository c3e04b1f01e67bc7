"""What delivery posts, as discord.py takes it: a card with its buttons, or lines of text."""

from dataclasses import dataclass
from typing import Any

import discord

from bot.chat.base import Shown
from bot.chat.discord.answering import NOBODY, upload
from bot.chat.discord.buttons import card_view
from bot.chat.discord.forums import title
from bot.chat.discord.render import content, embed
from bot.chat.discord.replies import draw
from bot.model.card import Card
from bot.model.request import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message."""

    content: str
    embeds: tuple[dict[str, Any], ...]
    title: str
    """Of a forum post."""
    card: Card | None = None
    view: discord.ui.View | None = None
    file: File | None = None

    def to_send(self) -> dict[str, Any]:
        """Return what a first post takes."""
        more: dict[str, Any] = {"view": self.view} if self.view else {}
        if self.file:
            more["files"] = [upload(self.file)]
        return {"content": self.content or None, "embeds": self._embeds(), "allowed_mentions": NOBODY, **more}

    def to_edit(self) -> dict[str, Any]:
        """Return what an edit takes: everything that the message shows, so that nothing old is left."""
        files = [upload(self.file)] if self.file else []
        return {
            "content": self.content or None, "embeds": self._embeds(), "attachments": files, "view": self.view,
            "allowed_mentions": NOBODY,
        }  # fmt: skip

    def _embeds(self) -> list[discord.Embed]:
        return [discord.Embed.from_dict(each) for each in self.embeds]


def drawn(shown: Shown, key: str) -> Post:
    """Return a card or lines of text as a message that carries `key`."""
    if isinstance(shown, Card):
        return Post(
            content=content(shown), embeds=(embed(shown, key=key),), title=title(shown.headline), card=shown,
            view=card_view(shown, key=key),
        )  # fmt: skip
    lines = draw(shown, key=key)
    words = "".join(span.text for span in shown.lines[0]) if shown.lines else ""
    return Post(content=lines.content, embeds=lines.embeds, title=title(words), file=lines.file)
