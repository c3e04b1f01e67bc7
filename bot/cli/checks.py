"""`check`, `status`, `health`, `backup`, `restore`: is all well, and if not, what to mend."""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from bot.store import Store

NEWS_OF_CHATS = timedelta(minutes=1)
"""A running bot notes three times a minute how its chats are."""
MOST_FAILING = 10
"""Lines: with the network gone every feed fails, and `status` must still fit on a screen."""


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(check)
    app.command()(status)
    app.command()(health)
    app.command()(backup)
    app.command()(restore)


def check() -> None:
    """Check settings, tokens, database and feeds file; say what to mend."""
    from bot.errors import DealbellError, InputError
    from bot.settings import load

    problems = 0
    settings = load()
    print("ok       settings")
    for line in _token_lines(settings):
        print(line)
        problems += line.startswith("PROBLEM")
    for name, test in (("database", _database_line), ("feeds", _feeds_line), ("model", _model_line)):
        try:
            print(f"ok       {name}: {test(settings)}")
        except DealbellError as error:
            problems += 1
            print(f"PROBLEM  {name}: {error}")
    for line in _channel_lines(settings):
        print(line)
        problems += line.startswith("PROBLEM")
    if not settings.contact:
        print("note     no contact is set: sites may block a reader that doesn't say whose it is (DEALBELL_CONTACT)")
    if problems:
        raise InputError(f"{problems} thing{'s' if problems > 1 else ''} to mend.", cure="The lines above say how.")


def _token_lines(settings: "Settings") -> "Iterator[str]":
    """Say which chats are set up, from the tokens' form alone."""
    bot, app = settings.slack_bot_token, settings.slack_app_token
    forms = (("SLACK_BOT_TOKEN", bot, "xoxb-"), ("SLACK_APP_TOKEN", app, "xapp-"))
    for name, secret, start in forms:
        if secret is not None and not secret.get_secret_value().startswith(start):
            yield f"PROBLEM  slack: {name} should begin with {start}; copy it again from the app's settings page"
    if bot is not None and app is None and settings.slack_signing_secret is None:
        yield "note     slack: SLACK_BOT_TOKEN alone posts cards; commands need SLACK_APP_TOKEN or SLACK_SIGNING_SECRET"
    token = settings.discord_bot_token
    if token is not None and token.get_secret_value().count(".") != 2:
        yield "PROBLEM  discord: DISCORD_BOT_TOKEN has the wrong form; copy it again from the developer portal"
    for name, address in (("SLACK_API_URL", settings.slack_api_url), ("DISCORD_API_URL", settings.discord_api_url)):
        if _crosses_in_clear(address):
            yield f"note     {name} begins with http://, so tokens travel unencrypted: use https:// if you can"
    installs = settings.slack_client_id is not None and settings.slack_client_secret is not None
    yield from _http_lines(settings, installs=installs)
    if bot is None and token is None and not installs:
        yield "note     no SLACK_BOT_TOKEN and no DISCORD_BOT_TOKEN: cards go to the console"


def _crosses_in_clear(address: str) -> bool:
    """True for an address without encryption on another machine."""
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}


def _http_lines(settings: "Settings", *, installs: bool) -> "Iterator[str]":
    """Say what Slack's HTTP mode and installations lack."""
    by_http = settings.slack_signing_secret is not None and settings.slack_app_token is None
    if (by_http or installs) and settings.http_port is None:
        yield "PROBLEM  slack: Slack comes by HTTP, but there is no port: set DEALBELL_HTTP_PORT"
    if not installs:
        return
    if settings.slack_signing_secret is None and settings.slack_app_token is None:
        yield "PROBLEM  slack: nobody is heard: set SLACK_SIGNING_SECRET for HTTP, or SLACK_APP_TOKEN for Socket Mode"
    if settings.public_url is None:
        yield "PROBLEM  slack: workspaces can't install the app without a public address: set DEALBELL_PUBLIC_URL"
    if settings.secret_key is None:
        yield "PROBLEM  slack: workspaces' tokens need a key to be kept: set DEALBELL_SECRET_KEY, long and random"


def _channel_lines(settings: "Settings") -> "Iterator[str]":
    """Say where channels wait for a chat that has no token, and where a chat has no channel."""
    from collections import Counter

    from bot.errors import StoreError
    from bot.model.enums import Platform
    from bot.store import Store, channels

    try:
        store = Store(settings.database)
        with store.read() as db:
            found = {subscription.channel for _, subscription in channels.subscriptions(db)}
        store.close()
    except StoreError:
        return  # the line on the database says it
    counts = Counter(channel.workspace.platform for channel in found)
    slack = settings.slack_bot_token or (settings.slack_client_id and settings.slack_client_secret)
    tokens = {Platform.SLACK: slack or None, Platform.DISCORD: settings.discord_bot_token}
    for platform, token in tokens.items():
        count = f"{counts[platform]} channel{'s' if counts[platform] > 1 else ''} subscribed"
        if token is None and counts[platform]:
            name = f"{platform.name}_BOT_TOKEN"
            yield f"PROBLEM  {platform}: {count}, but {name} is not set: their cards wait. Set it, or unsubscribe them"
        elif token is not None and counts[platform]:
            yield f"ok       {platform}: {count}"
        elif token is not None:
            yield f"note     {platform}: no channel is subscribed; `dealbell subscribe {platform} …` adds one"


