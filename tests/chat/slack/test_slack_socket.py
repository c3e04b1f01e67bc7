"""Socket Mode under faults: drops, requests to renew, a connection that is dead but says it lives, refusals."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.chat.slack.socket import Socket
from tests.chat.faults import Fault
from tests.chat.slack.fake import APP_TOKEN, FakeSlack, fake_slack
from tests.chat.slack.office import office, shown


async def authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="x", bot_user_id="U")


@asynccontextmanager
async def socket(slack: FakeSlack, *, token: str = APP_TOKEN, dead: float = 1.5) -> AsyncIterator[Socket]:
    app = AsyncApp(signing_secret="", authorize=authorize)

    @app.command("/deals")
    async def answer(ack: object) -> None:
        await ack()  # type: ignore[operator]

    made = Socket(app, token, slack.url, ping_seconds=0.2, dead_seconds=dead, waits=(0.05,))
    made.start()
    try:
        yield made
    finally:
        await made.stop()


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as fake:
        yield fake


async def works(slack: FakeSlack) -> None:
    name = await slack.envelope("slash_commands", {"command": "/deals", "team_id": "T1", "user_id": "U1"})
    await slack.acked(name)


async def test_a_quiet_connection_that_lives_is_left_alone(slack: FakeSlack) -> None:
    async with socket(slack, dead=2) as made:
        await slack.connected()
        await asyncio.sleep(3)
        assert (made.state, made.rebuilt, slack.opened) == ("connected", 0, 1)
        await works(slack)


async def test_a_connection_that_says_nothing_any_more_is_replaced(slack: FakeSlack) -> None:
    slack.mute = True
    async with socket(slack) as made:
        await slack.until(lambda: made.rebuilt >= 1)
        slack.mute = False
        await slack.until(lambda: len(slack.sockets) > 1 and made.state == "connected", seconds=15)
        await asyncio.sleep(0.5)
        await slack.until(lambda: not slack.sockets[-1].closed)
        await works(slack)


async def test_a_dropped_connection_comes_back(slack: FakeSlack) -> None:
    async with socket(slack) as made:
        await slack.connected()
        await slack.sockets[-1].close()
        await slack.connected(2)
        await slack.until(lambda: made.state == "connected")
        await works(slack)


async def test_slacks_wish_to_renew_is_followed(slack: FakeSlack) -> None:
    async with socket(slack):
        await slack.connected()
        await slack.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
        await slack.connected(2)
        await works(slack)


async def test_a_client_whose_session_is_closed_is_replaced(slack: FakeSlack) -> None:
    async with socket(slack) as made:
        await slack.connected()
        await slack.until(lambda: made.state == "connected")
        client = made._client
        assert client is not None
        client.auto_reconnect_enabled = False
        await client.aiohttp_client_session.close()
        await slack.connected(2)
        await slack.until(lambda: made.state == "connected")
        await works(slack)


async def test_a_connection_that_cannot_even_be_closed_leaves_nothing_behind(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.slack.socket.CLOSE_SECONDS", 0.05)
    before = asyncio.all_tasks()
    async with socket(slack) as made:
        await slack.connected()
        await slack.until(lambda: made.state == "connected")
        client = made._client
        assert client is not None
        session = client.current_session
        assert session is not None
        close = session.close
        monkeypatch.setattr(session, "close", asyncio.Event().wait)
    await asyncio.sleep(0.1)
    names = [task.get_coro().__qualname__ for task in asyncio.all_tasks() - before]  # type: ignore[union-attr]
    await close()
    assert not [name for name in names if name.startswith("SocketModeClient")]


async def test_what_is_no_envelope_does_no_harm(slack: FakeSlack) -> None:
    async with socket(slack):
        await slack.connected()
        for junk in ("", "{", "[]", "null", '{"type": 5}', '{"type": "events_api"}', '{"envelope_id": "x"}'):
            await slack.sockets[-1].send_str(junk)
        await works(slack)


async def test_a_refused_token_is_told_with_the_cure(slack: FakeSlack) -> None:
    async with socket(slack, token="xapp-wrong") as made:
        await slack.until(lambda: "check SLACK_APP_TOKEN" in made.state)


def refused(kind: str) -> Fault:
    if kind == "reset":
        return Fault(reset=True)
    if kind == "500":
        return Fault(answer=web.Response(status=500))
    return Fault(
        answer=web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
    )


@pytest.mark.parametrize("kind", ["reset", "500", "429"])
async def test_an_outage_at_connecting_is_waited_out(slack: FakeSlack, kind: str) -> None:
    slack.method_faults["apps.connections.open"] += [refused(kind) for _ in range(2)]
    async with socket(slack) as made:
        await slack.connected()
        await slack.until(lambda: made.state == "connected")
        await works(slack)


async def test_the_state_is_told_by_status_and_no_token_by_its_log() -> None:
    async with office() as here:
        assert "Slack: connected" in shown(*(await here.command("status")))
        assert "xapp" not in repr(here.chat)


async def test_an_envelope_that_was_not_acknowledged_in_time_has_one_effect() -> None:
    async with office() as here:
        payload = here.command_payload("watch Acme")
        await here.slack.envelope("slash_commands", payload, name="E-dropped")
        await here.slack.sockets[-1].close()
        await here.slack.connected(2, seconds=20)
        await here.slack.envelope("slash_commands", payload, name="E-again", retry=1)
        await here.slack.acked("E-again")
        await here.settled()
        assert len(here.answers_to(payload)) == 1
