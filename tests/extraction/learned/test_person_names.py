"""A person's name, whole, whichever part of it the tagger marked."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.learned.decode import Line, Mention
from bot.extraction.learned.person_names import whole_names


def mention(text: str, marked: str, label: str = "person", sure: float = 0.9) -> Mention:
    start = text.rindex(marked)
    return Mention(start=start, end=start + len(marked), label=label, text=marked, sure=sure, segment=0,
                   kinds=np.full(2, 0.5, dtype=np.float32), statuses=np.full(4, 0.25, dtype=np.float32))  # fmt: skip


def read(text: str, *told: Mention) -> list[str]:
    """The names that are read where the tagger read these mentions."""
    line = Line(number=0, title=False, start=0, end=len(text), parties=(), people=told, quantities=(),
                families=np.zeros(5, dtype=np.float32))  # fmt: skip
    return [m.text for m in whole_names(text, [line])[0].people if m.label == "person"]


def people(text: str, *marked: str) -> list[str]:
    """The names that are read where the tagger marked these words, where they stand last, as people."""
    return read(text, *(mention(text, m) for m in marked))


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("Chief Executive Ada Quill had led Tarnwick. Quill quits", "Quill", "Ada Quill"),
        ("Ada R. Quill stays; Ms Quill said", "Quill", "Ada R. Quill"),
        ("H. Ada Quill leaves. Under Quill sales rose.", "Quill", "H. Ada Quill"),
        ("Ada Jane Quill, 60, said. Ada Quill leaves.", "Ada Quill", "Ada Jane Quill"),
        ("today. Ada Brown Quill, 39, said Quill", "Quill", "Ada Brown Quill"),
        ("the Prime Minister Ada Quill. Senator Ada Quill. Sen. Quill", "Quill", "Ada Quill"),
        ("at the Yale Ada Quill said. French Ada Quill. EADR Ada Quill. Tarnwick's Quill", "Quill", "Ada Quill"),
        ("Ada Quill said. Ada “Addie” Quill joins.", "Ada “Addie” Quill", "Ada Quill"),
        ("Ada “Addie” Quill joins.", "Ada “Addie” Quill", "Ada “Addie” Quill"),
        ("Lloyds CEO Quill and With Quill", "Quill", "Quill"),
        ("Ada Quill and her brother Ben Quill. Quill", "Quill", "Quill"),
        ("Quill Wei and Quill Bo. Quill", "Quill", "Quill"),
        ("Siobhan O'Brien of Acme. O'Brien", "O'Brien", "Siobhan O'Brien"),
        ("Élodie van der Veen left. Veen", "Veen", "Élodie van der Veen"),
        ("VP Nandakumar", "VP Nandakumar", "VP Nandakumar"),
        ("New Ng", "New Ng", "New Ng"),
    ],
)
def test_a_name_takes_the_fullest_form_of_the_text(text: str, name: str, full: str) -> None:
    assert people(text, name) == [full]


def test_whom_the_text_surely_tells_decides_between_two_of_one_surname() -> None:
    assert people("Ada Quill and Ben Quill. Quill", "Ada Quill", "Quill") == ["Ada Quill", "Ada Quill"]


def test_a_family_name_that_two_bear_stays() -> None:
    assert people("Wei Ann and Wei Bo. Wei", "Wei Ann", "Wei Bo", "Wei") == ["Wei Ann", "Wei Bo", "Wei"]


def test_a_company_is_no_first_name() -> None:
    text = "Tarnsoft Ada Quill said. Quill quits"
    company = mention(text, "Tarnsoft", "company")
    assert read(text, company, mention(text, "Quill")) == ["Ada Quill"]


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("elects Curtis F. Low, Jr. to its board", "Jr.", "Curtis F. Low, Jr."),
        ("names Ada Quill, Ph.D., as chief", "Ph.D.", "Ada Quill, Ph.D."),
        ("Ada Quill, P. Eng, joins its board", "P. Eng", "Ada Quill, P. Eng"),
        ("names Ada Quill, FAHA, as editor", "FAHA", "Ada Quill"),
        ("Lawrence “Larry” Low leaves", "Larry” Low", "Lawrence “Larry” Low"),
        ('Yih-Ling "Wally" Low resigned', "Yih-Ling", 'Yih-Ling "Wally" Low'),
        ("departure of Ada Quill and others", "Ada Quill and", "Ada Quill"),
        ("said MD Ada Quill", "MD Ada Quill", "Ada Quill"),
        ("said Md Ada Rahman", "Md Ada Rahman", "Md Ada Rahman"),
        ("Mr. Ada Quill", "Mr. Ada Quill", "Ada Quill"),
        ("Acme (Pat O’Brien, chief executive)", "Pat O’Brien", "Pat O’Brien"),
        ("Quill (Tarnsoft) And Marsh (Acme) Meet", "Quill", "Quill"),
        ("Ann Low, BEN MARSH and others", "BEN MARSH", "BEN MARSH"),
    ],
)
def test_a_span_that_cuts_a_name_open_is_mended(text: str, marked: str, whole: str) -> None:
    assert people(text, marked) == [whole]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("the Dr said so", "Dr"),
        ("a Ph.D. in physics", "Ph.D."),
        ("reviewed by a P.Geol. of the firm", "P.Geol"),
        ("so, Sir", "Sir"),
        ("its Abbey Dawning business", "Abbey Dawning business"),
    ],
)
def test_what_only_goes_with_names_is_none(text: str, marked: str) -> None:
    assert people(text, marked) == []


def test_two_parts_of_one_name_are_one_person() -> None:
    assert people('Yih-Ling "Wally" Low resigned', "Yih-Ling", "Low") == ['Yih-Ling "Wally" Low']


@given(st.text(max_size=200), st.text(min_size=1, max_size=20), st.text(max_size=100))
def test_any_text_is_read(before: str, name: str, after: str) -> None:
    text = f"{before}{name}{after}"
    assert len(people(text, name)) < 2


@pytest.mark.parametrize(
    "part", ["Ada Quill said. ", "A. ", "Ada ", "a", "“Al” ", ", Ph.D.", " ,", "- ", "Ada-", "Ada Quill, "]
)
def test_any_run_takes_linear_time(part: str) -> None:
    def seconds(count: int) -> float:
        text = "Ada Quill. Ada A" + part * count + " Quill"
        began = time.process_time()
        people(text, "Quill", text[-len(part) * count :])
        return time.process_time() - began

    assert seconds(4000) < 40 * max(seconds(500), 0.002)
