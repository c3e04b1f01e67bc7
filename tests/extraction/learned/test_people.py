"""Who comes and who goes, where words tell it better than the tagger does."""

from dataclasses import replace

import numpy as np
import pytest

from bot.extraction.learned.assembly import candidates
from bot.extraction.learned.decode import Line, Mention
from bot.extraction.learned.labels import CHANGES
from bot.extraction.learned.people import LONGEST, with_people

JOINS, LEAVES = 0, 1


def mention(text: str, name: str, label: str, change: int) -> Mention:
    start = text.index(name)
    kinds = np.full(2, 0.05, dtype=np.float32)
    kinds[change] = 0.95
    return Mention(start=start, end=start + len(name), label=label, text=name, sure=0.9, segment=0, kinds=kinds,
                   statuses=np.full(4, 0.25, dtype=np.float32))  # fmt: skip


def line(text: str, *people: Mention) -> Line:
    return Line(number=0, title=False, start=0, end=len(text), parties=(), people=people, quantities=(),
                families=np.zeros(5, dtype=np.float32))  # fmt: skip


def told(text: str, *people: Mention) -> dict[str, str]:
    """The people of a line and their directions of change."""
    found = with_people(text, [line(text, *people)])[0].people
    return {m.text: CHANGES[int(m.kinds.argmax())] for m in found if m.label == "person"}


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quill will succeed Ben Marsh.",
        "Ada Quill takes over from outgoing CEO Ben Marsh on Monday.",
        "Ada Quill is replacing Tarnwick's longtime chair, Ben Marsh.",
        "Ada Quill, succeeding founder Ben Marsh, starts today.",
        "Ada Quill fills the role previously held by Ben Marsh.",
    ],
)
def test_who_is_succeeded_leaves(text: str) -> None:
    assert told(text, mention(text, "Ada Quill", "person", JOINS)) == {"Ada Quill": "joins", "Ben Marsh": "leaves"}


@pytest.mark.parametrize(
    "text",
    [
        "Ben Marsh retires, replaced by AI executive Ada Quill",
        "Ben Marsh will hand the reins to Ada Quill in May.",
        "Ben Marsh is to be replaced in the chairman role by director Ada Quill.",
    ],
)
def test_who_succeeds_joins(text: str) -> None:
    assert told(text, mention(text, "Ben Marsh", "person", LEAVES)) == {"Ada Quill": "joins", "Ben Marsh": "leaves"}


def test_initials_without_points_belong_to_the_name() -> None:
    text = "Ada Quill will take over from D D Jalan, who retired."
    assert told(text, mention(text, "Ada Quill", "person", JOINS)) == {"Ada Quill": "joins", "D D Jalan": "leaves"}


def test_words_turn_a_person_whom_the_tagger_took_the_other_way() -> None:
    text = "The board named Ada Quill to succeed Ben R. Marsh as chief executive."
    ada, ben = mention(text, "Ada Quill", "person", JOINS), mention(text, "Marsh", "person", JOINS)
    assert told(text, ada, ben) == {"Ada Quill": "joins", "Ben R. Marsh": "leaves"}


@pytest.mark.parametrize(
    "text",
    [
        "Ben Marsh steps down, Ada Quill taking over",
        "Ada Quill, 51, will take over in May",
        "Ada Quill is set to succeed him",
        "Ada Quill steps in as chief",
    ],
)
def test_who_takes_over_joins(text: str) -> None:
    assert told(text, mention(text, "Ada Quill", "person", LEAVES))["Ada Quill"] == "joins"


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quill to be succeeded by Ben Marsh",
        "Ada Quill, 60, was succeeded by Ben Marsh",
        "Ada Quill steps into retirement",
        "Ada Quill took over in 2015 and now leaves",
    ],
)
def test_who_is_succeeded_or_took_over_once_goes_as_the_tagger_says(text: str) -> None:
    assert told(text, mention(text, "Ada Quill", "person", LEAVES))["Ada Quill"] == "leaves"


