"""No secret in anything that is written: not in a log, not on a terminal, not in the reasons that the store keeps.

The platforms and the proxy answer with errors that echo what they were sent, as gateways and debug pages do.
"""

import itertools
import json
import sqlite3
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError

from bot.chat.slack.outcomes import outcome
from tests.chat.faults import served
from tests.integration.conftest import Bot, Site, item

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-123456789012-s3cretSlackBotToken",
    "SLACK_APP_TOKEN": "xapp-1-A0123-s3cretSlackAppToken",
    "SLACK_SIGNING_SECRET": "s3cret0signing0of0slack0a1b2c3d4",
    "DISCORD_BOT_TOKEN": "OTAw.s3cret.DiscordBotTokenOfTheTest",
    "DEALBELL_SECRET_KEY": "s3cretKeyThatEncryptsStoredTokens0",
}
PASSWORDS = ("s3cretFeedPassword", "s3cretFeedQuery", "s3cretProxyPassword")


class Parrot:
    """Answers everything with an error that quotes the request, headers and all, each time in another form."""

    def __init__(self) -> None:
        self.asked = 0
        self._forms = itertools.cycle(range(6))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        echo = f"{request.method} {request.url} {dict(request.headers)} {(await request.read())[:2000]!r}"
        token = request.headers.get("Authorization", "none")
        match next(self._forms):
            case 0:
                return web.json_response(
                    {"ok": False, "error": f"invalid_auth {token}", "needed": token, "message": echo}
                )
            case 1:
                return web.Response(status=500, text=echo)
            case 2:
                return web.json_response({"message": echo, "code": 50001, "errors": {"x": echo}}, status=403)
            case 3:
                return web.json_response({"message": echo, "retry_after": 0.1, "ok": False}, status=429,
                                         headers={"Via": "x", "Retry-After": "1", "X-Echo": token})  # fmt: skip
            case 4:
                return web.Response(status=502, text=f"<html>{echo}</html>", content_type="text/html")
            case _:
                return web.Response(status=407, text=echo, reason=f"Denied {token}"[:100])


@pytest.fixture
def parrot(site: Site) -> Iterator[tuple[Parrot, str]]:
    bird, stack = Parrot(), AsyncExitStack()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", bird.answer)
    yield bird, site.call(stack.enter_async_context(served(app)))
    site.call(stack.aclose())


def written(bot: Bot) -> str:
    """All that the bot wrote anywhere but where secrets belong: logs, output, and every text in the database."""
    texts = [bot.cards(), bot.log.read_text(encoding="utf-8") if bot.log.exists() else ""]
    with closing(sqlite3.connect(bot.env["DEALBELL_DATABASE"])) as conn:
        tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        # a feed's own address must be kept whole: it is what is fetched
        texts += [str(row) for table in tables if table != "feeds" for row in conn.execute(f"SELECT * FROM {table}")]  # noqa: S608
        texts += [str(row) for row in conn.execute("SELECT title, last_error FROM feeds")]
    return "\n".join(texts)


def assert_silent(text: str) -> None:
    shown = [name for name, secret in SECRETS.items() if secret in text]
    shown += [secret for secret in PASSWORDS if secret in text]
    assert shown == []


@pytest.fixture
def loaded(bot: Bot, site: Site, parrot: tuple[Parrot, str]) -> Bot:
    """A bot with every secret that there is, and cards to deliver to channels of both platforms."""
    bot.env |= SECRETS | {"SLACK_API_URL": f"{parrot[1]}/slack/api/", "DISCORD_API_URL": f"{parrot[1]}/discord/api/v10"}
    bot.env["DEALBELL_ALLOW_HOSTS"] = f"{site.host},{parrot[1].removeprefix('http://')}"
    bot.env["DEALBELL_WORKERS"] = "1"
    address = f"http://reader:{PASSWORDS[0]}@{parrot[1].removeprefix('http://')}/feed?token={PASSWORDS[1]}"
    bot.feeds.write_text(
        "".join(f'[[feed]]\nurl = "{url}"\ntitle = ""\n' for url in (f"{site.base}/news", address)), encoding="utf-8"
    )
    site.feed("news")
    return bot


