"""Many stories in one message: by kind, the largest first."""

from collections.abc import Sequence

from bot.model.card import Span
from bot.model.enums import Kind
from bot.model.request import File, Line, Reply, bold, code, line
from bot.model.story import Story
from bot.stories.change import STATUS_WORDS
from bot.stories.headline import headline
from bot.stories.wanted import ToUsd

TITLES = {
    Kind.ACQUISITION: "Acquisitions", Kind.MERGER: "Mergers", Kind.FUNDING: "Funding", Kind.STAKE: "Stakes",
    Kind.IPO: "IPOs", Kind.FUND: "Funds", Kind.LEADERSHIP: "Leadership",
}  # fmt: skip
HEADS = {"daily": "The day's deals", "weekly": "The week's deals", "overflow": "More in this hour"}
MOST, LONGEST = 30, 4500
"""Stories, and characters with their links, in the message itself: the least that a chat takes in one message.

A longer digest comes with all of them in a file.
"""


def digest(stories: Sequence[Story], *, kind: str, to_usd: ToUsd) -> Reply:
    """Return one message of stories grouped by kind, each group by size; `kind` is daily, weekly or overflow."""
    ordered = sorted(stories, key=lambda each: (list(TITLES).index(each.kind), -_size(each, to_usd), each.id))
    count = f"{len(stories)} stor{'ies' if len(stories) != 1 else 'y'}"
    lines: list[Line] = [line(bold(f"{HEADS[kind]}: {count}"))]
    shown, size, kind_shown = 0, 0, None
    for story in ordered[:MOST]:
        told = _line(story)
        size += sum(len(span.text) + len(span.url or "") for span in told)
        if size > LONGEST:
            break
        if story.kind is not kind_shown:
            kind_shown = story.kind
            lines += [(), line(bold(TITLES[story.kind]))]
        lines.append(told)
        shown += 1
    if shown == len(ordered):
        return Reply(lines=tuple(lines), in_channel=True)
    lines += [(), line(f"and {len(ordered) - shown} more, in the file")]
    return Reply(lines=tuple(lines), in_channel=True, file=_file(ordered, kind))


def _size(story: Story, to_usd: ToUsd) -> float:
    return (to_usd(story.amount, story.last_published.date()) or 0.0) if story.amount else 0.0


def _line(story: Story) -> Line:
    first, count = story.sources[0], len(story.sources)
    told = f" · {count} sources" if count > 1 else f" · {first.name}"
    return line(
        "• ", Span(text=headline(story), url=first.url), f" · {STATUS_WORDS[story.status]}{told} · ", code(story.id)
    )


def _file(stories: Sequence[Story], kind: str) -> File:
    rows = [f"{TITLES[each.kind]}: {headline(each)} ({STATUS_WORDS[each.status]}) {each.sources[0].url or ''} {each.id}"
            for each in stories]  # fmt: skip
    return File(name=f"dealbell-{kind}.txt", content="\n".join(rows).encode() + b"\n", media_type="text/plain")


def turn_note(story: Story, words: str) -> Reply:
    """Return the note on a card whose deal took a big turn."""
    return Reply(lines=(line(bold(headline(story)), f": {words}" if words else ""),), in_channel=True)
