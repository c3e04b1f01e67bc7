"""Answers: a reply goes to whom it is for, by the address that Slack gave for it or by the Web API; files too.

An answer for one person may be sent again where Slack may not have taken it; one for the channel is not.
"""

import asyncio
from typing import Any

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.files import upload
from bot.chat.slack.outcomes import FAULTS, outcome
from bot.chat.slack.payloads import Spot
from bot.chat.slack.replies import Message, messages
from bot.chat.slack.webs import Webs
from bot.model.alert import Delayed, Rejected
from bot.model.request import File, Reply, said

log = structlog.get_logger()

PATIENCE = 20.0
"""Seconds: an answer that Slack asks to wait longer for is not given."""
TRIES = 3
NOT_TAKEN = "I can't send the file here. {reason}"


class Answers:
    """Gives replies."""

    def __init__(self, webs: Webs) -> None:
        self._webs = webs
        self.bot_name = "dealbell"
        """By which people invite the bot."""

    async def give(self, reply: Reply, spot: Spot, *, replaces: bool = False) -> None:
        """Give a reply where it was asked for. `replaces`: in place of the message for one person that was pressed."""
        for number, message in enumerate(messages(reply)):
            await self._one(message, spot, everybody=reply.in_channel, replaces=replaces and not number)
        if reply.file is not None:
            await self._file(reply.file, spot, everybody=reply.in_channel)

    async def _one(self, message: Message, spot: Spot, *, everybody: bool, replaces: bool) -> None:
        if spot.response_url and await self._by_address(message, spot, everybody=everybody, replaces=replaces):
            return
        web = await self._webs.of(spot.team)
        if web is None or not (spot.channel or spot.user):
            return
        shown, built = message
        body: dict[str, Any] = {"text": shown, "blocks": built, "unfurl_links": False, "unfurl_media": False}
        body |= {"thread_ts": spot.thread} if spot.thread else {}
        if spot.direct or not spot.channel:
            there = body | {"channel": spot.channel or spot.user}
            if not await self._call(web, "chat.postMessage", there, again=False) and spot.channel:
                # two people's own direct messages, where the bot is not
                body.pop("thread_ts", None)
                await self._call(web, "chat.postMessage", body | {"channel": spot.user}, again=False)
        elif everybody:
            await self._call(web, "chat.postMessage", body | {"channel": spot.channel}, again=False)
        else:
            private = body | {"channel": spot.channel, "user": spot.user}
            if not await self._call(web, "chat.postEphemeral", private, again=True):
                body.pop("thread_ts", None)
                await self._call(web, "chat.postMessage", body | {"channel": spot.user}, again=False)

    async def _by_address(self, message: Message, spot: Spot, *, everybody: bool, replaces: bool) -> bool:
        """Post to the address of the answer; False where Slack does not take it, so that another way is tried."""
        shown, built = message
        body = {
            "text": shown,
            "blocks": built,
            # direct messages may be two people's, and what is about the one is not for the other
            "response_type": "in_channel" if everybody and not spot.direct else "ephemeral",
            "replace_original": replaces,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        body |= {"thread_ts": spot.thread} if spot.thread else {}
        for attempt in range(TRIES):
            try:
                async with self._webs.session.post(spot.response_url, json=body) as response:
                    if response.status == 200:
                        return True
                    if response.status != 429:
                        # 404 and 410: it was used too often or is too old; 5xx: it may have arrived
                        log.info("slack did not take an answer", status=response.status)
                        return response.status >= 500 and everybody
                    wait = _seconds(response.headers.get("Retry-After"))
            except aiohttp.ClientConnectorError:
                wait = 1.0
            except FAULTS as error:
                log.info("slack did not take an answer", reason=type(error).__name__)
                return everybody  # it may stand there already
            if attempt + 1 == TRIES or wait > PATIENCE:
                break
            await asyncio.sleep(wait)
        return False

    async def _call(self, web: AsyncWebClient, method: str, body: dict[str, Any], *, again: bool) -> bool:
        """Call a method that posts; wait where Slack asks for it. Return whether it is there."""
        for attempt in range(TRIES):
            try:
                await web.api_call(method, json=body)
            except FAULTS as error:
                told = outcome(error, bot=self.bot_name)
                log.info("slack did not take an answer", method=method, reason=told.reason)
                wait = min(told.seconds, PATIENCE + 1) if isinstance(told, Delayed) else 1.0
                gives_up = isinstance(told, Rejected) or (not isinstance(told, Delayed) and not again)
                if gives_up or attempt + 1 == TRIES or wait > PATIENCE:
                    return False
                await asyncio.sleep(wait)
            else:
                return True
        return False

    async def _file(self, file: File, spot: Spot, *, everybody: bool) -> None:
        """Upload a file: where all may see it, to the conversation; else to the asker's direct messages with the bot.

        What was written to the bot has no address for its answer; a command or a press has one, and may come from two
        people's direct messages.
        """
        web = await self._webs.of(spot.team)
        if web is None:
            return
        try:
            private = bool(spot.response_url) if spot.direct else not (everybody and spot.channel)
            there = f"@{spot.user}" if private else spot.channel
            channel = await self._webs.conversation(web, spot.team, there)
            thread = "" if private else spot.thread
            await upload(web, self._webs.session, file, channel=channel, thread=thread)
        except FAULTS as error:
            reason = outcome(error, bot=self.bot_name).reason
            log.warning("slack did not take a file", name=file.name, reason=reason)
            await self.give(said(NOT_TAKEN.format(reason=reason), good=False), spot)
        else:
            if private:
                await self.give(said(f"I sent you {file.name} in a direct message."), spot)


def _seconds(header: str | None) -> float:
    try:
        return max(0.0, float(header or 1))
    except ValueError:
        return 1.0
