"""Which lines of an item tell one deal."""

import numpy as np

from bot.extraction.learned.assembly import candidates
from bot.extraction.learned.decode import Line, Mention
from bot.extraction.learned.labels import KINDS
from bot.model.event import Money


def mention(label: str, text: str, sure: float, segment: int, at: int, value: Money | None = None) -> Mention:
    kinds = np.full(len(KINDS), 0.02, dtype=np.float32)
    kinds[KINDS.index("stake")] = 0.9
    return Mention(start=at, end=at + len(text), label=label, text=text, sure=sure, segment=segment, kinds=kinds,
                   statuses=np.full(4, 0.25, dtype=np.float32), value=value)  # fmt: skip


def line(number: int, parties: tuple[Mention, ...], quantities: tuple[Mention, ...] = ()) -> Line:
    return Line(number=number, title=number == 0, start=number * 100, end=number * 100 + 99, parties=parties, people=(),
                quantities=quantities, families=np.zeros(5, dtype=np.float32))  # fmt: skip


def test_a_line_without_a_target_goes_on_with_the_surest_deal_of_its_buyer() -> None:
    money = Money(value=14e9, currency="USD")
    title = (
        mention("target", "Tarn", 0.6, 0, 0),
        mention("target", "Zeta", 0.8, 0, 20),
        mention("buyer", "Acme", 0.9, 0, 10),
    )
    later = line(1, (mention("buyer", "Acme", 0.9, 1, 100),), (mention("amount", "$14bn", 0.9, 1, 130, money),))
    homes = [c.names("target") for c in candidates([line(0, title), later]) if "amount" in c.slots]
    assert homes == [["Zeta"]]
