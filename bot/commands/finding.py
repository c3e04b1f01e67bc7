"""What is read in a text that somebody points at: the events with the words that prove them; nothing is stored."""

from datetime import datetime

from bot.model.event import Event
from bot.model.request import Line, Reply, bold, line
from bot.model.story import Fact
from bot.stories.change import STATUS_WORDS
from bot.stories.fold import fold
from bot.stories.headline import headline

MOST = 5
MOST_QUOTES = 3


def found_in(events: tuple[Event, ...], *, now: datetime) -> Reply:
    """Return the events as lines: headline, how sure, the sentences; news before history."""
    if not events:
        return Reply(lines=(line("No deal and no leadership change is told here."),))
    ordered = sorted(events, key=lambda event: event.background)
    lines: list[Line] = []
    for event in ordered[:MOST]:
        fact = Fact(id="read", event=event, source="this text", title="", published=now, first_seen=now)
        story = fold((fact,), story_id="read")
        history = ", told as history" if event.background else ""
        sure = f": {STATUS_WORDS[story.status]}, confidence {event.confidence:.2f}{history}"
        lines.append(line(bold(headline(story)), sure))
        quotes = tuple(dict.fromkeys(proof.quote for proof in event.evidence))
        lines += [line(f"  “{quote}”") for quote in quotes[:MOST_QUOTES]]
    if len(events) > MOST:
        lines.append(line(f"and {len(events) - MOST} more"))
    return Reply(lines=tuple(lines))
