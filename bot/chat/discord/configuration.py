"""`/dealbell`: what changes what a channel is told.

Discord lets those use it whom the server's owner lets; at first, whoever has Manage Channels.
"""

import asyncio

import discord
from discord import app_commands
from discord.app_commands import Range, command, describe, rename

from bot.chat.discord.answering import DEFER_SECONDS, Order, edge
from bot.chat.discord.choosing import (
    AChannel,
    Company,
    Delivery,
    Feed,
    Investor,
    Kinds,
    Layout,
    OnOff,
    Period,
    Stage,
    Status,
    Story,
    Threads,
    Words,
    desk_of,
)
from bot.chat.discord.lookups import FILTERS, KINDS
from bot.chat.discord.modals import Subscribe, WatchList
from bot.chat.discord.options import named, one_name, sentence

CHANNEL = "Another channel than this one; a forum gets one post a story"


async def say(
    interaction: discord.Interaction, *parts: str | None, channel: AChannel | None = None,
    file: discord.Attachment | None = None,
) -> None:  # fmt: skip
    """Answer a command that configures."""
    order = Order(text=sentence(*parts), configures=True, channel=channel, file=file)
    await desk_of(interaction).hear(interaction, order)


class Feeds(app_commands.Group, name="feed", description="Feeds of your own, that only this server is told of"):
    """`/dealbell feed …`."""

    @command()
    @describe(address="The address of a feed, or of a page that has one")
    async def add(self, interaction: discord.Interaction, address: Words) -> None:
        """Read a feed for this server."""
        await say(interaction, "feeds add", address)

    @command()
    @describe(feed="Its title or address")
    async def remove(self, interaction: discord.Interaction, feed: Feed) -> None:
        """Read it no longer."""
        await say(interaction, "feeds remove", one_name(feed))

    @command()
    @describe(address="The address of a feed")
    async def test(self, interaction: discord.Interaction, address: Words) -> None:
        """Fetch a feed and say what it holds."""
        await say(interaction, "feeds test", address)

    @command(name="import")
    @describe(file="An OPML file, as feed readers export it")
    async def import_(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        """Read all feeds of an OPML file."""
        await say(interaction, "feeds import", file=file)

    @command()
    async def export(self, interaction: discord.Interaction) -> None:
        """All feeds as an OPML file."""
        await say(interaction, "feeds export")


class Dealbell(app_commands.Group, name="dealbell", description="Say what this channel is told of"):
    """`/dealbell …`."""

    def __init__(self) -> None:
        super().__init__(
            default_permissions=discord.Permissions(manage_channels=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self.add_command(Feeds())

    @command()
    @describe(words="A command as you would type it, such as: subscribe funding min:10m", channel=CHANNEL)
    async def ask(self, interaction: discord.Interaction, words: Words, channel: AChannel | None = None) -> None:
        """Any command in words."""
        await say(interaction, words, channel=channel)

    @command()
    @describe(kinds=KINDS, company="Only deals of this company", investor="Only with this investor",
              least="The least amount, such as 10m", stage="Only these rounds", status="Only this firm",
              watched="Only watched companies", more=FILTERS, delivery="When; at once without it",
              backfill="How many earlier stories to post now", channel=CHANNEL)  # fmt: skip
    @rename(more="filters")
    async def subscribe(
        self,
        interaction: discord.Interaction,
        *,
        kinds: Kinds | None = None,
        company: Company | None = None,
        investor: Investor | None = None,
        least: Range[str, 1, 20] | None = None,
        stage: Stage | None = None,
        status: Status | None = None,
        watched: bool = False,
        more: Words | None = None,
        delivery: Delivery | None = None,
        backfill: Range[int, 1, 20] | None = None,
        channel: AChannel | None = None,
    ) -> None:
        """Tell this channel of deals and leadership changes."""
        parts = (named("company", company), named("investor", investor), named("min", least), named("stage", stage),
                 named("status", status), "watched" if watched else "", more, delivery,
                 named("backfill", backfill))  # fmt: skip
        await say(interaction, "subscribe", kinds, *parts, channel=channel)

    @command(name="subscribe-form")
    async def subscribe_form(self, interaction: discord.Interaction) -> None:
        """The same, in a form."""
        await _open(interaction, Subscribe(desk_of(interaction), Order(text="subscribe", configures=True)))

    @command()
    @describe(number="Its number in /deals list", kinds=KINDS, more="All its filters", delivery="When")
    @rename(more="filters")
    async def edit(
        self, interaction: discord.Interaction, number: Range[int, 1, 500], kinds: Kinds | None = None,
        more: Words | None = None, delivery: Delivery | None = None,
    ) -> None:  # fmt: skip
        """Change a subscription; with its number alone, in a form."""
        await say(interaction, "edit", str(number), kinds, more, delivery)

    @command()
    @describe(kinds="Only these; without anything, all subscriptions", more="Only the one with these filters",
              channel=CHANNEL)  # fmt: skip
    @rename(more="filters")
    async def unsubscribe(
        self, interaction: discord.Interaction, *, kinds: Kinds | None = None, more: Words | None = None,
        channel: AChannel | None = None,
    ) -> None:  # fmt: skip
        """Take subscriptions away."""
        await say(interaction, "unsubscribe", kinds, more, channel=channel)

    @command()
    @describe(company="The company", aka="Another name of it", ticker="Its ticker, such as META",
              domain="Its domain, such as meta.com", channel=CHANNEL)  # fmt: skip
    async def watch(
        self, interaction: discord.Interaction, *, company: Company, aka: Range[str, 1, 100] | None = None,
        ticker: Range[str, 1, 20] | None = None, domain: Range[str, 1, 100] | None = None,
        channel: AChannel | None = None,
    ) -> None:  # fmt: skip
        """Watch a company in this channel."""
        parts = (one_name(company), named("aka", aka), named("ticker", ticker), named("domain", domain))
        await say(interaction, "watch", *parts, channel=channel)

    @command(name="watch-list")
    async def watch_list(self, interaction: discord.Interaction) -> None:
        """Watch many companies: a form to paste them into."""
        await _open(interaction, WatchList(desk_of(interaction), Order(text="watch", configures=True)))

    @command(name="watch-import")
    @describe(file="A CSV file with the columns name, aliases, tickers, domains", channel=CHANNEL)
    async def watch_import(
        self, interaction: discord.Interaction, file: discord.Attachment, channel: AChannel | None = None
    ) -> None:
        """Watch the companies of a CSV file."""
        await say(interaction, "watch import", channel=channel, file=file)

    @command()
    @describe(company="The company", channel=CHANNEL)
    async def unwatch(
        self, interaction: discord.Interaction, *, company: Company, channel: AChannel | None = None
    ) -> None:
        """Watch it no longer."""
        await say(interaction, "unwatch", one_name(company), channel=channel)

    @command()
    @describe(
        company="A company", source="Or a source, such as example.com", period="For how long; for good without it"
    )
    async def mute(
        self, interaction: discord.Interaction, *, company: Company | None = None,
        source: Range[str, 1, 100] | None = None, period: Period | None = None,
    ) -> None:  # fmt: skip
        """Hear nothing of a company or a source."""
        what = named("source", source) or one_name(company)
        await say(interaction, "mute", what, f"for {period}" if period and what else "")

    @command()
    @describe(name="The company or source")
    async def unmute(self, interaction: discord.Interaction, name: Company) -> None:
        """Hear of it again."""
        await say(interaction, "unmute", one_name(name))

    @command()
    @describe(channel=CHANNEL)
    async def pause(self, interaction: discord.Interaction, channel: AChannel | None = None) -> None:
        """Post nothing here for now."""
        await say(interaction, "pause", channel=channel)

    @command()
    @describe(channel=CHANNEL)
    async def resume(self, interaction: discord.Interaction, channel: AChannel | None = None) -> None:
        """Post again."""
        await say(interaction, "resume", channel=channel)

    @command()
    async def undo(self, interaction: discord.Interaction) -> None:
        """Take back the last change in this channel."""
        await say(interaction, "undo")

    @command()
    @describe(zone="Time zone, such as Europe/Berlin", quiet="Quiet hours, such as 22:00-07:00, or off",
              cap="The most cards an hour", layout="How much of a card is shown", threads="Replies on big turns",
              publish="In an announcement channel: pass cards on to its followers",
              admins="Only administrators configure", channel=CHANNEL)  # fmt: skip
    @rename(admins="admins-only")
    async def settings(
        self,
        interaction: discord.Interaction,
        *,
        zone: Range[str, 1, 60] | None = None,
        quiet: Range[str, 1, 20] | None = None,
        cap: Range[int, 1, 1000] | None = None,
        layout: Layout | None = None,
        threads: Threads | None = None,
        publish: OnOff | None = None,
        admins: OnOff | None = None,
        channel: AChannel | None = None,
    ) -> None:
        """How this channel wants to be told; without options, show it."""
        parts = (named("zone", zone), named("quiet", quiet), named("cap", cap), named("layout", layout),
                 named("threads", threads), named("publish", publish),
                 f"admins-only {admins}" if admins else "")  # fmt: skip
        await say(interaction, "settings", *parts, channel=channel)

    @command()
    @describe(page="Which page")
    async def audit(self, interaction: discord.Interaction, page: Range[int, 1, 10_000] | None = None) -> None:
        """Who changed what in this server."""
        await say(interaction, "audit", f"page:{page}" if page else "")

    @command(name="forget-server")
    async def forget_server(self, interaction: discord.Interaction) -> None:
        """Delete what is stored of this server; you are asked once more."""
        await say(interaction, "forget workspace")

    @command()
    @describe(one="A story's id", other="The other's id")
    async def merge(self, interaction: discord.Interaction, one: Story, other: Story) -> None:
        """Make one story of two (for the operator)."""
        await say(interaction, "merge", one_name(one), one_name(other))

    @command()
    @describe(story="The story's id", reports="Numbers of the reports that tell another story, such as 2,3")
    async def split(
        self, interaction: discord.Interaction, story: Story, reports: Range[str, 1, 100] | None = None
    ) -> None:
        """Take reports out of a story (for the operator)."""
        await say(interaction, "split", one_name(story), reports)


async def _open(interaction: discord.Interaction, form: discord.ui.Modal) -> None:
    async with edge(interaction), asyncio.timeout(DEFER_SECONDS):
        await interaction.response.send_modal(form)
