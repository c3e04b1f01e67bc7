from contextlib import suppress
from datetime import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.grammar import KINDS, command, delivery_sentence, parse, sentence
from bot.commands.words import quoted, split
from bot.errors import InputError
from bot.model.enums import Kind, Status
from bot.model.event import Money
from bot.model.filter import ALL_KINDS, Cadence, Delivery, Filter
from bot.store.filters import delivery_from_text, delivery_to_text, filter_from_text, filter_to_text


def read(text: str) -> Filter:
    return parse(split(text)).filter


def test_without_words_everything_is_asked_for() -> None:
    assert read("") == Filter()
    assert read("all") == Filter()


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("funding stakes", Filter(kinds=frozenset({Kind.FUNDING, Kind.STAKE}))),
        ("funding,ipos", Filter(kinds=frozenset({Kind.FUNDING, Kind.IPO}))),
        ("deals", Filter(kinds=ALL_KINDS - {Kind.LEADERSHIP})),
        ('company:"Scale AI",Meta', Filter(companies=("Scale AI", "Meta"))),
        ("company:“Scale AI”", Filter(companies=("Scale AI",))),
        ('company:"Foo: the bar"', Filter(companies=("Foo: the bar",))),
        ("min:10m", Filter(minimum=Money(value=10e6, currency="USD"))),
        ("min:€2.5bn", Filter(minimum=Money(value=2.5e9, currency="EUR"))),
        ("min:50crINR", Filter(minimum=Money(value=5e8, currency="INR"))),
        ("min:50cr", Filter(minimum=Money(value=5e8, currency="INR"))),
        ("min:10,000,000", Filter(minimum=Money(value=10e6, currency="USD"))),
        ("stage:series-b+", Filter(stage_from="Series B")),
        ("stage:seed,a", Filter(stages=("Seed", "Series A"))),
        ("status:announced+", Filter(status=Status.ANNOUNCED)),
        ("status:rumour", Filter(status=Status.RUMORED, status_exact=True)),
        ("source:https://www.techcrunch.com/feed", Filter(sources=("techcrunch.com",))),
        ("-company:Meta -keyword:crypto", Filter(without_companies=("Meta",), without_keywords=("crypto",))),
        ("confidence:high", Filter(confidence=0.9)),
        ("watched role:ceo,cfo", Filter(watched=True, roles=("ceo", "cfo"))),
    ],
)
def test_a_filter_says_what_it_says(text: str, wish: Filter) -> None:
    assert read(text) == wish


@pytest.mark.parametrize(
    ("text", "delivery"),
    [
        ("daily@09:00", Delivery(cadence=Cadence.DAILY, at=time(9))),
        ("daily@7", Delivery(cadence=Cadence.DAILY, at=time(7))),
        ("weekly@mon", Delivery(cadence=Cadence.WEEKLY)),
        ("weekly@fri@17:30", Delivery(cadence=Cadence.WEEKLY, at=time(17, 30), weekday=4)),
        ("now", Delivery()),
        ("threads:on", Delivery(threads=True)),
        ("daily@7 threads:off", Delivery(cadence=Cadence.DAILY, at=time(7), threads=False)),
        ("threads:on weekly@fri@17:30", Delivery(cadence=Cadence.WEEKLY, at=time(17, 30), weekday=4, threads=True)),
    ],
)
def test_a_delivery_says_when(text: str, delivery: Delivery) -> None:
    assert parse(split(text)).told() == delivery
    assert parse(split(command(Filter(), delivery))).told() == delivery
    assert delivery_from_text(delivery_to_text(delivery)) == delivery
    assert delivery_sentence(delivery)


def test_what_words_do_not_say_of_delivery_stays_as_it_was() -> None:
    before = Delivery(cadence=Cadence.DAILY, threads=True)
    assert parse(split("funding")).told(before) == before
    assert parse(split("funding now")).told(before) == Delivery(threads=True)
    assert parse(split("threads:channel")).told(before) == Delivery(cadence=Cadence.DAILY)


@pytest.mark.parametrize(
    ("text", "named", "cure"),
    [
        ("fundng", "fundng", "funding"),
        ("funding compny:Meta", "compny:Meta", "company:"),
        ("min:lots", "min:lots", "min:10m"),
        ("min:-5m", "min:-5m", "min:10m"),
        ("min:", "min:", "min:10m"),
        ("stage:serie-z", "serie-z", "series-a"),
        ("stage:debt+", "Debt", "stage:debt"),
        ("status:anounced", "anounced", "announced"),
        ("daily@25:00", "daily@25:00", "daily@09:00"),
        ("weekly@someday", "weekly@someday", "weekly@mon"),
        ("dayly@09:00", "dayly@09:00", "daily"),
        ("confidence:very", "confidence:very", "high"),
        ("-min:10m", "-min:10m", ""),
        ("backfill:100", "backfill:100", "backfill:5"),
        ("threads:maybe", "threads:maybe", "threads:on"),
        ('company:"Scale AI', "Scale AI", '"'),
        ("company:" + ",".join(f"c{n}" for n in range(60)), "60", "Watch"),
        ("company:" + "x" * 200, "xxx", ""),
    ],
)
def test_an_error_points_at_the_wrong_word_and_names_the_cure(text: str, named: str, cure: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert named in caught.value.problem
    assert cure in caught.value.cure


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf")), min_size=1, max_size=12).filter(
    lambda name: name.strip("'\"“”„«»‘’ ,") == name and not set(name) & set("\"“”„«»‘’'") and name.strip()
)
LISTS = st.lists(NAMES, max_size=3, unique=True).map(tuple)
FILTERS = st.builds(
    Filter,
    kinds=st.sets(st.sampled_from(Kind), min_size=1).map(frozenset),
    companies=LISTS,
    watched=st.booleans(),
    minimum=st.none()
    | st.builds(Money, value=st.integers(1, 10**12).map(float), currency=st.sampled_from(["USD", "EUR", "INR", "GBP"])),
    stages=st.lists(st.sampled_from(["Seed", "Series A", "Series D", "Debt"]), max_size=2, unique=True).map(tuple),
    stage_from=st.none() | st.sampled_from(["Seed", "Series B"]),
    investors=LISTS,
    roles=LISTS,
    without_companies=LISTS,
    without_keywords=LISTS,
    keywords=LISTS,
    confidence=st.none() | st.sampled_from([0.9, 0.7, 0.3, 0.55]),
    status=st.none() | st.sampled_from(Status),
)


@given(FILTERS)
@example(Filter(minimum=Money(value=4007.0, currency="USD")))
@example(Filter(keywords=("//",)))
def test_a_filter_prints_back_as_a_command_that_means_the_same(wish: Filter) -> None:
    assert read(command(wish)) == wish
    assert sentence(wish)
    assert filter_to_text(filter_from_text(filter_to_text(wish))) == filter_to_text(wish)


@given(st.text(max_size=200))
def test_no_text_does_more_than_be_wrong(text: str) -> None:
    with suppress(InputError):  # nothing else may be raised
        assert sentence(parse(split(text)).filter)


@given(NAMES)
def test_a_quoted_value_comes_back(name: str) -> None:
    assert split(f"company:{quoted(name)}")[0].values == (name,)


def test_an_empty_filter_is_one_row_however_it_is_typed() -> None:
    words = " ".join(name for name in KINDS if name not in {"all", "deals"})
    assert filter_to_text(read(words)) == filter_to_text(Filter()) == "{}"
