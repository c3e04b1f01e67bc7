"""The desk: an interaction becomes who, where and what; Front answers; the reply becomes a message.

Everything is deferred first, so that the deadline of three seconds holds whatever the answer takes: only modals and
autocomplete are themselves the first response. A deferral that Discord refuses means that the interaction is an old one
or was handed over twice: then nothing is done.
"""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import discord
import structlog

from bot.chat.calls import Calls
from bot.chat.discord.buttons import COMMAND_LIMIT, reply_view
from bot.chat.discord.outcomes import FAULTS, outcome
from bot.chat.discord.replies import draw, file_description
from bot.commands.front import Asked, Front, Place
from bot.commands.manners import ANYTHING, COSTLY, SUGGESTIONS, Pace
from bot.commands.registry import is_for_all
from bot.model.enums import Platform
from bot.model.request import File, Reply, said

log = structlog.get_logger()

NOBODY = discord.AllowedMentions.none()
DEFER_SECONDS = 2.5
"""After three, Discord takes no first response."""
ACKNOWLEDGED = 40060
"""Error code: the interaction has its first response already."""
ANSWER_SECONDS = 120.0
SEND_SECONDS = 30.0
COMPLETE_SECONDS = 2.0
FILE_SECONDS = 20.0
MOST_FILE_BYTES = 2_000_000
MOST_CHOICES = 25
CHOICE_LIMIT = 100
LOOK_UP, CONFIGURE = "/deals ask words:", "/dealbell ask words:"
"""What stands before a verb where a command is shown to copy."""
TargetChannel = discord.app_commands.AppCommandChannel | discord.app_commands.AppCommandThread


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an interaction asks for, beside who and where."""

    text: str
    configures: bool = False
    """It came by /dealbell: the server's own settings say who may use that."""
    channel: TargetChannel | None = None
    """Another channel than the one in which it was said."""
    file: discord.Attachment | None = None
    attachment: str | None = None


