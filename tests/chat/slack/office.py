"""A Slack workspace for tests: people type, press and fill in; the real bolt and the real front answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bot.chat.slack.access import Access
from bot.chat.slack.client import SlackChat
from bot.commands.front import Front
from bot.commands.verb import Services
from bot.mending import merge_stories, split_story
from bot.model.chart import Chart
from bot.notices import channel_closed
from tests.chat.slack.fake import APP_TOKEN, BOT, TOKEN, Body, FakeSlack, fake_slack
from tests.commands.talk import Talk

PEOPLE = {
    "UADMIN": {"is_admin": True, "name": "ada"},
    "UANN": {"name": "ann", "profile": {"display_name": "Ann"}},
    "UGUEST": {"name": "gus", "is_restricted": True},
    "USTRANGER": {"name": "sam", "team_id": "TOTHER", "is_stranger": True},
    "UBOT": {"name": "robot", "is_bot": True},
}
ROOMS = {
    "C1": {"name": "deals", "is_member": True, "people": ["UANN", "UADMIN"]},
    "C2": {"name": "other", "is_member": True, "people": ["UADMIN"]},
    "C3": {"name": "outside", "is_member": False, "people": ["UANN"]},
    "C4": {"name": "old", "is_member": True, "is_archived": True},
    "G5": {"hidden": True},
}


def manifest_scopes() -> set[str]:
    """What the app may do that people make from the manifest: every test runs with these."""
    path = Path(__file__).parents[3] / "config/slack-manifest.yaml"
    return set(yaml.safe_load(path.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"])


class Office:
    """What a test holds: the fake Slack, the bot, and ways to be a person."""

    def __init__(self, slack: FakeSlack, chat: SlackChat, front: Front, talk: Talk) -> None:
        self.slack = slack
        self.chat = chat
        self.front = front
        self.talk = talk
        self._count = 0

    def _next(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    async def settled(self) -> None:
        """Wait until the bot has answered all that it took."""
        await asyncio.sleep(0.03)
        await self.chat._calls.finished(seconds=10)
        await asyncio.sleep(0.01)

    async def hand(self, kind: str, payload: Body, *, name: str = "") -> Body:
        """Hand an envelope over, wait for its acknowledgement and for the answer."""
        given = await self.slack.envelope(kind, payload, name=name)
        told = await self.slack.acked(given)
        await self.settled()
        return told

    def command_payload(self, text: str, *, user: str = "UANN", channel: str = "C1") -> Body:
        direct = channel.startswith("D")
        return {
            "command": "/deals", "text": text, "team_id": "T1", "user_id": user, "channel_id": channel,
            "channel_name": "directmessage" if direct else ROOMS.get(channel, {}).get("name", "x"),
            "response_url": self.slack.answer_address(), "trigger_id": self._next("trigger"), "api_app_id": "A1",
        }  # fmt: skip

    async def command(self, text: str, *, user: str = "UANN", channel: str = "C1") -> list[Body]:
        """Type a slash command; return what was answered to its address."""
        payload = self.command_payload(text, user=user, channel=channel)
        await self.hand("slash_commands", payload)
        return self.answers_to(payload)

    def answers_to(self, payload: Body) -> list[Body]:
        address = payload["response_url"].rsplit("/", 1)[1]
        return [each for each in self.slack.answers if each["_address"] == address]

    def press_payload(self, action: str, value: str, **more: Any) -> Body:
        user, channel = more.pop("user", "UANN"), more.pop("channel", "C1")
        team = PEOPLE.get(user, {}).get("team_id", "T1")
        return {
            "type": "block_actions", "team": {"id": team}, "user": {"id": user, "team_id": team},
            "api_app_id": "A1", "channel": {"id": channel, "name": ROOMS.get(channel, {}).get("name", "x")},
            "container": {"type": "message", "is_ephemeral": more.pop("passing", False), "message_ts": "1.2"},
            "message": {"ts": "1.2", "team": "T1"}, "response_url": self.slack.answer_address(),
            "trigger_id": self._next("trigger"),
            "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value}],
        } | more  # fmt: skip

    async def press(self, button: Body, **more: Any) -> list[Body]:
        """Press a button; return what was answered to its address."""
        payload = self.press_payload(button["action_id"], button["value"], **more)
        await self.hand("interactive", payload)
        return self.answers_to(payload)

    async def press_at_home(self, button: Body, *, user: str = "UANN") -> None:
        payload = self.press_payload(button["action_id"], button["value"], user=user)
        for name in ("channel", "message", "response_url"):
            del payload[name]
        view = {"type": "home", "app_installed_team_id": "T1"}
        await self.hand("interactive", payload | {"container": {"type": "view"}, "view": view})

    async def event(self, event: Body, *, name: str = "", team: str = "T1") -> str:
        """Hand an event over."""
        name = name or self._next("Ev")
        payload = {
            "type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": name, "event": event,
            "authorizations": [{"team_id": team, "user_id": BOT, "is_bot": True}],
        }  # fmt: skip
        await self.hand("events_api", payload)
        return name

    async def mention(self, text: str, *, user: str = "UANN", channel: str = "C1", **more: Any) -> None:
        await self.event({"type": "app_mention", "user": user, "text": text, "channel": channel, "ts": "2.1", **more})

    async def message(self, text: str, *, user: str = "UANN", **more: Any) -> None:
        """Write the bot a direct message."""
        event = {
            "type": "message",
            "channel_type": "im",
            "user": user,
            "text": text,
            "channel": f"D{user}",
            "ts": "2.2",
        }
        await self.event(event | more)

    async def shortcut(
        self, name: str, text: str, *, user: str = "UANN", channel: str = "C1", **message: Any
    ) -> list[Body]:
        payload = {
            "type": "message_action", "callback_id": name, "team": {"id": "T1"}, "user": {"id": user, "team_id": "T1"},
            "channel": {"id": channel, "name": ROOMS.get(channel, {}).get("name", "directmessage")},
            "message": {"text": text, "ts": "3.1", **message},
            "message_ts": "3.1", "trigger_id": self._next("trigger"), "response_url": self.slack.answer_address(),
        }  # fmt: skip
        await self.hand("interactive", payload)
        return self.answers_to(payload)

    async def submit(self, view: Body, values: Body, *, user: str = "UANN", name: str = "") -> Body:
        """Send a form; return what the acknowledgement carries."""
        payload = {
            "type": "view_submission", "team": {"id": "T1"}, "user": {"id": user, "team_id": "T1"},
            "trigger_id": name or self._next("trigger"),
            "view": {"id": "V1", "type": "modal", "app_installed_team_id": "T1", "callback_id": view["callback_id"],
                     "private_metadata": view["private_metadata"], "state": {"values": values}},
        }  # fmt: skip
        return await self.hand("interactive", payload)

    async def suggest(self, action: str, value: str) -> list[Body]:
        payload = {
            "type": "block_suggestion", "action_id": action, "block_id": "b", "value": value, "team": {"id": "T1"},
            "user": {"id": "UANN", "team_id": "T1"}, "view": {"id": "V1", "app_installed_team_id": "T1"},
        }  # fmt: skip
        return list((await self.hand("interactive", payload))["options"])

    def last_view(self) -> Body:
        return dict(self.slack.views[-1]["view"])


def buttons(*messages: Body) -> dict[str, Body]:
    """Return the buttons of messages or views, by their label."""
    found: dict[str, Body] = {}
    for message in messages:
        for block in message["blocks"]:
            parts = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ())]
            found |= {part["text"]["text"]: part for part in parts if part["type"] == "button"}
    return found


def shown(*messages: Body) -> str:
    """Return all words of messages or views."""
    return json.dumps([message["blocks"] for message in messages], ensure_ascii=False).replace("\u200b", "")


def services(**more: Any) -> Services:
    """Return what commands need, made up where it needs the world."""

    def draw(chart: Chart) -> bytes:
        return b"\x89PNG" + chart.title.encode()

    made = Services(
        merge=merge_stories,
        split=split_story,
        read_text=lambda title, text: (),
        chart=draw,
        closed=lambda db, channel, reason, now: channel_closed(db, channel, reason=reason, now=now),
    )
    return replace(made, **more)


@asynccontextmanager
async def office(*, access: dict[str, Any] | None = None, **more: Any) -> AsyncIterator[Office]:
    """Open an office; `more` are services."""
    talk = Talk()
    async with fake_slack() as slack:
        slack.scopes = manifest_scopes() | ({"links:write"} if (access or {}).get("unfurl") else set())
        slack.users |= PEOPLE
        slack.rooms |= {name: dict(room) for name, room in ROOMS.items()}
        chosen = {"bot_token": TOKEN, "app_token": APP_TOKEN, "api_url": slack.url} | (access or {})
        chat = SlackChat(Access(**chosen), seconds=5)
        loop = asyncio.get_running_loop()

        def can_post(channel: Any) -> str | None:
            return asyncio.run_coroutine_threadsafe(chat.can_post(channel), loop).result(5)

        made = services(can_post=can_post, about_chats=chat.told, **more)
        with Front(talk.store, made, clock=lambda: talk.now) as front:
            await chat.start()
            await chat.listen(front)
            if chosen["app_token"]:
                await slack.connected()
                await slack.until(lambda: chat.told()[0][1] == "connected")
            slack.calls.clear()
            try:
                yield Office(slack, chat, front, talk)
            finally:
                await chat.stop()
