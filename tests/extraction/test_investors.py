"""Lists of a round's investors, trap by trap. All companies and people are invented. A star marks a lead."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.investors import Investor, investors_in
from bot.extraction.tokens import Sentence, sentences, tokenize
from bot.model.event import document


def investors(text: str, title: str = "") -> list[Investor]:
    whole = document(title, text)
    return [one for sentence in sentences(title, text) for one in investors_in(sentence, whole)]


def told(found: list[Investor]) -> str:
    return "; ".join(one.name + "*" * one.lead for one in found)


LISTS = {
    "The Series B was led by Pell Street Capital.": "Pell Street Capital*",
    "The round was co-led by Pell Street Capital and Norwick Ventures.": "Pell Street Capital*; Norwick Ventures*",
    "The round was led by Pell Street, with participation from Oak Hollow, Tessellate and Grayfriars.":
        "Pell Street*; Oak Hollow; Tessellate; Grayfriars",
    "Quillby raised $5 million from Norwick Ventures and existing investor Tessellate.":
        "Norwick Ventures; Tessellate",
    "Quillby raised $5 million (about €4.6 million) in seed funding from Norwick Ventures.": "Norwick Ventures",
    "Other investors in the round include Oak Hollow, Tessellate and Grayfriars, among others.":
        "Oak Hollow; Tessellate; Grayfriars",
    "The seed round saw participation from Oak Hollow as well as Tessellate.": "Oak Hollow; Tessellate",
    "Oak Hollow, Tessellate and Grayfriars also participated in the round.": "Oak Hollow; Tessellate; Grayfriars",
    "Pell Street Capital and Norwick Ventures led the round.": "Pell Street Capital*; Norwick Ventures*",
    "Oak Hollow, 700 Meridian (a unit of Tarn) and Norway's Sundal Fund also participated.":
        "Oak Hollow; 700 Meridian; Sundal Fund",
    "Pell Street Capital led the round, joined by Oak Hollow and Tessellate.":
        "Pell Street Capital*; Oak Hollow; Tessellate",
    "The round was led by Pell Street alongside Oak Hollow.": "Pell Street*; Oak Hollow",
}  # fmt: skip

NOT_OF_THIS_ROUND = {
    "In 2020 it had raised $3 million in a round led by Norwick Ventures.": "",
    "Its previous round of $3 million was led by Norwick Ventures.": "",
    "Its rivals raised funding from Norwick Ventures and Oak Hollow.": "",
    "Quillby, whose backers include Norwick Ventures, sells ledgers.": "",
    "The team is led by Norwick Ventures.": "",
    "Jo Marsh joined Tessellate as its treasurer.": "",
    "The company, led by CEO Hanna Vale, raised $5 million from Norwick Ventures.": "Norwick Ventures",
    "Quillby, $30M Series B led by Norwick Ventures; Tarn, $5M seed.": "Norwick Ventures*",
    "Quillby, led by its founders Hanna Vale and Ben Oster, closed its seed round.": "",
}

DESCRIBED = {
    "The round was led by Oslo-based Pell Street.": "Pell Street*",
    "The round was led by Waltham, Mass.-based Pell Street.": "Pell Street*",
    "The round was led by Norway's Pell Street and New York's Tessellate.": "Pell Street*; Tessellate*",
    "The round was led by Norways early-stage fund, Pell Street.": "Pell Street*",
    "The round was led by the Norwegian fund Pell Street.": "Pell Street*",
    "The round was led by homegrown property player Pell Street.": "Pell Street*",
    "The round was led by Pell Street (a fund of Lumen & Fjord) and Oak Hollow.": "Pell Street*; Oak Hollow*",
    "The round was led by Pell Street, which has an office in Turin, and Oak Hollow.": "Pell Street*; Oak Hollow*",
    "The round was led by Pell Street, a fund for farms, Oak Hollow and Tessellate.":
        "Pell Street*; Oak Hollow*; Tessellate*",
    "The round was led by Pell Street, the existing investor Oak Hollow and Tessellate.":
        "Pell Street*; Oak Hollow*; Tessellate*",
    "The round was led by Marlow's Table.": "Marlow's Table*",
}  # fmt: skip

ANGELS = {
    "Angel investors include Jo Marsh, founder of Lumen, and Ada Quist.": "Jo Marsh; Ada Quist",
    "Angel investors include Jo Marsh, Lumen CEO; and Ada Quist, formerly of Tarn.": "Jo Marsh; Ada Quist",
    "Angel investors include former Lumen partner Jo Marsh and Tarn CEO Ada Quist.": "Jo Marsh; Ada Quist",
    "The round was led by Dr. Jo Marsh and tennis player Ada Quist.": "Jo Marsh*; Ada Quist*",
    "Backers include Norwick Ventures and executives from other companies.": "Norwick Ventures",
    "Backers include Norwick Ventures, founders of rival start-ups, and Tessellate.": "Norwick Ventures; Tessellate",
    "The seed round saw participation from J. P. Marsh and Ada van den Quist.": "J. P. Marsh; Ada van den Quist",
}

NAMES = {
    "The round was led by 700 Global and 02 Advisors.": "700 Global*; 02 Advisors*",
    "The round was led by Semicolon 3 Ventures and b27y.": "Semicolon 3 Ventures*; b27y*",
    "The round was led by Marsh & Co and Lumen & Fjord.": "Marsh & Co*; Lumen & Fjord*",
    "The round was led by Pell Street, Inc., and Oak Hollow.": "Pell Street, Inc*; Oak Hollow*",
    "The round was led by Founders Cove and Capital Hollow.": "Founders Cove*; Capital Hollow*",
    "The round was led by GM Cove and eWick.": "GM Cove*; eWick*",
    "The round was led by tessellate.com and Bank of Tarn.": "tessellate.com*; Bank of Tarn*",
    "The round was led by Bread and Butter and Oak Hollow.": "Bread and Butter*; Oak Hollow*",
    "The round was led by Tarn Investment and Infrastructure Fund.": "Tarn Investment and Infrastructure Fund*",
    "Funding came with a grant and investment from the Jo and Ada Quist Foundation.": "Jo and Ada Quist Foundation",
    "The round was led by Oak Hollow and Quist Family Foundation.": "Oak Hollow*; Quist Family Foundation*",
}

CUT = {
    "Quillby Raises $5M Seed Led By Pell Street With Participation From Oak Hollow": "Pell Street*; Oak Hollow",
    "Quillby Bags $5M From Norwick Ventures, Others": "Norwick Ventures",
    "Quillby Raises $5M In Round Backed By Top Healthcare Investors": "",
    "Quillby raises $5M led by Pell Street, Oak Hollow, and…": "Pell Street*; Oak Hollow*",
    "Quillby raises $5M led by Pell Street, Oak Hollow Cap…": "Pell Street*; Oak Hollow*",
    "Quillby raises $5M led by Pell Street, Tesse...": "Pell Street*",
    "Quillby raises $5M led by": "",
    "Quillby raises $5M led by Pell Street (formerly Oak": "Pell Street*",
}


@pytest.mark.parametrize(("text", "names"), (LISTS | NOT_OF_THIS_ROUND | DESCRIBED | ANGELS | NAMES).items())
def test_a_sentence_lists_its_investors(text: str, names: str) -> None:
    assert told(investors(text)) == names


@pytest.mark.parametrize(("title", "names"), CUT.items())
def test_a_headline_lists_its_investors(title: str, names: str) -> None:
    assert told(investors("", title)) == names


def test_an_investor_stands_where_its_place_says() -> None:
    title, text = "Quillby raises $5M", "Ünïcödé 🎉 first. The round was led by Pell  Street\nand Oak Hollow."
    whole = document(title, text)
    assert [whole[one.start : one.end] for one in investors(text, title)] == ["Pell  Street", "Oak Hollow"]
    assert [one.name for one in investors(text, title)] == ["Pell Street", "Oak Hollow"]


def test_a_name_that_two_cues_tell_is_found_once_and_is_a_lead_if_either_says_so() -> None:
    assert (
        told(investors("Quillby raised funding from investors including lead investor Pell Street.")) == "Pell Street*"
    )


HOSTILE = {
    "100,000 names": "The round was led by " + ", ".join(f"Tarn{n} Capital" for n in range(100_000)),
    "500 kB of leads": "led by A, " * 50_000,
    "500 kB of leads with names": "a round led by Tarn, " * 25_000,
    "500 kB of brackets": "The round was led by Tarn " + "(" * 500_000,
    "500 kB of lists in lists": "investors include Tarn, " * 21_000,
    "500 kB of endings": "Tarn, Joined " * 40_000,
    "500 kB of one word": "raised funding from " + "A" * 500_000,
    "500 kB of spaces": "raised funding" + " " * 500_000 + "with Tarn",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_bounded_time(text: str) -> None:
    started = time.process_time()
    investors(text)
    assert time.process_time() - started < 3


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_sentence_that_was_never_cut_is_read_at_its_beginning_alone(text: str) -> None:
    endless = Sentence(1, tokenize(text), 0, len(text))
    started = time.process_time()
    assert len(investors_in(endless, text)) <= 60
    assert time.process_time() - started < 1


PIECES = st.sampled_from(
    [
        "led by", "led the round", "also participated", "from", "with participation from", "investors include", "Tarn",
        "Pell Street", "CEO", "partner", "founder of", "3", "500", "Capital", "and", "&", ",", ".", ";", "(", ")", "’s",
        "-", "based", "the", "fund", "of", "Inc", "which", "$5 million", "Norway", "…", "\n\n", "\x00",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=80))
def test_any_order_of_telling_words_is_read_without_an_error(pieces: list[str]) -> None:
    text = " ".join(pieces)
    whole = document("", text)
    for one in investors(text):
        assert one.name == " ".join(whole[one.start : one.end].split()) != ""


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for one in investors("a round led by " + text):
        assert one.start < one.end
