"""`/deals`: the look-ups, open to everybody, in servers, in direct messages and as somebody's own installation."""

import discord
from discord import app_commands
from discord.app_commands import Range, command, describe, rename

from bot.chat.discord.answering import Order
from bot.chat.discord.choosing import (
    AChannel,
    Company,
    Delivery,
    Investor,
    Kinds,
    Person,
    Reason,
    Since,
    Stage,
    Status,
    Story,
    Way,
    Words,
    desk_of,
)
from bot.chat.discord.options import named, one_name, sentence
from bot.chat.discord.options import note as free_note

KINDS = "What sort of news; everything without it"
SINCE = "How far back"
FILTERS = "More filters, such as -keyword:crypto role:ceo,cfo"
MOST_PAGES = 10_000


async def say(interaction: discord.Interaction, *parts: str | None, channel: AChannel | None = None) -> None:
    """Answer a look-up."""
    await desk_of(interaction).hear(interaction, Order(text=sentence(*parts), channel=channel))


def page_word(page: int | None) -> str:
    """Return the word for a page."""
    return f"page:{page}" if page and page > 1 else ""


class Alerts(app_commands.Group, name="alert", description="Alerts to you alone, in direct messages"):
    """`/deals alert …`."""

    @command()
    @describe(kinds=KINDS, company="Only deals of this company", least="The least amount, such as 10m", more=FILTERS,
              delivery="When; at once without it")  # fmt: skip
    @rename(more="filters")
    async def me(
        self,
        interaction: discord.Interaction,
        *,
        kinds: Kinds | None = None,
        company: Company | None = None,
        least: Range[str, 1, 20] | None = None,
        more: Words | None = None,
        delivery: Delivery | None = None,
    ) -> None:
        """Tell me of deals in direct messages."""
        parts = (kinds, named("company", company), named("min", least), more, delivery)
        await say(interaction, "alert me", *parts)

    @command(name="list")
    async def list_(self, interaction: discord.Interaction) -> None:
        """What I am told."""
        await say(interaction, "alert me list")

    @command()
    @describe(kinds="Only these; without it, all")
    async def off(self, interaction: discord.Interaction, *, kinds: Kinds | None = None) -> None:
        """Tell me nothing any more."""
        await say(interaction, "alert me off", kinds)


