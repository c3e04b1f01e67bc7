"""How the house is wired."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from bot.app import opened
from bot.chat.slack.access import Access
from bot.chat.slack.client import SlackChat
from bot.clock import utc_now
from bot.model.enums import Platform
from bot.settings import FixedSettings
from bot.store import notes


def test_the_bot_itself_carries_no_model_only_its_workers_do() -> None:
    code = "import sys, bot.app, bot.cli; print({'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


async def test_how_the_chats_are_is_noted_for_other_processes(tmp_path: Path) -> None:
    settings = FixedSettings(database=tmp_path / "bot.db", workers=1)
    async with opened(settings, chats={Platform.SLACK: SlackChat(Access(signing_secret="s"))}) as app:
        await app.connections()
        told = await app.store.read(lambda db: notes.since(db, "connection", begin=utc_now() - timedelta(minutes=1)))
    assert told == (("slack", "Slack: commands come by HTTP"),)
