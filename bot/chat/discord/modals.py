"""Forms: what is wrong with a card, a subscription, a watch list. Each becomes a command as if typed."""

from dataclasses import replace

import discord
from discord.ui import Label, Modal, Select, TextInput

from bot.chat.discord.answering import Desk, Order, place_of
from bot.chat.discord.options import DELIVERIES, KIND_CHOICES, named, note, one_name, sentence
from bot.commands.forms import FEEDBACK, filter_words, form_of
from bot.commands.grammar import delivery_command, kinds_words
from bot.commands.overview import Held

NOTE_LIMIT = 1000
FILTERS_LIMIT = 2000
LIST_LIMIT = 4000
FORM_SECONDS = 900.0
"""How long a form that was opened is waited for."""


def _option(value: str, label: str, *, chosen: bool = False) -> discord.SelectOption:
    return discord.SelectOption(label=label, value=value, default=chosen)


async def form_for(desk: Desk, interaction: discord.Interaction, order: Order) -> Modal | None:
    """Return the form that a command without its details asks for; None: it is answered in words."""
    asked = form_of(order.text)
    if asked is None:
        return None
    what, about = asked
    if what == "wrong":
        return Wrong(desk, about)
    if what == "watch":
        return WatchList(desk, order)
    view = await desk.front.view(place_of(interaction, order.channel))
    known = view.subscriptions if view else ()
    held = next((each for n, each in enumerate(known, 1) if about in {str(n), each.id}), None)
    if held is None or len(filter_words(held.filter)) > FILTERS_LIMIT:
        return None
    return Subscribe(desk, order, number=about, held=held)


class Wrong(Modal):
    """What is wrong with a card."""

    def __init__(self, desk: Desk, story: str) -> None:
        super().__init__(title="What is wrong with this card?", timeout=FORM_SECONDS)
        self._desk = desk
        self._story = story
        self.reason: Select[Wrong] = Select(options=[_option(name, label) for name, label in FEEDBACK.items()])
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
    """A subscription, field by field: a new one, or (`number`, `held`) one that is there."""

    def __init__(self, desk: Desk, order: Order, *, number: str = "", held: Held | None = None) -> None:
        title = f"Edit subscription {number}" if held else "Subscribe this channel"
        super().__init__(title=title, timeout=FORM_SECONDS)
        self._desk = desk
        self._order = order
        self._verb = f"edit {number}" if held else "subscribe"
        kinds = kinds_words(held.filter.kinds) if held else ()
        when = delivery_command(held.delivery) if held else ""
        deliveries = DELIVERIES | ({when: when} if when and when not in DELIVERIES else {})
        self.kinds: Select[Subscribe] = Select(
            options=[_option(value, label, chosen=value in kinds) for value, label in KIND_CHOICES.items()],
            max_values=len(KIND_CHOICES), required=False, placeholder="Everything",
        )  # fmt: skip
        self.company: TextInput[Subscribe] = TextInput(required=False, max_length=100, placeholder="Scale AI")
        self.least: TextInput[Subscribe] = TextInput(required=False, max_length=20, placeholder="10m")
        self.more: TextInput[Subscribe] = TextInput(
            required=False, max_length=FILTERS_LIMIT, placeholder="stage:series-b+ -keyword:crypto",
            default=filter_words(held.filter) if held else None,
        )  # fmt: skip
        self.delivery: Select[Subscribe] = Select(
            options=[_option(value, label, chosen=value == when) for value, label in deliveries.items()],
            required=False, placeholder="At once",
        )  # fmt: skip
        self.add_item(Label(text="What", component=self.kinds))
        self.add_item(Label(text="Company", description="Empty: all companies.", component=self.company))
        self.add_item(Label(text="Least amount", description="In dollars, such as 10m or 2.5bn.", component=self.least))
        self.add_item(Label(text="More filters", description="As help subscribe shows.", component=self.more))
        self.add_item(Label(text="When", component=self.delivery))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Subscribe, or change the subscription."""
        text = sentence(
            self._verb,
            ",".join(self.kinds.values) or "all",
            named("company", self.company.value),
            named("min", self.least.value),
            self.more.value,
            self.delivery.values[0] if self.delivery.values else "now",
        )
        await self._desk.hear(interaction, replace(self._order, text=text))


class WatchList(Modal):
    """Many companies at once, one a line."""

    def __init__(self, desk: Desk, order: Order) -> None:
        super().__init__(title="Watch companies", timeout=FORM_SECONDS)
        self._desk = desk
        self._order = order
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
        order = replace(self._order, text="watch import", attachment=self.companies.value)
        await self._desk.hear(interaction, order)