class Desk:
    """Answers interactions. It never raises: what goes wrong is said to the person or logged."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.calls = Calls()
        """Answers under way."""

    async def hear(self, interaction: discord.Interaction, order: Order) -> None:
        """Answer a command or a form; a command that lacks its details opens a form."""
        if not self._admits(interaction):
            return
        if interaction.type is not discord.InteractionType.modal_submit and await self._opened(interaction, order):
            return
        for_all = is_for_all(order.text) and not is_personal(interaction)
        async with self._work(interaction):
            if await _deferred(interaction, ephemeral=not for_all and not in_own_messages(interaction)):
                await self._answer(interaction, order, for_all=for_all)

    async def pressed(self, interaction: discord.Interaction, command: str, *, replaces: bool = True) -> None:
        """Answer a button; one that `replaces` in its own message's place, where only its presser sees that."""
        if not self._admits(interaction):
            return
        kept = await self.front.command(command)
        if kept is None:
            async with self._work(interaction):
                if await _deferred(interaction, ephemeral=True):
                    await send(interaction, said("This button is too old. Please type the command again.", good=False))
            return
        command = kept
        if await self._opened(interaction, Order(text=command)):
            return
        for_all = is_for_all(command) and not is_personal(interaction)
        shown = interaction.message
        own = shown is not None and (shown.flags.ephemeral or in_own_messages(interaction))
        in_place = replaces and own and not for_all
        async with self._work(interaction):
            if await _deferred(interaction, ephemeral=not for_all, in_place=in_place):
                await self._answer(interaction, Order(text=command), for_all=for_all)

    async def pressed_card(self, interaction: discord.Interaction, action: str, story: str) -> None:
        """Answer a card's button."""
        words = {"sources": f"why {story}", "watch": f"watch story:{story}", "wrong": f"wrong {story}"}
        await self.pressed(interaction, words[action], replaces=False)

    async def _opened(self, interaction: discord.Interaction, order: Order) -> bool:
        """Open the form that a command asks for, as the first response; False: it asks for none."""
        from bot.chat.discord.modals import form_for  # noqa: PLC0415  forms need the desk

        if _refusal(order):
            return False
        async with edge(interaction), asyncio.timeout(DEFER_SECONDS):
            form = await form_for(self, interaction, order)
            if form is None:
                return False
            await interaction.response.send_modal(form)
        return True

    async def find(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Say which deals a message tells."""
        texts = []
        parts: tuple[discord.Message | discord.MessageSnapshot, ...] = (message, *message.message_snapshots)
        for told in parts:  # what is forwarded stands in a snapshot
            texts.append(told.content)
            for shown in told.embeds:
                texts += [shown.title or "", shown.description or ""]
        text = "\n\n".join(text for text in texts if text.strip())
        if text:
            await self.hear(interaction, Order(text="read", attachment=text))
            return
        if not self._admits(interaction):
            return
        async with self._work(interaction):
            if await _deferred(interaction, ephemeral=True):
                await send(interaction, said("This message holds no text that I may read.", good=False))

    async def complete(self, interaction: discord.Interaction, what: str, begin: str) -> list[str]:
        """Return names to choose from; nothing where the store does not answer in time, or a script asks."""
        if not self._admits(interaction, SUGGESTIONS):
            return []
        try:
            async with asyncio.timeout(COMPLETE_SECONDS):
                found = await self.front.complete(place_of(interaction), what, begin)
        except TimeoutError:
            log.info("autocomplete took too long", what=what)
            return []
        return [name for name in found if 0 < len(name) <= CHOICE_LIMIT][:MOST_CHOICES]

    def _admits(self, interaction: discord.Interaction, pace: Pace = ANYTHING) -> bool:
        """Return whether somebody is answered; Discord itself tells a flood that the bot did not respond."""
        return self.front.admits(Platform.DISCORD, str(interaction.user.id), pace)

    @asynccontextmanager
    async def _work(self, interaction: discord.Interaction) -> AsyncIterator[None]:
        async with self.calls.under_way(), edge(interaction):
            yield

    async def _answer(self, interaction: discord.Interaction, order: Order, *, for_all: bool) -> None:
        if refusal := _refusal(order) or self._slowed(interaction, order):
            reply = refusal
        else:
            async with asyncio.timeout(FILE_SECONDS):
                attachment = await _read(order.file) if order.file else order.attachment
            async with asyncio.timeout(ANSWER_SECONDS):
                reply = await self.front.answer(asked(interaction, replace(order, attachment=attachment)))
        if order.channel is not None:
            reply = replace(reply, buttons=())  # a press acts where it is pressed
        if for_all and not reply.in_channel:
            # what is said at deferral holds for the first message only: it goes, and another is for the asker alone
            await interaction.delete_original_response()
            await self._send(interaction, reply, anew=True)
            return
        await self._send(interaction, reply)

    def _slowed(self, interaction: discord.Interaction, order: Order) -> Reply | None:
        """Return a refusal where somebody hands over one file after the other: each is a download."""
        words = self.front.refusal(Platform.DISCORD, str(interaction.user.id), COSTLY) if order.file else None
        return said(words, good=False) if words else None

    async def _send(self, interaction: discord.Interaction, reply: Reply, *, anew: bool = False) -> None:
        view = reply_view((await self.front.shortened(reply, limit=COMMAND_LIMIT)).buttons)
        try:
            await send(interaction, reply, view=view, anew=anew)
        except aiohttp.ClientError:
            if anew:  # it may have arrived, and must not be there twice
                raise
            await send(interaction, reply, view=view)


async def send(
    interaction: discord.Interaction, reply: Reply, *, view: discord.ui.View | None = None, anew: bool = False
) -> None:
    """Show a reply in place of "thinking…", or in a message of its own that only the asker sees."""
    drawn = draw(reply, most_bytes=interaction.filesize_limit)
    embeds = [discord.Embed.from_dict(built) for built in drawn.embeds]
    files = [upload(drawn.file)] if drawn.file else []
    async with asyncio.timeout(SEND_SECONDS):
        if anew:
            more: dict[str, Any] = {"view": view} if view else {}
            await interaction.followup.send(
                drawn.content, embeds=embeds, files=files, ephemeral=True, allowed_mentions=NOBODY, **more
            )
        else:
            await interaction.edit_original_response(
                content=drawn.content or None, embeds=embeds, attachments=files, view=view, allowed_mentions=NOBODY
            )


def upload(file: File) -> discord.File:
    """Return a file as Discord takes it, a picture with its description."""
    return discord.File(io.BytesIO(file.content), filename=file.name, description=file_description(file))


@asynccontextmanager
async def edge(interaction: discord.Interaction) -> AsyncIterator[None]:
    """Let one interaction's failure end with it: said to the person where Discord still takes a word, and logged."""
    try:
        yield
    except FAULTS as error:
        log.warning("an interaction was not answered", reason=outcome(error).reason, kind=str(interaction.type))
        await _apologise(interaction)
    except Exception:
        log.exception("an interaction failed", kind=str(interaction.type))
        await _apologise(interaction)


async def _apologise(interaction: discord.Interaction) -> None:
    reply = said("This could not be answered just now. Please try again in a minute.", good=False)
    try:
        if interaction.response.is_done():
            await send(interaction, reply)
        else:
            async with asyncio.timeout(SEND_SECONDS):
                await interaction.response.send_message(draw(reply).content, ephemeral=True)
    except FAULTS as error:
        log.info("nor could that be said", reason=outcome(error).reason)


async def _deferred(interaction: discord.Interaction, *, ephemeral: bool, in_place: bool = False) -> bool:
    """Acknowledge an interaction. Where the connection breaks, a second attempt says whether the first arrived."""
    try:
        async with asyncio.timeout(DEFER_SECONDS):
            try:
                await _defer(interaction, ephemeral=ephemeral, in_place=in_place)
            except aiohttp.ClientError:
                try:
                    await _defer(interaction, ephemeral=ephemeral, in_place=in_place)
                except discord.HTTPException as error:
                    if error.code != ACKNOWLEDGED:
                        raise
    except FAULTS as error:
        log.warning("an interaction was not acknowledged, and nothing was done", reason=outcome(error).reason)
        return False
    return True


async def _defer(interaction: discord.Interaction, *, ephemeral: bool, in_place: bool) -> None:
    if in_place:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=ephemeral, thinking=True)


