"""Socket Mode: slack-sdk's client, and a watchdog that replaces it whole when it is dead but says it lives.

slack-sdk renews its connection by itself; its aiohttp client has been seen to loop on "Session is closed" after a
broken network, and to say that it is connected while nothing comes any more. The watchdog trusts only what was heard:
a pong, or an envelope. The token of the app opens connections; it is no bot's token.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.outcomes import FAULTS, code_of

log = structlog.get_logger()

PING_SECONDS = 5.0
DEAD_SECONDS = 30.0
"""Without a pong and without an envelope the connection is dead, whatever it says of itself."""
LOOK_SECONDS = 2.0
CLOSE_SECONDS = 3.0
WAITS = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)
"""Seconds between attempts to connect that fail in a row."""
REFUSED = {"invalid_auth", "not_authed", "token_revoked", "account_inactive", "not_allowed_token_type"}


class _Client(SocketModeClient):
    """Notes when a pong came: slack-sdk keeps one time for that and for what it sends itself."""

    pong_at = 0.0
    _last: float | None = None

    @property
    def last_ping_pong_time(self) -> float | None:
        """What slack-sdk reads and writes."""
        return self._last

    @last_ping_pong_time.setter
    def last_ping_pong_time(self, value: float | None) -> None:
        # where there was none, it is the time of a ping that slack-sdk sends
        if value is not None and self._last is not None:
            self.pong_at = time.monotonic()
        self._last = value


class Socket:
    """A connection that is kept alive."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        api_url: str,
        *,
        ping_seconds: float = PING_SECONDS,
        dead_seconds: float = DEAD_SECONDS,
        waits: tuple[float, ...] = WAITS,
    ) -> None:
        self._app = app
        self._token = app_token
        self._api_url = api_url
        self._ping = ping_seconds
        self._dead = dead_seconds
        self._waits = waits
        self._client: _Client | None = None
        self._session: aiohttp.ClientSession | None = None
        self._heard = 0.0
        self._task: asyncio.Task[None] | None = None
        self.rebuilt = 0
        """How often the watchdog has replaced a connection."""
        self.state = "not connected yet"

    def start(self) -> None:
        """Connect, and watch from now on."""
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Disconnect."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self._drop()
        self.state = "stopped"

    async def _keep(self) -> None:
        failures = 0
        while True:
            try:
                await self._connect()
                failures = 0
                await self._watch()
            except SlackApiError as error:
                failures += 1
                cure = "; check SLACK_APP_TOKEN" if code_of(error) in REFUSED else ""
                self._tell(f"not connected: Slack refuses ({code_of(error) or 'no reason'}){cure}")
            except FAULTS as error:
                failures += 1
                self._tell(f"not connected: Slack can't be reached ({type(error).__name__})")
            except Exception:  # the watchdog is an edge: it must not end
                failures += 1
                log.exception("slack socket failed")
                self.state = "not connected: an unexpected error, which the log tells"
            await self._drop()
            await asyncio.sleep(self._waits[min(failures, len(self._waits)) - 1] if failures else 0)

    def _tell(self, state: str) -> None:
        if state != self.state:
            log.warning("slack socket", state=state)
        self.state = state

    async def _connect(self) -> None:
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=20), cookie_jar=aiohttp.DummyCookieJar()
        )
        web = AsyncWebClient(token=self._token, base_url=self._api_url, session=self._session, retry_handlers=[])
        web.proxy = None
        client = _Client(
            app_token=self._token, web_client=web, ping_interval=self._ping, logger=_QUIET,
            on_message_listeners=[self._hears],
        )  # fmt: skip
        client.proxy = None  # slack-sdk takes one from the environment, which settings alone may read
        client.socket_mode_request_listeners.append(self._took)
        self._client = client
        # `connect` would try for ever and say nothing: the address is asked for here
        client.wss_uri = await client.issue_new_wss_url()
        async with asyncio.timeout(20):
            await client.connect()  # type: ignore[no-untyped-call]
        self._heard = time.monotonic()
        self.state = "connected"
        log.info("slack socket", state=self.state, rebuilt=self.rebuilt)

    async def _watch(self) -> None:
        """Return when the connection is dead."""
        client = self._client
        assert client is not None  # noqa: S101  narrows the type
        while True:
            await asyncio.sleep(min(LOOK_SECONDS, self._dead / 4))
            if time.monotonic() - max(self._heard, client.pong_at) > self._dead:
                self.rebuilt += 1
                self._tell(f"nothing heard for {self._dead:g} seconds: the connection is replaced")
                return

    async def _hears(self, message: object) -> None:
        del message
        self._heard = time.monotonic()

    async def _took(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        began = time.time()
        answer = await run_async_bolt_app(self._app, request)
        try:
            await send_async_response(client, request, answer, began)
        except FAULTS as error:
            # Slack delivers it again, and then it is known
            log.info("slack socket broke before an acknowledgement", reason=type(error).__name__)

    async def _drop(self) -> None:
        """Close the client and its sessions, however broken they are."""
        client, session = self._client, self._session
        steps: list[Callable[[], Awaitable[Any]]] = []
        if client is not None:
            steps += [client.close, client.aiohttp_client_session.close]
        if session is not None:
            steps.append(session.close)
        for step in steps:
            try:
                async with asyncio.timeout(CLOSE_SECONDS):
                    await step()
            except Exception as error:  # noqa: BLE001  it is thrown away, and must not stop what comes after it
                log.debug("slack socket did not close well", reason=type(error).__name__)
        if client is not None:  # its own close ends these last, and may not get so far on a dead connection
            for task in (client.message_processor, client.current_session_monitor, client.message_receiver):
                task.cancel() if task is not None else None
        # only now: were this cut off half way, `stop` would close the rest
        self._client = self._session = None


_QUIET = logging.getLogger("bot.slack.socket")
_QUIET.setLevel(logging.CRITICAL)
"""slack-sdk tells each hiccup with a traceback; the state tells what counts."""
