from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.learned.age import ages

OCTOBER = datetime(2016, 10, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sentence", "named", "months"),
    [
        ("In March, Ossory hired Ann Lee as its finance chief.", "In March", 7),
        ("Ossory named Bo Ek, six months after the exit of Ann Lee.", "six months after", 6),
        ("She retired on January 1, 2016.", "on January 1, 2016", 9),
        ("In June last year it said that Ann Lee would step down.", "In June last year", 16),
        ("Tarnwick, which it bought two years ago, is to close.", "two years ago", 24),
        ("Tarnwick had been bought a decade earlier.", "a decade earlier", 120),
        ("In 2008, they sold the firm for $4.6 billion.", "2008", 97),
        ("It raised $10 million last year.", "last year", 13),
        ("Earlier this year, Ossory bought Tarnwick.", "Earlier this year", 5),
        ("It filed for a listing last November.", "last November", 11),
        ("Ossory said on Monday that it has bought Tarnwick.", "on Monday", 0),
        ("She will take over on 17 October.", "on 17 October", 0),
        ("He will step down in February.", "in February", 0),
        ("She will join in January 2018.", "in January 2018", 0),
        ("It was sold on Sept. 3 for £4m.", "on Sept. 3", 1),
    ],
)
def test_a_time_is_as_many_months_old(sentence: str, named: str, months: float) -> None:
    (age,) = ages(sentence, OCTOBER)
    assert sentence[age.start : age.end] == named
    assert age.months == months


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee, finance chief since January 2012, leaves.", "Tarnwick, founded in 2009, raised $5 million.",
        "It may march on; the august board decides.", "It sold 2,010 shares at $2012 a lot, up 2015%.",
        "He takes over in December.",  # nobody can tell which one
        "Ossory buys Tarnwick.", "",
    ],
)  # fmt: skip
def test_what_tells_no_age_of_the_event_is_left_out(sentence: str) -> None:
    assert ages(sentence, OCTOBER) == []


def test_without_a_date_of_publication_only_spans_of_time_count() -> None:
    assert [age.months for age in ages("Bought in March 2012, it was sold three years ago.", None)] == [36]


@given(st.text(alphabet="in May 2012 last year ago two,. since—5", max_size=200))
def test_any_text_is_read_and_no_time_lies_ahead(text: str) -> None:
    found = ages(text, OCTOBER)
    assert all(0 <= age.start < age.end <= len(text) and age.months >= 0 for age in found)
    assert all(a.end <= b.start or b.end <= a.start for n, a in enumerate(found) for b in found[:n])
