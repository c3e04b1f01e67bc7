"""Clients of the Web API: one a token, over one session; tokens that expire are rotated in time.

slack-sdk's own retry of broken connections posts twice, so it is off; its proxy from the environment is off too.
"""

import asyncio
import math
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat.slack.access import Access, Install, Installs, NoInstalls
from bot.chat.slack.outcomes import FAULTS, code_of
from bot.errors import DealbellError

log = structlog.get_logger()

ROTATE_BEFORE = timedelta(minutes=30)
MOST_DIRECTS = 5000
ROTATION_PAUSE = 30.0
"""Seconds between attempts that fail: calls would queue up behind them otherwise."""
_DEAD_REFRESH = {"invalid_refresh_token", "token_revoked", "invalid_grant", "account_inactive"}
"""About this workspace. A wrong secret of the app, say, is about all of them, and passes once it is set right."""


class Webs:
    """The way to Slack's Web API."""

    def __init__(self, access: Access, *, seconds: float) -> None:
        self.access = access
        self.installs: Installs = NoInstalls()
        self.home: Install | None = None
        """The one workspace of the settings' token, once Slack has named it."""
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None
        self._directs: dict[tuple[str, str], str] = {}
        self._clients: dict[str, AsyncWebClient] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._failed: dict[str, float] = {}
        """When rotating a workspace's token failed last."""
        self._unkept: dict[str, float] = {}
        """When keeping a workspace's rotated token failed last: the store has one that works no more."""

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session of all calls."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._seconds), cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    def client(self, token: str | None) -> AsyncWebClient:
        """Return the client of a token; None: for calls that take none."""
        known = self._clients.get(token or "")
        if known is None:
            known = AsyncWebClient(token=token, base_url=self.access.api_url, session=self.session, retry_handlers=[])
            known.proxy = None
            if len(self._clients) > 1000:  # rotated tokens leave clients behind
                self._clients.clear()
            self._clients[token or ""] = known
        return known

    def install(self, team: str) -> Install | None:
        """Return the bot's installation in a workspace, from memory."""
        found = self.installs.of(team)
        if found is not None or not self.access.bot_token:
            return found
        if self.home is None:
            return Install(team=team, token=self.access.bot_token)
        # where others can install the app too, the token is its own workspace's alone
        return None if self.access.installs and team != self.home.team else self.home

    async def of(self, team: str) -> AsyncWebClient | None:
        """Return the client of a workspace; None where the app is not installed.

        Its token is fresh, unless Slack did not give the next one: see `is_stale`.
        """
        install = self.install(team)
        if install is None:
            return None
        if _expires(install):
            async with self._locks[team]:
                install = self.install(team)
                waits = time.monotonic() - self._failed.get(team, -ROTATION_PAUSE) < ROTATION_PAUSE
                if install is not None and _expires(install) and not waits:
                    install = await self._newer(install) or await self._rotated(install)
        elif time.monotonic() - self._unkept.get(team, math.inf) >= ROTATION_PAUSE:
            await self._keep(install)
        return self.client(install.token) if install else None

    def is_stale(self, team: str) -> bool:
        """Return whether a workspace's token has ended and the next one is still to be had."""
        install = self.install(team)
        return install is not None and _expires(install, within=timedelta(0))

    async def _rotated(self, install: Install) -> Install | None:
        """Get the next token. Where Slack refuses for good, the installation is lost; other faults change nothing."""
        self._failed[install.team] = time.monotonic()
        try:
            answer = await self.oauth(grant_type="refresh_token", refresh_token=install.refresh or "")
        except SlackApiError as error:
            log.warning("slack does not rotate a token", workspace=install.team, reason=code_of(error))
            if code_of(error) in _DEAD_REFRESH:
                newer = await self._newer(install)
                if newer is None:
                    await self.installs.remove(install.team)
                return newer
            return install
        except FAULTS as error:
            log.warning("slack does not rotate a token", workspace=install.team, reason=type(error).__name__)
            return install
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            log.warning("slack does not rotate a token", workspace=install.team, reason="no token in the answer")
            return install
        new = Install(
            team=install.team,
            name=install.name,
            bot_user=install.bot_user,
            token=token,
            refresh=answer.get("refresh_token") or install.refresh,
            expires_at=expiry(answer.get("expires_in")),
            scopes=install.scopes,
            installed_by=install.installed_by,
        )
        self._failed.pop(install.team, None)
        log.info("slack rotated a token", workspace=install.team)
        await self._keep(new)
        return new

    async def _keep(self, install: Install) -> None:
        """Write a rotated token down. What fails is tried again: it works from memory only until the bot ends."""
        self._unkept.pop(install.team, None)
        try:
            await self.installs.save(install)
        except DealbellError as error:
            self._unkept[install.team] = time.monotonic()
            log.error(  # noqa: TRY400  a full disk needs no traceback
                "a rotated token can't be kept yet", workspace=install.team, problem=error.problem, cure=error.cure
            )

    async def _newer(self, install: Install) -> Install | None:
        """Return what another process (`dealbell poll`) has rotated a token to meanwhile: each refresh works once."""
        kept = await self.installs.again(install.team)
        return kept if kept is not None and kept.refresh != install.refresh else None

    async def oauth(self, **fields: str) -> AsyncSlackResponse:
        """Get a token for a code, or the next one. Raises what slack-sdk raises.

        slack-sdk's own method needs aiohttp's BasicAuth, which is to go; Slack takes the secret as a field too.
        """
        secret = {"client_id": self.access.client_id, "client_secret": self.access.client_secret}
        # the code is left out: whoever comes back from Slack chooses it, and could hide any word of the log
        self.installs.hide(fields.get("refresh_token", ""))
        try:
            answer = await self.client(None).api_call("oauth.v2.access", data=secret | fields)
        except SlackApiError as error:
            self.installs.hide(*_tokens(getattr(error.response, "data", None)))
            raise
        self.installs.hide(*_tokens(answer.data))
        return answer

    async def conversation(self, web: AsyncWebClient, team: str, channel: str) -> str:
        """Return the conversation's id: "@" and a person's id stand for the direct messages with the person.

        A message can be posted to a person's id, but neither edited nor looked for there. Raises what slack-sdk raises.
        """
        if not channel.startswith("@"):
            return channel
        known = self._directs.get((team, channel))
        if known is None:
            answer = await web.conversations_open(users=channel.removeprefix("@"))
            known = self._directs[team, channel] = str((answer.get("channel") or {})["id"])
            while len(self._directs) > MOST_DIRECTS:
                self._directs.pop(next(iter(self._directs)))
        return known

    async def close(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        self._clients.clear()
        if session is not None:
            await session.close()


def expiry(seconds: object) -> datetime | None:
    """Return when a token ends that lives so long; None: it does not end."""
    return datetime.now(UTC) + timedelta(seconds=seconds) if isinstance(seconds, int) and seconds > 0 else None


def _tokens(answer: object) -> Iterator[str]:
    """Return the tokens in an answer: the bot's, and a person's where the app asks for one."""
    whole = answer if isinstance(answer, Mapping) else {}
    for part in (whole, whole.get("authed_user")):
        for name in ("access_token", "refresh_token"):
            if isinstance(part, Mapping) and isinstance(part.get(name), str):
                yield part[name]


def _expires(install: Install, *, within: timedelta = ROTATE_BEFORE) -> bool:
    soon = datetime.now(UTC) + within
    return install.expires_at is not None and install.refresh is not None and install.expires_at <= soon
