"""What happens to channels, the workspace and the app; and links, where answering them with cards is switched on."""

from datetime import timedelta
from typing import Any

import structlog

from bot.chat.slack.access import UNINSTALLED
from bot.chat.slack.asking import Asking
from bot.chat.slack.home import Homes
from bot.chat.slack.outcomes import FAULTS
from bot.chat.slack.payloads import Body, text_at
from bot.chat.slack.render import blocks
from bot.chat.slack.webs import Webs
from bot.commands.front import Front, Place
from bot.model.enums import Platform

log = structlog.get_logger()

ARCHIVED = "The channel is archived. Cure: unarchive it."
DELETED = "The channel was deleted."
REMOVED = "The bot was removed from the channel. Cure: write there: /invite @{bot}."
CLOSED = {
    "channel_archive": ARCHIVED, "group_archive": ARCHIVED, "channel_deleted": DELETED, "group_deleted": DELETED,
    "channel_left": REMOVED, "group_left": REMOVED,
}  # fmt: skip
QUIET = timedelta(minutes=30)
"""The same link is not unfurled again in a channel before."""
WRITING = "COMPOSER"
"""What Slack says for the channel of a message that somebody is writing."""
MOST_LINKS = 2
"""A message with more links is a list, and stays as it is."""


class Events:
    """Takes events that nobody typed."""

    def __init__(self, webs: Webs, front: Front, asking: Asking, homes: Homes) -> None:
        self._webs = webs
        self._front = front
        self._asking = asking
        self._homes = homes
        self.bot_name = "dealbell"

    async def happened(self, event: Body, team: str) -> None:
        """Note an event."""
        kind = text_at(event, "type")
        if kind in CLOSED:
            await self._closed(team, text_at(event, "channel"), CLOSED[kind])
        elif kind == "member_left_channel":
            install = self._webs.install(team)
            if install is not None and text_at(event, "user") == install.bot_user:
                await self._closed(team, text_at(event, "channel"), REMOVED)
        elif kind in {"channel_rename", "group_rename"}:
            await self._named(team, channel=text_at(event, "channel", "id"), name=text_at(event, "channel", "name"))
        elif kind == "channel_id_changed":
            await self._moved(team, text_at(event, "old_channel_id"), text_at(event, "new_channel_id"))
        elif kind == "team_rename":
            await self._named(team, workspace=text_at(event, "name"))
        elif kind == "app_uninstalled" or (kind == "tokens_revoked" and (event.get("tokens") or {}).get("bot")):
            await self._lost(team)
        elif kind == "link_shared" and self._webs.access.unfurl:
            await self._unfurl(event, team)

    async def _closed(self, team: str, channel: str, reason: str) -> None:
        if channel:
            place = Place(platform=Platform.SLACK, workspace=team, channel=channel)
            await self._front.closed(place, reason.format(bot=self.bot_name))
            self._homes.changed(team)

    async def _named(self, team: str, *, channel: str = "", name: str = "", workspace: str = "") -> None:
        await self._front.renamed(
            Place(
                platform=Platform.SLACK,
                workspace=team,
                workspace_name=workspace,
                channel=channel,
                channel_name=name,
            )
        )
        self._homes.changed(team)

    async def _moved(self, team: str, old: str, new: str) -> None:
        """A private channel that is shared with another company gets a new id for good."""
        if old and new:
            await self._front.moved(Place(platform=Platform.SLACK, workspace=team, channel=old), to=new)
            self._homes.changed(team)

    async def _lost(self, team: str) -> None:
        """The app was removed, or its token revoked: forget the token, pause the channels, try nothing in a loop."""
        log.warning("slack took the app out of a workspace", workspace=team)
        await self._webs.installs.remove(team)
        await self._front.lost(Place(platform=Platform.SLACK, workspace=team, channel=""), UNINSTALLED)

    async def _unfurl(self, event: Body, team: str) -> None:
        links = [text_at(each, "url") for each in event.get("links") or () if isinstance(each, dict)]
        channel, install = text_at(event, "channel"), self._webs.install(team)
        own = install is not None and text_at(event, "user") == install.bot_user
        if not 0 < len(links) <= MOST_LINKS or own:
            return
        place = Place(platform=Platform.SLACK, workspace=team, channel=channel)
        # what is still being written has no channel yet
        near = text_at(event, "user") if channel == WRITING else channel
        unfurls: dict[str, Any] = {}
        for url in links:
            card = await self._front.card_of(place, url)
            if card is not None and await self._front.is_first(f"unfurl:{team}:{near}:{url}", within=QUIET):
                unfurls[url] = {"blocks": blocks(card)}
        web = await self._webs.of(team)
        if not unfurls or web is None:
            return
        named = (
            {"unfurl_id": text_at(event, "unfurl_id"), "source": text_at(event, "source")}
            if event.get("unfurl_id")
            else {"channel": channel, "ts": text_at(event, "message_ts")}
        )
        try:
            await web.api_call("chat.unfurl", json=named | {"unfurls": unfurls})
        except FAULTS as error:
            log.info("slack did not unfurl a link", reason=type(error).__name__)