async def _read(file: discord.Attachment) -> str:
    return (await file.read()).decode("utf-8-sig", errors="replace")


def _refusal(order: Order) -> Reply | None:
    if order.file is not None and order.file.size > MOST_FILE_BYTES:
        return said(f"That file is too large: {MOST_FILE_BYTES // 1_000_000} MB are the most.", good=False)
    if order.channel is None:
        return None
    theirs = order.channel.permissions
    if not theirs.view_channel or not (theirs.manage_channels or theirs.administrator or not order.configures):
        return said(
            f"You may not configure #{order.channel.name}. Ask somebody who has Manage Channels there.", good=False
        )
    return None


def is_personal(interaction: discord.Interaction) -> bool:
    """Return True where no server has invited the bot: a direct message, or somebody's own installation elsewhere.

    Answers are for the asker alone.
    """
    return interaction.guild_id is None or not interaction.is_guild_integration()


def in_own_messages(interaction: discord.Interaction) -> bool:
    """Return True in direct messages between a person and the bot: nobody else reads along, and answers may stay."""
    return interaction.guild_id is None and interaction.context.dm_channel


def place_of(interaction: discord.Interaction, channel: TargetChannel | None = None) -> Place:
    """Return where somebody is. A person without a server of the bot's is a workspace of their own."""
    if is_personal(interaction):
        own = f"@{interaction.user.id}"
        return Place(
            platform=Platform.DISCORD, workspace=own, workspace_name=interaction.user.name, channel=own,
            channel_name=f"@{interaction.user.name}",
        )  # fmt: skip
    here = channel or interaction.channel
    return Place(
        platform=Platform.DISCORD,
        workspace=str(interaction.guild_id),
        workspace_name=interaction.guild.name if interaction.guild and interaction.guild.name else "",
        channel=str(here.id if here else interaction.channel_id),
        channel_name=f"#{name}" if (name := getattr(here, "name", None)) else "",
    )


def asked(interaction: discord.Interaction, order: Order) -> Asked:
    """Return what somebody asks, with what Discord says that they may."""
    personal, may = is_personal(interaction), interaction.permissions
    return Asked(
        text=order.text,
        place=place_of(interaction, order.channel),
        user=str(interaction.user.id),
        user_name=interaction.user.display_name,
        may_configure=personal or order.configures or may.manage_channels or may.administrator,
        is_admin=personal or may.manage_guild or may.administrator,
        is_private=personal,
        prefix=CONFIGURE if order.configures else LOOK_UP,
        attachment=order.attachment,
    )
