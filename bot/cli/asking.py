"""`export`, `query`, `feedback`: what the store holds, for other programs."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.model.story import Story
    from bot.store import Database

export_app = typer.Typer(help="Write what the store holds, for other programs.", no_args_is_help=True)
feedback_app = typer.Typer(help="What people said about cards.", no_args_is_help=True)
COLUMNS = (
    "id", "kind", "status", "headline", "target", "buyers", "lead", "seller", "amount", "currency", "usd", "valuation",
    "valuation_currency", "stake_percent", "round", "person", "role", "company", "change", "interim", "confidence",
    "first_published", "last_published", "sources", "url",
)  # fmt: skip
AT_ONCE = 500
SECONDS = 30.0
Format = Annotated[str, typer.Option(help="csv or json.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(query)


@export_app.command()
def stories(
    format: Format = "csv",  # noqa: A002  the option's name
    since: Annotated[str, typer.Option(help="Only what was told since a day, such as 2025-06-01.")] = "",
    out: Annotated[Path | None, typer.Option(help="A file; standard output without it.")] = None,
) -> None:
    """Write every story that everybody may see, one a row, the newest first."""
    import json

    from bot.errors import InputError
    from bot.settings import load
    from bot.store import Store

    if format not in {"csv", "json"}:
        raise InputError(f"{format!r} is no format.", cure="Say csv or json.")
    begin = _day(since)
    store = Store(load().database)
    try:
        with store.read() as db:
            rows = [_row(story) for story in _stories(db, begin)]
    finally:
        store.close()
    text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n" if format == "json" else _csv(COLUMNS, rows)
    _write(text, out, f"{len(rows)} stories")


def _day(text: str) -> "datetime | None":
    from datetime import UTC

    from bot.errors import InputError

    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is no day.", cure="For example --since 2025-06-01.") from error
    return found.replace(tzinfo=found.tzinfo or UTC)


def _stories(db: "Database", since: "datetime | None") -> "Iterable[Story]":
    from bot.store import lookups
    from bot.viewing import stories_for

    ids = lookups.recent(db, viewer=None, since=since, limit=-1)
    for start in range(0, len(ids), AT_ONCE):
        yield from stories_for(db, ids[start : start + AT_ONCE], viewer=None)


def _row(story: "Story") -> dict[str, object]:
    from bot.rates import to_usd
    from bot.stories.headline import headline

    amount, valuation = story.amount, story.valuation
    return {
        "id": story.id,
        "kind": story.kind.value,
        "status": story.status.value,
        "headline": headline(story),
        "target": story.target,
        "buyers": "; ".join(story.buyers),
        "lead": "; ".join(story.lead),
        "seller": "; ".join(story.seller),
        "amount": amount and amount.value,
        "currency": amount and amount.currency,
        "usd": to_usd(amount, story.last_published.date()) if amount else None,
        "valuation": valuation and valuation.value,
        "valuation_currency": valuation and valuation.currency,
        "stake_percent": story.stake_percent,
        "round": story.round,
        "person": story.person,
        "role": story.role,
        "company": story.company,
        "change": story.change and story.change.value,
        "interim": story.interim,
        "confidence": round(story.confidence, 3),
        "first_published": story.first_published.isoformat(),
        "last_published": story.last_published.isoformat(),
        "sources": "; ".join(source.name for source in story.sources),
        "url": story.sources[0].url,
    }


def _csv(columns: "Sequence[str]", rows: "Iterable[dict[str, object]]") -> str:
    """Return a table of which no cell is a formula to a spreadsheet."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    from bot.model.text import inert

    return inert(value) if isinstance(value, str) else "" if value is None else str(value)


def _write(text: str, out: Path | None, what: str) -> None:
    from bot.errors import InputError

    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out} can't be written: {error.strerror}.") from error
    print(f"{what} written to {out}.")


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT; without it, every table and its columns.")] = "",
    format: Annotated[str, typer.Option(help="table, csv or json.")] = "table",  # noqa: A002
    rows: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 1000,
) -> None:
    """Ask the database something, in SQL. It is opened for reading alone."""
    import json

    from bot.errors import InputError
    from bot.settings import load
    from bot.store.open_readonly import ask, read_only, tables

    if format not in {"table", "csv", "json"}:
        raise InputError(f"{format!r} is no format.", cure="Say table, csv or json.")
    path = load().database
    if sql:
        with read_only(path) as conn:
            columns, found = ask(conn, sql, rows=rows, seconds=SECONDS)
    else:
        columns, found = tables(path)
    if format == "json":
        shown = [dict(zip(columns, row, strict=True)) for row in found]
        print(json.dumps(shown, ensure_ascii=False, indent=1, default=str))
    elif format == "csv":
        sys.stdout.write(_csv(columns, [dict(zip(columns, row, strict=True)) for row in found]))
    else:
        _table(columns, found)


def _table(columns: "Sequence[str]", rows: "Iterable[Sequence[object]]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from bot.model.text import one_line

    table = Table(box=None)
    for column in columns:
        table.add_column(Text(one_line(column)))
    for row in rows:
        table.add_row(*(Text(one_line("" if value is None else str(value)), overflow="fold") for value in row))
    Console(highlight=False, width=None if sys.stdout.isatty() else 200).print(table)


@feedback_app.command("export")
def feedback(out: Annotated[Path | None, typer.Option(help="A file; standard output without it.")] = None) -> None:
    """Write what people said as JSON Lines that `dealbell train --labels` reads: each article of a story, its events.

    "Not a deal" empties the events. "Wrong facts" marks the line `unchecked`: training leaves it out until somebody has
    put the events right and taken the mark away. What else was said stands beside them.
    """
    import json

    from bot.settings import load
    from bot.store import Store, forgetting

    store = Store(load().database)
    try:
        with store.read() as db:
            rows = list(forgetting.labelled(db))
    finally:
        store.close()
    _write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), out, f"{len(rows)} articles")
