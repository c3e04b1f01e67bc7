import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import StoreUnreadable
from bot.store.turn import Turn

OTHER = """
import sys
from pathlib import Path
from bot.store.turn import Turn
print(Turn(Path(sys.argv[1])).take(), flush=True)
sys.stdin.read()
"""


def other(database: Path) -> "subprocess.Popen[str]":
    """Another process that takes its turn, if it can, and keeps it."""
    return subprocess.Popen(
        [sys.executable, "-c", OTHER, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_one_process_at_a_time_has_the_turn_and_a_killed_one_gives_it_back(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "bot.db")
    with other(tmp_path / "bot.db") as first:
        assert first.stdout
        assert first.stdout.readline() == "True\n"
        assert not turn.take()
        first.kill()
        first.wait()
    assert turn.take()
    assert turn.take()  # ours still
    with other(tmp_path / "bot.db") as second:
        assert second.stdout
        assert second.stdout.readline() == "False\n"
        second.kill()
    turn.give_back()
    with other(tmp_path / "bot.db") as third:
        assert third.stdout
        assert third.stdout.readline() == "True\n"
        third.kill()


def test_a_folder_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreadable, match=r"bot\.db\.turn can't be opened"):
        Turn(tmp_path / "none" / "bot.db").take()
