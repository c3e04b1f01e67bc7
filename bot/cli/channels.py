"""`subscribe`, `unsubscribe`: the operator says which channels are told. Nothing is asked online."""

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from bot.model.enums import Platform
    from bot.model.subscription import Channel
    from bot.settings import Settings
    from bot.store import Database

FORMS = {
    "slack": (
        (r"[TE][A-Z0-9]+", "a Slack workspace's id begins with T; it stands in the address of Slack in a browser"),
        (r"[CGD][A-Z0-9]+", "a Slack channel's id begins with C; it stands at the end of the channel's details"),
    ),
    "discord": (
        (r"\d{1,20}", "a Discord server's id is a number; Copy Server ID in developer mode shows it"),
        (r"\d{1,20}", "a Discord channel's id is a number; Copy Channel ID in developer mode shows it"),
    ),
}
PlatformArgument = Annotated[str, typer.Argument(help="slack or discord.")]
WorkspaceArgument = Annotated[str, typer.Argument(help="The Slack workspace's or the Discord server's id.")]
ChannelArgument = Annotated[str, typer.Argument(help="The channel's id, not its name.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(subscribe)
    app.command()(unsubscribe)


def subscribe(
    platform: PlatformArgument,
    workspace_id: WorkspaceArgument,
    channel_id: ChannelArgument,
    name: Annotated[str, typer.Option(help="The channel's name, for lists.")] = "",
) -> None:
    """Let a channel be told every deal and leadership change from now on."""
    from bot.model.subscription import Subscription
    from bot.settings import load
    from bot.store import channels
    from bot.store.subscribing import resume
    from bot.store.times import new_id

    chosen = _chosen(platform, workspace_id, channel_id)
    settings = load()
    with _opened(settings) as (db, now):
        channel = _channel(db, chosen, workspace_id, channel_id, name=name, now=now)
        wish = Subscription(id=new_id(), channel=channel, created=now, min_confidence=settings.min_confidence)
        with _noted(db, wish.channel, "subscribe", now=now):
            new = channels.subscribe(db, wish)
        resumed = resume(db, channel)
    shown = f"{chosen} channel {channel_id} of {workspace_id}"
    if new:
        print(f"Subscribed: {shown} is told all kinds, from confidence {settings.min_confidence:g} on.")
        print("What came before now stays silent.")
    else:
        print(f"{shown} was subscribed already; {'it was paused, and goes on' if resumed else 'nothing changed'}.")
    for line in _needs(settings, chosen):
        print(line)


def unsubscribe(platform: PlatformArgument, workspace_id: WorkspaceArgument, channel_id: ChannelArgument) -> None:
    """Tell a channel nothing more."""
    from bot.settings import load
    from bot.store.subscribing import unsubscribe as leave

    chosen = _chosen(platform, workspace_id, channel_id)
    with _opened(load()) as (db, now):
        channel = _channel(db, chosen, workspace_id, channel_id, name="", now=now)
        with _noted(db, channel, "unsubscribe", now=now):
            gone, unsent = leave(db, channel)
    shown = f"{chosen} channel {channel_id} of {workspace_id}"
    if not gone:
        print(f"{shown} was not subscribed; nothing changed.")
        return
    dropped = f" {unsent} waiting card{'s' if unsent != 1 else ''} dropped." if unsent else ""
    print(f"Unsubscribed: {shown} is told nothing new.{dropped} Cards that it shows are kept up to date.")


def _chosen(platform: str, workspace_id: str, channel_id: str) -> "Platform":
    """Check the form of what was typed. Raises InputError that says where to find the right id."""
    from bot.errors import InputError
    from bot.model.enums import Platform

    forms = FORMS.get(platform.lower())
    if forms is None:
        raise InputError(f"{platform!r} is no platform.", cure=f"Say one of: {', '.join(FORMS)}.")
    for value, (form, where) in zip((workspace_id, channel_id), forms, strict=True):
        if not re.fullmatch(form, value):
            raise InputError(f"{value!r} is not an id: {where}.")
    return Platform(platform.lower())


@contextmanager
def _opened(settings: "Settings") -> "Iterator[tuple[Database, datetime]]":
    """Open the store for one transaction."""
    from bot.clock import utc_now
    from bot.store import Store

    store = Store(settings.database)
    try:
        with store.write() as db:
            yield db, utc_now()
    finally:
        store.close()


def _noted(db: "Database", channel: "Channel", what: str, *, now: "datetime") -> "AbstractContextManager[int]":
    """Leave a line in the workspace's audit, where something changes."""
    from bot.model.request import Request, User
    from bot.store.audit import audited

    request = Request(text=what, channel=channel, user=User(id="operator", name="the operator"), now=now)
    return audited(db, request, f"dealbell {what}", "subscriptions")


def _channel(
    db: "Database", platform: "Platform", workspace_id: str, channel_id: str, *, name: str, now: "datetime"
) -> "Channel":
    from bot.model.subscription import Channel
    from bot.store import channels

    workspace = channels.workspace(db, platform, workspace_id, name="", now=now)
    return Channel(workspace=workspace, external_id=channel_id, name=name)


def _needs(settings: "Settings", platform: "Platform") -> "Iterator[str]":
    """Say what else has to be done, since nothing was checked online."""
    from bot.model.enums import Platform

    slack = platform is Platform.SLACK
    if (settings.slack_bot_token if slack else settings.discord_bot_token) is None:
        yield f"{platform.name}_BOT_TOKEN is not set: `dealbell run` needs it to post there."
    if slack:
        yield "Nothing was checked online. The bot must be in the channel: /invite @dealbell"
    else:
        yield "Nothing was checked online. The bot's role needs View Channel, Send Messages, Embed Links and"
        yield "Read Message History there."
