"""`feeds …`: list, add, remove, test, import, export."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import loops

if TYPE_CHECKING:
    from bot.model.feed import FeedSpec
    from bot.settings import Settings
    from bot.store import Store

app = typer.Typer(help="The feeds that are polled.", no_args_is_help=True)


def _open() -> "tuple[Settings, Store]":
    """Open the store, with the feeds file read in."""
    from bot.clock import utc_now
    from bot.listed import listed_feeds
    from bot.settings import load
    from bot.store import Store, feeds

    settings = load()
    store = Store(settings.database)
    with store.write() as db:
        feeds.sync_listed(db, listed_feeds(settings), now=utc_now())
    return settings, store


@app.command("list")
def show() -> None:
    """List all feeds by group, with how they are doing."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from bot.feeds.urls import mask_url
    from bot.model.text import one_line
    from bot.store import feeds

    _, store = _open()
    with store.read() as db:
        rows = feeds.listed(db)
    store.close()
    if not rows:
        print("There are no feeds. To add one: dealbell feeds add ADDRESS")
        return
    table = Table("Group", "Feed", "Address", "State", box=None)
    for feed in rows:
        group = feed.group if feed.workspace is None else "a workspace's"
        table.add_row(
            Text(one_line(group)), Text(one_line(feed.title)), Text(mask_url(feed.url), overflow="fold"),
            Text(_state(feed)),
        )  # fmt: skip
    Console(highlight=False, width=None if sys.stdout.isatty() else 200).print(table)


def _state(feed: object) -> str:
    from bot.model.feed import Feed, FeedState
    from bot.model.text import one_line

    assert isinstance(feed, Feed)  # noqa: S101  narrows the type for the reader and for mypy
    if feed.state is FeedState.GONE:
        return "ended by the site (410)"
    if feed.failures:
        return f"failing ({feed.failures}): {one_line(feed.last_error or '')}"
    return "ok" if feed.last_ok_at else "not polled yet"


@app.command()
def add(
    address: Annotated[str, typer.Argument(help="A feed's address, or a page's that links to its feeds.")],
    group: Annotated[str, typer.Option(help="The group that it is listed under.")] = "own",
    full_text: Annotated[bool, typer.Option(help="Read each article's page: the feed has only teasers.")] = False,
) -> None:
    """Add a feed; with a page's address, find the page's feed."""
    from dataclasses import replace

    from bot.clock import utc_now
    from bot.feeds.urls import mask_url
    from bot.store import feeds

    settings, store = _open()
    found = loops.run(_discover(settings, address))
    spec = replace(found[0], group=group, full_text=full_text)
    with store.write() as db:
        new = feeds.add(db, spec, now=utc_now())
    store.close()
    print(f"{'Added' if new else 'It is there already:'} {spec.title or 'the feed'} <{mask_url(spec.url)}>")
    if len(found) > 1:
        print("The page has more feeds; to add one of them:")
        for other in found[1:]:
            print(f"  dealbell feeds add {mask_url(other.url)}    {other.title}")


async def _discover(settings: "Settings", address: str) -> "tuple[FeedSpec, ...]":
    """Return the feed at the address, or those that the page there links to."""
    from contextlib import closing

    from bot.app import fetcher_for, workers_for
    from bot.prospecting import discover

    async with fetcher_for(settings) as fetcher:
        with closing(workers_for(settings)) as workers:
            return await discover(fetcher, workers, address)


@app.command()
def remove(
    feed: Annotated[
        str, typer.Argument(metavar="address", help="The feed's address or its name, as the list shows it.")
    ],
) -> None:
    """Stop polling a feed. What was read from it stays; `feeds add` takes it up again."""
    from bot.errors import InputError
    from bot.feeds.urls import mask_url
    from bot.store import feeds

    _, store = _open()
    with store.write() as db:
        if feeds.remove(db, feed):
            meant = [feed]
        else:  # the list masks passwords and tokens: what it shows must do here
            common = [each for each in feeds.listed(db) if each.workspace is None]
            meant = [each.url for each in common if feed in (mask_url(each.url), each.title)]
            if len(meant) == 1:
                feeds.remove(db, meant[0])
    store.close()
    if len(meant) > 1:
        raise InputError(f"{len(meant)} feeds are called so.", cure="Name the whole address of the one that you mean.")
    if not meant:
        raise InputError("There is no such feed.", cure="`dealbell feeds list` shows them all.")
    print(f"Removed. To have it back: dealbell feeds add {mask_url(meant[0])}")


@app.command("test")
def test_(
    address: Annotated[str, typer.Argument(help="A feed's address.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All feeds that are listed.")] = False,
) -> None:
    """Fetch and parse a feed, or all of them, without storing anything; say what each holds."""
    from bot.errors import InputError

    if bool(address) == everything:
        raise InputError("Name one feed, or --all.", cure="For example: dealbell feeds test https://example.org/feed")
    settings, store = _open()
    from bot.store import feeds

    with store.read() as db:
        urls = [feed.url for feed in feeds.listed(db)] if everything else [address]
    store.close()
    failed = loops.run(_test_all(settings, urls))
    if failed:
        raise InputError(f"{failed} of {len(urls)} feeds failed.", cure="The lines above say why.")


async def _test_all(settings: "Settings", urls: list[str]) -> int:
    from contextlib import closing

    from rich.console import Console
    from rich.progress import Progress

    from bot.app import fetcher_for, workers_for
    from bot.prospecting import test_feed

    slots = asyncio.Semaphore(20)
    failed = 0
    console = Console(stderr=True)
    async with fetcher_for(settings) as fetcher:
        with (
            closing(workers_for(settings)) as workers,
            Progress(console=console, transient=True, disable=not console.is_terminal) as progress,
        ):
            bar = progress.add_task("Testing", total=len(urls))

            async def one(url: str) -> bool:
                async with slots:
                    good, line = await test_feed(fetcher, workers, url)
                progress.advance(bar)
                print(f"{'ok    ' if good else 'FAILED'} {line}")
                return good

            failed = (await asyncio.gather(*map(one, urls))).count(False)
    return failed


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")]) -> None:
    """Add the feeds of an OPML file."""
    from bot.clock import utc_now
    from bot.errors import InputError
    from bot.feeds.opml import read_opml
    from bot.store import feeds

    try:
        body = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} can't be read: {error.strerror}.") from error
    specs = read_opml(body)
    _, store = _open()
    with store.write() as db:
        new = sum(feeds.add(db, spec, now=utc_now()) for spec in specs)
    store.close()
    print(f"{new} feeds added, {len(specs) - new} were there already.")


@app.command()
def export(file: Annotated[Path | None, typer.Argument(help="Where to; standard output without it.")] = None) -> None:
    """Write the feeds as OPML, for any feed reader: with whole addresses, passwords and tokens among them.

    What workspaces added for themselves in a chat stays theirs and is not written.
    """
    from bot.errors import InputError
    from bot.feeds.opml import write_opml
    from bot.model.feed import FeedSpec
    from bot.store import feeds

    _, store = _open()
    with store.read() as db:
        rows = [feed for feed in feeds.listed(db) if feed.workspace is None]
    store.close()
    body = write_opml(
        [FeedSpec(url=feed.url, title=feed.title, group=feed.group, full_text=feed.full_text) for feed in rows]
    )
    if file is None:
        sys.stdout.buffer.write(body)
    else:
        try:
            file.write_bytes(body)
        except OSError as error:
            raise InputError(f"{file} can't be written: {error.strerror}.") from error
        print(f"{len(rows)} feeds written to {file}.")
