"""The one client: REST for posting, the gateway for commands, presses and what happens to servers and channels.

Sharded from the start, without any privileged intent. Commands are registered when they have changed and never for the
reason that the bot started.
"""

import json
from hashlib import sha256
from typing import Any

import aiohttp
import discord
import structlog
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket

from bot.chat.discord.answering import NOBODY, Desk, edge
from bot.chat.discord.buttons import ITEMS
from bot.chat.discord.configuration import Dealbell
from bot.chat.discord.lookups import Deals, find_deals
from bot.chat.discord.outcomes import FAULTS, GONE, LEFT, outcome
from bot.chat.discord.permissions import cure
from bot.commands.front import Front, Place
from bot.model.alert import Rejected
from bot.model.enums import Platform
from bot.model.subscription import Channel

log = structlog.get_logger()

READY_SECONDS = 2.0
"""After the last server that Discord has told of, all are taken to be there."""


class Tree(app_commands.CommandTree["Gateway"]):
    """The commands; what goes wrong with one ends with it."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Log and, where Discord still takes a word, say it."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            log.warning("discord knows other commands than these", command=str(error))
            words = "This command has changed. Please reload Discord (Ctrl+R) and try again."
            async with edge(interaction):
                await interaction.response.send_message(words, ephemeral=True)
            return
        async with edge(interaction):
            raise getattr(error, "original", error)


class Gateway(discord.AutoShardedClient):
    """discord.py's client with our commands."""

    desk: Desk
    _home: discord.Object | None = None
    """The one server in which commands are registered; None: everywhere."""

    def __init__(self, *, trace: aiohttp.TraceConfig) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            http_trace=trace,
            allowed_mentions=NOBODY,
            guild_ready_timeout=READY_SECONDS,
        )
        self.tree = Tree(self)

    def take(self, front: Front, *, guild: int | None) -> None:
        """Answer commands with `front` from now on; registering them and connecting are the caller's."""
        if hasattr(self, "desk"):
            return
        self.desk = Desk(front)
        self._home = discord.Object(guild) if guild else None
        self.add_dynamic_items(*ITEMS)
        for group in (Deals(), Dealbell()):
            self.tree.add_command(group)
        self.tree.add_command(find_deals)
        if self._home is not None:
            self.tree.copy_global_to(guild=self._home)

    async def register(self) -> None:
        """Register the commands if they have changed. A refusal is logged: posting goes on. Raises for an outage."""
        front, home = self.desk.front, self._home
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands(guild=home)]
        wanted = sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        name = f"commands:{self.application_id}:{home.id if home else 'global'}"
        if await front.recall(Platform.DISCORD, name) == wanted:
            return
        try:
            await self.tree.sync(guild=home)
        except FAULTS as error:
            told = outcome(error)
            if not isinstance(told, Rejected):
                raise
            log.error("discord does not take the commands; the next start tries again", reason=told.reason)  # noqa: TRY400
            return
        await front.remember(Platform.DISCORD, name, wanted)
        log.info("commands are registered", where=name)

    async def point(self) -> float:
        """Let all connections go where the configured address says: discord.py asks for the first alone.

        Returns seconds to wait first, where the bot has identified itself so often that Discord takes no more today.
        """
        shards, address, limit = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
        return 0.0 if limit["remaining"] >= shards else limit["reset_after"] / 1000

    async def finished(self, *, seconds: float) -> None:
        """Return once no answer is under way, or after `seconds`."""
        if hasattr(self, "desk"):
            await self.desk.calls.finished(seconds=seconds)

    async def on_ready(self) -> None:
        """Say that it works, and look at what may have happened meanwhile."""
        log.info("discord is listening", guilds=len(self.guilds), shards=self.shard_count)
        for guild in self.guilds:
            await self._check(guild)
        here = {str(guild.id) for guild in self.guilds}
        for home in await self.desk.front.told_homes(Platform.DISCORD):
            if home not in here and not home.startswith("@"):
                await self._left(home)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot is in a server, perhaps again: what was paused for its absence goes on."""
        place = Place(platform=Platform.DISCORD, workspace=str(guild.id), workspace_name=guild.name, channel="")
        await self.desk.front.found(place, LEFT)
        await self._check(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot has left a server: nothing can be posted there."""
        await self._left(str(guild.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone."""
        await self._gone(str(channel.id), str(channel.guild.id))

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone."""
        await self._gone(str(payload.thread_id), str(payload.guild_id))

    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Permissions of a channel may have changed."""
        if before.overwrites != after.overwrites or before.category != after.category:
            await self._check(after.guild)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Permissions of a role may have changed."""
        if before.permissions != after.permissions:
            await self._check(after.guild)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """The bot may have lost a role; of other members Discord tells nothing without a privileged intent."""
        if after == after.guild.me and before.roles != after.roles:
            await self._check(after.guild)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Let one event's failure end with it."""
        del args, kwargs
        log.exception("an event was not dealt with", event_name=event_method)

    async def _left(self, guild: str) -> None:
        for channel in await self.desk.front.told_channels(Platform.DISCORD, guild):
            if not channel.external_id.startswith("@"):
                await self._closed(channel, LEFT)

    async def _gone(self, channel: str, guild: str) -> None:
        for known in await self.desk.front.told_channels(Platform.DISCORD, guild):
            if known.external_id == channel:
                await self._closed(known, GONE)

    async def _check(self, guild: discord.Guild) -> None:
        """Pause what can't be posted in any more: told once, before a card is lost in it."""
        if guild.me is None or guild.unavailable:
            return
        for channel in await self.desk.front.told_channels(Platform.DISCORD, str(guild.id)):
            if channel.external_id.startswith("@"):
                continue
            found = guild.get_channel_or_thread(int(channel.external_id))
            # an archived thread is not in the list: posting says what is the matter with it
            if found is not None and not isinstance(found, discord.Thread) and (reason := cure(found, least=True)):
                await self._closed(channel, reason)

    async def _closed(self, channel: Channel, reason: str) -> None:
        place = Place(
            platform=Platform.DISCORD,
            workspace=channel.workspace.external_id,
            channel=channel.external_id,
            channel_name=channel.name,
        )
        await self.desk.front.closed(place, reason)
        log.info("a channel is paused", channel=channel.external_id, reason=reason)
