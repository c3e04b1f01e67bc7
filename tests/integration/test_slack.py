"""`dealbell run` on Slack: a real process that talks to a Slack of our own, and is killed and started again."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.chat.slack.fake import APP_TOKEN, TOKEN, FakeSlack, fake_slack
from tests.chat.slack.office import PEOPLE, ROOMS, buttons, shown
from tests.integration.conftest import Bot, Site
from tests.integration.test_discord import OLD, RAISE


@pytest.fixture
def slack(site: Site, bot: Bot) -> Iterator[FakeSlack]:
    stack = AsyncExitStack()
    fake = site.call(stack.enter_async_context(fake_slack()))
    fake.users |= PEOPLE
    fake.rooms |= {name: dict(room) for name, room in ROOMS.items()}
    bot.env |= {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": fake.url}
    yield fake
    if bot.process is not None:
        bot.stop()
    site.call(stack.aclose())


def asked(slack: FakeSlack, kind: str, payload: dict[str, Any]) -> Any:
    async def ask() -> list[dict[str, Any]]:
        address = slack.answer_address()
        name = await slack.envelope(kind, payload | {"response_url": address})
        await slack.acked(name)
        await slack.until(lambda: [each for each in slack.answers if address.endswith(each["_address"])])
        return [each for each in slack.answers if address.endswith(each["_address"])]

    return ask()


def typed(text: str, *, trigger: str) -> dict[str, Any]:
    return {"command": "/deals", "text": text, "team_id": "T1", "user_id": "UANN", "channel_id": "C1",
            "channel_name": "deals", "trigger_id": trigger}  # fmt: skip


def test_a_channel_subscribes_is_told_asks_back_and_none_of_it_is_lost_in_a_crash(
    site: Site, bot: Bot, slack: FakeSlack
) -> None:
    site.feed("news", OLD)
    bot.listen_to("news")
    bot.start()
    bot.wait_for(lambda: slack.sockets, "the socket")
    (told,) = site.call(asked(slack, "slash_commands", typed("subscribe funding", trigger="t1")))
    assert "Subscribed" in shown(told)
    bot.wait_until_polled("news", times=2)
    site.feed("news", RAISE, OLD)
    bot.wait_for(lambda: slack.channels["C1"], "the card")
    (card,) = slack.channels["C1"]
    assert card["text"].startswith("Quillmark raises $40M")
    bot.stop(signal.SIGKILL)
    bot.start()
    bot.wait_for(lambda: len(slack.sockets) == 2, "the socket again")
    press = {
        "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "UANN", "team_id": "T1"},
        "channel": {"id": "C1", "name": "deals"}, "trigger_id": "t2",
        "actions": [{"type": "button", "block_id": "b", **buttons(card)["Sources"]}],
    }  # fmt: skip
    (why,) = site.call(asked(slack, "interactive", press))
    assert "Oakline Ventures" in shown(why)

    async def again() -> None:
        await slack.acked(await slack.envelope("slash_commands", typed("subscribe ipos", trigger="t1"), retry=1))

    site.call(again())  # what was taken before the crash is known after it
    (listed,) = site.call(asked(slack, "slash_commands", typed("list", trigger="t3")))
    assert "1 subscription" in shown(listed)
    bot.wait_until_polled("news", times=2)
    assert len(slack.channels["C1"]) == 1
    assert bot.stop() == 0
    assert "secret" not in bot.log.read_text(encoding="utf-8")


def test_by_http_below_a_path_health_and_slacks_requests_are_answered(
    site: Site, bot: Bot, slack: FakeSlack, unused_tcp_port: int
) -> None:
    import aiohttp

    from tests.chat.slack.test_slack_web import SECRET, signature

    del bot.env["SLACK_APP_TOKEN"]
    bot.env |= {"SLACK_SIGNING_SECRET": SECRET, "DEALBELL_HTTP_PORT": str(unused_tcp_port),
                "DEALBELL_HTTP_BASE_PATH": "/bell"}  # fmt: skip
    bot.listen_to()
    bot.start()
    body = '{"type": "url_verification", "challenge": "abc"}'
    base = f"http://127.0.0.1:{unused_tcp_port}/bell"

    async def post(headers: dict[str, str]) -> int:
        async with aiohttp.ClientSession() as session:
            try:
                async with session.post(
                    f"{base}/slack/events", data=body, headers={"Content-Type": "application/json"} | headers
                ) as answer:
                    return answer.status
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
                return 0

    bot.wait_for(lambda: site.call(post(signature(body))) == 200, "an answer by HTTP")
    assert site.call(post({})) == 401
    assert bot.stop() == 0


def test_without_a_key_for_stored_tokens_the_start_says_what_to_set(bot: Bot) -> None:
    bot.listen_to()
    bot.env |= {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "hush", "SLACK_SIGNING_SECRET": "s"}
    done = bot.run("run")
    assert done.returncode == 1
    assert "DEALBELL_PUBLIC_URL" in done.stderr
    bot.env["DEALBELL_PUBLIC_URL"] = "https://bell.example/"
    done = bot.run("run")
    assert done.returncode == 1
    assert "DEALBELL_SECRET_KEY" in done.stderr
    assert "hush" not in done.stderr
    checked = bot.run("check")
    assert "DEALBELL_SECRET_KEY" in checked.stdout
    assert "DEALBELL_HTTP_PORT" in checked.stdout
    assert "cards go to the console" not in checked.stdout


def test_commands_load_the_library_only_where_slack_is_used() -> None:
    heavy = "{'slack_bolt', 'slack_sdk', 'cryptography'}"
    code = f"import sys, bot.__main__, bot.cli, bot.app; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "set()"
