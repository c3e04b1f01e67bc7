"""`demo`, `run`, `poll`: the pipeline at work; beside them, the channels that it tells."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import channels, loops

if TYPE_CHECKING:
    from bot.pipeline import PollReport
    from bot.settings import Settings

TURN_PATIENCE = 60.0
"""Seconds that `poll` waits for a running bot to end its round of deliveries."""


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(demo)
    app.command()(run)
    app.command()(poll)
    channels.register(app)


def demo(
    keep: Annotated[Path | None, typer.Option(help="Keep the database in this new file, to talk to it after.")] = None,
) -> None:
    """Show the whole pipeline on bundled sample feeds: offline, no tokens, a few seconds."""
    import sys

    from bot import logs
    from bot.demo.show import Totals, play
    from bot.errors import InputError

    logs.configure(level="error")
    if keep is not None and keep.exists():
        raise InputError(f"{keep} is there already.", cure="Name a new file: the demo begins with an empty store.")
    totals: Totals = loops.run(play(sys.stdout, keep=keep))
    print(
        f"\n{totals.items} items read, {totals.malformed} malformed, {totals.events} events, {totals.stories} stories,"
        f" {totals.cards} cards, {totals.edits} edits, {totals.seconds:.1f} seconds"
    )
    if keep is not None:
        print(f"To talk to it: DEALBELL_DATABASE={keep} dealbell chat")


def run() -> None:
    """Run the bot: poll all feeds and deliver to every chat whose tokens are set; with none, to the console."""
    from bot import logs
    from bot.settings import load

    settings = load()
    logs.configure(level=settings.log_level, style=settings.log_format)
    loops.run(_run(settings))


async def _run(settings: "Settings") -> None:
    from bot import app as root
    from bot.listed import listed_feeds
    from bot.metrics import route
    from bot.web import serving

    chats = root.chats_for(settings)
    specs = listed_feeds(settings)
    async with root.opened(settings, chats=chats) as app:
        await root.prepare(app, platforms=frozenset(chats), specs=specs)
        server = serving(
            app.store,
            port=settings.http_port,
            base_path=settings.http_base_path,
            clock=app.clock,
            routes=(route(app), *root.routes_of(chats)),
        )
        async with server:
            await root.run(app)


def poll(
    everything: Annotated[bool, typer.Option("--all", help="All feeds, not only those that are due.")] = False,
) -> None:
    """Poll once, deliver what came, and exit."""
    import sys

    from bot import logs
    from bot.settings import load

    settings = load()
    level = "error" if settings.log_level == "info" else settings.log_level
    logs.configure(level=level, style=settings.log_format)
    report = loops.run(_poll(settings, everything=everything))
    recorded = report.recorded
    print(
        f"{report.feeds} feeds polled, {report.failed} failed, {report.not_modified} unchanged, "
        f"{recorded.items} new items, {recorded.events} events, {recorded.stories} new stories, "
        f"{recorded.alerts} alerts",
        file=sys.stderr,
    )
    if report.silent:
        print(
            f"{report.silent} of these items came with a feed's first poll: they are stored without alerts."
            " Cards start with what the feeds bring next.",
            file=sys.stderr,
        )
    if report.store_error is not None:
        raise report.store_error


async def _poll(settings: "Settings", *, everything: bool) -> "PollReport":
    from rich.console import Console
    from rich.progress import Progress

    from bot import app as root
    from bot.listed import listed_feeds

    chats = root.chats_for(settings)
    specs = listed_feeds(settings)
    async with root.opened(settings, chats=chats) as app:
        await root.prepare(app, platforms=frozenset(chats), specs=specs)
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            bar = progress.add_task("Polling", total=None)
            count = await app.pipeline.tick(everything=everything, on_polled=lambda polled: progress.advance(bar))
            progress.update(bar, total=count)
            await app.pipeline.drain()
        await app.delivery.deliver(patience=TURN_PATIENCE)
        return app.pipeline.report
