"""Discord's gateway: hello, identify, heartbeat, dispatch, resume with replay, reconnect, invalid sessions."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.chat.discord.payloads import BOT

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass
class Session:
    """What a client that identified may resume."""

    id: str
    shard: list[int]
    events: list[dict[str, Any]] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None

    async def send(self, name: str, data: dict[str, Any]) -> None:
        frame = {"op": DISPATCH, "t": name, "s": len(self.events) + 1, "d": data}
        self.events.append(frame)
        if self.socket is not None and not self.socket.closed:
            await self.socket.send_str(json.dumps(frame))


@dataclass
class FakeGateway:
    shards: int = 1
    guilds: list[dict[str, Any]] = field(default_factory=list)
    heartbeat_seconds: float = 40.0
    identifies: list[dict[str, Any]] = field(default_factory=list)
    resumes: list[dict[str, Any]] = field(default_factory=list)
    heartbeats: int = 0
    sessions: list[Session] = field(default_factory=list)
    refuse_with: int | None = None
    """A close code in place of READY."""
    resumable: bool = True
    starts_left: int = 999
    _host: str = ""

    def limits(self, host: str) -> dict[str, Any]:
        self._host = host
        start = {"total": 1000, "remaining": self.starts_left, "reset_after": 300, "max_concurrency": 1}
        return {"url": self.address, "shards": self.shards, "session_start_limit": start}

    @property
    def address(self) -> str:
        return f"ws://{self._host}/discord/gateway/"

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        assert request.query["v"] == "10"
        assert request.query["encoding"] == "json"
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_seconds * 1000}}))
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._receive(socket, json.loads(frame.data))
        return socket

    async def _receive(self, socket: web.WebSocketResponse, frame: dict[str, Any]) -> None:
        match frame["op"]:
            case 1:
                self.heartbeats += 1
                await socket.send_str(json.dumps({"op": ACK}))
            case 2:
                await self._identify(socket, frame["d"])
            case 6:
                await self._resume(socket, frame["d"])

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        self.identifies.append(data)
        if self.refuse_with:
            await socket.close(code=self.refuse_with)
            return
        session = Session(id=f"session-{len(self.identifies)}", shard=data.get("shard", [0, 1]), socket=socket)
        self.sessions.append(session)
        mine = [guild for guild in self.guilds if (int(guild["id"]) >> 22) % session.shard[1] == session.shard[0]]
        ready = {
            "v": 10, "user": BOT, "session_id": session.id, "resume_gateway_url": self.address, "shard": session.shard,
            "application": {"id": BOT["id"], "flags": 0},
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in mine],
        }  # fmt: skip
        await session.send("READY", ready)
        for guild in mine:
            await session.send("GUILD_CREATE", guild)

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        self.resumes.append(data)
        found = [session for session in self.sessions if session.id == data["session_id"]]
        if not found or not self.resumable:
            await socket.send_str(json.dumps({"op": INVALID, "d": False}))
            return
        session = found[0]
        session.socket = socket
        for frame in session.events[data["seq"] :]:
            await socket.send_str(json.dumps(frame))
        await session.send("RESUMED", {})

    async def tell(self, name: str, data: dict[str, Any], *, shard: int = 0) -> None:
        """Dispatch an event to the shard's newest session; if its socket is broken, it waits for the resume."""
        session = [session for session in self.sessions if session.shard[0] == shard][-1]
        await session.send(name, data)

    async def replay(self, place: int = -1) -> None:
        """Hand over an event a second time."""
        session = self.sessions[-1]
        assert session.socket is not None
        await session.socket.send_str(json.dumps(session.events[place]))

    async def ask(self, op: int, data: Any = None) -> None:
        """Ask the client to reconnect, or call its session invalid."""
        socket = self.sessions[-1].socket
        assert socket is not None
        await socket.send_str(json.dumps({"op": op, "d": data}))

    def cut(self) -> None:
        """Break the connection without a word."""
        socket = self.sessions[-1].socket
        assert socket is not None
        assert socket._req is not None
        assert socket._req.transport is not None
        socket._req.transport.abort()

    async def told_guilds(self) -> None:
        """Wait until the newest session has been told of its servers: what follows is read after that."""
        await self.until(lambda: self.sessions and len(self.sessions[-1].events) > 1)

    async def until(self, condition: Callable[[], object], *, seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def end(self) -> None:
        for session in self.sessions:
            if session.socket is not None and not session.socket.closed:
                await session.socket.close()
