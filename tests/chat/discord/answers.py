"""What the bot made of an interaction: its first answer, and the messages that followed."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.chat.discord.limits import choice_faults, message_faults, modal_faults

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
EPHEMERAL = 64


@dataclass
class Answer:
    """One interaction's answer, as the person sees it."""

    channel: str
    kind: int = 0
    """Of the first answer; 0: none yet."""
    ephemeral: bool = False
    message: dict[str, Any] | None = None
    """What stands there at the end."""
    sent: dict[str, Any] = field(default_factory=dict)
    """As the bot sent it."""
    files: dict[str, bytes] = field(default_factory=dict)
    deleted: bool = False
    choices: list[str] | None = None
    form: dict[str, Any] | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acknowledged(self) -> bool:
        return self.kind != 0

    def first(self, body: dict[str, Any]) -> Iterator[str]:
        data = body.get("data") or {}
        self.kind = body["type"]
        self.ephemeral = bool(data.get("flags", 0) & EPHEMERAL)
        if self.kind == CHOICES:
            self.choices = [choice["name"] for choice in data["choices"]]
            yield from choice_faults(data["choices"])
        elif self.kind == FORM:
            self.form = data
            yield from modal_faults(data)
        elif self.kind in {MESSAGE, UPDATE}:
            self.message = data
            yield from message_faults(data)
        if self.kind not in {DEFER, DEFER_UPDATE}:
            self.done.set()

    def callback(self, interaction: str) -> dict[str, Any]:
        return {"interaction": {"id": interaction, "type": 2}, "resource": {"type": self.kind}}

    def delete(self) -> None:
        self.deleted = True

    def show(self, message: dict[str, Any], body: dict[str, Any], files: dict[str, bytes], *, anew: bool) -> None:
        if anew:
            self.ephemeral = bool(body.get("flags", 0) & EPHEMERAL)
        self.message, self.sent, self.files = message, body, files
        self.done.set()

    @property
    def text(self) -> str:
        """All words that the message shows."""
        assert self.message is not None
        parts = [self.message.get("content") or ""]
        for embed in self.message.get("embeds") or []:
            parts += [embed.get("title") or "", embed.get("description") or ""]
            parts += [f"{each['name']}: {each['value']}" for each in embed.get("fields") or []]
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """Its buttons by label."""
        rows = (self.message or {}).get("components") or []
        return {button["label"]: button for row in rows for button in row["components"]}


class Answers:
    """All answers, by the interaction's id and by its token."""

    def __init__(self) -> None:
        self._by_id: dict[str, Answer] = {}

    def expect(self, id: str, answer: Answer) -> None:  # noqa: A002
        self._by_id[id] = answer

    def by_id(self, id: str) -> Answer | None:  # noqa: A002
        return self._by_id.get(id)

    def by_token(self, token: str) -> Answer | None:
        return self._by_id.get(token.removeprefix("token-"))
