"""What the renderers of markup share: spans -> one line in a platform's own markup, cut at a limit without breaking it.

A platform is described by a `Markup`; what stands in a span is data, and no platform obeys it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import quote, urlsplit

from bot.model.card import Card, Span
from bot.model.text import ELLIPSIS, graphemes, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How a platform writes. `bold`, `link` and `moment` are given text that is escaped already."""

    escape: Callable[[str], str]
    bold: Callable[[str], str]
    link: Callable[[str, str], str]
    """(text, address) -> a link."""
    moment: Callable[[datetime, str], str]
    """(time, words for where it can't be drawn) -> a token that each reader sees in local time."""
    code: Callable[[str], str]
    """Words to copy, not escaped yet."""
    size: Callable[[str], int]
    """How much of a limit a text takes; the size of two texts together is the sum of theirs."""


def utf16_size(text: str) -> int:
    """Return the length in UTF-16 code units: never less than a platform counts, be it code points or these."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def line(spans: tuple[Span, ...], markup: Markup, *, limit: int) -> str:
    """Return the spans on one line of at most `limit`. A link goes before its text is cut; no token is ever cut."""
    parts: list[str] = []
    left = limit
    for place, span in enumerate(spans):
        room = left if place == len(spans) - 1 else left - markup.size(ELLIPSIS)
        token = next((form for form in _forms(span, markup) if markup.size(form) <= room), None)
        if token is None:
            parts.append(shortened(keep_edges(span.text), markup, limit=left))
            break
        parts.append(token)
        left -= markup.size(token)
    return "".join(parts)


def escaped(text: str, markup: Markup, *, limit: int) -> str:
    """Return plain text on one line, escaped, in at most `limit`."""
    return line((Span(text=text.strip()),), markup, limit=limit)


def shortened(text: str, markup: Markup, *, limit: int) -> str:
    """Return as much of `text` as fits with an ellipsis after it, cut between graphemes, escaped."""
    room = limit - markup.size(ELLIPSIS)
    clusters = list(islice(graphemes(text), max(room, 0) + 1))
    if room < 0:
        return ""
    fits = bisect_right(range(len(clusters) + 1), room, key=lambda n: markup.size(markup.escape("".join(clusters[:n]))))
    return markup.escape("".join(clusters[: max(fits - 1, 0)]).rstrip()) + ELLIPSIS


def _forms(span: Span, markup: Markup) -> Iterator[str]:
    """Yield the ways to write a span, the best first: only the last is plain."""
    text = keep_edges(span.text)
    core = text.strip()
    if not core:
        yield " " * bool(text)
        return
    before, after = " " * text.startswith(" "), " " * text.endswith(" ")
    plain = markup.escape(core)
    address = web_address(span.url)
    if span.code:
        yield before + markup.code(core) + after
    dressed = markup.bold if span.bold else str
    if span.when is not None:
        yield before + markup.moment(span.when, plain) + after
    if address is not None:
        yield before + dressed(markup.link(plain, address)) + after
    yield before + dressed(plain) + after


def web_address(url: str | None) -> str | None:
    """Return an address that may become a link: http or https, no name before an @, nothing that ends a token."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        return None
    return quote(url, safe=":/?#[]@!$&'*+,;=%-._~", errors="replace")


def keep_edges(text: str) -> str:
    """Return `text` on one line, with one space kept at either end: spans are joined."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{one_line(text)}{after}" if text.strip() else " " * bool(text)


def source_count(card: Card) -> int:
    """Return how many outlets told the story."""
    return max(card.source_count, len(card.sources))


def source_spans(card: Card) -> tuple[Span, ...]:
    """Return the named outlets, each linked, and how many more there are."""
    spans: list[Span] = []
    for source in card.sources:
        spans += [Span(text=", "), source] if spans else [source]
    more = source_count(card) - len(card.sources)
    if spans and more:
        spans.append(Span(text=f" and {more} more"))
    return tuple(spans)


def sources_words(card: Card) -> str:
    """Return the number of sources in words: "1 source", "5 sources"."""
    count = source_count(card)
    return "1 source" if count == 1 else f"{count} sources"


def note_spans(card: Card) -> tuple[Span, ...]:
    """Return what the last edit changed and when; nothing on a first post."""
    if not card.note:
        return ()
    spans = [Span(text="Updated: "), Span(text=card.note)]
    if card.noted_at is not None:
        spans += [Span(text=", "), Span(text=f"{card.noted_at:%H:%M %Z}", when=card.noted_at)]
    return tuple(spans)
