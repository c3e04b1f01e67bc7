"""A Discord of our own: the REST routes that the bot calls and a gateway, over real sockets, with Discord's habits.

Whatever is sent is held against every limit (`limits.py`): a breach is answered 400 and kept in `breaches`.
"""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.chat.discord.answers import Answer, Answers
from tests.chat.discord.gateway import FakeGateway
from tests.chat.discord.limits import command_faults, message_faults
from tests.chat.discord.payloads import APPLICATION, BOT, FORUM_TYPES, MESSAGE, thread
from tests.chat.faults import Fault, served

TOKEN = "MTIz.secret.token"


def reply(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # no charset behind it: discord.py takes anything else for text
    kind = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=kind | (headers or {}))


def nothing(code: int, message: str = "no", status: int = 404) -> web.Response:
    return reply({"message": message, "code": code}, status=status)


async def body_of(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Read JSON, or a form with files."""
    if not request.content_type.startswith("multipart/"):
        return await request.json(), {}
    parts, files = {}, {}
    async for part in await request.multipart():
        if part.name == "payload_json":
            parts = json.loads(await part.read())
        else:
            files[part.filename or part.name] = bytes(await part.read())
    return parts, files


@dataclass
class FakeDiscord:
    url: str = ""
    channels: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    """Messages by channel, the oldest first."""
    kinds: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Channels and threads that `GET /channels/…` knows."""
    sent: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of all posts and edits."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Uploaded by the bot, or lying about to be fetched by it."""
    faults: list[Fault] = field(default_factory=list)
    refusal: tuple[int, int] | None = None
    """(status, code) that every request on a channel is answered."""
    nonces: dict[str, dict[str, Any]] = field(default_factory=dict)
    commands: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Registered, by "global" or the server's id."""
    registrations: int = 0
    published: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    requests: int = 0
    count: int = 1000
    gateway: FakeGateway = field(default_factory=FakeGateway)
    answers: Answers = field(default_factory=Answers)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests += 1
        open_to_all = {"interactions", "webhooks"} & set(request.path.split("/"))
        if not open_to_all and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return nothing(0, "401: Unauthorized", 401)
        if self.faults:
            return await self.faults.pop(0).happen(request, self.answer)
        return await self.answer(request)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        match request.method, request.path.removeprefix("/discord/api/v10/").split("/"):
            case "GET", ["users", "@me"]:
                return reply(BOT)
            case "GET", ["oauth2", "applications", "@me"]:
                return reply(APPLICATION)
            case "GET", ["gateway", "bot"]:
                return reply(self.gateway.limits(request.host))
            case "PUT", ["applications", _, "commands"]:
                return self.register("global", await request.json())
            case "PUT", ["applications", _, "guilds", guild, "commands"]:
                return self.register(guild, await request.json())
            case "GET", ["users", user]:
                return reply({**BOT, "id": user, "bot": False})
            case "POST", ["users", "@me", "channels"]:
                user = (await request.json())["recipient_id"]
                return reply({"id": f"6{user}", "type": 1, "recipients": [{**BOT, "id": user}]})
            case "GET", ["guilds", _, "threads", "active"]:
                found = [kind for kind in self.kinds.values() if "thread_metadata" in kind]
                return reply({"threads": found, "members": []})
            case method, ["interactions" | "webhooks", *rest]:
                body, files = await body_of(request) if method in {"POST", "PATCH"} else ({}, {})
                return self.interact(method, request.path.split("/")[4], rest, body, files)
            case _, ["channels", *_] if self.refusal:
                status, code = self.refusal
                return nothing(code, status=status)
            case method, ["channels", channel, *rest]:
                return await self.on_channel(method, channel, rest, request)
        raise web.HTTPNotFound

    async def on_channel(self, method: str, channel: str, rest: list[str], request: web.Request) -> web.Response:
        match method, rest:
            case "POST", ["messages"]:
                return self.post(channel, *await body_of(request))
            case "PATCH", ["messages", message]:
                return self.edit(channel, message, *await body_of(request))
            case "GET", ["messages"]:
                return reply(self.history(channel, dict(request.query)))
            case "GET", ["messages", message]:
                found = [each for each in self.channels[channel] if each["id"] == message]
                return reply(found[0]) if found else nothing(10008)
            case "POST", ["messages", message, "crosspost"]:
                self.published.append(message)
                return reply(self.channels[channel][-1])
            case "POST", ["threads"]:
                return self.open_thread(channel, *await body_of(request))
            case "GET", ["threads", "archived", "public"]:
                return reply({"threads": [], "members": [], "has_more": False})
            case "GET", []:
                return reply(self.kinds[channel]) if channel in self.kinds else nothing(10003)
            case "PATCH", []:
                return self.change_thread(channel, await request.json())
        raise web.HTTPNotFound

    def register(self, where: str, commands: list[dict[str, Any]]) -> web.Response:
        if wrong := self.breach(command_faults(commands)):
            return wrong
        self.registrations += 1
        self.commands[where] = commands
        more = {"application_id": "900", "version": "1", "default_member_permissions": None}
        return reply([{"id": str(7000 + place), "description": "", **more, **each}
                      for place, each in enumerate(commands)])  # fmt: skip

    def breach(self, faults: Iterable[str]) -> web.Response | None:
        found = list(faults)
        self.breaches += found
        return nothing(50035, "; ".join(found), 400) if found else None

    def post(self, channel: str, body: dict[str, Any], files: dict[str, bytes] | None = None) -> web.Response:
        self.sent.append(body)
        if wrong := self.breach(message_faults(body, files=len(files or {}))):
            return wrong
        if self.kinds.get(channel, {}).get("type") in FORUM_TYPES:
            return nothing(50024, "Cannot execute action on this channel type", 400)
        nonce = body.get("nonce")
        if body.get("enforce_nonce") and nonce in self.nonces:
            return reply(self.nonces[nonce])
        message = self.keep(channel, body, files or {})
        self.nonces[str(nonce)] = message
        return reply(message)

    def keep(self, channel: str, body: dict[str, Any], files: dict[str, bytes], *, id: str = "") -> dict[str, Any]:  # noqa: A002
        self.count += 1
        self.files |= files
        message = {"id": id or str(self.count), "channel_id": channel, **MESSAGE, **shown(body)}
        if "message_reference" in body:
            message["message_reference"] = body["message_reference"]
        self.channels[channel].append(message)
        return message

    def edit(
        self, channel: str, message: str, body: dict[str, Any], files: dict[str, bytes] | None = None
    ) -> web.Response:
        self.sent.append(body)
        if wrong := self.breach(message_faults(body, files=len(files or {}), first=False)):
            return wrong
        if self.kinds.get(channel, {}).get("thread_metadata", {}).get("archived"):
            return nothing(50083, "Thread is archived", 400)
        for found in self.channels[channel]:
            if found["id"] == message:
                found.update(shown(body, before=found))
                return reply(found)
        return nothing(10008, "Unknown Message")

    def open_thread(self, forum: str, body: dict[str, Any], files: dict[str, bytes]) -> web.Response:
        self.sent.append(body)
        faults = [*message_faults(body["message"], files=len(files))]
        faults += [] if 1 <= len(body["name"]) <= 100 else ["the title's length"]
        if wrong := self.breach(faults):
            return wrong
        opened = thread(str(self.count + 1), forum, body["name"], body.get("applied_tags", []))
        self.kinds[opened["id"]] = opened
        message = self.keep(opened["id"], body["message"], files, id=opened["id"])
        return reply({**opened, "message": message})

    def change_thread(self, thread: str, body: dict[str, Any]) -> web.Response:
        found = self.kinds[thread]
        for name, value in body.items():
            (found["thread_metadata"] if name in found["thread_metadata"] else found)[name] = value
        return reply(found)

    def history(self, channel: str, query: dict[str, str]) -> list[dict[str, Any]]:
        newest = self.channels[channel][::-1]
        older = [message for message in newest if int(message["id"]) < int(query.get("before") or 2**63)]
        return older[: int(query["limit"])]

    def chatter(self, channel: str, messages: int) -> None:
        for _ in range(messages):
            self.keep(channel, {"content": "chatter", "embeds": []}, {})

    def interact(
        self, method: str, group: str, rest: list[str], body: dict[str, Any], files: dict[str, bytes]
    ) -> web.Response:
        """An interaction's first answer, and what follows through its token."""
        if group == "interactions":
            answer = self.answers.by_id(rest[0])
            if answer is None or answer.acknowledged:
                return nothing(10062 if answer is None else 40060, status=404 if answer is None else 400)
            if wrong := self.breach(answer.first(body)):
                return wrong
            return reply(answer.callback(rest[0]))
        answer = self.answers.by_token(rest[1])
        if answer is None:
            return nothing(50027, "Invalid Webhook Token", 401)
        if method == "DELETE":
            answer.delete()
            return web.Response(status=204)
        if wrong := self.breach(message_faults(body, files=len(files), first=method == "POST")):
            return wrong
        self.count += 1
        message = {"id": str(self.count), "channel_id": answer.channel, **MESSAGE, **shown(body)}
        self.files |= files
        answer.show(message, body, files, anew=method == "POST")
        return reply(message)

    async def file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["name"]])


def shown(body: dict[str, Any], *, before: dict[str, Any] | None = None) -> dict[str, Any]:
    """What of a body a message shows, filled up from before the edit."""
    old = before or {"content": "", "embeds": [], "components": []}
    told = {name: body[name] if name in body else old.get(name) for name in ("content", "embeds", "components")}
    return {"content": told["content"] or "", "embeds": told["embeds"] or [], "components": told["components"] or []}


@asynccontextmanager
async def fake_discord() -> AsyncIterator[FakeDiscord]:
    fake = FakeDiscord()
    app = web.Application(client_max_size=20 * 2**20)
    app.router.add_route("*", "/discord/api/v10/{rest:.*}", fake.handle)
    app.router.add_get("/discord/gateway/", fake.gateway.connect)
    app.router.add_get("/files/{name}", fake.file)
    async with served(app) as url:
        fake.url = f"{url}/discord/api/v10"
        yield fake
        await fake.gateway.end()


__all__ = ["TOKEN", "Answer", "FakeDiscord", "fake_discord", "reply"]
