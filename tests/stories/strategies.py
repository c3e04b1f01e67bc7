"""Facts for laws: few names and sums, so that they meet often; and wild ones, with any text."""

from datetime import timedelta

from hypothesis import strategies as st

from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Money
from bot.model.story import Fact
from tests.stories.telling import START

COMPANIES = ["Scale", "Scale AI", "Scale Computing", "Meta", "Meta Platforms, Inc.", "Cove", "GGP", "startup"]
COMPANIES += ["General Growth Properties", "J.M. Smucker", "Smucker", "First Solar", "YourStory", "Your Story"]
PEOPLE = ["Alexandr Wang", "Wang", "A. Wang", "Jason Droege", "Jane Wang"]
OUTLETS = ["Reuters", "FT", "The Wire", "AP"]

wild_text = st.text(max_size=60)


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


def money(values: st.SearchStrategy[float]) -> st.SearchStrategy[Money | None]:
    return st.none() | st.builds(Money, value=values, currency=st.sampled_from(["USD", "EUR", "INR", "XYZ"]))


def events(
    companies: st.SearchStrategy[str], people: st.SearchStrategy[str], sums: st.SearchStrategy[float]
) -> st.SearchStrategy[Event]:
    names = st.lists(companies, max_size=2).map(tuple)
    return st.builds(
        Event,
        kind=st.sampled_from(Kind),
        status=st.sampled_from(Status),
        background=st.sampled_from([False, False, False, True]),
        target=maybe(companies),
        buyers=names,
        lead=names,
        seller=names,
        amount=money(sums),
        valuation=money(sums),
        stake_percent=st.sampled_from([None, None, 49.0, 51.0, 100.0]),
        round=st.sampled_from([None, None, "Series A", "Series B", "Growth", "Debt"]),
        person=maybe(people),
        role=st.sampled_from([None, "CEO", "chief executive officer", "interim CFO", "board member"]),
        company=maybe(companies),
        change=st.none() | st.sampled_from(Change),
        interim=st.booleans(),
        confidence=st.sampled_from([0.3, 0.6, 0.9]),
    )


def tellings(event: st.SearchStrategy[Event], text: st.SearchStrategy[str]) -> st.SearchStrategy[Fact]:
    def build(number: int, hours: int, told: Event, source: str, title: str) -> Fact:
        when = START + timedelta(hours=hours)
        return Fact(
            id=f"{number:06x}", event=told, source=source, title=title, url=None, published=when, first_seen=when
        )

    return st.builds(
        build, st.integers(0, 0xFFFFFF), st.sampled_from([0, 1, 30, 400, 700, 1500]), event, text, st.just("x") | text
    )


known = events(st.sampled_from(COMPANIES), st.sampled_from(PEOPLE), st.sampled_from([1e7, 1.04e7, 1.4e7, 9e7, 14.3e9]))
facts = tellings(known, st.sampled_from(OUTLETS))
wild_facts = tellings(events(wild_text, wild_text, st.floats(allow_nan=True, allow_infinity=True)), wild_text)


def sets_of(each: st.SearchStrategy[Fact], *, least: int = 1) -> st.SearchStrategy[list[Fact]]:
    return st.lists(each, min_size=least, max_size=8, unique_by=lambda fact: fact.id)
