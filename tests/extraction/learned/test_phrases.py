"""The words around a name: what is said before it is not what is said after it."""

import numpy as np

from bot.extraction.learned.decode import Line
from bot.extraction.learned.phrases import BUCKETS, SIDE, buckets
from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Evidence, document


def line(number: int, start: int, end: int) -> Line:
    nothing = np.zeros(5, dtype=np.float32)
    return Line(
        number=number, title=not number, start=start, end=end, parties=(), people=(), quantities=(), families=nothing
    )


def evidence(field: str, start: int, end: int) -> Evidence:
    return Evidence(field=field, start=start, end=end, quote="", method="model", confidence=1.0)


def deal(whole: str, target: str, kind: Kind = Kind.ACQUISITION) -> Event:
    start = whole.index(target)
    return Event(
        kind=kind, status=Status.ANNOUNCED, target=target,
        evidence=(evidence("target", start, start + len(target)),),
    )  # fmt: skip


def told(title: str, target: str, kind: Kind = Kind.ACQUISITION) -> set[int]:
    whole = document(title, "")
    return set(buckets(deal(whole, target, kind), whole, [line(0, 0, len(title))]))


def test_the_side_and_the_family_count_and_each_phrase_once() -> None:
    assert told("buys Zeta", "Zeta") != told("Zeta buys", "Zeta")
    assert not told("buys Zeta", "Zeta") & told("buys Zeta", "Zeta", Kind.FUNDING)
    assert told("buys Zeta", "Zeta", Kind.FUNDING) == told("buys Zeta", "Zeta", Kind.STAKE)
    found = buckets(deal("buys buys Zeta", "Zeta"), "buys buys Zeta", [line(0, 0, 14)])
    assert found == sorted(set(found))
    assert all(0 <= bucket < BUCKETS for bucket in found)


def test_other_sentences_and_words_far_off_do_not_count() -> None:
    whole = document("Acme buys Zeta", "Rain is near.")
    alone = buckets(deal(whole, "Zeta"), whole, [line(0, 0, 14), line(1, 16, len(whole))])
    assert set(alone) == told("Acme buys Zeta", "Zeta")
    far = "w " * SIDE
    assert told(f"rain {far}Zeta", "Zeta") == told(f"{far}Zeta", "Zeta")


def test_a_change_that_names_nobody_is_told_by_its_company() -> None:
    whole = "Acme seeks a new chief"
    event = Event(
        kind=Kind.LEADERSHIP, status=Status.ANNOUNCED, company="Acme", change=Change.JOINS,
        evidence=(evidence("company", 0, 4),),
    )  # fmt: skip
    assert buckets(event, whole, [line(0, 0, len(whole))])
    assert buckets(Event(kind=Kind.IPO, status=Status.RUMORED), whole, []) == []
