"""The card of a story that turned out to be another: it points to the one that goes on."""

from dataclasses import replace

from bot.model.card import Card
from bot.model.story import Story
from bot.model.text import cut
from bot.stories.card import card
from bot.stories.headline import LIMIT


def moved_card(story: Story) -> Card:
    """Return what the other card becomes: one line that names the story, nothing that could be read as news."""
    whole = card(story)
    headline = cut(f"Told in another card: {whole.headline}", LIMIT)
    return replace(whole, headline=headline, rows=(), note="this card and another told one story")
