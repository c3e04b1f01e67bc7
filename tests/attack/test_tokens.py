"""Tokens of workspaces that installed the Slack app: got, rotated, echoed and quoted in errors, and shown nowhere."""

import asyncio
import json
import logging
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import aiohttp
import pytest
import structlog
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs, masking
from bot.chat.slack.access import Install
from bot.chat.slack.web import BACK, EVENTS, INSTALL
from bot.installs import StoredInstalls
from bot.masking import MOST, hide, masked
from bot.sealing import Seal
from tests.attack.test_secrets import Parrot, written
from tests.chat.faults import served
from tests.chat.slack.test_slack_web import NINE, SECRET, House, house, signature
from tests.integration.conftest import Bot, Site

ODD = ("tok3n.one/of+workspace", "tok3n.two/of+workspace", "tok3n.three/of+workspace", "fr3sh.one", "fr3sh.two")
"""Of no form that anybody knows: only who has heard of them can hide them."""
USUAL = (
    "xoxe.xoxb-1-Mi0yLTE1Nz-one", "xoxe.xoxb-1-Mi0yLTE1Nz-two", "xoxe.xoxb-1-Mi0yLTE1Nz-three", "xoxe-1-My0xLTE-one",
    "xoxe-1-My0xLTE-two",
)  # fmt: skip


class Teller(Parrot):
    """Hands tokens out, and quotes whatever it is shown in each later answer."""

    def __init__(self, grants: dict[str, dict[str, Any]]) -> None:
        super().__init__()
        self.grants = grants

    async def answer(self, request: web.Request) -> web.StreamResponse:
        fields = await request.post() if request.path.endswith("/oauth.v2.access") else {}
        grant = self.grants.get(str(fields.get("code") or fields.get("refresh_token")))
        return web.json_response(grant) if grant else await super().answer(request)


def teller(tokens: tuple[str, ...]) -> Teller:
    """The first token ends at once, the second too, and the third comes in a refusal."""
    first, second, third, fresh, fresher = tokens
    rotated = {"ok": True, "access_token": second, "refresh_token": fresher, "expires_in": 60}
    refused = {"ok": False, "error": f"not {fresher}", "access_token": third, "needed": second}
    return Teller({
        "good": NINE | {"ok": True, "access_token": first, "refresh_token": fresh, "expires_in": 60},
        fresh: rotated,
        fresher: refused,
    })  # fmt: skip


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def visit(url: str, slack: str) -> str:
    """Install the app, fail to install it, and send commands; return all that was answered."""
    said: list[str] = []
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:

        async def get(path: str, **query: str) -> str:
            async with browser.get(url + path, params=query, allow_redirects=False) as answer:
                said.append(f"{answer.status} {dict(answer.headers)} {await answer.text()}")
                return answer.headers.get("Location", "")

        for code in ("good", "bad"):
            location = await get(INSTALL)
            await get(BACK, code=code, state=parse_qs(urlsplit(location).query)["state"][0])
        for number in range(4):
            body = urlencode({"command": "/deals", "text": "recent", "team_id": "T9", "user_id": f"U{number}",
                              "channel_id": "C1", "response_url": f"{slack}/answer/{number}",
                              "trigger_id": f"t{number}"})  # fmt: skip
            headers = signature(body) | {"Content-Type": "application/x-www-form-urlencoded"}
            async with browser.post(url + EVENTS, data=body.encode(), headers=headers) as answer:
                said.append(f"{answer.status} {dict(answer.headers)} {await answer.text()}")
        await get("/health")
        await get("/metrics")
    return "\n".join(said)


