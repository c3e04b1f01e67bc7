"""The connection: one token logged in, its requests bounded in time and counted, the gateway kept alive."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from itertools import chain, repeat
from math import inf
from types import SimpleNamespace

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.chat.calls import Calls
from bot.chat.discord.budget import MOST, Refusals
from bot.chat.discord.gateway import Gateway
from bot.chat.discord.outcomes import CURE, FAULTS, is_fatal, outcome, retry_after
from bot.commands.front import Front
from bot.errors import DealbellError, SettingsError
from bot.model.alert import Delayed
from bot.model.enums import Platform

log = structlog.get_logger()

LONGEST_PAUSE = 10.0
"""A rate limit that lasts longer is told to delivery instead of being slept through."""
STOP_SECONDS = 5.0
WAITS = (5.0, 15.0, 60.0, 300.0)
"""Between attempts to reach the gateway for the first time; afterwards discord.py itself connects again."""

_answers: ContextVar[list[int] | None] = ContextVar("answers", default=None)
"""The statuses that the requests of the call under way got."""


class Connection:
    """One bot's token at work: REST from the first call on, the gateway from `listen` on."""

    def __init__(self, token: str, api_url: str, *, guild: int | None, seconds: float) -> None:
        self._token = token
        self._api_url = api_url.rstrip("/")
        self._guild = guild
        self._seconds = seconds
        self._login = asyncio.Lock()
        self._calls = Calls()
        self._refusals = Refusals()
        self._listening: asyncio.Task[None] | None = None
        self.known: Gateway | None = None
        """The client, if it is logged in."""
        self.front: Front | None = None
        """Who answers, once the gateway is listened to."""

    async def start(self) -> None:
        """Log in. Raises SettingsError if the token is nobody's; an outage is only noted, and the next call tries."""
        Route.BASE = self._api_url  # discord.py has no other way to be told
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody here speaks
        try:
            async with asyncio.timeout(self._seconds):
                client = await self.client()
        except discord.LoginFailure:
            raise SettingsError("DISCORD_BOT_TOKEN: Discord does not know it.", cure=f"The cure: {CURE}.") from None
        except FAULTS as error:
            log.warning("discord does not answer", reason=outcome(error).reason)
        else:
            log.info("discord is connected", bot=str(client.user))

    def listen(self, front: Front) -> None:
        """Connect to the gateway in the background; an outage is waited out."""
        self.front = front
        self._listening = asyncio.create_task(self._keep_listening(front), name="discord-gateway")

    async def stop(self) -> None:
        """Let calls and answers under way end, then close the connections."""
        client, self.known = self.known, None
        await self._calls.finished(seconds=STOP_SECONDS)
        if client is not None:
            await client.finished(seconds=STOP_SECONDS)
            await client.close()
        task, self._listening = self._listening, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        late, self.known = self.known, None
        if late is not None:  # an outage ended meanwhile, and the task logged in anew
            await late.close()

    async def client(self) -> Gateway:
        """Return the client, logged in: now, if that failed before."""
        async with self._login:
            if self.known is None:
                trace = aiohttp.TraceConfig()
                trace.on_request_end.append(self._note_answer)
                client = Gateway(trace=trace)
                client.http.max_ratelimit_timeout = LONGEST_PAUSE  # the option takes nothing below 30 seconds
                try:
                    await client.login(self._token)
                except BaseException:
                    await client.close()
                    raise
                self.known = client
            return self.known

    @asynccontextmanager
    async def call(self, *, seconds: float = inf) -> AsyncIterator[list[int]]:
        """Bound a call in time and note what its requests are answered."""
        answers: list[int] = []
        mark = _answers.set(answers)
        try:
            async with self._calls.under_way(), asyncio.timeout(min(seconds, self._seconds)):
                yield answers
        finally:
            _answers.reset(mark)

    @property
    def refused(self) -> int:
        """Requests that Discord has refused in the last ten minutes."""
        return self._refusals.count

    def held(self) -> Delayed | None:
        """Return how long to send nothing, where Discord has refused so much that it would ban this address."""
        pause = self._refusals.pause
        return (
            Delayed(seconds=pause, reason="Discord has refused almost as much as bans this address.") if pause else None
        )

    async def _keep_listening(self, front: Front) -> None:
        for wait in chain(WAITS, repeat(WAITS[-1])):
            try:
                await self._listen_once(front)
            except FAULTS as error:
                if is_fatal(error):
                    # expected: what to do stands in the cure
                    log.error("discord's gateway refuses the bot, and is left alone", cure=CURE)  # noqa: TRY400
                    self._let_go()
                    return
                log.warning("discord's gateway can't be reached", reason=outcome(error).reason, seconds=wait)
            except Exception:  # a task of its own is an edge
                log.exception("listening to discord failed", seconds=wait)
            else:
                return  # closed by stop()
            self._let_go()
            await asyncio.sleep(wait)

    async def _listen_once(self, front: Front) -> None:
        client = await self.client()
        client.take(front, guild=self._guild)
        await client.register()
        if pause := await client.point():
            log.warning("discord lets the bot identify itself no more today", seconds=pause)
            await asyncio.sleep(pause)
        await client.connect()

    def _let_go(self) -> None:
        """Let a client that has closed itself go, so that the next call logs in anew."""
        if self.known is not None and self.known.is_closed():
            self.known = None

    async def _note_answer(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        del session, context
        status = params.response.status
        answers = _answers.get()
        if answers is not None:
            answers.append(status)
        shared = params.response.headers.get("X-RateLimit-Scope") == "shared"
        if self._refusals.note(status, shared=shared) and self.front is not None:
            words = f"{self._refusals.count} in ten minutes, of which {MOST:,} ban the address"
            with suppress(DealbellError):  # the log has it; a request must not fail for a disk
                await self.front.remember(Platform.DISCORD, "refused", words)
        if status == 429 and params.response.headers.get("X-RateLimit-Global"):
            self._reopen(params.response)
        if wrong := _wrong(params, self._api_url):
            params.response.close()
            raise aiohttp.ClientError(wrong)

    def _reopen(self, response: aiohttp.ClientResponse) -> None:
        """Let requests go again after a limit on all: discord.py forgets to, where the call that met it is given up."""
        if self.known is not None:
            seconds = retry_after(response)
            asyncio.get_running_loop().call_later(seconds, self.known.http._global_over.set)


def _wrong(params: aiohttp.TraceRequestEndParams, api_url: str) -> str | None:
    """Return what is wrong with an answer that discord.py must not see."""
    status, kind = params.response.status, params.response.headers.get("Content-Type")
    if status >= 500 and params.method == "POST" and not params.url.path.endswith("/messages"):
        # the library would repeat it, and without a nonce (forum posts, answers) it would be there twice
        return f"status {status}, not to be repeated"
    if 200 <= status < 300 and status != 204 and kind != "application/json" and str(params.url).startswith(api_url):
        # the library would take its text for data, and fail with a TypeError or an AttributeError
        return f"status {status} with what is no JSON"
    return None
