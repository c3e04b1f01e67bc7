"""Forms: what is wrong with a card, a subscription, a watch list. Each becomes a command as if typed."""

import discord
from discord.ui import Label, Modal, Select, TextInput

from bot.chat.discord.answering import Desk, Order
from bot.chat.discord.options import DELIVERIES, KIND_CHOICES, named, note, one_name, sentence
from bot.commands.why import REASONS

NOTE_LIMIT = 1000
FILTERS_LIMIT = 1000
LIST_LIMIT = 4000
FORM_SECONDS = 900.0
"""How long a form that was opened is waited for."""


def _option(value: str, label: str) -> discord.SelectOption:
    return discord.SelectOption(label=label, value=value)


class Wrong(Modal):
    """What is wrong with a card."""

    def __init__(self, desk: Desk, story: str) -> None:
        super().__init__(title="What is wrong with this card?", timeout=FORM_SECONDS)
        self._desk = desk
        self._story = story
        self.reason: Select[Wrong] = Select(options=[_option(name, label) for name, label in REASONS.items()])
        self.note: TextInput[Wrong] = TextInput(
            style=discord.TextStyle.paragraph, required=False, max_length=NOTE_LIMIT, placeholder="It is $12M, not $12B"
        )
        self.add_item(Label(text="Reason", component=self.reason))
        self.add_item(Label(text="What would be right?", description="If you know.", component=self.note))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Store the feedback."""
        reason = self.reason.values[0] if self.reason.values else ""
        await self._desk.hear(
            interaction, Order(text=sentence("wrong", one_name(self._story), reason, note(self.note.value)))
        )


class Subscribe(Modal):
    """A subscription, field by field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(title="Subscribe this channel", timeout=FORM_SECONDS)
        self._desk = desk
        self.kinds: Select[Subscribe] = Select(
            options=[_option(value, label) for value, label in KIND_CHOICES.items()],
            max_values=len(KIND_CHOICES), required=False, placeholder="Everything",
        )  # fmt: skip
        self.company: TextInput[Subscribe] = TextInput(required=False, max_length=100, placeholder="Scale AI")
        self.least: TextInput[Subscribe] = TextInput(required=False, max_length=20, placeholder="10m")
        self.more: TextInput[Subscribe] = TextInput(
            required=False, max_length=FILTERS_LIMIT, placeholder="stage:series-b+ -keyword:crypto"
        )
        self.delivery: Select[Subscribe] = Select(
            options=[_option(value, label) for value, label in DELIVERIES.items()], required=False,
            placeholder="At once",
        )  # fmt: skip
        self.add_item(Label(text="What", component=self.kinds))
        self.add_item(Label(text="Company", description="Empty: all companies.", component=self.company))
        self.add_item(Label(text="Least amount", description="In dollars, such as 10m or 2.5bn.", component=self.least))
        self.add_item(Label(text="More filters", description="As help subscribe shows.", component=self.more))
        self.add_item(Label(text="When", component=self.delivery))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Subscribe."""
        text = sentence(
            "subscribe",
            ",".join(self.kinds.values),
            named("company", self.company.value),
            named("min", self.least.value),
            self.more.value,
            self.delivery.values[0] if self.delivery.values else "",
        )
        await self._desk.hear(interaction, Order(text=text, configures=True))


class WatchList(Modal):
    """Many companies at once, one a line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(title="Watch companies", timeout=FORM_SECONDS)
        self._desk = desk
        self.companies: TextInput[WatchList] = TextInput(
            style=discord.TextStyle.paragraph, max_length=LIST_LIMIT, placeholder="Scale AI,ScaleAI,,scale.com"
        )
        self.add_item(
            Label(
                text="Companies, one a line",
                description="After commas, if you like: other names; tickers; domains, as in a CSV file.",
                component=self.companies,
            )
        )

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Watch them."""
        order = Order(text="watch import", configures=True, attachment=self.companies.value)
        await self._desk.hear(interaction, order)
