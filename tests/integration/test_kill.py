"""SIGKILL at awkward moments: a restart neither loses nor doubles a card."""

import random
import re
import signal
import time

import pytest

from tests.integration.conftest import Bot, Site, item

NAMES = ("Quillmark", "Brackwater", "Fernhollow", "Ostrava Labs", "Tarnwick", "Hexvale", "Lumenroute", "Pellworth",
         "Stonegarth", "Virelai", "Wexbourne", "Yarrowgate")  # fmt: skip


def news(names: tuple[str, ...]) -> list[str]:
    return [
        item(
            name.replace(" ", "-"),
            f"{name} raises ${number + 11} million in Series A led by Oakline Ventures",
            f"{name} has raised ${number + 11} million in a Series A round led by Oakline Ventures.",
        )
        for number, name in enumerate(names)
    ]


def shown(cards: str) -> list[str]:
    return sorted(re.findall(r"│ ((?:[A-Z]\w+ ?)+) raises \$\d+M", cards))


@pytest.mark.timeout(400)
def test_kills_in_mid_poll_and_mid_delivery_neither_lose_nor_double_a_card(site: Site, bot: Bot) -> None:
    rng = random.Random(20)
    site.feed("news")
    bot.listen_to("news")
    bot.start()
    bot.wait_until_polled("news", times=2)
    assert bot.stop() == 0
    site.feed("news", *news(NAMES))
    for _ in range(8):
        asked = site.asked["/news"]
        bot.start()
        bot.wait_for(lambda before=asked: site.asked["/news"] > before, "the poll")  # type: ignore[misc]
        time.sleep(rng.uniform(0.0, 0.6))
        assert bot.stop(signal.SIGKILL) == -signal.SIGKILL
    bot.start()
    bot.wait_for(lambda: len(set(shown(bot.cards()))) == len(NAMES), "every card")
    bot.wait_until_polled("news", times=2)
    assert bot.stop() == 0
    assert shown(bot.cards()) == sorted(NAMES)
    assert bot.run("check").returncode == 0
