"""Brackets that explain a short form give the full name."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.learned.aliases import explained, mended, spelt_out


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Life Insurance Corp. of Sylvania (LIC) named a chair.", "LIC", "Life Insurance Corp. of Sylvania"),
        ("the Harbour Industry and Ferry Association (HIFA) said", "HIFA", "Harbour Industry and Ferry Association"),
        ('Northern Transit Gas Ltd ("NTG") will merge', "NTG", "Northern Transit Gas Ltd"),
        ("Companhia Energética de Monte Alto (Cemalt) bids", "Cemalt", "Companhia Energética de Monte Alto"),
        ("Brightwell Robotics Inc. (NYSE American: BRWL) said", "BRWL", "Brightwell Robotics Inc."),
        ("to buy Larkspur Components Inc (LARK), a maker", "LARK", "Larkspur Components Inc"),
        ("today, Orchard & Vale Group, Inc. (Nasdaq: OVG) raised", "OVG", "Orchard & Vale Group, Inc."),
    ],
)
def test_a_bracket_explains_a_short_form(text: str, short: str, full: str) -> None:
    assert explained(text)[short] == full


@pytest.mark.parametrize(
    "text",
    [
        "Larkspur (formerly Tern) bought Zeta.",
        "the company (CEO) said nothing",
        "Ada Quill (62) retires",
        "Mast Energy Group (Reuters)",
        "(LIC) opened the day",
        "A first sentence (and a remark)",
    ],
)
def test_other_brackets_explain_nothing(text: str) -> None:
    assert explained(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("Acmes pumps; Acme said", "Acmes", "Acme"),
        ("Tarn Powers round: Tarn Power said", "Tarn Powers", "Tarn Power"),
        ("Moodle's said. Moodle's Corp rose", "Moodle", "Moodle's"),
        ("Byte’s raises $1bn", "Byte", "Byte’s"),
        ("Acme's\nchief executive", "Acme", "Acme"),
        ("Zeta's profit beats Acme's.", "Acme", "Acme"),
        ("Acme's to buy Zeta", "Acme", "Acme"),
        ("Quill Capital Partner Ada said", "Quill Capital Partners", "Quill Capital Partners"),
        ("Acme's profit; Acme said", "Acme", "Acme"),
        ("Acme's new chief", "Acme", "Acme"),
        ("Tarn Motors", "Tarn Motors", "Tarn Motors"),
    ],
)
def test_a_name_keeps_its_own_mark_and_no_other(text: str, name: str, whole: str) -> None:
    assert mended(text, name) == whole


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("the Northern Stock Exchange said", "NSE", "Northern Stock Exchange"),
        ("Quill & Gamely Sylvania named", "Q&G Sylvania", "Quill & Gamely Sylvania"),
        ("Quentin Gray advised", "Q&G", None),
        ("The Company will pay", "TCL", None),
        ("Tarn Camber", "TCL", None),
        ("Bank of Arda said", "BA", None),
        ("Quill Robotics", "Quill", None),
        ("", "HUL", None),
    ],
)
def test_initials_are_spelt_out_where_the_text_does(text: str, short: str, full: str | None) -> None:
    assert spelt_out(text, short) == full


def test_the_first_explanation_holds() -> None:
    told = "Grand Ocean Line (GOL) and, elsewhere, Green Olive Labs (GOL)"
    assert explained(told) == {"GOL": "Grand Ocean Line"}


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    assert all(short in text for short in explained(text))


def test_many_brackets_take_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "Alpha Beta Gamma (ABG) " * count
        began = time.process_time()
        explained(text)
        return time.process_time() - began

    assert seconds(16_000) < 40 * max(seconds(2000), 0.001)
