"""A Slack of our own, over real sockets: Web API, Socket Mode, addresses for answers, uploads, OAuth, with its habits.

Everything that is sent is read by the strict reader of Block Kit; what Slack would refuse is refused and kept in
`wrong`, which a test finds empty at its end. A method whose scope the token lacks is refused as Slack does.
"""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.chat.faults import Fault, served
from tests.chat.slack.blockkit import message_problems, view_problems

TOKEN = "xoxb-secret-token"
APP_TOKEN = "xapp-secret-token"
BOT = "UBELL"
METHOD_SCOPES = {
    "chat.postMessage": {"chat:write"}, "chat.update": {"chat:write"}, "chat.postEphemeral": {"chat:write"},
    "chat.unfurl": {"links:write"}, "conversations.history": {"channels:history", "groups:history"},
    "conversations.info": {"channels:read", "groups:read"}, "users.conversations": {"channels:read", "groups:read"},
    "users.info": {"users:read"}, "files.getUploadURLExternal": {"files:write"}, "conversations.open": {"im:write"},
    "files.completeUploadExternal": {"files:write"},
}  # fmt: skip
"""Scopes of which each method needs all here (Slack: of the channels of that kind)."""
FREE = {"auth.test", "views.open", "views.publish", "oauth.v2.access", "apps.connections.open"}

Body = dict[str, Any]


