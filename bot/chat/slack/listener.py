"""slack-bolt's app: what people type and press in Slack -> the front -> answers.

Everything is acknowledged before any I/O. A listener never raises: bolt can lose the acknowledgement of one that does.
"""

import logging
import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.chat.calls import Calls
from bot.chat.slack.answers import Answers
from bot.chat.slack.asking import Asking
from bot.chat.slack.events import Events
from bot.chat.slack.home import HOME, Homes
from bot.chat.slack.modals import Modals
from bot.chat.slack.payloads import (
    Body,
    Spot,
    delivery_key,
    is_from_person,
    is_typing,
    message_text,
    person_of,
    plain_text,
    spot_of_command,
    spot_of_event,
    spot_of_press,
    text_at,
    words_for_bot,
)
from bot.chat.slack.people import People
from bot.chat.slack.render import CARD
from bot.chat.slack.replies import SAY
from bot.chat.slack.views import PICK_COMPANY, PICK_ZONE
from bot.chat.slack.webs import Webs
from bot.commands.forms import form_of
from bot.commands.front import Front
from bot.commands.manners import ANYTHING, COSTLY, PAGES, SUGGESTIONS
from bot.model.enums import Platform
from bot.model.request import said

log = structlog.get_logger()

P = ParamSpec("P")
_PAGE = re.compile(r" page:\d+$")
_TEAM_PATHS = (
    ("view", "app_installed_team_id"), ("team_id",), ("team", "id"), ("user", "team_id"), ("message", "team"),
)  # fmt: skip
FOUND, ABOUT = "find_deals", "about_company"
"""Callback ids of the message shortcuts."""
_BOLT = logging.getLogger("slack_bolt")
_BOLT.setLevel(logging.ERROR)
"""Bolt warns of each variable in the environment that it does not use."""
_NOT_HERE = "Dealbell is not installed in this workspace any more. Ask an admin to install it again."
_TOO_OLD = "This button is too old to remember its command. Please type it again."