class Deals(app_commands.Group, name="deals", description="Look up deals and leadership changes"):
    """`/deals …`."""

    def __init__(self) -> None:
        super().__init__(
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self.add_command(Alerts())

    @command()
    @describe(words="A command as you would type it, such as: recent funding 7d")
    async def ask(self, interaction: discord.Interaction, words: Words) -> None:
        """Any command in words; help lists them."""
        await say(interaction, words)

    @command()
    @describe(verb="A command, or all")
    async def help(self, interaction: discord.Interaction, verb: Range[str, 1, 30] | None = None) -> None:
        """What I can do, with examples to copy."""
        await say(interaction, "help", verb)

    @command()
    @describe(kinds=KINDS, since=SINCE, page="Which page")
    async def recent(
        self, interaction: discord.Interaction, *, kinds: Kinds | None = None, since: Since | None = None,
        page: Range[int, 1, MOST_PAGES] | None = None,
    ) -> None:  # fmt: skip
        """The latest stories."""
        await say(interaction, "recent", kinds, since, page_word(page))

    @command()
    @describe(words="What the stories should hold", kinds=KINDS)
    async def search(self, interaction: discord.Interaction, words: Words, kinds: Kinds | None = None) -> None:
        """Stories that hold these words."""
        await say(interaction, "search", words, named("kind", kinds))

    @command()
    @describe(kinds=KINDS, since=SINCE)
    async def top(
        self, interaction: discord.Interaction, *, kinds: Kinds | None = None, since: Since | None = None
    ) -> None:
        """The largest deals."""
        await say(interaction, "top", kinds, since)

    @command()
    @describe(name="The company", page="Which page")
    async def company(
        self, interaction: discord.Interaction, name: Company, page: Range[int, 1, MOST_PAGES] | None = None
    ) -> None:
        """A company: latest deals, valuation, investors, who came and left."""
        await say(interaction, "company", one_name(name), page_word(page))

    @command()
    @describe(name="The person")
    async def person(self, interaction: discord.Interaction, name: Person) -> None:
        """A person: where they went and whom they left."""
        await say(interaction, "person", one_name(name))

    @command()
    @describe(name="The investor")
    async def investor(self, interaction: discord.Interaction, name: Investor) -> None:
        """An investor: what they invested in, and what they led."""
        await say(interaction, "investor", one_name(name))

    @command()
    @describe(kinds=KINDS, by="What the bars stand for", since=SINCE, company="This company's time line instead")
    async def chart(
        self, interaction: discord.Interaction, *, kinds: Kinds | None = None, by: Way | None = None,
        since: Since | None = None, company: Company | None = None,
    ) -> None:  # fmt: skip
        """A picture, with the same numbers in words."""
        if company:
            await say(interaction, "chart company", one_name(company))
        else:
            await say(interaction, "chart", kinds, f"by {by}" if by else "", named("since", since))

    @command()
    @describe(story="The story's id, from the foot of its card")
    async def why(self, interaction: discord.Interaction, story: Story) -> None:
        """The evidence for a story: sentences, sources, confidence."""
        await say(interaction, "why", one_name(story))

    @command()
    @describe(url="The article's address")
    async def whynot(self, interaction: discord.Interaction, url: Words) -> None:
        """Why an article was not told here."""
        await say(interaction, "whynot", url)

    @command()
    @describe(story="The story's id, from the foot of its card", reason="What is wrong", note="What would be right")
    async def wrong(
        self, interaction: discord.Interaction, story: Story, reason: Reason | None = None, note: Words | None = None
    ) -> None:
        """Say that a card is wrong."""
        await say(interaction, "wrong", one_name(story), reason, free_note(note) if reason else "")

    @command()
    @describe(text="A text, or an article's address")
    async def read(self, interaction: discord.Interaction, text: Words) -> None:
        """Find the deals in a text, or the card of an article."""
        await say(interaction, "read", text)

    @command()
    @describe(text="A text that names companies")
    async def about(self, interaction: discord.Interaction, text: Words) -> None:
        """What is known of the companies that a text names."""
        await say(interaction, "about", text)

    @command(name="list")
    @describe(channel="Another channel")
    async def list_(self, interaction: discord.Interaction, channel: AChannel | None = None) -> None:
        """List the subscriptions of this channel."""
        await say(interaction, "list", channel=channel)

    @command()
    @describe(kinds=KINDS, company="Only deals of this company", investor="Only with this investor",
              least="The least amount, such as 10m", stage="Only these rounds", status="Only this firm",
              more=FILTERS)  # fmt: skip
    @rename(more="filters")
    async def preview(
        self,
        interaction: discord.Interaction,
        *,
        kinds: Kinds | None = None,
        company: Company | None = None,
        investor: Investor | None = None,
        least: Range[str, 1, 20] | None = None,
        stage: Stage | None = None,
        status: Status | None = None,
        more: Words | None = None,
    ) -> None:
        """What a subscription would have told in the last 7 days."""
        parts = (named("company", company), named("investor", investor), named("min", least), named("stage", stage))
        await say(interaction, "preview", kinds, *parts, named("status", status), more)

    @command()
    @describe(export="As a CSV file")
    async def watching(self, interaction: discord.Interaction, export: bool = False) -> None:
        """The companies that this channel watches."""
        await say(interaction, "watching", "export" if export else "")

    @command()
    @describe(export="As an OPML file", page="Which page")
    async def feeds(
        self, interaction: discord.Interaction, export: bool = False, page: Range[int, 1, MOST_PAGES] | None = None
    ) -> None:
        """What is read."""
        await say(interaction, "feeds", "export" if export else "", page_word(page))

    @command()
    async def status(self, interaction: discord.Interaction) -> None:
        """Last poll, feeds, queue."""
        await say(interaction, "status")

    @command(name="forget-me")
    async def forget_me(self, interaction: discord.Interaction) -> None:
        """Delete what is stored of me; you are asked once more."""
        await say(interaction, "forget me")


@app_commands.context_menu(name="Find deals in this message")
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.allowed_installs(guilds=True, users=True)
async def find_deals(interaction: discord.Interaction, message: discord.Message) -> None:
    """Say which deals and leadership changes a message tells."""
    await desk_of(interaction).find(interaction, message)
