"""Buttons that outlive a restart: what a press means stands in the button's own id, and nothing is kept in memory.

say:COMMAND                 a reply's button: its command, as if typed
say:kept:TOKEN              the same where the command is longer than an id may be; the store has it
card:ACTION:KEY:STORY       a card's button; KEY is the alert's, by which the card is found again after doubt
"""

import re
from collections.abc import Iterable
from typing import Any, Protocol, Self, cast

import discord

from bot.chat.spans import web_address
from bot.model.card import Card
from bot.model.request import Button
from bot.model.text import cut, one_line

COMMAND_LIMIT = 48
"""Code points: with "say:" before it never more than the 100 that an id may have, however they are counted."""
LABEL_LIMIT = 80
URL_LIMIT = 512
"""Of a link button."""
MOST = 5
MOST_LINKS = 3
ACTIONS = {"sources": "Sources", "watch": "Watch", "wrong": "Wrong…"}
_STORY = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Presses(Protocol):
    """Who answers presses: the desk of the client that took the interaction."""

    async def pressed(self, interaction: discord.Interaction, command: str) -> None:
        """Answer a command."""

    async def pressed_card(self, interaction: discord.Interaction, action: str, story: str) -> None:
        """Answer a card's button."""


def _presses(interaction: discord.Interaction) -> Presses:
    desk: Presses = interaction.client.desk  # type: ignore[attr-defined]  # our own client, see gateway.py
    return desk


class Say(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=re.compile(r"say:(.+)", re.DOTALL)):
    """A reply's button."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make it anew from a message that shows it."""
        del interaction, match
        return cls(cast("discord.ui.Button[discord.ui.View]", item))

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Answer as if the command had been typed."""
        await _presses(interaction).pressed(interaction, self.custom_id.removeprefix("say:"))


class OnCard(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"card:(?P<action>sources|watch|wrong):(?P<key>[A-Za-z0-9]{0,25}):(?P<story>[A-Za-z0-9_-]{1,40})",
):
    """A card's button."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make it anew from a message that shows it."""
        del interaction, match
        return cls(cast("discord.ui.Button[discord.ui.View]", item))

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Show the sources, watch the company, or ask what is wrong."""
        _, action, _, story = self.custom_id.split(":")
        await _presses(interaction).pressed_card(interaction, action, story)


ITEMS = (Say, OnCard)


def card_view(card: Card, *, key: str) -> discord.ui.View:
    """Return a card's buttons: Sources, Watch, Wrong…, and below them links to the first sources."""
    view = discord.ui.View(timeout=None)
    if _STORY.fullmatch(card.story):
        for action, label in ACTIONS.items():
            style = discord.ButtonStyle.secondary
            name = f"card:{action}:{key}:{card.story}"
            view.add_item(OnCard(discord.ui.Button(label=label, style=style, custom_id=name, row=0)))
    addresses: set[str] = set()
    for source in card.sources:
        address = web_address(source.url)
        if address and len(address) <= URL_LIMIT and address not in addresses and len(addresses) < MOST_LINKS:
            addresses.add(address)
            view.add_item(discord.ui.Button(label=_label(source.text), url=address, row=1))
    return view


def reply_view(buttons: Iterable[Button]) -> discord.ui.View:
    """Return a reply's buttons; their commands have at most COMMAND_LIMIT characters."""
    view = discord.ui.View(timeout=None)
    commands: set[str] = set()
    for button in tuple(buttons)[:MOST]:
        if button.command in commands:  # Discord takes an id only once a message
            continue
        commands.add(button.command)
        style = discord.ButtonStyle.danger if button.danger else discord.ButtonStyle.secondary
        view.add_item(
            Say(discord.ui.Button(label=_label(button.label), style=style, custom_id=f"say:{button.command}"))
        )
    return view


def carries_key(components: Iterable[Any], key: str) -> bool:
    """Return True if one of a message's components, as discord.py gives them back, is a card's button with `key`."""
    return any(
        f":{key}:" in (getattr(child, "custom_id", None) or "")
        for row in components
        for child in getattr(row, "children", ())
    )


def _label(text: str) -> str:
    return cut(one_line(text).strip(), LABEL_LIMIT // 2) or "Open"
