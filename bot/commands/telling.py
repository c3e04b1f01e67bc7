"""Stories and times as lines of an answer."""

from datetime import datetime

from bot.model.card import Span
from bot.model.request import Line, code, line
from bot.model.story import Story
from bot.stories.change import STATUS_WORDS
from bot.stories.headline import headline
from bot.stories.words import moment_words


def moment(when: datetime) -> Span:
    """A time: each reader's own where the chat can show it."""
    return Span(text=moment_words(when), when=when)


def day(when: datetime) -> str:
    """A date in words that sort no way and confuse nobody: "12 Jun 2025"."""
    return f"{when.day} {when:%b %Y}"


def counted(number: int, what: str) -> str:
    """A number and its noun: "1 story", "2 stories"."""
    if number == 1:
        return f"1 {what}"
    return f"{number:,} {what[:-1]}ies" if what.endswith("y") else f"{number:,} {what}s"


def story_line(story: Story) -> Line:
    """One story in a line: date, headline linked to its first source, how many sources, id."""
    first = story.sources[0]
    count = len(story.sources)
    more = f" · {count} sources" if count > 1 else f" · {first.name}"
    return line(
        f"{day(story.last_published)}  ",
        Span(text=headline(story), url=first.url, bold=True),
        f" · {STATUS_WORDS[story.status]}{more} · ",
        code(story.id),
    )
