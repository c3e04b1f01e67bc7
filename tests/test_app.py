"""How the house is wired."""

import subprocess
import sys


def test_the_bot_itself_carries_no_model_only_its_workers_do() -> None:
    code = "import sys, bot.app, bot.cli; print({'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
