"""A Slack of our own: the four methods that delivery calls, with Slack's habits."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.chat.faults import Fault, served

TOKEN = "xoxb-secret-token"


@dataclass
class FakeSlack:
    url: str = ""
    channels: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    errors: dict[str, dict[str, Any]] = field(default_factory=dict)
    """For each method, the error that it always answers."""
    count: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self.faults:
            return await self.faults.pop(0).happen(request, self.answer)
        return await self.answer(request)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = dict(request.query) if request.method == "GET" else await self._body(request)
        self.calls.append((method, body))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if method in self.errors:
            return web.json_response({"ok": False, **self.errors[method]})
        return web.json_response(getattr(self, method.replace(".", "_").lower())(body))

    async def _body(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            return dict(await request.json())
        return dict(await request.post())

    def auth_test(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "user": "bell", "team": "Acme", "team_id": "T1", "bot_id": "B1"}

    def chat_postmessage(self, body: dict[str, Any]) -> dict[str, Any]:
        self.count += 1
        message = {"ts": f"1700000000.{self.count:06d}", **body}
        self.channels[body["channel"]].append(message)
        return {"ok": True, "ts": message["ts"], "channel": body["channel"]}

    def chat_update(self, body: dict[str, Any]) -> dict[str, Any]:
        for message in self.channels[body["channel"]]:
            if message["ts"] == body["ts"]:
                message.update(body)
                return {"ok": True, "ts": body["ts"]}
        return {"ok": False, "error": "message_not_found"}

    def conversations_history(self, body: dict[str, Any]) -> dict[str, Any]:
        newest = self.channels[body["channel"]][::-1]
        start, size = int(body.get("cursor") or 0), int(body["limit"])
        page = json.loads(json.dumps(newest[start : start + size]))
        if body.get("include_all_metadata") not in {"1", "true", True}:
            for message in page:
                message.pop("metadata", None)
        more = str(start + size) if start + size < len(newest) else ""
        return {"ok": True, "messages": page, "has_more": bool(more), "response_metadata": {"next_cursor": more}}


@asynccontextmanager
async def fake_slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    app = web.Application()
    app.router.add_route("*", "/slack/api/{method}", fake.handle)
    async with served(app) as url:
        fake.url = f"{url}/slack/api/"
        yield fake
