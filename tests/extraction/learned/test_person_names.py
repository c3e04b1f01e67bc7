"""A person's name, whole, whichever part of it the tagger marked."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.learned.decode import Line, Mention
from bot.extraction.learned.person_names import in_full, whole_names


def people(text: str, *marked: str) -> list[str]:
    """The names that are read where the tagger marked these words as people."""
    kinds, statuses = np.full(2, 0.5, dtype=np.float32), np.full(4, 0.25, dtype=np.float32)
    told = tuple(
        Mention(start=text.index(m), end=text.index(m) + len(m), label="person", text=m, sure=0.9, segment=0,
                kinds=kinds, statuses=statuses)
        for m in marked
    )  # fmt: skip
    line = Line(number=0, title=False, start=0, end=len(text), parties=(), people=told, quantities=(),
                families=np.zeros(5, dtype=np.float32))  # fmt: skip
    return [m.text for m in whole_names(text, [line])[0].people]


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("Quill quits. Chief Executive Ada Quill had led Tarnwick.", "Quill", "Ada Quill"),
        ("Ada R. Quill stays; Ms Quill said", "Quill", "Ada R. Quill"),
        ("H. Ada Quill leaves. Under Quill sales rose.", "Quill", "H. Ada Quill"),
        ("Ada Quill leaves. Ada Jane Quill, 60, said", "Ada Quill", "Ada Jane Quill"),
        ("today. Ada Brown Quill, 39, said", "Quill", "Ada Brown Quill"),
        ("French Ada Quill leads. EADR Ada Quill. Tarnwick's Quill", "Quill", "Ada Quill"),
        ("Ada “Addie” Quill joins. Ada Quill said", "Ada “Addie” Quill", "Ada Quill"),
        ("Ada “Addie” Quill joins.", "Ada “Addie” Quill", "Ada “Addie” Quill"),
        ("Lloyds CEO Quill and With Quill", "Quill", "Quill"),
        ("Quill quits", "Quill", "Quill"),
        ("Ada Quill and her brother Ben Quill", "Quill", "Quill"),
        ("", "", ""),
    ],
)
def test_a_name_takes_the_fullest_form_of_the_text(text: str, name: str, full: str) -> None:
    assert in_full(text, name) == full


def test_whom_the_text_surely_tells_decides_between_two_of_one_surname() -> None:
    assert in_full("Ada Quill and Ben Quill", "Quill", ["Ada Quill"]) == "Ada Quill"


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("elects Curtis F. Low, Jr. to its board", "Jr.", "Curtis F. Low, Jr."),
        ("names Ada Quill, Ph.D., as chief", "Ph.D.", "Ada Quill, Ph.D."),
        ("names Ada Quill, FAHA, as editor", "FAHA", "Ada Quill"),
        ("Lawrence “Larry” Low leaves", "Larry” Low", "Lawrence “Larry” Low"),
        ('Yih-Ling "Wally" Low resigned', "Yih-Ling", 'Yih-Ling "Wally" Low'),
        ("departure of Ada Quill and others", "Ada Quill and", "Ada Quill"),
        ("said MD Ada Quill", "MD Ada Quill", "Ada Quill"),
        ("said Md Ada Rahman", "Md Ada Rahman", "Md Ada Rahman"),
        ("Mr. Ada Quill", "Mr. Ada Quill", "Ada Quill"),
    ],
)
def test_a_span_that_cuts_a_name_open_is_mended(text: str, marked: str, whole: str) -> None:
    assert people(text, marked) == [whole]


@pytest.mark.parametrize("text", ["the Dr said so", "a Ph.D. in physics"])
def test_what_only_goes_with_names_is_none(text: str) -> None:
    assert people(text, "Dr" if "Dr" in text else "Ph.D.") == []


def test_two_parts_of_one_name_are_one_person() -> None:
    assert people('Yih-Ling "Wally" Low resigned', "Yih-Ling", "Low") == ['Yih-Ling "Wally" Low']


@given(st.text(max_size=300), st.text(max_size=20))
def test_any_text_is_read(text: str, name: str) -> None:
    assert isinstance(in_full(text, name), str)


def test_many_bearers_of_a_name_take_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "Ada Quill said. " * count
        began = time.process_time()
        in_full(text, "Quill")
        return time.process_time() - began

    assert seconds(16_000) < 40 * max(seconds(2000), 0.001)
