"""A command of training that is told to stop leaves no process behind."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

WORK = """
import os, sys, time
from bot.training.children import children

def work(path):
    with open(path, "w") as file:
        file.write(str(os.getpid()))
    time.sleep(60)

if __name__ == "__main__":
    with children(1) as pool:
        list(pool.map(work, [sys.argv[1]]))
"""


def within(seconds: float, done: Callable[[], object]) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if done():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGKILL])
def test_a_child_ends_with_its_parent(tmp_path: Path, told: signal.Signals) -> None:
    script, left = tmp_path / "work.py", tmp_path / "pid"
    script.write_text(WORK, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(script), str(left)], cwd=Path(__file__).parents[2])
    assert within(30, lambda: left.exists() and left.read_text())
    child = Path("/proc", left.read_text())
    assert child.exists()
    parent.send_signal(told)
    parent.wait(timeout=10)
    assert within(10, lambda: not child.exists() or "\nState:\tZ" in (child / "status").read_text())
