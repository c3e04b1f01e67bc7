"""A Discord of our own: the REST routes that delivery calls, with Discord's habits."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.chat.faults import Fault, served

TOKEN = "MTIz.secret.token"
BOT = {"id": "900", "username": "bell", "discriminator": "0", "global_name": None, "avatar": None, "bot": True}


APPLICATION = {
    "id": "900",
    "name": "bell",
    "description": "",
    "icon": None,
    "bot_public": True,
    "owner": BOT,
    "bot_require_code_grant": False,
    "verify_key": "",
    "flags": 0,
}
MESSAGE = {
    "author": BOT,
    "timestamp": "2026-01-01T00:00:00+00:00",
    "edited_timestamp": None,
    "tts": False,
    "type": 0,
    "mention_everyone": False,
    "mentions": [],
    "mention_roles": [],
    "attachments": [],
    "pinned": False,
}


def reply(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # no charset behind it: discord.py takes anything else for text
    kind = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=kind | (headers or {}))


@dataclass
class FakeDiscord:
    url: str = ""
    channels: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    sent: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of all posts and edits."""
    faults: list[Fault] = field(default_factory=list)
    refusal: tuple[int, int] | None = None
    """(status, code) that every request on a channel is answered."""
    nonces: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: int = 0
    count: int = 1000

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests += 1
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return reply({"message": "401: Unauthorized", "code": 0}, status=401)
        if self.faults:
            return await self.faults.pop(0).happen(request, self.answer)
        return await self.answer(request)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        match request.method, request.path.removeprefix("/discord/api/v10/").split("/"):
            case "GET", ["users", "@me"]:
                return reply(BOT)
            case "GET", ["oauth2", "applications", "@me"]:
                return reply(APPLICATION)
            case _, ["channels", *_] if self.refusal:
                status, code = self.refusal
                return reply({"message": "no", "code": code}, status=status)
            case "POST", ["channels", channel, "messages"]:
                return reply(self.post(channel, await request.json()))
            case "PATCH", ["channels", channel, "messages", message]:
                return self.edit(channel, message, await request.json())
            case "GET", ["channels", channel, "messages"]:
                return reply(self.history(channel, dict(request.query)))
        raise web.HTTPNotFound

    def post(self, channel: str, body: dict[str, Any]) -> dict[str, Any]:
        self.sent.append(body)
        nonce = body.get("nonce")
        if body.get("enforce_nonce") and nonce in self.nonces:
            return self.nonces[nonce]
        self.count += 1
        shown = {"content": body["content"], "embeds": body["embeds"]}
        message = {"id": str(self.count), "channel_id": channel, **MESSAGE, **shown}
        self.channels[channel].append(message)
        self.nonces[str(nonce)] = message
        return message

    def edit(self, channel: str, message: str, body: dict[str, Any]) -> web.Response:
        self.sent.append(body)
        for found in self.channels[channel]:
            if found["id"] == message:
                found.update(content=body["content"], embeds=body["embeds"])
                return reply(found)
        return reply({"message": "Unknown Message", "code": 10008}, status=404)

    def history(self, channel: str, query: dict[str, str]) -> list[dict[str, Any]]:
        newest = self.channels[channel][::-1]
        older = [message for message in newest if int(message["id"]) < int(query.get("before") or 2**63)]
        return older[: int(query["limit"])]

    def chatter(self, channel: str, messages: int) -> None:
        for _ in range(messages):
            self.post(channel, {"content": "chatter", "embeds": []})


@asynccontextmanager
async def fake_discord() -> AsyncIterator[FakeDiscord]:
    fake = FakeDiscord()
    app = web.Application()
    app.router.add_route("*", "/discord/api/v10/{rest:.*}", fake.handle)
    async with served(app) as url:
        fake.url = f"{url}/discord/api/v10"
        yield fake
