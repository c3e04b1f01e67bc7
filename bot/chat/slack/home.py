"""The app's home page: drawn from an overview, published to who opened it, and again when things change."""

import asyncio
import json
import time
from collections import OrderedDict
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.outcomes import FAULTS
from bot.chat.slack.render import MRKDWN
from bot.chat.slack.webs import Webs
from bot.chat.spans import escaped, line
from bot.commands.front import Front, Place
from bot.commands.grammar import delivery_sentence, sentence
from bot.commands.overview import ChannelView, Held, Overview
from bot.model.enums import Platform

log = structlog.get_logger()

MOST_BLOCKS = 100
MOST_SUBSCRIPTIONS = 4
"""Of one channel."""
REMEMBERED = 200
FOLLOWED = 20
"""Pages, of those opened last, that follow what changes: each takes two calls."""
SECONDS = 1800.0
"""For so long after it was opened a home page follows what changes."""
NAMES_SECONDS = 60.0
"""For so long it is not asked again which channels somebody sees: Slack takes 50 such calls a minute."""
PAGE_SECONDS = 0.6
"""Between two pages that follow: Slack takes some 100 a minute."""
WAIT = 2.0
"""Changes in so short a time are shown at once."""
PAGES = 3
HOME = "home"


def home_view(shown: Overview, *, notice: str = "") -> dict[str, Any]:
    """Draw the page: status, one's own alerts, the channels, the latest stories."""
    built: list[dict[str, Any]] = [_header("Dealbell")]
    if notice:
        built.append(_section(f"*{escaped(notice, MRKDWN, limit=1500)}*"))
    told = " · ".join(f"{label}: {value}" for label, value in shown.status)
    built.append({"type": "context", "elements": [_mrkdwn(escaped(told, MRKDWN, limit=1500) or "\u200b")]})
    built.append(_actions(_button("test", "Send me a test card", "test"), _button("help", "Commands", "help")))
    built += [_header("Alerts to you"), *_channel(shown.own, own=True)]
    if shown.channels:
        built.append(_header("Channels"))
    tail: list[dict[str, Any]] = [_header("Latest stories")]
    tail += [_section(line(each, MRKDWN, limit=900)) for each in shown.recent] or [_section("Nothing yet.")]
    left = shown.more
    for place, channel in enumerate(shown.channels):
        drawn = _channel(channel, own=False)
        if len(built) + len(drawn) + len(tail) + 1 > MOST_BLOCKS:
            left += len(shown.channels) - place
            break
        built += drawn
    if left:
        built.append(_section(f"and {left} more channels; `/deals list` in each shows its subscriptions"))
    return {"type": "home", "blocks": [*built, *tail]}


def _channel(view: ChannelView, *, own: bool) -> list[dict[str, Any]]:
    is_id = view.external_id.isascii() and view.external_id.isalnum()
    where = f"<#{view.external_id}>" if is_id else escaped(view.name, MRKDWN, limit=200)
    state = f" · paused: {escaped(view.paused, MRKDWN, limit=300)}" if view.paused else ""
    built: list[dict[str, Any]] = [] if own else [_section(f"*{where}*{state}")]
    if own and state:
        built.append(_section(f"Paused: {escaped(view.paused or '', MRKDWN, limit=300)}"))
    if not view.subscriptions:
        words = "`alert me funding min:10m` in a message to me begins some." if own else "no subscription"
        built.append(_section(words))
    built += [_subscription(view, each) for each in view.subscriptions[:MOST_SUBSCRIPTIONS]]
    if more := len(view.subscriptions) - MOST_SUBSCRIPTIONS:
        built += [_section(f"and {more} more")] if more > 0 else []
    names = escaped(", ".join(view.watched), MRKDWN, limit=800)
    rest = f" and {view.watched_count - len(view.watched)} more" if view.watched_count > len(view.watched) else ""
    watched = f"Watched: {names}{rest}" if view.watched else "No watched companies"
    built.append({"type": "context", "elements": [_mrkdwn(watched)]})
    pause = (
        _button("resume", "Resume", view.external_id) if view.paused else _button("pause", "Pause", view.external_id)
    )
    built.append(_actions(_button("watch", "Add companies…", view.external_id), pause))
    return built


