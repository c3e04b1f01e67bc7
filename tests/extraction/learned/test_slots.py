"""What an event's fields say of its kind."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from bot.extraction.learned.assembly import Candidate
from bot.extraction.learned.decode import Line, Mention
from bot.extraction.learned.labels import KINDS, LEADERSHIP, LEAVES
from bot.extraction.learned.slots import settled, to_event
from bot.model.enums import Kind, Status
from bot.model.event import Event, Evidence, Money

SHARE = Evidence(field="stake_percent", start=0, end=3, quote="51%", method="model:tagger", confidence=0.9)
DEAL = Event(kind=Kind.STAKE, status=Status.ANNOUNCED, target="Zeta", buyers=("Acme",), evidence=(SHARE,))


def candidate(*, stake: float) -> Candidate:
    """A candidate whose target the tagger calls a stake's with this probability, else an acquisition's."""
    kinds = np.zeros(len(KINDS), dtype=np.float32)
    kinds[KINDS.index("stake")], kinds[KINDS.index("acquisition")] = stake, 1 - stake
    target = Mention(
        start=0, end=4, label="target", text="Zeta", sure=0.9, segment=0, kinds=kinds,
        statuses=np.full(4, 0.25, dtype=np.float32),
    )  # fmt: skip
    return Candidate(family=0, slots={"target": [target]})


@pytest.mark.parametrize(("share", "kind"), [(49, Kind.STAKE), (50, Kind.STAKE), (51, Kind.ACQUISITION)])
def test_more_than_half_of_the_shares_is_control(share: float, kind: Kind) -> None:
    assert settled(replace(DEAL, stake_percent=share), candidate(stake=0.9), "").kind is kind


def test_a_takeover_of_less_than_half_is_a_stake_where_the_tagger_doubts() -> None:
    event = replace(DEAL, kind=Kind.ACQUISITION, stake_percent=47.7)
    assert settled(event, candidate(stake=0.4), "") == replace(event, kind=Kind.STAKE)


def test_a_sure_takeover_loses_the_share_that_was_held_before() -> None:
    event = settled(replace(DEAL, kind=Kind.ACQUISITION, stake_percent=9.1), candidate(stake=0.05), "")
    assert (event.kind, event.stake_percent, event.evidence) == (Kind.ACQUISITION, None, ())


def test_a_share_that_is_bought_is_a_stake() -> None:
    text = "Acme buys 24% stake in Zeta"
    share = replace(SHARE, start=text.index("24"), end=text.index(" stake"))
    event = replace(DEAL, kind=Kind.ACQUISITION, stake_percent=24, evidence=(share,))
    assert settled(event, candidate(stake=0.05), text).kind is Kind.STAKE


@pytest.mark.parametrize("name", ["Larkspur Ventures Fund II", "Harbour Seed Fund", "Tern Growth Funds"])
def test_a_fund_that_raises_money_raises_a_fund(name: str) -> None:
    event = Event(kind=Kind.FUNDING, status=Status.COMPLETED, target=name, round="Seed")
    assert settled(event, candidate(stake=0.0), "") == replace(event, kind=Kind.FUND, round=None)


def test_a_company_that_raises_money_stays_as_it_is() -> None:
    event = Event(kind=Kind.FUNDING, status=Status.COMPLETED, target="Fundbox Robotics", round="Seed")
    assert settled(event, candidate(stake=0.0), "") is event


def test_a_buyer_stands_once_by_its_fullest_name() -> None:
    buyers = ("TSV", "a16z", "Zeta Capital", "Andreessen Horowitz", "Zeta Capital India", "Tarn Seed Vehicle")
    event = replace(DEAL, kind=Kind.FUNDING, buyers=buyers, lead=("TSV",))
    told = settled(event, candidate(stake=0.0), "Tarn Seed Vehicle (TSV) and a16z")
    assert told.buyers == ("Tarn Seed Vehicle", "Andreessen Horowitz", "Zeta Capital", "Zeta Capital India")
    assert told.lead == ("Tarn Seed Vehicle",)
    apart = ("a16z", "腾讯", "Яндекс", "BP", "Blue Point")
    assert settled(replace(DEAL, buyers=apart), candidate(stake=0.9), "").buyers == apart


TEXT = "Acme buys into Zeta. The deal gives it 24%. Sales rose by 9%."


def place(mention: Mention, word: str) -> Mention:
    """The mention where the word stands in `TEXT`."""
    start = TEXT.index(word)
    return replace(mention, start=start, end=start + len(word), text=word)


def sentence(number: int, start: int, end: int, *told: Mention) -> Line:
    return Line(number=number, title=False, start=start, end=end, parties=(), people=(), quantities=told,
                families=np.zeros(5, dtype=np.float32))  # fmt: skip


def share_told(*shares: tuple[str, float]) -> Event:
    """The event of "Acme buys into Zeta", where these shares are read, this sure, in the sentences after it."""
    deal = candidate(stake=0.9)
    target = place(deal.slots["target"][0], "Zeta")
    ends = [0, *(at + 1 for at, char in enumerate(TEXT) if char == ".")]
    lines = []
    for number, (start, end) in enumerate(pairwise(ends)):
        told = [
            replace(place(target, word), label="share", sure=sure, segment=number, value=float(word.rstrip("%")))
            for word, sure in shares
            if start <= TEXT.index(word) < end
        ]
        lines.append(sentence(number, start, end, *told))
    deal.lines, deal.slots = [lines[0]], {"target": [target]}
    return to_event(TEXT, deal, lines)


def test_the_only_share_of_an_item_is_the_deal_s() -> None:
    event = share_told(("24%", 0.9))
    assert event.stake_percent == 24
    assert [TEXT[e.start : e.end] for e in event.evidence if e.field == "stake_percent"] == ["24%"]


def test_an_unsure_share_or_one_of_several_is_not() -> None:
    assert share_told(("24%", 0.4)).stake_percent is None
    assert share_told(("24%", 0.9), ("9%", 0.9)).stake_percent is None


@pytest.mark.parametrize(("sure", "buyers"), [(0.6, ()), (0.75, ("Acme",))])
def test_only_sure_buyers_are_told(sure: float, buyers: tuple[str, ...]) -> None:
    deal = candidate(stake=0.1)
    target = place(deal.slots["target"][0], "Zeta")
    buyer = replace(place(target, "Acme"), label="buyer", sure=sure)
    line = sentence(0, 0, TEXT.index(".") + 1)
    deal.lines, deal.slots = [line], {"target": [target], "buyers": [buyer]}
    told = to_event(TEXT, deal, [line])
    assert (told.target, told.buyers) == ("Zeta", buyers)


def change_told(text: str, role: str, company: str | None) -> Event:
    """The change of Ada Quill in a title, where this role and this company are read."""
    like = candidate(stake=0.0).slots["target"][0]
    anchors = {"person": "Ada Quill", "role": role} | ({"company": company} if company else {})
    told = {
        slot: replace(like, start=text.index(word), end=text.index(word) + len(word), text=word, label=slot,
                      kinds=np.array([0.1, 0.9], dtype=np.float32))
        for slot, word in anchors.items()
    }  # fmt: skip
    at = text.find("Tarn")
    party = replace(like, start=at, end=at + 6, text=text[at : at + 6].rstrip("'; s"), label="target")
    line = replace(sentence(0, 0, len(text)), people=tuple(told.values()), parties=(party,) if at >= 0 else ())
    slots = {slot: [mention] for slot, mention in told.items()}
    return to_event(text, Candidate(family=LEADERSHIP, slots=slots, lines=[line], change=LEAVES), [line])


@pytest.mark.parametrize(
    ("text", "role", "company", "home", "alone"),
    [
        ("TarnGo falls; Ada Quill resigns as TarnGo director", "TarnGo director", None, "TarnGo", "director"),
        ("Ada Quill quits as Tarn's chief; Tarn said", "Tarn's chief", None, "Tarn", "chief"),
        ("Ada Quill leaves as tarn CEO of Tarn", "tarn CEO", "Tarn", "Tarn", "CEO"),
        ("Ada Quill leaves as Vice President", "Vice President", None, None, "Vice President"),
        ("Ada Quill leaves as Wealth Management head", "Wealth Management head", None, None, "Wealth Management head"),
        ("Ada Quill, Zeta chief, leaves Acme", "Zeta chief", "Acme", "Acme", "Zeta chief"),
    ],
)
def test_a_role_does_not_say_its_company_again(
    text: str, role: str, company: str | None, home: str | None, alone: str
) -> None:
    event = change_told(text, role, company)
    assert (event.person, event.company, event.role) == ("Ada Quill", home, alone)


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("Chairman of the", "Chairman"),
        ("President and", "President"),
        ("head of", "head"),
        ("Head of the Americas", "Head of the Americas"),
        ("stand-in", "stand-in"),
        ("of", "of"),
    ],
)
def test_a_role_ends_with_a_word_that_tells(read: str, told: str) -> None:
    assert change_told(f"Ada Quill leaves as {read} Acme", read, None).role == told


def test_a_sum_that_the_text_calls_the_company_s_value_is_its_valuation() -> None:
    text = "Acme buys 49% of Zeta, pushing the firm's value to around $29 billion"
    deal = candidate(stake=0.9)
    like = deal.slots["target"][0]
    target = replace(like, start=text.index("Zeta"), end=text.index("Zeta") + 4)
    money = Money(value=29e9, currency="USD")
    read = replace(like, start=text.index("$29"), end=len(text), text="$29 billion", label="amount", value=money)
    line = sentence(0, 0, len(text), read)
    deal.lines, deal.slots = [line], {"target": [target], "amount": [read]}
    event = to_event(text, deal, [line])
    assert (event.amount, event.valuation) == (None, money)
