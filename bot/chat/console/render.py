"""Card -> rich. What stands in a card is data: no markup is read in it, and no terminal would obey it."""

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.model.card import Card, Row, Span
from bot.model.enums import Status
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
    parts: list[RenderableType] = [Text(_clean(card.headline), style="bold", overflow="fold")]
    if card.note:
        parts.append(_note(card))
    parts.append(_rows(card))
    return Panel(
        Group(*parts),
        title=Text(_clean(card.label) + (" · updated" if edited else ""), style=f"bold {colour}"),
        title_align="left",
        subtitle=Text(" · ".join(_clean(part) for part in (card.story, key) if part), style="dim"),
        subtitle_align="right",
        border_style=colour,
        box=BOXES.get(card.status, box.SQUARE),
        padding=(0, 1),
    )


def _note(card: Card) -> Text:
    when = f", {card.noted_at:%H:%M %Z}" if card.noted_at else ""
    return Text(f"Changed: {_clean(card.note or '')}{when}", style="italic", overflow="fold")


def _rows(card: Card) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=False, overflow="fold")
    table.add_column(overflow="fold", ratio=1)
    for row in (*card.rows, *_source_row(card)):
        table.add_row(Text(_clean(row.label)), _spans(row.spans))
    return table


def _source_row(card: Card) -> Iterable[Row]:
    if not card.sources:
        return
    count = max(card.source_count, len(card.sources))
    spans: list[Span] = []
    for source in card.sources:
        spans += [Span(text=", "), source] if spans else [source]
    if count > len(card.sources):
        spans.append(Span(text=f" and {count - len(card.sources)} more"))
    yield Row(label="1 source" if count == 1 else f"{count} sources", spans=tuple(spans))


def _spans(spans: tuple[Span, ...]) -> Text:
    text = Text(overflow="fold")
    for span in spans:
        style = Style(bold=span.bold or None, link=_link(span.url))
        text.append(_keep_edges(span.text), style=style)
    return text


def _link(url: str | None) -> str | None:
    """Return an address that a terminal may open: http or https, nothing in it that could end the sequence."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return quote(url, safe=":/?#[]@!$&'()*+,;=%-._~")


def _clean(text: str) -> str:
    return one_line(text)


def _keep_edges(text: str) -> str:
    """Clean, but keep one space at either end: spans are joined."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{_clean(text)}{after}" if text.strip() else " " * bool(text)
