"""Rendered cards that are kept in tests/data/cards/PLATFORM, one file each.

`python -m tests.chat.golden` writes them anew; read the difference before you keep it.
"""

import json
from pathlib import Path

KEY = "a2b3c4d5e6f7g8h9"
FOLDER = Path(__file__).parent.parent / "data" / "cards"


def assert_kept(platform: str, name: str, shown: str) -> None:
    assert shown == (FOLDER / platform / f"{name}.json").read_text(encoding="utf-8")


def kept_names(platform: str) -> set[str]:
    return {path.stem for path in (FOLDER / platform).glob("*.json")}


def _write() -> None:
    from bot.chat.discord import render as discord
    from bot.chat.discord.buttons import card_view
    from bot.chat.slack import render as slack
    from tests.chat.test_golden_cards import CARDS

    for name, card in CARDS.items():
        shown = {
            "slack": {"text": slack.text(card), "blocks": slack.blocks(card)},
            "discord": {
                "content": discord.content(card),
                "embed": discord.embed(card, key=KEY),
                "components": card_view(card, key=KEY).to_components(),
            },
        }
        for platform, data in shown.items():
            path = FOLDER / platform / f"{name}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