def test_two_of_one_surname_stay_two() -> None:
    text = "John Quill resigned as director. Jane Quill resigned as finance chief. Quill said so."
    lines, start = [], 0
    for number, (name, end) in enumerate([("John Quill", 32), ("Jane Quill", 70), ("Quill", len(text))]):
        at = text.index(name, start)
        person = replace(mention(text, name, "person", LEAVES), start=at, end=at + len(name), segment=number)
        lines.append(replace(line(text, person), number=number, start=start, end=end))
        start = end
    found = candidates(with_people(text, lines))
    assert [c.names("person")[0] for c in found] == ["John Quill", "Jane Quill"]


def test_another_officer_s_change_is_not_the_chief_s() -> None:
    text = "Tarnwick CEO Ada Quill resigned. Its chief financial officer quit as well."
    first = text.index("Its")
    one = line(text, mention(text, "CEO", "role", LEAVES), mention(text, "Ada Quill", "person", LEAVES))
    two = line(text, mention(text, "chief financial officer", "role", LEAVES))
    found = candidates(with_people(text, [replace(one, end=first - 1), replace(two, number=1, start=first)]))
    assert [c.names("role") for c in found] == [["CEO"], ["chief financial officer"]]


def test_one_person_goes_once_by_whatever_name() -> None:
    text = "Quill quits as Tarnwick chief. Ada Quill resigned as director."
    people = [mention(text, "Quill", "person", LEAVES), mention(text, "Ada Quill", "person", LEAVES)]
    (one,) = candidates(with_people(text, [line(text, *people)]))
    assert one.names("person") == ["Ada Quill", "Ada Quill"]


def test_who_is_named_later_is_the_executive_of_the_headline() -> None:
    text = "Tarnwick executive quits Tarnwick. Ada Quill, chief of staff, resigned from Tarnwick."
    first, second = text.index("Ada"), len(text)
    title = line(
        text[: first - 1], mention(text, "executive", "role", LEAVES), mention(text, "Tarnwick", "company", LEAVES)
    )
    body = line(text, mention(text, "Ada Quill", "person", LEAVES), mention(text, "chief of staff", "role", LEAVES))
    found = candidates(with_people(text, [title, replace(body, number=1, start=first, end=second)]))
    assert [c.names("person") for c in found] == [["Ada Quill"]]


@pytest.mark.parametrize(
    "text",
    ["Ada Quill hopes to succeed with Tarnwick Foods.", "Ada Quill will replace the Tarnwick Foods Group plant."],
)
def test_what_is_no_person_succeeds_nobody(text: str) -> None:
    assert told(text, mention(text, "Ada Quill", "person", JOINS)) == {"Ada Quill": "joins"}


def test_an_item_without_a_person_gets_none() -> None:
    text = "The new pump will succeed Ben Marsh."
    assert told(text) == {}


def test_a_list_goes_the_way_of_its_first_name() -> None:
    text = "Ada Quill, Ben Marsh, Dr. Cy Orr and Élodie van der Veen join the board."
    people = told(text, mention(text, "Ada Quill", "person", JOINS))
    assert people == dict.fromkeys(["Ada Quill", "Ben Marsh", "Cy Orr", "Élodie van der Veen"], "joins")


def test_a_list_has_an_end() -> None:
    text = "Ada Quill" + ", Ben Marsh" * (3 * LONGEST)
    found = with_people(text, [line(text, mention(text, "Ada Quill", "person", JOINS))])[0].people
    assert len(found) == 1 + LONGEST


def test_who_quits_one_company_to_join_another_does_both() -> None:
    text = "Ada Quill quits Tarnwick Foods to join Larkspur"
    people = (
        mention(text, "Ada Quill", "person", LEAVES),
        mention(text, "Tarnwick Foods", "company", LEAVES),
        mention(text, "Larkspur", "company", LEAVES),
    )
    found = candidates(with_people(text, [line(text, *people)]))
    homes = {
        CHANGES[c.change]: [m.text for m in c.slots["company"] if int(m.kinds.argmax()) == c.change] for c in found
    }
    assert homes == {"leaves": ["Tarnwick Foods"], "joins": ["Larkspur"]}
    assert all(c.names("person") == ["Ada Quill"] for c in found)


def test_another_label_is_left_alone() -> None:
    text = "Ada Quill leaves Tarnwick Foods"
    role = mention(text, "Tarnwick Foods", "company", LEAVES)
    assert with_people(text, [line(text, replace(role, label="role"))])[0].people == (replace(role, label="role"),)