@dataclass
class FakeSlack:
    url: str = ""
    channels: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))
    calls: list[tuple[str, Body]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    method_faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, Body] = field(default_factory=dict)
    """For each method, the error that it always answers."""
    tokens: dict[str, str] = field(default_factory=lambda: {TOKEN: "T1"})
    """Token -> workspace."""
    scopes: set[str] | None = None
    """None: all."""
    users: dict[str, Body] = field(default_factory=dict)
    rooms: dict[str, Body] = field(default_factory=dict)
    """What conversations.info says of channels."""
    wrong: list[str] = field(default_factory=list)
    answers: list[Body] = field(default_factory=list)
    """What came to the addresses for answers."""
    answer_faults: list[Fault] = field(default_factory=list)
    ephemeral: list[Body] = field(default_factory=list)
    views: list[Body] = field(default_factory=list)
    homes: dict[str, Body] = field(default_factory=dict)
    unfurled: list[Body] = field(default_factory=list)
    uploads: dict[str, Body] = field(default_factory=dict)
    files: list[Body] = field(default_factory=list)
    downloads: dict[str, bytes] = field(default_factory=dict)
    codes: dict[str, Body] = field(default_factory=dict)
    """What oauth.v2.access answers to a code or a refresh token."""
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    acks: dict[str, list[tuple[float, Body]]] = field(default_factory=lambda: defaultdict(list))
    sent_at: dict[str, float] = field(default_factory=dict)
    opened: int = 0
    """Connections that were asked for."""
    mute: bool = False
    """Sockets take everything and say nothing, pongs included."""
    count: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if self.method_faults[method]:
            return await self.method_faults[method].pop(0).happen(request, self.answer)
        if self.faults:
            return await self.faults.pop(0).happen(request, self.answer)
        return await self.answer(request)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = dict(request.query) | (await self._body(request) if request.method == "POST" else {})
        self.calls.append((method, body))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if method == "oauth.v2.access":
            return web.json_response(self._oauth(body, token))
        if method == "apps.connections.open":
            return web.json_response(self._open(token))
        if token not in self.tokens:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if method in self.errors:
            return web.json_response({"ok": False, **self.errors[method]})
        if lacking := self._lacks(method):
            return web.json_response({"ok": False, "error": "missing_scope", "needed": lacking})
        if problems := self._problems(method, body):
            self.wrong += [f"{method}: {problem}" for problem in problems]
            return web.json_response({"ok": False, "error": "invalid_blocks", "errors": problems})
        found = getattr(self, method.replace(".", "_").lower())(body | {"_team": self.tokens[token]})
        return web.json_response(found)

    def _lacks(self, method: str) -> str:
        if method in FREE or self.scopes is None:
            return ""
        assert method in METHOD_SCOPES, f"{method} needs scopes that nobody wrote down"
        return ",".join(sorted(METHOD_SCOPES[method] - self.scopes))

    @staticmethod
    def _problems(method: str, body: Body) -> list[str]:
        if method in {"chat.postMessage", "chat.update", "chat.postEphemeral"}:
            return message_problems(body)
        if method in {"views.open", "views.publish"}:
            return view_problems(body["view"])
        if method == "chat.unfurl":
            return [each for found in body["unfurls"].values() for each in message_problems({"text": "x"} | found)]
        return []

    async def _body(self, request: web.Request) -> Body:
        if request.content_type == "application/json":
            return dict(await request.json())
        return dict(await request.post())

    def _oauth(self, body: Body, token: str) -> Body:
        known = body.get("code") or body.get("refresh_token") or ""
        found = self.codes.pop(str(known), None)
        if found is None:
            return {"ok": False, "error": "invalid_refresh_token" if body.get("refresh_token") else "invalid_code"}
        if "access_token" in found:
            self.tokens[found["access_token"]] = found.get("team", {}).get("id", "T1")
        return {"ok": True, **found}

    def _open(self, token: str) -> Body:
        if token != APP_TOKEN:
            return {"ok": False, "error": "invalid_auth"}
        self.opened += 1
        return {
            "ok": True,
            "url": self.url.replace("http", "ws").replace("/slack/api/", f"/socket?ticket={self.opened}"),
        }

    def auth_test(self, body: Body) -> Body:
        return {"ok": True, "user": "bell", "user_id": BOT, "team": "Acme", "team_id": body["_team"], "bot_id": "B1"}

    def chat_postmessage(self, body: Body) -> Body:
        self.count += 1
        channel = f"D{body['channel']}" if body["channel"].startswith("U") else body["channel"]
        if self.rooms.get(channel, {}).get("hidden"):
            return {"ok": False, "error": "channel_not_found"}
        if self.rooms.get(channel, {}).get("is_archived"):
            return {"ok": False, "error": "is_archived"}
        if channel in self.rooms and not self.rooms[channel].get("is_member", True):
            return {"ok": False, "error": "not_in_channel"}
        message = {"ts": f"1700000000.{self.count:06d}", **body}
        self.channels[channel].append(message)
        return {"ok": True, "ts": message["ts"], "channel": channel}

    def conversations_open(self, body: Body) -> Body:
        return {"ok": True, "channel": {"id": f"D{body['users']}"}}

    def chat_postephemeral(self, body: Body) -> Body:
        if body["channel"] in self.rooms and not self.rooms[body["channel"]].get("is_member", True):
            return {"ok": False, "error": "not_in_channel"}
        self.ephemeral.append(body)
        return {"ok": True, "message_ts": "1.1"}

    def chat_update(self, body: Body) -> Body:
        if body["channel"].startswith("U"):
            return {"ok": False, "error": "channel_not_found"}
        for message in self.channels[body["channel"]]:
            if message["ts"] == body["ts"]:
                message.update(body)
                return {"ok": True, "ts": body["ts"]}
        return {"ok": False, "error": "message_not_found"}

    def chat_unfurl(self, body: Body) -> Body:
        self.unfurled.append(body)
        return {"ok": True}

    def conversations_history(self, body: Body) -> Body:
        if body["channel"].startswith("U"):
            return {"ok": False, "error": "channel_not_found"}
        newest = self.channels[body["channel"]][::-1]
        start, size = int(body.get("cursor") or 0), int(body["limit"])
        page = json.loads(json.dumps(newest[start : start + size]))
        if body.get("include_all_metadata") not in {"1", "true", True}:
            for message in page:
                message.pop("metadata", None)
        more = str(start + size) if start + size < len(newest) else ""
        return {"ok": True, "messages": page, "has_more": bool(more), "response_metadata": {"next_cursor": more}}

    def conversations_info(self, body: Body) -> Body:
        room = self.rooms.get(body["channel"], {"is_member": True})
        if room.get("hidden"):
            return {"ok": False, "error": "channel_not_found"}
        return {"ok": True, "channel": {"id": body["channel"], **room}}

    def users_conversations(self, body: Body) -> Body:
        found = [
            {"id": channel, "name": room.get("name", "")}
            for channel, room in self.rooms.items()
            if body["user"] in room.get("people", ())
        ]
        return {"ok": True, "channels": found, "response_metadata": {"next_cursor": ""}}

    def users_info(self, body: Body) -> Body:
        if body["user"] not in self.users:
            return {"ok": False, "error": "user_not_found"}
        return {"ok": True, "user": {"id": body["user"], "team_id": "T1", **self.users[body["user"]]}}

    def views_open(self, body: Body) -> Body:
        self.views.append(body)
        return {"ok": True, "view": {"id": "V1"}}

    def views_publish(self, body: Body) -> Body:
        self.homes[body["user_id"]] = body["view"]
        return {"ok": True}

    def files_getuploadurlexternal(self, body: Body) -> Body:
        name = f"F{len(self.uploads) + 1}"
        self.uploads[name] = dict(body)
        return {"ok": True, "file_id": name, "upload_url": self.url.replace("/slack/api/", f"/upload/{name}")}

    def files_completeuploadexternal(self, body: Body) -> Body:
        for each in body["files"]:
            self.files.append(
                {**self.uploads[each["id"]], "channel": body["channel_id"], "thread": body.get("thread_ts")}
            )
        return {"ok": True}

    async def upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["name"]]["content"] = await request.read()
        return web.Response(text="OK")

    async def download(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        found = self.downloads.get(request.match_info["name"])
        may = self.scopes is None or "files:read" in self.scopes
        if token not in self.tokens or found is None or not may:
            return web.Response(text="<html>Sign in", content_type="text/html")
        return web.Response(body=found, content_type="text/csv")

    async def respond(self, request: web.Request) -> web.StreamResponse:
        if self.answer_faults:
            return await self.answer_faults.pop(0).happen(request, self._respond)
        return await self._respond(request)

    async def _respond(self, request: web.Request) -> web.Response:
        body = await request.json()
        uses = sum(each["_address"] == request.match_info["name"] for each in self.answers)
        if uses >= 5:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        if problems := message_problems(body):
            self.wrong += [f"answer: {problem}" for problem in problems]
            return web.json_response({"ok": False, "error": "invalid_blocks"}, status=400)
        self.answers.append(body | {"_address": request.match_info["name"]})
        return web.Response(text="ok")

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse(autoping=not self.mute)
        await line.prepare(request)
        self.sockets.append(line)
        if not self.mute:
            await line.send_json({"type": "hello", "num_connections": 1})
        async for message in line:
            if message.type is web.WSMsgType.TEXT:
                found = json.loads(message.data)
                self.acks[found["envelope_id"]].append((time.monotonic(), found.get("payload") or {}))
        return line

    async def connected(self, number: int = 1, *, seconds: float = 10.0) -> None:
        """Wait until so many sockets have been opened and one is open."""
        await self.until(lambda: len(self.sockets) >= number and not self.sockets[-1].closed, seconds=seconds)

    async def until(self, ready: Callable[[], Any], *, seconds: float = 10.0) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(seconds):
            while not ready():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def envelope(self, kind: str, payload: Body, *, name: str = "", retry: int = 0) -> str:
        """Hand an envelope over the newest socket; return its id."""
        self.count += 1
        name = name or f"E{self.count}"
        self.sent_at.setdefault(name, time.monotonic())
        body: Body = {"envelope_id": name, "type": kind, "payload": payload, "accepts_response_payload": True}
        body |= {"retry_attempt": retry, "retry_reason": "timeout"} if retry else {}
        await self.sockets[-1].send_json(body)
        return name

    async def acked(self, name: str, *, seconds: float = 10.0) -> Body:
        """Wait for an acknowledgement and return what it carries."""
        await self.until(lambda: self.acks[name], seconds=seconds)
        return self.acks[name][0][1]

    def answer_address(self) -> str:
        """Return a new address for answers."""
        self.count += 1
        return self.url.replace("/slack/api/", f"/respond/A{self.count}")


@asynccontextmanager
async def fake_slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    app = web.Application()
    app.router.add_route("*", "/slack/api/{method}", fake.handle)
    app.router.add_get("/socket", fake.socket)
    app.router.add_post("/respond/{name}", fake.respond)
    app.router.add_post("/upload/{name}", fake.upload)
    app.router.add_get("/files/{name}", fake.download)
    async with served(app) as url:
        fake.url = f"{url}/slack/api/"
        yield fake
        for line in fake.sockets:
            await line.close()
    assert not fake.wrong, fake.wrong
