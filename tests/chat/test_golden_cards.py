"""Cards as the console shows them, kept in tests/data/cards.

`python -m tests.chat.test_golden_cards` writes them anew; read the difference before you keep it.
"""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.chat.console.render import render
from bot.model.card import Card
from bot.model.enums import Kind
from bot.model.event import Money
from bot.model.story import Fact
from bot.stories.card import card
from bot.stories.change import compare
from bot.stories.fold import fold
from tests.stories.telling import (
    CANCELLED,
    COMPLETED,
    RUMORED,
    START,
    bid,
    deal,
    joins,
    leaves,
    raises,
    stake,
    tell,
    usd,
)

FOLDER = Path(__file__).parent.parent / "data" / "cards"

SCALE = (
    stake("The Wire", 0, "Scale AI", "Meta", status=RUMORED, amount=usd(14_000)),
    stake("Reuters", 20, "Scale AI", "Meta", amount=usd(14_000), valuation=usd(29_000), stake_percent=49.0),
    stake("FT", 30, "Scale AI", "Meta", amount=usd(14_300)),
)
CROWD = tuple(raises(f"Outlet {n}", n, "Cove", f"Fund {n}", round="Seed", amount=usd(5)) for n in range(12))
HOSTILE = (
    tell(
        "Evil [bold]Times[/bold]\x1b]8;;http://evil.example\x1b\\",
        0,
        bid("x", 0, "[red]Acme[/red] \x1b[2J<!channel> @everyone", "A\nB & <C>", amount=usd(5)).event,
    ),
)


def shown(*facts: Fact, last: bool = False) -> Card:
    """The card of a first post, or of the edit that the last fact brought about."""
    before = fold(facts[:-1], story_id="k3f9") if last else None
    change = compare(before, fold(facts, story_id="k3f9"))
    return card(change.story, change=change, noted_at=START if last else None)


CARDS: dict[str, Card] = {
    "stake-rumour": shown(*SCALE[:1]),
    "stake-announced": shown(*SCALE[:2], last=True),
    "stake-corrected": shown(*SCALE, last=True),
    "stake-seller": shown(stake("FT", 0, "Ubisoft", seller=("Vivendi",), amount=Money(value=2e9, currency="EUR"))),
    "funding": shown(
        raises(
            "TechCrunch",
            0,
            "True Markets",
            "RRE",
            "Accomplice",
            "Reciprocal",
            lead=("RRE", "Accomplice"),
            amount=usd(11),
            round="Series A",
            valuation=usd(80),
        )
    ),
    "funding-debt": shown(raises("CNBC", 0, "Mistral AI", amount=usd(830), round="Debt")),
    "funding-rumour": shown(raises("CNBC", 0, "Anthropic", amount=usd(50_000), valuation=usd(900_000), status=RUMORED)),
    "funding-rupees": shown(raises("Mint", 0, "Meesho", "Tiger Global", amount=Money(value=5e9, currency="INR"))),
    "funding-many-sources": shown(*CROWD),
    "acquisition": shown(bid("Reuters", 0, "MuleSoft", "Salesforce", amount=usd(6500))),
    "acquisition-done": shown(
        bid("Reuters", 0, "Wesson", "J.M. Smucker", seller=("Conagra",), status=COMPLETED, amount=usd(285))
    ),
    "acquisition-no-buyer": shown(bid("Kotaku", 0, "Ubisoft", status=RUMORED)),
    "merger-called-off": shown(
        deal("FT", 0, Kind.MERGER, "Sprint", "Nextel", amount=usd(36_000)),
        deal("FT", 99, Kind.MERGER, "Sprint", "Nextel", status=CANCELLED),
        last=True,
    ),
    "ipo": shown(deal("CNBC", 0, Kind.IPO, "X-energy", amount=usd(1000), status=COMPLETED)),
    "fund": shown(deal("Mint", 0, Kind.FUND, "Accel", amount=usd(650))),
    "interim-chief": shown(joins("Reuters", 0, "Jason Droege", "Scale AI", "CEO", interim=True)),
    "joins-without-role": shown(joins("Reuters", 0, "Alexandr Wang", "Meta")),
    "leaves": shown(leaves("Reuters", 0, "Tim Cook", "Apple", "CEO")),
    "nobody-named": shown(joins("Reuters", 0, None, "Calidi", "CEO", status=RUMORED)),
    "hostile": shown(*HOSTILE),
    "wide-letters": shown(
        bid("日経", 0, "楽天グループ株式会社", "トヨタ自動車株式会社", amount=Money(value=5e11, currency="JPY"))
    ),
}


def printed(shown_card: Card, *, width: int = 80) -> str:
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=False, highlight=False)
    console.print(render(shown_card, edited=shown_card.note is not None))
    return out.getvalue()


@pytest.mark.parametrize("name", CARDS)
def test_the_card_reads_as_it_did(name: str) -> None:
    assert printed(CARDS[name]) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_every_kept_card_is_still_made() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(CARDS)


if __name__ == "__main__":
    for name, shown_card in CARDS.items():
        (FOLDER / f"{name}.txt").write_text(printed(shown_card), encoding="utf-8")
