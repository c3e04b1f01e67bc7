"""One role passes from a predecessor to a successor."""

from bot.extraction.learned.succession import with_roles
from bot.model.enums import Change, Kind, Status
from bot.model.event import Event


def change(person: str, direction: Change, *, role: str | None = None, company: str = "Tarnwick Foods") -> Event:
    return Event(
        kind=Kind.LEADERSHIP, status=Status.ANNOUNCED, person=person, change=direction, role=role, company=company
    )


def roles(*events: Event) -> list[str | None]:
    return [event.role for event in with_roles(events)]


def test_the_predecessor_had_the_successor_s_role() -> None:
    assert roles(change("Ada Quill", Change.JOINS, role="chief executive"), change("Ben Marsh", Change.LEAVES)) == [
        "chief executive",
        "chief executive",
    ]


def test_a_role_that_is_told_stays() -> None:
    told = (change("Ada Quill", Change.JOINS, role="chair"), change("Ben Marsh", Change.LEAVES, role="director"))
    assert roles(*told) == ["chair", "director"]


def test_of_two_successors_none_gives_the_role() -> None:
    two = (change("Ada Quill", Change.JOINS, role="chair"), change("Cy Orr", Change.JOINS, role="chief executive"))
    assert roles(*two, change("Ben Marsh", Change.LEAVES))[-1] is None


def test_another_company_s_successor_gives_nothing() -> None:
    other = change("Ada Quill", Change.JOINS, role="chair", company="Larkspur Robotics")
    assert roles(other, change("Ben Marsh", Change.LEAVES)) == ["chair", None]


def test_two_who_come_share_nothing() -> None:
    assert roles(change("Ada Quill", Change.JOINS, role="chair"), change("Cy Orr", Change.JOINS)) == ["chair", None]