def test_errors_that_echo_the_tokens_are_told_without_them(loaded: Bot, site: Site, parrot: tuple[Parrot, str]) -> None:
    bot = loaded
    bot.env |= {"DEALBELL_LOG_LEVEL": "debug"}
    said = [bot.run("subscribe", "slack", "T0A", "C0B"), bot.run("subscribe", "discord", "77", "501")]
    said += [bot.run("poll")]
    site.feed("news", item("a", "Quillmark raises $40 million in Series B led by Oakline Ventures"))
    asked = parrot[0].asked
    bot.start()
    bot.wait_for(lambda: parrot[0].asked >= asked + 8, "requests to the platforms")
    said += [bot.run(*words) for words in (
        ("status",), ("check",), ("feeds", "list"), ("feeds", "test", "--all"),
    )]  # fmt: skip
    bot.stop(seconds=60)
    for done in said:
        assert_silent(done.stdout + done.stderr)
    assert_silent(written(bot))
    assert bot.log.stat().st_size > 500, "there must be something to be silent in"


def test_a_proxy_that_refuses_is_told_without_its_password(loaded: Bot, parrot: tuple[Parrot, str]) -> None:
    where = parrot[1].removeprefix("http://")
    loaded.env["DEALBELL_PROXY"] = f"http://me:{PASSWORDS[2]}@{where}"
    for words in (("poll", "--all"), ("feeds", "test", "--all"), ("extract", "https://news.example/a")):
        done = loaded.run(*words)
        assert_silent(done.stdout + done.stderr)
    assert parrot[0].asked
    assert_silent(written(loaded))


MALFORMED = {
    "SLACK_BOT_TOKEN": f"{SECRETS['SLACK_BOT_TOKEN']}\nX-Evil: 1",
    "DISCORD_BOT_TOKEN": f"Bot {SECRETS['DISCORD_BOT_TOKEN']} é",
    "DEALBELL_PROXY": f"htp://me:{PASSWORDS[2]}@[::1",
    "DEALBELL_SECRET_KEY": f"{SECRETS['DEALBELL_SECRET_KEY']}\x7f",
    "DEALBELL_SLACK_BOT_TOKEN": SECRETS["SLACK_BOT_TOKEN"],
    "SLACK_BOT_TOKN": SECRETS["SLACK_BOT_TOKEN"],
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_secret_is_refused_without_being_shown(loaded: Bot, name: str) -> None:
    loaded.env[name] = MALFORMED[name]
    done = loaded.run("poll")
    assert_silent(done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


@dataclass
class Answered:
    """What slack-sdk hangs on its error."""

    data: dict[str, str]
    status_code: int = 200


def test_the_reason_that_is_kept_of_a_refusal_quotes_no_token() -> None:
    token = SECRETS["SLACK_BOT_TOKEN"]
    for code in (f"invalid_auth Bearer {token}", token, "missing_scope"):
        refusal = SlackApiError("no", Answered({"error": code, "needed": f"chat:write {token}"}))
        assert token not in outcome(refusal, bot="bell").reason


def test_a_secret_in_the_settings_file_is_refused_without_being_shown(loaded: Bot, tmp_path: Path) -> None:
    for name in ("slack_bot_token", "secret_key", "SLACK_BOT_TOKEN"):
        file = tmp_path / "bot.toml"
        file.write_text(f"{name} = {json.dumps(SECRETS['SLACK_BOT_TOKEN'])}\n", encoding="utf-8")
        loaded.env["DEALBELL_CONFIG"] = str(file)
        done = loaded.run("check")
        assert done.returncode == 1
        assert_silent(done.stdout + done.stderr)
