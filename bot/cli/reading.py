"""`extract`: what the extractor reads in a text, a page or a stream of JSON Lines."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from bot.cli import loops

if TYPE_CHECKING:
    from datetime import datetime

    from rich.text import Text

    from bot.extraction import Extraction
    from bot.model.event import Event

MAX_BYTES = 20_000_000
LONGEST_HEADLINE = 160


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(extract)


def extract(
    source: Annotated[str, typer.Argument(help="A file, a page's address, or - for standard input.")] = "-",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read and write JSON Lines: {id, title, text} in, {id, events} out.")
    ] = False,
    title: Annotated[str, typer.Option(help="The headline; without it, the first line that reads like one.")] = "",
) -> None:
    """Show the deals and leadership changes that a text tells, with the words that prove them."""
    if jsonl:
        _lines(source)
    else:
        _one(source, title)


@contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    from bot.errors import InputError

    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(source).open("rb") as stream:
            yield stream
    except OSError as error:
        raise InputError(
            f"{source} can't be read: {error.strerror}.", cure="Name a file, a page's address, or - for standard input."
        ) from error


def _lines(source: str) -> None:
    from bot.errors import InputError
    from bot.extraction import extract as read
    from bot.model.contract import event_to_dict

    wrong = 0
    with _opened(source) as stream, _progress(stream) as advance:
        for number, line in enumerate(stream, 1):
            advance(len(line))
            if not line.strip():
                continue
            try:
                key, title, text, published = _item(line)
            except ValueError as error:
                wrong += 1
                print(f"dealbell: line {number} is passed over: {error}", file=sys.stderr)
                continue
            found = read(title, text, published=published)
            row = {"id": key, "events": [event_to_dict(event) for event in found.events]}
            sys.stdout.buffer.write(_encoded(row) + b"\n")
            sys.stdout.buffer.flush()
    if wrong:
        raise InputError(
            f"{wrong} of the lines could not be read; the others were.",
            cure="Each line must be a JSON object in UTF-8.",
        )


@contextmanager
def _progress(stream: BinaryIO) -> Iterator[Callable[[int], None]]:
    """Show how far a file has been read, where the lines go elsewhere and somebody watches."""
    if stream is sys.stdin.buffer or sys.stdout.isatty() or not sys.stderr.isatty():
        yield lambda read: None
        return
    import os

    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Reading", total=os.fstat(stream.fileno()).st_size)
        yield lambda read: progress.advance(bar, read)


def _encoded(row: dict[str, object]) -> bytes:
    """Return one line of JSON in UTF-8, whatever the terminal speaks; half a surrogate pair goes out as it came in."""
    import json

    try:
        return json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(row).encode()


def _item(line: bytes) -> "tuple[object, str, str, datetime | None]":
    """Read one line. Raises ValueError that says what is wrong with it."""
    import json

    from bot.model.contract import published_in

    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 text (byte {error.start})") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"it is not JSON ({error})") from error
    if not isinstance(row, dict) or "id" not in row:
        raise ValueError("it is no JSON object with an 'id'")
    title, text = row.get("title") or "", row.get("text") or ""
    if not isinstance(title, str) or not isinstance(text, str):
        raise ValueError("'title' and 'text' must be strings")  # noqa: TRY004  one kind of error for a bad line
    return row["id"], title, text, published_in(row)


def _one(source: str, title: str) -> None:
    from rich.console import Console

    from bot.errors import InputError
    from bot.extraction import extract as read

    found_title, text = _page(source) if source.startswith(("http://", "https://")) else _file(source)
    if title:
        found_title, text = title, text if found_title is None else f"{found_title}\n{text}"
    elif found_title is None:
        found_title, text = _headed(text.strip())
    if not found_title and not text:
        raise InputError(
            f"There is no text in {_named(source)}.", cure="Name a file, a page's address, or - for standard input."
        )
    result = read(found_title, text)
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(_marked(found_title, text, result))
    console.print()
    if not result.events:
        reason = result.skipped.detail if result.skipped else "nothing in it reads like one"
        console.print(f"No deal and no leadership change: {reason}.")
    for event in result.events:
        console.print(_told(event))


def _headed(text: str) -> tuple[str, str]:
    """Plain text -> headline and text. A paragraph is no headline; what a page was copied with may stand above it."""
    first, _, rest = text.partition("\n")
    if len(first.strip()) <= LONGEST_HEADLINE:
        return first.strip(), rest.strip()
    lines = (line.strip() for line in rest.split("\n"))
    return next((line for line in lines if 0 < len(line) <= LONGEST_HEADLINE and line[-1] not in '.,;:!”"'), ""), text


def _named(source: str) -> str:
    return "standard input" if source == "-" else source


def _file(source: str) -> tuple[str | None, str]:
    from bot.errors import InputError

    with _opened(source) as stream:
        body = stream.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise InputError(f"{_named(source)} is larger than {MAX_BYTES // 1_000_000} MB.", cure="Cut it to one article.")
    if body.lstrip()[:1] == b"<":
        return _article(body, url="", content_type=None)
    try:
        return None, body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{_named(source)} is not UTF-8 text (byte {error.start}).", cure="Save it as UTF-8."
        ) from error


def _page(url: str) -> tuple[str | None, str]:
    from bot.app import fetcher_for
    from bot.settings import load

    async def fetch() -> tuple[bytes, str, str | None]:
        async with fetcher_for(load()) as fetcher:
            page = await fetcher.fetch_page(url, respect_robots=False)  # a person asked for it
            return page.body, page.url, page.content_type

    body, found_url, content_type = loops.run(fetch())
    return _article(body, url=found_url, content_type=content_type)


def _article(body: bytes, *, url: str, content_type: str | None) -> tuple[str | None, str]:
    from bot.errors import InputError
    from bot.feeds.page import article_text

    found = article_text(body, url=url, content_type=content_type)
    if found is None:
        raise InputError("No article was found on the page.", cure="Save its text in a file and name that.")
    return found


def _marked(title: str, text: str, result: "Extraction") -> "Text":
    """The text with its evidence marked."""
    from rich.text import Text

    from bot.model.event import document
    from bot.model.text import clean_lines

    whole = document(title, text)
    shown = Text(clean_lines(whole), overflow="fold")
    shown.stylize("bold", 0, len(title))
    if shown.plain == whole:  # else the offsets would lie
        for event in result.events:
            for proof in event.evidence:
                style = "bold black on yellow" if proof.field == "trigger" else "black on bright_cyan"
                shown.stylize(style, proof.start, proof.end)
    return shown


def _told(event: "Event") -> "Text":
    """An event in lines: its headline, then every slot with the words that prove it."""
    from rich.text import Text

    from bot.model.contract import event_to_dict
    from bot.model.text import one_line

    slots = event_to_dict(event)
    lines = Text()
    past = ", told as history" if event.background else ""
    lines.append(f"{event.kind} · {event.status}{past}", style="bold")
    lines.append(f"  confidence {event.confidence:.2f}\n", style="dim")
    for name, value in slots.items():
        if name in {"kind", "status", "background", "confidence", "evidence"} or value is False:
            continue
        if isinstance(value, dict):
            value = f"{value['value']:,.0f} {value['currency']}"  # noqa: PLW2901
        if isinstance(value, list):
            value = ", ".join(map(str, value))  # noqa: PLW2901
        if value is True:
            value = "yes"  # noqa: PLW2901
        lines.append(f"  {name:14} {one_line(str(value))}\n")
    for quote in dict.fromkeys(proof.quote for proof in event.evidence):
        lines.append(f"  “{one_line(quote)}”\n", style="italic dim")
    return lines
