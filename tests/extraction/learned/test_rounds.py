"""A round takes the investors that its sentences list."""

from dataclasses import replace

import numpy as np

from bot.extraction.learned.assembly import Candidate
from bot.extraction.learned.decode import Line
from bot.extraction.learned.rounds import METHOD, MOST, with_investors
from bot.extraction.tokens import sentences
from bot.model.enums import Kind, Status
from bot.model.event import Event, Evidence, document

ROUND = Event(kind=Kind.FUNDING, status=Status.ANNOUNCED, target="Quillby", buyers=("Pell",), lead=("Pell",))
LED = "The round was led by Pell Street, with participation from Oak Hollow and Quillby."


def read(text: str, event: Event = ROUND, *, deals: tuple[str, ...] = ("",)) -> Event:
    """The event with its investors, where the first of the item's `deals` tells it."""
    title = "Quillby raises $5M"
    whole = document(title, text)
    found = [Candidate(family=0, lines=[_line(whole, told)]) for told in deals]
    return with_investors(event, found[0], found, list(sentences(title, text)), whole)


def _line(whole: str, told: str) -> Line:
    start = whole.index(told)
    return Line(number=0, title=False, start=start, end=start + len(told), parties=(), people=(), quantities=(),
                families=np.zeros(5, dtype=np.float32))  # fmt: skip


def buyer(text: str, name: str) -> Evidence:
    start = document("Quillby raises $5M", text).index(name)
    return Evidence(
        field="buyers", start=start, end=start + len(name), quote=text, method="model:tagger", confidence=0.7
    )


def test_the_listed_names_go_before_what_was_caught_of_them() -> None:
    event = read(LED)
    assert event.buyers == ("Pell Street", "Oak Hollow")
    assert event.lead == ("Pell Street",)


def test_the_company_that_raises_is_no_investor_of_its_own() -> None:
    assert "Quillby" not in read(LED).buyers


def test_a_buyer_outside_the_lists_stays_with_its_evidence() -> None:
    text = f"Tessellate put in a million. {LED}"
    event = read(text, replace(ROUND, buyers=("Tessellate", "Pell"), lead=("Tessellate",),
                               evidence=(buyer(text, "Tessellate"), buyer(text, "Pell"))))  # fmt: skip
    assert event.buyers == ("Pell Street", "Oak Hollow", "Tessellate")
    assert event.lead == ("Pell Street",)
    assert [e.method == METHOD for e in event.evidence] == [False, True, True]


def test_a_lead_outside_the_lists_stays_where_they_name_none() -> None:
    event = read("Other investors include Oak Hollow.")
    assert event.buyers == ("Oak Hollow", "Pell")
    assert event.lead == ("Pell",)


def test_a_name_told_twice_is_kept_in_its_fullest_form() -> None:
    event = read("The round was led by Tarn. Investors include Tarn Capital and Oak Hollow.", replace(ROUND, buyers=()))
    assert event.buyers == ("Tarn Capital", "Oak Hollow")
    assert event.lead == ("Tarn Capital",)


def test_the_evidence_quotes_the_sentence_of_the_name() -> None:
    text = f"Bread is dear. {LED}"
    first = read(text).evidence[0]
    assert document("Quillby raises $5M", text)[first.start : first.end] == "Pell Street"
    assert first.quote == LED


def test_beside_other_deals_only_the_sentences_of_the_round_count() -> None:
    other = "Brinecraft raised a round led by Tessellate."
    assert read(f"{LED} {other}", deals=(LED, other)).buyers == ("Pell Street", "Oak Hollow")


def test_other_events_and_rounds_without_a_list_stay_as_they_are() -> None:
    fund = replace(ROUND, kind=Kind.FUND, buyers=(), lead=())
    assert read(LED, fund) is fund
    assert read("Bread is dear.") is ROUND


def test_no_more_names_are_taken_than_any_round_has() -> None:
    text = "\n\n".join(f"A round led by Tarn{n}{'abcdefghij'[n % 10] * 5}." for n in range(2 * MOST))
    assert len(read(text).buyers) == MOST + 1
