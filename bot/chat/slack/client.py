"""Slack as a chat: chat.postMessage, chat.update, and conversations.history after doubt.

Slack has no idempotency key: a card's key stands in the message's metadata, and is looked for there. slack-sdk's own
retry of broken connections posts twice, so it is off.
"""

from collections.abc import Mapping
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.base import Found, Shown
from bot.chat.calls import Calls
from bot.chat.slack.outcomes import FAULTS, TOKEN_FAULTS, advice, code_of, outcome
from bot.chat.slack.render import blocks, text
from bot.chat.slack.replies import reply_blocks, reply_text
from bot.commands.front import Front
from bot.errors import SettingsError
from bot.model.alert import DeliveryOutcome, Doubtful, Rejected, Sent
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.subscription import Channel

log = structlog.get_logger()

EVENT_TYPE = "dealbell_card"
SECONDS = 20.0
"""For one call: delivery itself gives up after 30, and then knows less."""
PAGE = 200
PAGES = 5
STOP_SECONDS = 5.0


class SlackChat:
    """One workspace's bot token at work."""

    platform = Platform.SLACK

    def __init__(self, token: str, base_url: str = "https://slack.com/api/", *, seconds: float = SECONDS) -> None:
        self._token = token
        self._base_url = base_url
        self._seconds = seconds
        self._bot = "dealbell"
        self._web: AsyncWebClient | None = None
        self._calls = Calls()

    async def start(self) -> None:
        """Ask Slack whose token this is. Raises SettingsError if it is nobody's; an outage is only noted."""
        try:
            answer = await self._client().auth_test()
        except SlackApiError as error:
            if code_of(error) in TOKEN_FAULTS:
                await self.stop()
                problem, cure = advice(error, bot=self._bot)
                raise SettingsError(f"SLACK_BOT_TOKEN: {problem}", cure=f"The cure: {cure}.") from None
            log.warning("slack does not answer well", reason=outcome(error, bot=self._bot).reason)
        except FAULTS as error:
            log.warning("slack does not answer", reason=outcome(error, bot=self._bot).reason)
        else:
            self._bot = str(answer.get("user") or self._bot)
            log.info("slack is connected", workspace=str(answer.get("team")), bot=self._bot)

    async def listen(self, front: Front) -> None:
        """Commands inside this chat are not taken yet."""

    async def stop(self) -> None:
        """Let calls under way end, then close the connections."""
        await self._calls.finished(seconds=STOP_SECONDS)
        web, self._web = self._web, None
        if web is not None and web.session is not None:
            await web.session.close()

    async def post(self, channel: Channel, shown: Shown, *, key: str, reply_to: str | None = None) -> DeliveryOutcome:
        """Post a card or lines; the key goes along as metadata."""
        thread = {"thread_ts": reply_to} if reply_to else {}
        return await self._say(
            "chat.postMessage", channel, shown, key, unfurl_links=False, unfurl_media=False, **thread
        )

    async def edit(self, channel: Channel, shown: Shown, *, key: str, message: str) -> DeliveryOutcome:
        """Replace a message's blocks, text and metadata."""
        return await self._say("chat.update", channel, shown, key, ts=message)

    async def can_post(self, channel: Channel) -> str | None:
        """Not asked yet: a refusal shows when a card is posted."""

    def told(self) -> tuple[tuple[str, str], ...]:
        """Nothing yet."""
        return ()

    async def find(self, channel: Channel, *, key: str) -> Found | Doubtful:
        """Look through the channel's last 1,000 messages; what a passing fault hides stays in doubt."""
        try:
            async with self._calls.under_way():
                return await self._look(channel.external_id, key)
        except FAULTS as error:
            told = outcome(error, bot=self._bot)
            log.warning("slack's history can't be read", channel=channel.external_id, reason=told.reason)
            return Found(unknown=True) if isinstance(told, Rejected) else Doubtful(reason=told.reason)

    async def _look(self, channel: str, key: str) -> Found:
        cursor = ""
        for _ in range(PAGES):
            page = await self._client().conversations_history(
                channel=channel, limit=PAGE, include_all_metadata=True, cursor=cursor or None
            )
            for message in page.get("messages") or ():
                if _key_of(message) == key:
                    return Found(message=str(message["ts"]))
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return Found()
        return Found(unknown=True)

    async def _say(self, method: str, channel: Channel, shown: Shown, key: str, **more: object) -> DeliveryOutcome:
        body = {
            "channel": channel.external_id.removeprefix("@"),  # a person's own id opens the direct message
            "text": text(shown) if isinstance(shown, Card) else reply_text(shown),
            "blocks": blocks(shown) if isinstance(shown, Card) else reply_blocks(shown),
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            "parse": "none",  # chat.update would otherwise make links and mentions of what looks like one
            "link_names": False,
            **more,
        }
        try:
            async with self._calls.under_way():
                answer = await self._client().api_call(method, json=body)
        except FAULTS as error:
            return outcome(error, bot=self._bot)
        if not answer.get("ts"):
            return Doubtful(reason="Slack's answer does not name the message.")
        return Sent(message=str(answer["ts"]))

    def _client(self) -> AsyncWebClient:
        if self._web is None:
            session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._seconds), cookie_jar=aiohttp.DummyCookieJar()
            )
            self._web = AsyncWebClient(token=self._token, base_url=self._base_url, session=session, retry_handlers=[])
            self._web.proxy = None  # slack-sdk takes one from the environment, which settings alone may read
        return self._web


def _key_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None
