"""HTTP mode and installations: signatures, states, several workspaces, rotation, removal; over real sockets."""

import asyncio
import hashlib
import hmac
import io
import json
import logging
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
import structlog
from aiohttp import web

from bot import logs
from bot.chat.slack import webs
from bot.chat.slack.access import UNINSTALLED, Access, Install
from bot.chat.slack.client import SlackChat
from bot.chat.slack.web import BACK, EVENTS, INSTALL, INSTALLATIONS
from bot.clock import utc_now
from bot.commands.front import Front, Place
from bot.errors import SettingsError, StoreFull
from bot.installs import StoredInstalls
from bot.model.alert import Delayed, Doubtful, Rejected, Sent
from bot.model.enums import Platform
from bot.model.subscription import Channel, Workspace
from bot.sealing import Seal
from bot.store import Store
from bot.store.thread import StoreThread
from bot.web import serving
from tests.chat.faults import Fault
from tests.chat.slack.fake import TOKEN, FakeSlack, fake_slack
from tests.chat.slack.office import PEOPLE, Office, office, services, shown
from tests.chat.test_golden_cards import CARDS
from tests.commands.talk import Talk

FORM = "application/x-www-form-urlencoded"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
PLACE = Place(platform=Platform.SLACK, workspace="T9", channel="C1")
NINE = {
    "access_token": "xoxb-nine", "bot_user_id": "UNINE", "scope": "commands", "authed_user": {"id": "U1"},
    "team": {"id": "T9", "name": "Nine Inc"},
}  # fmt: skip


class House:
    """The bot's own HTTP server below a path, a browser, and Slack."""

    def __init__(self, slack: FakeSlack, chat: SlackChat, front: Front, installs: StoredInstalls, store: Store) -> None:
        self.slack = slack
        self.chat = chat
        self.front = front
        self.installs = installs
        self.store = store
        self.url = ""
        self.browser: aiohttp.ClientSession

    async def post(self, body: str, *, kind: str = FORM, **headers: str) -> tuple[int, str]:
        data = io.BytesIO(body.encode())
        async with self.browser.post(self.url + EVENTS, data=data, headers={"Content-Type": kind} | headers) as answer:
            return answer.status, await answer.text()

    async def signed(self, body: str, *, kind: str = FORM) -> tuple[int, str]:
        return await self.post(body, kind=kind, **signature(body))

    async def command(self, text: str, *, team: str = "T9") -> list[dict[str, Any]]:
        address = self.slack.answer_address()
        fields = {"command": "/deals", "text": text, "team_id": team, "user_id": "UANN", "channel_id": "C1",
                  "channel_name": "deals", "response_url": address, "trigger_id": address}  # fmt: skip
        assert (await self.signed(urlencode(fields)))[0] == 200
        await self.chat._calls.finished(seconds=5)
        return [each for each in self.slack.answers if address.endswith(each["_address"])]

    async def event(self, event: dict[str, Any], *, team: str = "T9") -> int:
        body = {"type": "event_callback", "team_id": team, "event_id": f"Ev{time.monotonic_ns()}", "event": event}
        status, _ = await self.signed(json.dumps(body), kind="application/json")
        await self.chat._calls.finished(seconds=5)
        return status

    async def get(self, path: str, **query: str) -> tuple[int, str, str]:
        async with self.browser.get(self.url + path, params=query, allow_redirects=False) as answer:
            return answer.status, await answer.text(), answer.headers.get("Location", "")

    async def install(self, code: str = "good", grant: dict[str, Any] = NINE) -> tuple[int, str]:
        self.slack.codes[code] = grant
        _, _, location = await self.get(INSTALL)
        state = parse_qs(urlsplit(location).query)["state"][0]
        status, page, _ = await self.get(BACK, code=code, state=state)
        return status, page


def contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def signature(body: str, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    moment = str(int(at or time.time()))
    digest = hmac.new(secret.encode(), f"v0:{moment}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


@asynccontextmanager
async def house(path: Path, *, unused_port: int) -> AsyncIterator[House]:
    async with fake_slack() as slack:
        slack.users |= {name: {**person, "team_id": "T9"} for name, person in PEOPLE.items()}
        url = f"http://127.0.0.1:{unused_port}/below"
        chat = SlackChat(
            Access(signing_secret=SECRET, client_id="id", client_secret="hush", api_url=slack.url, public_url=url),
            seconds=2,
        )
        store = StoreThread(Store(path / "bot.db"))
        installs = StoredInstalls(store, Seal("a long random text"), clock=utc_now)
        chat.use(installs)
        with Front(store.store, services(), clock=lambda: Talk().now) as front:
            made = House(slack, chat, front, installs, store.store)
            made.url = url
            await chat.start()
            try:
                async with serving(
                    store, port=unused_port, base_path="/below", clock=utc_now, routes=chat.routes(), host="127.0.0.1"
                ):
                    await chat.listen(front)
                    jar = aiohttp.CookieJar(unsafe=True)
                    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
                        made.browser = browser
                        yield made
            finally:
                await chat.stop()
        store.close()


@pytest.fixture
async def here(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[House]:
    async with house(tmp_path, unused_port=unused_tcp_port) as found:
        yield found


async def test_a_workspace_installs_the_app_and_is_answered(here: House) -> None:
    status, page = await here.install()
    assert status == 200
    assert "Nine Inc" in page
    (told,) = await here.command("subscribe funding")
    assert "Subscribed" in shown(told)
    channel = here.front.channel(PLACE)
    assert isinstance(await here.chat.post(channel, CARDS["funding"], key="k"), Sent)
    assert len(here.slack.channels["C1"]) == 1


async def test_tokens_lie_in_the_store_encrypted_and_are_read_again_with_the_same_key_alone(
    here: House, tmp_path: Path
) -> None:
    await here.install(grant=NINE | {"refresh_token": "xoxe-refresh", "expires_in": 43_200})
    files = contents(tmp_path)
    for secret in (b"xoxb-nine", b"xoxe-refresh", b"a long random text"):
        assert secret not in files
    store = StoreThread(here.store)
    again = StoredInstalls(store, Seal("a long random text"), clock=utc_now)
    await again.load()
    found = again.of("T9")
    assert found is not None
    assert (found.token, found.refresh) == ("xoxb-nine", "xoxe-refresh")
    assert "xoxb" not in repr(found)
    other = StoredInstalls(store, Seal("another text"), clock=utc_now)
    await other.load()
    assert other.of("T9") is None


def test_what_was_changed_or_sealed_with_another_key_is_not_opened() -> None:
    sealed = Seal("one").seal("xoxb-1")
    assert Seal("one").open(sealed) == "xoxb-1"
    for seal, text in ((Seal("two"), sealed), (Seal("one"), sealed[:-2] + "AA"), (Seal("one"), "é")):
        with pytest.raises(SettingsError, match="DEALBELL_SECRET_KEY"):
            seal.open(text)


@pytest.mark.parametrize("trouble", ["none", "old", "other", "changed", "garbage"])
async def test_what_is_not_signed_by_slack_is_refused(here: House, trouble: str) -> None:
    await here.install()
    body = urlencode({"command": "/deals", "text": "subscribe", "team_id": "T9", "user_id": "UANN", "channel_id": "C1"})
    headers = {
        "none": {},
        "old": signature(body, at=time.time() - 600),
        "other": signature(body, secret="x"),
        "changed": signature(body + "x"),
        "garbage": {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"},
    }[trouble]
    assert (await here.post(body, **headers))[0] == 401
    view = await here.front.view(PLACE)
    assert view is not None
    assert not view.subscriptions


async def test_slacks_question_whether_the_address_is_ours_is_answered(here: House) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"})
    status, answer = await here.signed(body, kind="application/json")
    assert (status, json.loads(answer)["challenge"]) == (200, "abc")
    assert (await here.post(body, kind="application/json"))[0] == 401


@pytest.mark.parametrize("body", ["", "{", "payload=%7B", "payload=[]", "\x00" * 50, "a=" + "b" * 2_000_000])
async def test_what_is_no_request_of_slacks_does_no_harm(here: House, body: str) -> None:
    status, _ = await here.signed(body)
    assert 400 <= status < 500 or status == 200
    status, _ = await here.signed(body, kind="application/json; charset=nonsense")
    assert status < 500


async def raw(url: str, request: bytes) -> bytes:
    """Send bytes as they are; return the answer's first line."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(request)
    async with asyncio.timeout(5):
        line = await reader.readline()
    writer.close()
    return line


JUNK = (
    b"GARBAGE\r\n\r\n",
    b"GET /below/slack/oauth_redirect?code=c0de&state=\xff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /below/slack/install HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
    b"POST /below/slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n\xff}",
    b"POST /below/slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]",
)


@pytest.fixture
def unset() -> Iterator[None]:
    """Let no later test log as this one."""
    handlers = logging.getLogger().handlers[:]
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers


def assert_silent_till_now(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("till now")
    (line,) = capsys.readouterr().err.splitlines()
    assert "till now" in line


@pytest.mark.usefixtures("unset")
async def test_what_anybody_may_send_fills_no_log(here: House, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    for junk in JUNK:
        assert b" 400 " in await raw(here.url, junk)
    assert_silent_till_now(capsys)


@pytest.mark.usefixtures("unset")
async def test_who_begins_installations_without_end_is_asked_to_wait(
    here: House, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure()
    began = [await here.get(INSTALL) for _ in range(INSTALLATIONS.burst + 3)]
    assert [status for status, _, _ in began[: INSTALLATIONS.burst]] == [302] * INSTALLATIONS.burst
    assert began[-1][0] == 429
    assert "Please wait" in began[-1][1]
    with here.store.read() as db:
        assert db.execute("SELECT count(*) FROM slack_states").fetchone()[0] < len(began)
    assert_silent_till_now(capsys)


@pytest.mark.usefixtures("unset")
async def test_an_installation_that_the_store_cannot_take_is_told_so(
    here: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(self: StoredInstalls, install: Install) -> None:
        raise StoreFull("The disk is full.", cure="Make room.")

    logs.configure()
    monkeypatch.setattr(StoredInstalls, "save", full)
    status, page = await here.install()
    assert status == 503
    assert "begin again" in page
    said = capsys.readouterr().err
    assert "The disk is full" in said
    assert "Traceback" not in said


async def test_from_a_workspace_that_did_not_install_nothing_is_done(here: House) -> None:
    await here.install()
    await here.command("subscribe funding", team="T8")
    with here.store.read() as db:
        assert db.execute("SELECT count(*) FROM subscriptions").fetchone()[0] == 0


async def test_the_state_of_an_installation_is_checked_and_used_once(here: House) -> None:
    here.slack.codes["good"] = NINE
    assert (await here.get(BACK, code="good", state="guessed"))[0] == 400
    assert (await here.get(BACK, code="good"))[0] == 400
    _, _, location = await here.get(INSTALL)
    state = parse_qs(urlsplit(location).query)["state"][0]
    here.browser.cookie_jar.clear()
    assert (await here.get(BACK, code="good", state=state))[0] == 400  # another browser
    assert here.installs.of("T9") is None
    _, _, location = await here.get(INSTALL)
    state = parse_qs(urlsplit(location).query)["state"][0]
    cookie = {"Cookie": f"dealbell-slack-state={state}"}
    for status in (200, 400):
        async with here.browser.get(here.url + BACK, params={"code": "good", "state": state}, headers=cookie) as answer:
            assert answer.status == status
    assert await here.installs.end(state) is False


async def test_the_browser_is_sent_to_slack_with_the_scopes_and_the_way_back(here: House) -> None:
    status, _, location = await here.get(INSTALL)
    asked = parse_qs(urlsplit(location).query)
    assert status == 302
    assert location.startswith(here.slack.url.removesuffix("/api/") + "/oauth/v2/authorize?")
    assert asked["redirect_uri"] == [here.url + BACK]
    assert "chat:write" in asked["scope"][0]


@pytest.mark.parametrize(
    ("query", "words"), [({"error": "access_denied"}, "did not install"), ({"error": "<script>"}, "did not install")]
)
async def test_a_person_who_says_no_is_told_so(here: House, query: dict[str, str], words: str) -> None:
    _, _, location = await here.get(INSTALL)
    state = parse_qs(urlsplit(location).query)["state"][0]
    status, page, _ = await here.get(BACK, state=state, **query)
    assert status == 400
    assert words in page
    assert "<script>" not in page


async def test_where_slack_refuses_or_fails_the_person_may_begin_again(here: House) -> None:
    assert (await here.install(code="good", grant={"team": {"id": "T9"}}))[0] == 502
    for fault in (Fault(reset=True), Fault(answer=web.Response(status=500))):
        here.slack.method_faults["oauth.v2.access"].append(fault)
        status, page = await here.install()
        assert status == 502
        assert "Begin again" in page
    assert here.installs.of("T9") is None


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UNINE"]}}]
)
async def test_after_removal_the_token_is_forgotten_and_after_a_new_installation_alerts_go_on(
    here: House, event: dict[str, Any]
) -> None:
    await here.install()
    await here.command("subscribe funding")
    assert await here.event(event) == 200
    assert here.installs.of("T9") is None
    with here.store.read() as db:
        assert db.execute("SELECT count(*) FROM slack_installs").fetchone()[0] == 0
    outcome = await here.chat.post(here.front.channel(PLACE), CARDS["funding"], key="k")
    assert isinstance(outcome, Rejected)
    assert outcome.closed
    assert "/slack/install" in outcome.reason
    view = await here.front.view(PLACE)
    assert view is not None
    assert view.paused
    await here.install()
    view = await here.front.view(PLACE)
    assert view is not None
    assert view.paused is None


def soon(minutes: float) -> Install:
    return Install(
        team="T9",
        token="xoxb-old",
        refresh="r1",
        bot_user="UNINE",
        expires_at=datetime.now(UTC) + timedelta(minutes=minutes),
    )


def where() -> Channel:
    return Channel(workspace=Workspace(id="w", platform=Platform.SLACK, external_id="T9"), external_id="C1")


async def test_a_token_that_ends_soon_is_rotated_once_whoever_needs_it(here: House) -> None:
    await here.installs.save(soon(5))
    here.slack.codes["r1"] = {"access_token": "xoxb-new", "refresh_token": "r2", "expires_in": 43_200}
    sent = await asyncio.gather(*(here.chat.post(where(), CARDS["ipo"], key=f"k{n}") for n in range(3)))
    assert all(isinstance(each, Sent) for each in sent)
    found = here.installs.of("T9")
    assert found is not None
    assert (found.token, found.refresh) == ("xoxb-new", "r2")
    assert sum(method == "oauth.v2.access" for method, _ in here.slack.calls) == 1


async def test_a_token_that_lives_long_is_left_alone(here: House) -> None:
    here.slack.tokens["xoxb-old"] = "T9"
    await here.installs.save(soon(300))
    assert isinstance(await here.chat.post(where(), CARDS["ipo"], key="k"), Sent)
    assert not any(method == "oauth.v2.access" for method, _ in here.slack.calls)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webs, "ROTATION_PAUSE", 0.0)


@pytest.mark.usefixtures("at_once")
async def test_an_outage_while_rotating_changes_nothing_and_a_refusal_ends_the_installation(here: House) -> None:
    here.slack.tokens["xoxb-old"] = "T9"
    await here.installs.save(soon(5))
    here.slack.method_faults["oauth.v2.access"].append(Fault(reset=True))
    assert isinstance(await here.chat.post(where(), CARDS["ipo"], key="k"), Sent)
    assert here.installs.of("T9") is not None
    outcome = await here.chat.post(where(), CARDS["ipo"], key="k2")
    assert isinstance(outcome, Rejected)
    assert outcome.reason.startswith(UNINSTALLED)  # so that the channel goes on when the app is back
    assert here.installs.of("T9") is None


async def test_while_rotating_fails_calls_do_not_queue_up_behind_it(here: House) -> None:
    here.slack.tokens["xoxb-old"] = "T9"
    await here.installs.save(soon(5))
    here.slack.method_faults["oauth.v2.access"] += [Fault(reset=True) for _ in range(5)]
    sent = await asyncio.gather(*(here.chat.post(where(), CARDS["ipo"], key=f"k{n}") for n in range(5)))
    assert all(isinstance(each, Sent) for each in sent)
    assert len(here.slack.method_faults["oauth.v2.access"]) == 4


@pytest.mark.usefixtures("at_once")
async def test_a_card_waits_while_the_token_has_ended_and_the_next_is_not_given(here: House) -> None:
    await here.installs.save(soon(-5))
    bad = web.json_response({"ok": False, "error": "bad_client_secret"})
    here.slack.method_faults["oauth.v2.access"] += [Fault(answer=bad), Fault(reset=True)]
    assert isinstance(await here.chat.post(where(), CARDS["ipo"], key="k"), Delayed)
    assert isinstance(await here.chat.find(where(), key="k"), Doubtful)
    here.slack.codes["r1"] = {"access_token": "xoxb-new", "refresh_token": "r2", "expires_in": 43_200}
    assert isinstance(await here.chat.post(where(), CARDS["ipo"], key="k"), Sent)


@pytest.mark.usefixtures("at_once")
async def test_a_rotated_token_that_a_full_disk_does_not_take_works_and_is_kept_once_there_is_room(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **fields: object) -> None:
        raise StoreFull("The disk is full.")

    async def kept() -> str:
        other = StoredInstalls(here.installs._store, Seal("a long random text"), clock=utc_now)
        await other.load()
        found = other.of("T9")
        return found.token if found else ""

    await here.installs.save(soon(5))
    here.slack.codes["r1"] = {"access_token": "xoxb-new", "refresh_token": "r2", "expires_in": 43_200}
    with monkeypatch.context() as patched:
        patched.setattr("bot.store.installs.save", full)
        for key in ("k1", "k2"):
            assert isinstance(await here.chat.post(where(), CARDS["ipo"], key=key), Sent)
    assert await kept() == "xoxb-old"
    assert isinstance(await here.chat.post(where(), CARDS["ipo"], key="k3"), Sent)
    assert await kept() == "xoxb-new"
    assert sum(method == "oauth.v2.access" for method, _ in here.slack.calls) == 1


async def test_a_token_that_another_process_has_rotated_is_taken_from_the_store(here: House) -> None:
    await here.installs.save(soon(5))
    other = StoredInstalls(here.installs._store, Seal("a long random text"), clock=utc_now)
    await other.save(replace(soon(600), token="xoxb-new", refresh="r2"))
    here.slack.tokens["xoxb-new"] = "T9"
    assert isinstance(await here.chat.post(where(), CARDS["ipo"], key="k"), Sent)
    assert not any(method == "oauth.v2.access" for method, _ in here.slack.calls)


async def test_what_bolt_would_read_of_the_environment_changes_nothing(
    tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "VERIFICATION_TOKEN", "SCOPES"):
        monkeypatch.setenv(f"SLACK_{name}", "another")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    async with house(tmp_path, unused_port=unused_tcp_port) as there:
        assert (await there.install())[0] == 200
        assert "Nothing in the store" in shown(*(await there.command("recent")))
        assert (await there.post("ssl_check=0&command=/deals", **signature("x", secret="another")))[0] == 401
    assert not list(home.iterdir())


async def test_installations_that_nobody_ends_are_forgotten(here: House) -> None:
    for _ in range(3):
        await here.installs.begin(secrets.token_urlsafe(), seconds=-1)
    await here.installs.begin("last", seconds=60)
    with here.store.read() as db:
        assert db.execute("SELECT count(*) FROM slack_states").fetchone() == (1,)


def test_without_a_public_address_there_is_no_route_to_install() -> None:
    assert SlackChat(Access(bot_token=TOKEN, app_token="xapp-1")).routes() == ()
    (events,) = SlackChat(Access(bot_token=TOKEN, signing_secret=SECRET)).routes()
    assert events.path == EVENTS


async def answered(here: Office, fault: Fault, *, text: str = "recent") -> int:
    """Return how many answers arrived, by whichever way."""
    here.slack.answer_faults.append(fault)
    await here.command(text)
    await here.settled()
    return len(here.slack.answers) + len(here.slack.ephemeral) + len(here.slack.channels["C1"])


@pytest.mark.parametrize("kind", ["reset", "reset after", "500", "429", "404", "slow"])
async def test_an_answer_finds_its_way_whatever_its_address_does(kind: str) -> None:
    made = {
        "reset": lambda: Fault(reset=True),
        "reset after": lambda: Fault(reset=True, processed=True),
        "500": lambda: Fault(answer=web.Response(status=500)),
        "429": lambda: Fault(answer=web.Response(status=429, headers={"Retry-After": "0"})),
        "404": lambda: Fault(answer=web.Response(status=404)),
        "slow": lambda: Fault(seconds=0.3),
    }
    async with office() as here:
        assert await answered(here, made[kind]()) >= 1


@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_for_the_channel_is_never_given_twice(after: bool) -> None:
    async with office() as here:
        count = await answered(here, Fault(reset=True, processed=after), text="subscribe funding")
        assert count <= 1
        assert "funding" in shown(*(await here.command("list")))


async def test_where_nothing_can_be_posted_the_asker_gets_a_direct_message() -> None:
    async with office() as here:
        await here.mention("<@UBELL> recent", channel="C3")
        assert here.slack.channels["DUANN"]