def _database_line(settings: "Settings") -> str:
    from bot.clock import utc_now
    from bot.errors import StoreUnreadable
    from bot.store import Store
    from bot.store import status as states

    store = Store(settings.database)
    wrong = store.check()
    if wrong:
        raise StoreUnreadable(
            f"{settings.database} is damaged: {wrong[0]}.", cure="Restore a backup (made by `dealbell backup`)."
        )
    with store.write() as db:
        states.beat(db, "check", now=utc_now())
    store.close()
    return f"{settings.database}, whole and writable"


def _model_line(settings: "Settings") -> str:
    from bot.extraction.learned.sums import check as check_model

    del settings  # the model comes with the program
    check_model()
    return "its files are those that its card names"


def _feeds_line(settings: "Settings") -> str:
    from bot.listed import listed_feeds

    specs = listed_feeds(settings)
    return f"{len(specs)} feeds in {settings.feeds or 'the default list'}; `dealbell feeds test --all` fetches them"


def _open(settings: "Settings") -> "Store":
    from bot.errors import StoreUnreadable
    from bot.store import Store

    if not settings.database.exists():
        raise StoreUnreadable(
            f"There is no database at {settings.database} yet.", cure="`dealbell run` or `dealbell poll` makes it."
        )
    return Store(settings.database)


def status() -> None:
    """Say how the bot is doing: last poll, failing feeds, what waits for delivery."""
    from bot.clock import utc_now
    from bot.feeds.urls import mask_url
    from bot.model.text import one_line
    from bot.settings import load
    from bot.store import feeds, notes, outbox
    from bot.store import status as states

    store = _open(load())
    now = utc_now()
    with store.read() as db:
        connections = notes.since(db, "connection", begin=now - NEWS_OF_CHATS)
        refused = notes.since(db, "refused", begin=now - timedelta(minutes=10))
        counts = states.counts(db)
        beats = states.beats(db)
        waiting, oldest = outbox.waiting(db, now=now)
        failing = [feed for feed in feeds.listed(db) if feed.failures]
        troubles = states.troubles(db)
    store.close()
    print(f"last poll       {_ago(beats.get('poll'), now)}")
    print(f"last delivery   {_ago(beats.get('deliver'), now)}")
    print(f"feeds           {counts.feeds} active, {counts.failing} failing, {counts.gone} ended by their sites")
    print(f"items           {counts.items}")
    print(f"stories         {counts.stories}")
    print(f"subscriptions   {counts.subscriptions}")
    late = f", the oldest for {_span(oldest)}" if oldest else ""
    print(f"cards           {counts.cards_sent} sent, {waiting} waiting{late}, {counts.cards_rejected} given up")
    for platform, words in connections:
        print(f"{platform:<16}{one_line(words)}")
    for platform, words in refused:
        print(f"{platform:<16}refuses requests: {words}; the log says which")
    for what, why in troubles:
        print(f"  {one_line(what)}: {one_line(why)}")
    for feed in failing[:MOST_FAILING]:
        print(f"  failing ({feed.failures}): {mask_url(feed.url)}: {one_line(feed.last_error or '')}")
    if len(failing) > MOST_FAILING:
        print(f"  … and {len(failing) - MOST_FAILING} more; `dealbell feeds list` shows all")


def _ago(when: datetime | None, now: datetime) -> str:
    return "never" if when is None else f"{_span(now - when)} ago ({when:%Y-%m-%d %H:%M:%S} UTC)"


def _span(span: timedelta) -> str:
    seconds = max(0, int(span.total_seconds()))
    for size, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{seconds // size} {unit}{'s' if seconds >= 2 * size else ''}"
    return f"{seconds} second{'s' if seconds != 1 else ''}"


def health() -> None:
    """Exit 0 if the running bot is well: last poll and last delivery recent, database writable. For containers."""
    from bot.clock import utc_now
    from bot.errors import InputError
    from bot.health import JOBS, judge
    from bot.settings import load
    from bot.store import status as states

    store = _open(load())
    now = utc_now()
    with store.write() as db:
        states.beat(db, "health", now=now)
        beats = states.beats(db)
    store.close()
    if not judge(beats, now=now).well:
        told = ", ".join(f"the last {word} was {_ago(beats.get(job), now)}" for job, word in JOBS.items())
        raise InputError(f"The bot is not well: {told}.", cure="Is `dealbell run` running? Its log says more.")
    print("well")


def backup(file: Annotated[Path, typer.Argument(help="The new file; it must not be there yet.")]) -> None:
    """Write a consistent copy of the database, also while the bot runs."""
    from bot.errors import InputError
    from bot.settings import load

    if file.exists():
        raise InputError(f"{file} is there already.", cure="Name a new file: a backup never overwrites.")
    store = _open(load())
    part = file.with_name(file.name + ".part")
    try:
        try:
            part.touch(mode=0o600)  # feeds may hold passwords
        except OSError as error:
            raise InputError(
                f"{file} can't be written: {error.strerror}.", cure="Name a file in a folder that you may write to."
            ) from error
        store.backup(part)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
        store.close()
    print(f"Copied to {file} ({file.stat().st_size:,} bytes).", file=sys.stderr)


def restore(
    file: Annotated[Path, typer.Argument(help="What `dealbell backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Replace a database that is there.")] = False,
) -> None:
    """Put a backup in the place of the database. Stop the bot first; what came since the backup stays silent."""
    from bot.errors import InputError
    from bot.settings import load
    from bot.store.restoring import restore as put_back

    target = load().database
    if target.exists() and not yes:
        raise InputError(f"{target} would be replaced.", cure="Stop the bot, keep a copy if in doubt, and say --yes.")
    target.parent.mkdir(parents=True, exist_ok=True)
    put_back(file, target)
    print(f"{target} is as it was in {file}. What the feeds hold now is stored without alerts at the next poll.")
