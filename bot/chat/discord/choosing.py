"""Kinds of options: names that complete from the store, fixed choices, channels."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.chat.discord.answering import Desk, TargetChannel
from bot.chat.discord.options import (
    DELIVERIES,
    KIND_CHOICES,
    LAYOUTS,
    ON_OFF,
    PERIODS,
    SINCE,
    STAGES,
    STATUSES,
    THREADS,
    WAYS,
)
from bot.commands.forms import FEEDBACK

NAME_LIMIT = 100
WORDS_LIMIT = 2000


def desk_of(interaction: discord.Interaction) -> Desk:
    """Return the desk of the client that took an interaction."""
    found: Desk = interaction.client.desk  # type: ignore[attr-defined]  # our own client, see gateway.py
    return found


class Completed(app_commands.Transformer):
    """A text that completes from the store: company, person, investor, feed or story."""

    max_value = NAME_LIMIT

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what

    async def transform(self, interaction: discord.Interaction, value: Any, /) -> str:
        """Take whatever was typed: what completes are suggestions."""
        del interaction
        return str(value)

    async def autocomplete(  # type: ignore[override]  # of its two allowed forms, the narrower
        self, interaction: discord.Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        """Suggest names that begin so."""
        names = await desk_of(interaction).complete(interaction, self._what, str(value))
        return [app_commands.Choice(name=name, value=name) for name in names]


class Chosen(app_commands.Transformer):
    """One of a few words, each shown with a label."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__()
        self._choices = [app_commands.Choice(name=label, value=value) for value, label in labels.items()]

    @property
    def choices(self) -> list[app_commands.Choice[Any]]:
        """What may be chosen."""
        return [*self._choices]

    async def transform(self, interaction: discord.Interaction, value: Any, /) -> str:
        """Take the word."""
        del interaction
        return str(value)


class Text(app_commands.Transformer):
    """Words in the grammar."""

    max_value = WORDS_LIMIT

    async def transform(self, interaction: discord.Interaction, value: Any, /) -> str:
        """Take the words."""
        del interaction
        return str(value)


class Target(app_commands.Transformer):
    """A channel or thread in which cards can be posted."""

    type = discord.AppCommandOptionType.channel
    channel_types = [  # noqa: RUF012  the library asks for a list
        discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum, discord.ChannelType.media,
        discord.ChannelType.voice, discord.ChannelType.stage_voice, discord.ChannelType.public_thread,
        discord.ChannelType.private_thread, discord.ChannelType.news_thread,
    ]  # fmt: skip

    async def transform(self, interaction: discord.Interaction, value: Any, /) -> TargetChannel:
        """Take the channel with what the person may do in it."""
        del interaction
        found: TargetChannel = value
        return found


if TYPE_CHECKING:
    Words = str
    Company = str
    Person = str
    Investor = str
    Feed = str
    Story = str
    Kinds = str
    Stage = str
    Status = str
    Delivery = str
    Since = str
    Way = str
    Period = str
    Reason = str
    Layout = str
    Threads = str
    OnOff = str
    AChannel = TargetChannel
else:
    Words = Text()
    Company, Person, Investor = Completed("company"), Completed("person"), Completed("investor")
    Feed, Story = Completed("feed"), Completed("story")
    Kinds, Stage, Status, Delivery = Chosen(KIND_CHOICES), Chosen(STAGES), Chosen(STATUSES), Chosen(DELIVERIES)
    Since, Way, Period, Reason = Chosen(SINCE), Chosen(WAYS), Chosen(PERIODS), Chosen(FEEDBACK)
    Layout, Threads, OnOff = Chosen(LAYOUTS), Chosen(THREADS), Chosen(ON_OFF)
    AChannel = Target()