@pytest.mark.parametrize(("style", "tokens"), [("text", ODD), ("json", USUAL)])
def test_the_real_process_installs_rotates_and_fails_without_a_word_of_the_tokens(
    bot: Bot, site: Site, port: int, style: str, tokens: tuple[str, ...]
) -> None:
    bird, stack = teller(tokens), AsyncExitStack()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", bird.answer)
    slack = site.call(stack.enter_async_context(served(app)))
    url = f"http://127.0.0.1:{port}"
    bot.env |= {
        "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s3cretOfTheClient", "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack}/api/", "DEALBELL_SECRET_KEY": "s3cretKeyOfTheStore", "DEALBELL_PUBLIC_URL": url,
        "DEALBELL_HTTP_PORT": str(port), "DEALBELL_LOG_LEVEL": "debug", "DEALBELL_LOG_FORMAT": style,
        "DEALBELL_WORKERS": "1",
    }  # fmt: skip
    site.feed("news")
    bot.listen_to("news")
    bot.start()
    bot.wait_for(lambda: "running" in bot.log.read_text(encoding="utf-8"), "the start")
    pages = asyncio.run(visit(url, slack))
    told = ("slack installed the app", "slack rotated a token", "slack does not rotate", "slack refuses an install")
    bot.wait_for(lambda: all(line in bot.log.read_text(encoding="utf-8") for line in told[:3]), "the rotation")
    bot.stop(seconds=60)
    site.call(stack.aclose())
    for secret in (*tokens, "s3cretOfTheClient", "s3cretKeyOfTheStore", SECRET):
        assert secret not in pages
        assert secret not in written(bot)
    assert "Dealbell is installed in Nine Inc" in pages