def _subscription(view: ChannelView, held: Held) -> dict[str, Any]:
    words = escaped(f"{sentence(held.filter)}, {delivery_sentence(held.delivery)}", MRKDWN, limit=1500)
    value = json.dumps({"channel": view.external_id, "id": held.id})
    return _section(words) | {"accessory": _button("edit", "Edit…", value)}


def _button(action: str, label: str, value: str) -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": f"{HOME}:{action}",
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "value": value[:2000],
    }


def _actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def _header(words: str) -> dict[str, Any]:
    return {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}}


def _section(words: str) -> dict[str, Any]:
    return {"type": "section", "text": _mrkdwn(words if words.strip() else "\u200b")}


def _mrkdwn(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words, "verbatim": True}


class Homes:
    """Publishes home pages, and again when something changes."""

    def __init__(self, webs: Webs, front: Front) -> None:
        self._webs = webs
        self._front = front
        self._opened: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._names: OrderedDict[tuple[str, str], tuple[float, dict[str, str]]] = OrderedDict()
        self._stale: set[str] = set()
        self._waiting: asyncio.Task[None] | None = None

    async def opened(self, team: str, user: str) -> None:
        """Somebody looks at the home page."""
        self._opened[team, user] = time.monotonic()
        self._opened.move_to_end((team, user))
        while len(self._opened) > REMEMBERED:
            self._opened.popitem(last=False)
        self._names.pop((team, user), None)
        await self.publish(team, user)

    async def publish(self, team: str, user: str, *, notice: str = "") -> None:
        """Draw and publish one person's page."""
        web, install = await self._webs.of(team), self._webs.install(team)
        if web is None or install is None:
            return
        place = Place(platform=Platform.SLACK, workspace=team, workspace_name=install.name, channel=f"@{user}")
        names = await self._seen_by(web, team, user)
        shown = await self._front.overview(place, user, sees=frozenset(names))
        if shown is None:
            return
        try:
            await web.api_call("views.publish", json={"user_id": user, "view": home_view(shown, notice=notice)})
        except FAULTS as error:
            log.info("slack did not take a home page", reason=type(error).__name__)
        for each in shown.channels:
            if each.name != names[each.external_id]:
                await self._front.renamed(
                    Place(platform=Platform.SLACK, workspace=team, channel=each.external_id,
                          channel_name=names[each.external_id])
                )  # fmt: skip

    async def _seen_by(self, web: AsyncWebClient, team: str, user: str) -> dict[str, str]:
        """Return the channels that a page may show; those of a moment ago where Slack does not say just now."""
        at, names = self._names.get((team, user), (0.0, {}))
        if at and time.monotonic() - at < NAMES_SECONDS:
            return names
        try:
            names = await _conversations(web, user)
        except FAULTS as error:
            log.info("slack does not say which channels somebody is in", reason=type(error).__name__)
            return names if at and time.monotonic() - at < SECONDS else {}
        self._names[team, user] = (time.monotonic(), names)
        while len(self._names) > REMEMBERED:
            self._names.popitem(last=False)
        return names

    def changed(self, team: str) -> None:
        """Something changed that home pages of this workspace show."""
        self._stale.add(team)
        if self._waiting is None or self._waiting.done():
            self._waiting = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while self._stale:
            await asyncio.sleep(WAIT)
            stale, self._stale = self._stale, set()
            recent = time.monotonic() - SECONDS
            for (team, user), at in list(self._opened.items())[-FOLLOWED:]:
                if team in stale and at > recent:
                    await self.publish(team, user)
                    await asyncio.sleep(PAGE_SECONDS)

    def close(self) -> None:
        """Publish nothing more."""
        if self._waiting is not None:
            self._waiting.cancel()


async def _conversations(web: AsyncWebClient, user: str) -> dict[str, str]:
    """Return the channels that both somebody and the bot may see, with their names. Raises what slack-sdk raises."""
    found: dict[str, str] = {}
    cursor = ""
    for _ in range(PAGES):
        page = await web.users_conversations(
            user=user, types="public_channel,private_channel", exclude_archived=False, limit=200, cursor=cursor or None
        )
        found |= {str(each["id"]): str(each.get("name") or "") for each in page.get("channels") or ()}
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    return found
