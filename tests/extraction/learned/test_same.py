"""Names of one party."""

import pytest

from bot.extraction.learned.same import clean, fullest, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Meta", "Meta Platforms"),
        ("Acme Inc.", "ACME"),
        ("Wang", "Alexandr Wang"),
        ("GM", "General Motors"),
        ("AT&T", "AT & T"),
        ("Tarn", "Tarngroup Inc"),
        ("a16z", "Andreessen Horowitz"),
    ],
)
def test_forms_of_one_name_are_the_same(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Meta", "Metro"),
        ("", "Acme"),
        ("General Motors", "General Electric"),
        ("Tarn Trends", "Tarngroup"),
        ("B2B", "Blob"),
        ("a16z", "腾讯"),
    ],
)
def test_different_names_are_not(one: str, other: str) -> None:
    assert not same(one, other)


def test_the_fullest_form_wins() -> None:
    assert fullest(["Meta", "Meta Platforms", "Meta"]) == "Meta Platforms"


def test_a_possessive_and_an_open_bracket_are_cut_off() -> None:
    assert clean("Acme's") == "Acme"
    assert clean("Acme (NASDAQ") == "Acme"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("S&T Mining.", "S&T Mining"),
        ("Acme Inc.", "Acme Inc."),
        ("Citibank N.A.", "Citibank N.A."),
        ("BRIEF-Acme", "Acme"),
        ("Curtis Low, Jr.", "Curtis Low, Jr."),
    ],
)
def test_a_full_stop_and_a_wires_slug_are_cut_off(told: str, name: str) -> None:
    assert clean(told) == name