@pytest.fixture
async def here(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[House]:
    async with house(tmp_path, unused_port=unused_tcp_port) as found:
        yield found


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that has heard of no secret yet."""
    monkeypatch.setattr(masking, "_passing", {})
    monkeypatch.setattr(masking, "_lasting", {})
    handlers = logging.getLogger().handlers[:]
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers


def assert_told_without(said: str, *tokens: str, times: int = 1) -> None:
    """The log must have the line, with something hidden in it: a silence proves nothing."""
    assert said.count("***") >= times, said
    for token in tokens:
        assert token not in said


@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize("style", ["text", "json"])
async def test_a_failure_while_a_token_is_being_kept_is_logged_without_it(
    here: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    async def quotes(self: StoredInstalls, install: Install) -> None:
        raise RuntimeError(f"no room for {install.token} and {install.refresh}")

    monkeypatch.setattr(StoredInstalls, "save", quotes)
    logs.configure(style=style)
    status, page = await here.install(grant=NINE | {"access_token": ODD[0], "refresh_token": ODD[3]})
    assert status == 500
    assert_told_without(capsys.readouterr().err, ODD[0], ODD[3], times=2)
    assert not {ODD[0], ODD[3]} & set(page.split())


@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize("style", ["text", "json"])
async def test_a_call_whose_error_quotes_its_token_is_logged_without_it(
    here: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    async def quotes(self: AsyncWebClient, **fields: object) -> None:
        raise RuntimeError(f"no answer to Bearer {self.token}, {json.dumps(fields)}")

    logs.configure(style=style)
    soon = {"refresh_token": ODD[3], "expires_in": 60}
    await here.install(grant=NINE | {"access_token": ODD[0]} | soon)
    here.slack.codes[ODD[3]] = {"access_token": ODD[1], "refresh_token": ODD[4], "expires_in": 43_200}
    monkeypatch.setattr(AsyncWebClient, "users_info", quotes)
    await here.command("recent")
    said = capsys.readouterr().err
    assert "slack rotated a token" in said
    assert "slack listener failed" in said
    assert_told_without(said, *ODD)


BUGGY = """
import sys, threading
from bot.cli import app, run_cli
from bot.masking import hide

hide("tok3n.one")

@app.command()
def buggy() -> None:
    thread = threading.Thread(target=int, args=("tok3n.one",), name="a thread")
    thread.start()
    thread.join()
    raise ValueError("who is tok3n.one?")

sys.argv = ["dealbell", "buggy"]
sys.exit(run_cli())
"""


def test_a_bug_that_ends_a_command_or_a_thread_is_shown_without_the_token_that_it_quotes() -> None:
    done = subprocess.run([sys.executable, "-c", BUGGY], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "invalid literal for int() with base 10: '***'" in done.stderr
    assert "ValueError: who is ***?" in done.stderr
    assert "tok3n.one" not in done.stderr


@pytest.mark.usefixtures("forgetful")
async def test_tokens_that_another_process_kept_are_known_once_they_are_read(here: House) -> None:
    await here.install(grant=NINE | {"access_token": ODD[0], "refresh_token": ODD[3]})
    masking._passing.clear()
    assert masked(ODD[0]) == ODD[0]
    again = StoredInstalls(here.installs._store, Seal("a long random text"), clock=here.installs._clock)
    await again.load()
    assert masked(f"{ODD[0]} {ODD[3]}") == "*** ***"


@pytest.mark.usefixtures("forgetful")
def test_a_secret_is_known_in_each_spelling_that_a_log_may_have() -> None:
    secret = 'k/e+y="ü"'
    hide(secret)
    assert masked(secret) == "***"
    assert masked(f"?key={quote(secret, safe='')}&x=1") == "?key=***&x=1"
    assert masked(json.dumps({"key": secret})) == '{"key": "***"}'


@pytest.mark.usefixtures("forgetful")
def test_a_secret_that_is_no_text_is_hidden_all_the_same() -> None:
    secret = b"t0ken\xff\xfe".decode(errors="surrogateescape")
    hide(secret)
    assert masked(f"not {secret}") == "not ***"


@pytest.mark.usefixtures("forgetful")
async def test_who_comes_back_from_slack_hides_no_word_of_the_log(here: House) -> None:
    location = (await here.get(INSTALL))[2]
    state = parse_qs(urlsplit(location).query)["state"][0]
    assert (await here.get(BACK, code="installed", state=state))[0] == 502
    assert masked("slack installed the app") == "slack installed the app"


@pytest.mark.usefixtures("forgetful")
def test_a_million_rotations_take_bounded_memory_and_the_settings_secrets_stay_known() -> None:
    hide("of-the-settings", lasting=True)
    for number in range(MOST * 3):
        hide(f"token-{number}")
    assert len(masking._passing) == MOST
    assert masked(f"of-the-settings token-{MOST * 3 - 1}") == "*** ***"


ECHOES = {
    "xoxb-1234-5678-AbCdEf": "***",
    "token=xoxe.xoxp-1-Mi0yLTE1NzQ": "token=***",
    "xapp-1-A0123-4567-89abcdef": "***",
    "Nzk5MjgxNDk0NDc2NDU1OTg3.YABS5g.2lmzECVlZv3vv6miVnUaKPQi2wI": "***",
    "{'Authorization': 'Bearer q0VtokenOfSomebody1'}": "{'Authorization': 'Bearer ***'}",
    '{\\"Authorization\\": \\"Bot q0VtokenOfSomebody1\\"}': '{\\"Authorization\\": \\"Bot ***\\"}',
    "Proxy-Authorization: Basic bWU6czNjcmV0UHJveHk=": "Proxy-Authorization: Basic ***",
    "https://hooks.slack.com/commands/T01/234/q0Vtoken": "https://hooks.slack.com/***",
    "POST https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb246MTIz_-x/messages": "POST https://discord.com/api/v10/webhooks/123/***/messages",
    "wss://wss-primary.slack.com/link/?ticket=0b2d-11&app_id=1": "wss://wss-primary.slack.com/link/?ticket=***&app_id=1",
    "can't reach https://me:pass@intranet.example/feed": "can't reach https://***@intranet.example/feed",
    '{"refresh_token": "an0ther.form"}': '{"refresh_token": "***"}',
}  # fmt: skip


@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize("echo", ECHOES)
def test_a_token_that_nobody_has_heard_of_is_known_by_its_form(echo: str) -> None:
    assert masked(f"it said: {echo}") == f"it said: {ECHOES[echo]}"


@pytest.mark.parametrize(
    "words",
    ["Bearer bonds and the Bot of the year", "https://news.example/webhooks/2026/review", "a token=no, an app-1",
     "Basic telecommunications", "Mergers.Andthe.rest"],
)  # fmt: skip
def test_ordinary_words_are_left_alone(words: str) -> None:
    assert masked(words) == words


@pytest.mark.parametrize(
    "start", ["xoxb-", "M", "Bearer 1", "Authorization:", "?token=", "access_token:", "hooks.slack.com/", "://"]
)
def test_a_megabyte_of_what_looks_like_a_token_is_read_in_no_time(start: str) -> None:
    began = time.monotonic()
    for text in (start * (1_000_000 // len(start)), start + "a" * 1_000_000, start + "a." * 500_000):
        masked(text)
    assert time.monotonic() - began < 10
