"""Slack as a chat: chat.postMessage, chat.update, and conversations.history after doubt; commands through slack-bolt.

Slack has no idempotency key: a card's key stands in the message's metadata, and is looked for there. slack-sdk's own
retry of broken connections posts twice, so it is off.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.base import Found, Shown
from bot.chat.calls import Calls
from bot.chat.slack.access import UNINSTALLED, Access, Install, Installs
from bot.chat.slack.files import upload
from bot.chat.slack.outcomes import FAULTS, RETRY_SECONDS, TOKEN_FAULTS, advice, code_of, outcome
from bot.chat.slack.render import blocks, text
from bot.chat.slack.replies import reply_blocks, reply_text
from bot.chat.slack.webs import Webs
from bot.commands.front import Front, Place
from bot.errors import SettingsError
from bot.model.alert import Delayed, DeliveryOutcome, Doubtful, Rejected, Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.request import File
from bot.model.subscription import Channel

if TYPE_CHECKING:
    from aiohttp import web

    from bot.chat.slack.listener import Listener
    from bot.chat.slack.socket import Socket
    from bot.chat.slack.web import Web

log = structlog.get_logger()

EVENT_TYPE = "dealbell_card"
SECONDS = 20.0
"""For one call: delivery itself gives up after 30, and then knows less."""
STALE = "The workspace's token has ended, and Slack does not give the next one just now."
PAGE = 200
PAGES = 5
STOP_SECONDS = 5.0
NAME_SECONDS = 30.0
"""Between attempts to learn whose the token is, after an outage at the start."""


class SlackChat:
    """The bot in one workspace, or in all that installed it."""

    platform = Platform.SLACK

    def __init__(self, access: Access, *, seconds: float = SECONDS) -> None:
        self._access = access
        self._bot = "dealbell"
        self._webs = Webs(access, seconds=seconds)
        self._calls = Calls()
        self._listener: Listener | None = None
        self._socket: Socket | None = None
        self._naming: asyncio.Task[None] | None = None
        self._routed: Web | None = None
        self._front: Front | None = None

    def use(self, installs: Installs) -> None:
        """Take tokens from the workspaces that installed the app."""
        self._webs.installs = installs

    async def start(self) -> None:
        """Ask Slack whose token this is. Raises SettingsError if it is nobody's; an outage is only noted."""
        if not self._access.bot_token:
            return
        try:
            await self._name()
        except SlackApiError as error:
            if code_of(error) in TOKEN_FAULTS:
                await self.stop()
                problem, cure = advice(error, bot=self._bot)
                raise SettingsError(f"SLACK_BOT_TOKEN: {problem}", cure=f"The cure: {cure}.") from None
            log.warning("slack does not answer well", reason=outcome(error, bot=self._bot).reason)
        except FAULTS as error:
            log.warning("slack does not answer", reason=outcome(error, bot=self._bot).reason)

    async def _name(self) -> None:
        """Learn whose the token is. Raises what slack-sdk raises."""
        answer = await self._webs.client(self._access.bot_token).auth_test()
        self._bot = str(answer.get("user") or self._bot)
        self._webs.home = Install(
            team=str(answer.get("team_id") or ""),
            name=str(answer.get("team") or ""),
            bot_user=str(answer.get("user_id") or ""),
            token=self._access.bot_token,
        )
        if self._listener is not None:
            self._listener.called(self._bot)
        log.info("slack is connected", workspace=str(answer.get("team")), bot=self._bot)

    async def _keep_naming(self) -> None:
        while self._webs.home is None:
            await asyncio.sleep(NAME_SECONDS)
            with suppress(*FAULTS):
                await self._name()
                await self._back()

    async def _back(self) -> None:
        """The token is good: channels that were paused when the app was taken out go on."""
        home = self._webs.home
        if home is not None and self._front is not None:
            place = Place(platform=Platform.SLACK, workspace=home.team, workspace_name=home.name, channel="")
            await self._front.found(place, UNINSTALLED)

    async def listen(self, front: Front) -> None:
        """Take commands: through a socket with an app token, else at the HTTP routes where they are served."""
        from bot.chat.slack.listener import Listener  # noqa: PLC0415  bolt takes 0.3 s to import
        from bot.chat.slack.socket import Socket  # noqa: PLC0415

        self._listener = Listener(self._webs, front, self._calls)
        self._listener.called(self._bot)
        self._front = front
        if self._webs.home is not None:
            await self._back()
        elif self._access.bot_token:
            self._naming = asyncio.create_task(self._keep_naming())
        if self._routed is not None:
            self._routed.listener, self._routed.front = self._listener, front
        if self._access.app_token:
            self._socket = Socket(self._listener.app, self._access.app_token, self._access.api_url)
            self._socket.start()
        elif not self._access.signing_secret:
            log.info("slack takes no commands", reason="neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set")

    def routes(self) -> "tuple[web.RouteDef, ...]":
        """Return the HTTP routes, below the base path: Slack's requests, and installations."""
        from bot.chat.slack.web import Web  # noqa: PLC0415

        self._routed = Web(self._webs)
        return self._routed.routes()

    async def stop(self) -> None:
        """Let calls under way end, then close the connections."""
        if self._naming is not None:
            self._naming.cancel()
        if self._socket is not None:
            await self._socket.stop()
        await self._calls.finished(seconds=STOP_SECONDS)
        if self._listener is not None:
            self._listener.homes.close()
        await self._webs.close()

    async def post(self, channel: Channel, shown: Shown, *, key: str, reply_to: str | None = None) -> DeliveryOutcome:
        """Post a card or lines; the key goes along as metadata. A digest's file follows in its thread."""
        thread = {"thread_ts": reply_to} if reply_to else {}
        sent = await self._say(
            "chat.postMessage", channel, shown, key, unfurl_links=False, unfurl_media=False, **thread
        )
        if isinstance(sent, Sent):
            if not isinstance(shown, Card) and shown.file is not None:
                await self._file(channel, shown.file, sent.message)
            if self._listener is not None:
                self._listener.homes.changed(channel.workspace.external_id)
        return sent

    async def edit(self, channel: Channel, shown: Shown, *, key: str, message: str) -> DeliveryOutcome:
        """Replace a message's blocks, text and metadata."""
        return await self._say("chat.update", channel, shown, key, ts=message)

    async def can_post(self, channel: Channel) -> str | None:
        """Ask Slack about the channel: archived, out of the bot's sight, or the bot is no member."""
        if channel.external_id.startswith("@"):
            return None
        web = await self._webs.of(channel.workspace.external_id)
        if web is None:
            return self._not_installed
        try:
            async with self._calls.under_way():
                found = (await web.conversations_info(channel=channel.external_id)).get("channel") or {}
        except FAULTS as error:
            hidden = isinstance(error, SlackApiError) and code_of(error) == "channel_not_found"
            # anything else, such as a missing scope or a bad moment, says nothing: a refusal shows at the first card
            return f"It is private and I am not in it. Write here: /invite @{self._bot}" if hidden else None
        if found.get("is_archived"):
            return "It is archived. Unarchive it first."
        inside = found.get("is_im") or found.get("is_member")
        return None if inside else f"I am not in it. Write here: /invite @{self._bot}"

    def told(self) -> tuple[tuple[str, str], ...]:
        """Return how the socket is."""
        if self._socket is not None:
            again = f", replaced {self._socket.rebuilt} times since the start" if self._socket.rebuilt else ""
            return (("Slack", self._socket.state + again),)
        return (("Slack", "commands come by HTTP" if self._access.signing_secret else "posts only, takes no commands"),)

    async def find(self, channel: Channel, *, key: str) -> Found | Doubtful:
        """Look through the channel's last 1,000 messages; what a passing fault hides stays in doubt."""
        web = await self._webs.of(channel.workspace.external_id)
        if web is None:
            return Found(unknown=True)
        if self._webs.is_stale(channel.workspace.external_id):
            return Doubtful(reason=STALE)
        try:
            async with self._calls.under_way():
                there = await self._webs.conversation(web, channel.workspace.external_id, channel.external_id)
                return await _look(web, there, key)
        except FAULTS as error:
            told = outcome(error, bot=self._bot)
            log.warning("slack's history can't be read", channel=channel.external_id, reason=told.reason)
            return Found(unknown=True) if isinstance(told, Rejected) else Doubtful(reason=told.reason)

    async def _say(self, method: str, channel: Channel, shown: Shown, key: str, **more: object) -> DeliveryOutcome:
        body = {
            "text": text(shown) if isinstance(shown, Card) else reply_text(shown),
            "blocks": blocks(shown) if isinstance(shown, Card) else reply_blocks(shown),
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            "parse": "none",  # chat.update would otherwise make links and mentions of what looks like one
            "link_names": False,
            **more,
        }
        web = await self._webs.of(channel.workspace.external_id)
        if web is None:
            return Rejected(reason=self._not_installed, closed=True)
        if self._webs.is_stale(channel.workspace.external_id):
            return Delayed(seconds=RETRY_SECONDS, reason=STALE)
        try:
            async with self._calls.under_way():
                there = await self._webs.conversation(web, channel.workspace.external_id, channel.external_id)
                answer = await web.api_call(method, json={"channel": there} | body)
        except FAULTS as error:
            return outcome(error, bot=self._bot)
        if not answer.get("ts"):
            return Doubtful(reason="Slack's answer does not name the message.")
        return Sent(message=str(answer["ts"]))

    async def _file(self, channel: Channel, file: File, message: str) -> None:
        """Put a digest's file into its thread; the digest stands without it too."""
        web = await self._webs.of(channel.workspace.external_id)
        if web is None:
            return
        try:
            there = await self._webs.conversation(web, channel.workspace.external_id, channel.external_id)
            await upload(web, self._webs.session, file, channel=there, thread=message)
        except FAULTS as error:
            log.warning("slack did not take a file", name=file.name, reason=outcome(error, bot=self._bot).reason)

    @property
    def _not_installed(self) -> str:
        # begins as the reason does that ends when the app is back
        where = f" Begin at {self._access.public_url}/slack/install" if self._access.public_url else ""
        return UNINSTALLED + where


async def _look(web: AsyncWebClient, channel: str, key: str) -> Found:
    cursor = ""
    for _ in range(PAGES):
        page = await web.conversations_history(
            channel=channel, limit=PAGE, include_all_metadata=True, cursor=cursor or None
        )
        for message in page.get("messages") or ():
            if _key_of(message) == key:
                return Found(message=str(message["ts"]))
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return Found()
    return Found(unknown=True)


def _key_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None
