"""HTTP mode: Slack's requests with their signature, and the installation of the app by workspaces (OAuth 2).

https://docs.slack.dev/authentication/installing-with-oauth. The state binds an installation to the browser that began
it: it stands in a cookie and in the store, is used once, and ends after ten minutes.
"""

import hmac
import secrets
import time
from html import escape
from urllib.parse import urlencode, urlsplit

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_sdk.errors import SlackApiError

from bot.chat.slack.access import UNINSTALLED, Install
from bot.chat.slack.listener import Listener
from bot.chat.slack.outcomes import FAULTS, code_of
from bot.chat.slack.webs import Webs, expiry
from bot.commands.front import Front, Place
from bot.commands.manners import Manners, Pace
from bot.errors import DealbellError
from bot.model.enums import Platform

log = structlog.get_logger()

EVENTS, INSTALL, BACK = "/slack/events", "/slack/install", "/slack/oauth_redirect"
COOKIE = "dealbell-slack-state"
STATE_SECONDS = 600.0
SCOPES = (
    "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read", "files:write",
    "groups:history", "groups:read", "im:history", "im:write", "team:read", "users:read",
)  # fmt: skip
"""What the app asks for; the README gives the reason of each."""
UNFURL_SCOPES = ("links:read", "links:write")
MOST_BYTES = 1_000_000
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
"""No UTF-8, an unknown charset, no object in JSON."""
INSTALLATIONS = Pace(name="installations", burst=30, seconds=2.0, why="Many installations were begun here just now.")
"""From one address, behind a proxy from all: anybody may begin one, and each beginning is written down."""


class Web:
    """The routes that Slack and browsers come to."""

    def __init__(self, webs: Webs) -> None:
        self._webs = webs
        self._manners = Manners(time.monotonic)
        self.listener: Listener | None = None
        self.front: Front | None = None

    def routes(self) -> tuple[web.RouteDef, ...]:
        """Return the routes, below the base path; none where Socket Mode does all."""
        found: tuple[web.RouteDef, ...] = ()
        if self._webs.access.signing_secret and not self._webs.access.app_token:
            found += (web.post(EVENTS, self.events),)
        if self._webs.access.installs:
            found += (web.get(INSTALL, self.install), web.get(BACK, self.back))
        return found

    async def events(self, request: web.Request) -> web.Response:
        """Take an event, a command or a press; bolt checks the signature and its age."""
        if self.listener is None:
            return web.Response(status=503, text="Not ready yet.")
        if (request.content_length or 0) > MOST_BYTES:
            return web.Response(status=413, text="Too large.")
        if not request.headers.get("X-Slack-Request-Timestamp", "0").isdecimal():
            return web.Response(status=401, text="The signature is not Slack's.")
        refused = web.Response(status=400, text="This is no request of Slack's.")
        try:
            asked = await to_bolt_request(request)
        except UNREADABLE as error:
            # the signature is not checked yet: anybody can send this, and tracebacks would fill the disk
            log.debug("somebody sent what can't be read", reason=type(error).__name__)
            return refused
        try:
            return await to_aiohttp_response(await self.listener.app.async_dispatch(asked))
        except UNREADABLE:
            log.exception("slack handed over what can't be read")
            return refused

    async def install(self, request: web.Request) -> web.Response:
        """Send a browser to Slack, which asks the person whether to install the app."""
        if wait := self._manners.refusal(request.remote or "", INSTALLATIONS):
            return _page(wait, status=429, again=self._again)
        access = self._webs.access
        state = secrets.token_urlsafe(32)
        await self._webs.installs.begin(state, seconds=STATE_SECONDS)
        asked = {
            "client_id": access.client_id,
            "scope": ",".join((*SCOPES, *(UNFURL_SCOPES if access.unfurl else ()))),
            "state": state,
            "redirect_uri": access.public_url + BACK,
        }
        answer = web.Response(
            status=302, headers={"Location": f"{_site(access.api_url)}/oauth/v2/authorize?{urlencode(asked)}"}
        )
        secure = access.public_url.startswith("https://")
        answer.set_cookie(
            COOKIE, state, max_age=int(STATE_SECONDS), httponly=True, secure=secure, samesite="Lax", path="/"
        )
        return answer

    async def back(self, request: web.Request) -> web.Response:
        """Take a browser back from Slack: check the state, change the code for a token, keep it."""
        state, code = request.query.get("state", ""), request.query.get("code", "")
        same = bool(state) and hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), state.encode())
        if not same or not await self._webs.installs.end(state):
            return _page("This link is no longer good. Please begin again.", status=400, again=self._again)
        if not code:
            refused = request.query.get("error", "")
            words = "You did not install Dealbell." if refused == "access_denied" else "Slack did not install Dealbell."
            return _page(words, status=400, again=self._again)
        try:
            install = await self._exchanged(code)
        except SlackApiError as error:
            log.warning("slack refuses an installation", reason=code_of(error))
            return _page("Slack refused the installation. Please begin again.", status=502, again=self._again)
        except FAULTS as error:
            log.warning("slack does not answer an installation", reason=type(error).__name__)
            return _page("Slack does not answer just now. Please begin again.", status=502, again=self._again)
        try:
            await self._webs.installs.save(install)
        except DealbellError as error:
            log.error("an installation can't be kept", problem=error.problem, cure=error.cure)  # noqa: TRY400  no bug
            return _page("Dealbell can't keep that just now. Please begin again later.", status=503, again=self._again)
        if self.front is not None:
            place = Place(platform=Platform.SLACK, workspace=install.team, workspace_name=install.name, channel="")
            await self.front.found(place, UNINSTALLED)
        log.info("slack installed the app", workspace=install.team)
        return _page(f"Dealbell is installed in {install.name or 'your workspace'}. Say /deals there.", status=200)

    @property
    def _again(self) -> str:
        return self._webs.access.public_url + INSTALL

    async def _exchanged(self, code: str) -> Install:
        answer = await self._webs.oauth(code=code, redirect_uri=self._webs.access.public_url + BACK)
        team = answer.get("team") or {}
        needed = (team.get("id"), answer.get("bot_user_id"), answer.get("access_token"))
        if not all(isinstance(each, str) and each for each in needed):
            raise ValueError("the answer lacks the workspace, the bot or the token")  # an organisation, for example
        return Install(
            team=str(needed[0]),
            name=str(team.get("name") or ""),
            bot_user=str(needed[1]),
            token=str(needed[2]),
            refresh=answer.get("refresh_token"),
            expires_at=expiry(answer.get("expires_in")),
            scopes=str(answer.get("scope") or ""),
            installed_by=(answer.get("authed_user") or {}).get("id"),
        )


def _site(api_url: str) -> str:
    """Return where people authorise: the site that the API belongs to."""
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('/').removesuffix('/api')}"


def _page(words: str, *, status: int, again: str = "") -> web.Response:
    link = f'<p><a href="{escape(again)}">Begin again</a></p>' if again else ""
    body = f'<!doctype html><meta charset="utf-8"><title>Dealbell</title><p>{escape(words)}</p>{link}'
    answer = web.Response(
        status=status,
        text=body,
        content_type="text/html",
        headers={"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "no-referrer"},
    )
    answer.del_cookie(COOKIE, path="/")
    return answer
