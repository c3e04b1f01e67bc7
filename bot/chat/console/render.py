"""Card -> rich. What stands in a card is data: no markup is read in it, and no terminal would obey it."""

from collections.abc import Iterable
from datetime import datetime

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.chat.spans import keep_edges, source_spans, sources_words, web_address
from bot.model.card import Card, Row, Span
from bot.model.enums import Status
from bot.model.request import Reply
from bot.model.text import one_line

COLOURS = {
    Status.RUMORED: "yellow",
    Status.ANNOUNCED: "cyan",
    Status.COMPLETED: "green",
    Status.CANCELLED: "red",
}
"""Beside the words of the label, never instead of them."""
BOXES = {Status.RUMORED: box.ROUNDED, Status.CANCELLED: box.ASCII2}
"""A rumour and what was called off differ from news in their frame too."""


def render(card: Card, *, key: str = "", edited: bool = False) -> RenderableType:
    """Return the card as a panel that fits any width. `edited` marks one that was shown before in another form.

    `key` is the alert's; it stands small in the frame, so that it can be found in a file of cards.
    """
    colour = COLOURS[card.status]
    parts: list[RenderableType] = [Text(one_line(card.headline), style="bold", overflow="fold")]
    if card.note:
        parts.append(_note(card))
    parts.append(_rows(card))
    return Panel(
        Group(*parts),
        title=Text(one_line(card.label) + (" · updated" if edited else ""), style=f"bold {colour}"),
        title_align="left",
        subtitle=Text(" · ".join(one_line(part) for part in (card.story, key) if part), style="dim"),
        subtitle_align="right",
        border_style=colour,
        box=BOXES.get(card.status, box.SQUARE),
        padding=(0, 1),
    )


def render_reply(reply: Reply, *, key: str = "") -> RenderableType:
    """Return the lines of an answer or a digest; cards below them, and what its buttons would say."""
    parts: list[RenderableType] = [_spans(each) for each in reply.lines]
    parts += [render(card) for card in reply.cards]
    if reply.file:
        parts.append(Text(f"File: {one_line(reply.file.name)}", style="dim"))
    if reply.buttons:
        told = "   ".join(f"[{one_line(each.label)}] {one_line(each.command)}" for each in reply.buttons)
        parts.append(Text(told, style="dim", overflow="fold"))
    if key:
        parts.append(Text(key, style="dim", justify="right"))
    return Group(*parts)


def _note(card: Card) -> Text:
    when = f", {card.noted_at.astimezone():%H:%M %Z}" if card.noted_at else ""
    return Text(f"Changed: {one_line(card.note or '')}{when}", style="italic", overflow="fold")


def _rows(card: Card) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=False, overflow="fold")
    table.add_column(overflow="fold", ratio=1)
    for row in (*card.rows, *_source_row(card)):
        table.add_row(Text(one_line(row.label)), _spans(row.spans))
    return table


def _source_row(card: Card) -> Iterable[Row]:
    if card.sources:
        yield Row(label=sources_words(card), spans=source_spans(card))


def _spans(spans: tuple[Span, ...]) -> Text:
    text = Text(overflow="fold")
    for span in spans:
        style = Style(bold=span.bold or None, color="cyan" if span.code else None, link=web_address(span.url))
        text.append(_moment(span.when) if span.when else keep_edges(span.text), style=style)
    return text


def _moment(when: datetime) -> str:
    """Return a time in the zone of the machine that the reader sits at."""
    here = when.astimezone()
    return f"{here.day} {here:%b %Y, %H:%M %Z}"