class Listener:
    """Takes what Slack hands over."""

    def __init__(self, webs: Webs, front: Front, calls: Calls) -> None:
        self._webs = webs
        self._front = front
        self._calls = calls
        self.answers = Answers(webs)
        self.homes = Homes(webs, front)
        self._asking = Asking(webs, front, People(webs), self.answers, self.homes)
        self._modals = Modals(webs, front, self._asking, self.homes)
        self._events = Events(webs, front, self._asking, self.homes)
        self.app = self._bolt()

    def called(self, bot: str) -> None:
        """Learn the name by which people invite and mention the bot."""
        self.answers.bot_name = self._events.bot_name = bot

    def _bolt(self) -> AsyncApp:
        # plain functions: bolt passes by name, and would pass a `self` too
        async def placed(body: Body, context: Any, next_: Callable[[], Awaitable[None]]) -> BoltResponse | None:
            if self._floods(body):
                return BoltResponse(status=200, body={"options": []} if is_typing(body) else "")
            context["home"] = self._team(body)
            await next_()
            return None

        async def authorize(context: Any, enterprise_id: str | None) -> Any:
            return self._authorized(context["home"], enterprise_id)

        app = AsyncApp(
            client=self._webs.client(None),
            before_authorize=placed,
            authorize=authorize,
            signing_secret=self._webs.access.signing_secret,
            request_verification_enabled=bool(self._webs.access.signing_secret),
            user_facing_authorize_error_message=_NOT_HERE,
            logger=_BOLT,
        )
        app.command(re.compile(".*"))(self._caught(self._command))
        app.action(re.compile(f"^{SAY}:"))(self._caught(self._press))
        app.action(re.compile(f"^{CARD}:"))(self._caught(self._card))
        app.action(re.compile(f"^{HOME}:"))(self._caught(self._at_home))
        app.action(re.compile(".*"))(self._caught(self._nothing))
        app.options(PICK_COMPANY)(self._caught(self._modals.companies))
        app.options(PICK_ZONE)(self._caught(self._modals.zones))
        app.view(re.compile(".*"))(self._caught(self._submitted))
        app.view_closed(re.compile(".*"))(self._caught(self._nothing))
        app.message_shortcut(re.compile(f"^({FOUND}|{ABOUT})$"))(self._caught(self._shortcut))
        app.event("app_mention")(self._caught(self._mention))
        app.event("message")(self._caught(self._message))
        app.event("app_home_opened")(self._caught(self._opened))
        app.event(re.compile(".*"))(self._caught(self._other))
        return app

    def _floods(self, body: Body) -> bool:
        """Return whether somebody asks so much that it is acknowledged, and no more."""
        person = person_of(body)
        pace = SUGGESTIONS if is_typing(body) else ANYTHING
        return bool(person) and not self._front.admits(Platform.SLACK, person, pace)

    def _authorized(self, home: str, enterprise_id: str | None) -> AuthorizeResult | None:
        """Say from memory whose event it is: no call before the acknowledgement."""
        install = self._webs.install(home)
        if install is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=install.team, bot_token=install.token, bot_user_id=install.bot_user
        )

    def _caught(self, work: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
        @wraps(work)
        async def listener(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                async with self._calls.under_way():
                    await work(*args, **kwargs)
            except Exception:  # a listener is an edge
                log.exception("slack listener failed", listener=work.__name__)

        return listener

    async def _is_new(self, body: Body) -> bool:
        key = delivery_key(body)
        if not key or await self._front.is_first(key):
            return True
        log.info("slack delivered something again", key=key)
        return False

    def _team(self, body: Body) -> str:
        """Return the workspace in which the app is installed: in a shared channel a person may be of another one."""
        for found in body.get("authorizations") or ():
            if self._webs.install(text_at(found, "team_id")):
                return self._known(text_at(found, "team_id"))
        for path in _TEAM_PATHS:
            if (found := text_at(body, *path)) and self._webs.install(found):
                return self._known(found)
        return ""

    def _known(self, team: str) -> str:
        install = self._webs.install(team)
        return install.team if install else team

    async def _command(self, ack: Any, body: Body) -> None:
        await ack()
        spot = spot_of_command(body, self._team(body))
        if await self._is_new(body):
            prefix = f"{text_at(body, 'command') or '/deals'} "
            await self._say(plain_text(text_at(body, "text")).strip(), spot, prefix=prefix)

    async def _say(self, text: str, spot: Spot, *, prefix: str, attachment: str | None = None) -> None:
        form = form_of(text)
        if form is not None and spot.trigger and attachment is None:
            await self._modals.open(form, spot)
            return
        replaces = spot.passing and bool(_PAGE.search(text))
        await self._asking.answer(text, spot, prefix=prefix, attachment=attachment, replaces=replaces)

    async def _press(self, ack: Any, body: Body, action: Body) -> None:
        await ack()
        if not await self._is_new(body):
            return
        spot = spot_of_press(body, self._team(body))
        command = await self._front.command(text_at(action, "value"))
        if command is None:
            await self.answers.give(said(_TOO_OLD, good=False), spot)
            return
        await self._say(command, spot, prefix="/deals ")

    async def _card(self, ack: Any, body: Body, action: Body) -> None:
        await ack()
        if not await self._is_new(body):
            return
        spot, story = spot_of_press(body, self._team(body)), text_at(action, "value")
        words = {"sources": f"why {story}", "watch": f"watch story:{story}", "wrong": f"wrong {story}"}
        name = text_at(action, "action_id").removeprefix(f"{CARD}:")
        if name in words:
            await self._say(words[name], spot, prefix="/deals ")

    async def _at_home(self, ack: Any, body: Body, action: Body) -> None:
        await ack()
        if await self._is_new(body):
            name = text_at(action, "action_id").removeprefix(f"{HOME}:")
            await self._modals.at_home(name, text_at(action, "value"), spot_of_press(body, self._team(body)))

    async def _submitted(self, ack: Any, body: Body, view: Body) -> None:
        if errors := self._modals.problems(view):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        if await self._is_new(body):
            await self._modals.submitted(view, spot_of_press(body, self._team(body)))

    async def _shortcut(self, ack: Any, body: Body) -> None:
        await ack()
        if not await self._is_new(body):
            return
        verb = "read" if text_at(body, "callback_id") == FOUND else "about"
        message = body.get("message")
        text = message_text(message) if isinstance(message, dict) else ""
        spot = spot_of_press(body, self._team(body))
        await self._asking.answer(verb, spot, prefix="/deals ", attachment=text or " ", alone=True)

    async def _mention(self, body: Body, event: Body) -> None:
        team = self._team(body)
        bot = self._bot_user(team)
        if not is_from_person(event, bot) or text_at(event, "channel").startswith("D") or not await self._is_new(body):
            return
        text = words_for_bot(text_at(event, "text"), bot)
        await self._hear(text, spot_of_event(event, team), event, prefix=f"@{self.answers.bot_name} ")

    async def _message(self, body: Body, event: Body) -> None:
        team = self._team(body)
        bot = self._bot_user(team)
        private = event.get("channel_type") == "im" or text_at(event, "channel").startswith("D")
        if not private or not is_from_person(event, bot) or not await self._is_new(body):
            return
        text = words_for_bot(text_at(event, "text"), bot)
        await self._hear(text, spot_of_event(event, team), event, prefix="")

    async def _hear(self, text: str, spot: Spot, event: Body, *, prefix: str) -> None:
        if event.get("files") and (wait := self._front.refusal(Platform.SLACK, spot.user, COSTLY)):
            await self.answers.give(said(wait, good=False), spot)
            return
        attachment = await self._asking.attachment(spot, event)
        await self._say(text.removeprefix("/deals").strip(), spot, prefix=prefix, attachment=attachment)

    async def _opened(self, body: Body, event: Body) -> None:
        user = text_at(event, "user")
        if text_at(event, "tab") not in {"", "home"} or not self._front.admits(Platform.SLACK, user, PAGES):
            return  # the page stays as it was drawn a moment ago
        if await self._is_new(body):
            await self.homes.opened(self._team(body), user)

    async def _other(self, body: Body, event: Body) -> None:
        team = self._team(body) or text_at(body, "team_id")
        if await self._is_new(body):
            await self._events.happened(event, team)

    async def _nothing(self, ack: Any) -> None:
        """Acknowledge what asks for nothing: a menu in a form, a form that was closed."""
        await ack()

    def _bot_user(self, team: str) -> str:
        install = self._webs.install(team)
        return install.bot_user if install else ""
