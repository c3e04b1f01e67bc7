from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.cli.completing import candidates
from bot.commands.front import Asked, Front, Place
from bot.model.enums import Platform
from bot.model.feed import FeedSpec
from bot.store import channels, feeds
from tests.commands.talk import NOW, Talk
from tests.stories.telling import bid, joins

HERE = Place(platform=Platform.CONSOLE, workspace="acme", channel="deals")
ELSEWHERE = Place(platform=Platform.CONSOLE, workspace="rival", channel="deals")


@pytest.fixture
def front() -> Iterator[Front]:
    talk = Talk()
    with talk.db() as db:
        own = channels.workspace(db, Platform.CONSOLE, "acme", name="", now=NOW).id
    talk.told("s1", bid("A", 0, "Scale AI", "Meta"))
    talk.told("s2", bid("A", 1, "Scale Computing", "Acumera"))
    talk.told("s3", joins("A", 2, "Sal Diaz", "Scale AI", "CEO"))
    talk.told("s9", bid("Intranet", 0, "Scale Secret", "Meta", audience=own), audience=own)
    with Front(talk.store, talk.services, clock=lambda: NOW) as made:
        yield made


def test_rule_10_names_of_companies_are_completed_from_what_the_workspace_may_see(front: Front) -> None:
    assert front.complete_now(HERE, "company", "sca") == ("Scale AI", "Scale Computing", "Scale Secret")
    assert front.complete_now(ELSEWHERE, "company", "sca") == ("Scale AI", "Scale Computing")
    assert front.complete_now(HERE, "person", "Sal") == ("Sal Diaz",)
    assert front.complete_now(HERE, "investor", "me") == ("Meta",)
    assert front.complete_now(HERE, "company", "%' OR 1=1 --") == ()


def test_ids_and_feeds_of_another_workspace_are_not_suggested_however_they_are_guessed(front: Front) -> None:
    with front._store.write() as db:
        own = channels.workspace(db, Platform.CONSOLE, "acme", name="", now=NOW).id
        feeds.add(db, FeedSpec(url="https://intranet.example/f", title="Secret wire"), now=NOW, workspace=own)
        feeds.add(db, FeedSpec(url="https://news.example/f", title="Secretly common"), now=NOW)
    assert front.complete_now(HERE, "story", "s9") == ("s9",)
    assert front.complete_now(HERE, "feed", "SEC") == ("Secret wire",)
    for place in (ELSEWHERE, replace(HERE, workspace="never seen"), replace(HERE, platform=Platform.SLACK)):
        for begin in ("", "s", "s9", "S9", "%", "_9"):
            assert "s9" not in front.complete_now(place, "story", begin)
            assert front.complete_now(place, "feed", begin) == ()
            assert "Scale Secret" not in front.complete_now(place, "company", begin)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("subs", ("subscribe",)),
        ("/a", ("/as", "/admin")),
        ("help wat", ("watch", "watching")),
        ("subscribe fund", ("funding", "funds")),
        ("subscribe funding sta", ("stakes", "stage:", "status:")),
        ("sub company:Scale", ('company:"Scale AI"', 'company:"Scale Computing"')),
        ("company Scale C", ("Computing",)),
        ("chart company Scale C", ("Computing",)),
        ("person S", ("Sal Diaz",)),
        ("settings qu", ("quiet:",)),
        ("wrong s1 not_a", ("not_a_deal",)),
        ("nonsense x", ()),
        ("company ", ()),
    ],
)
def test_the_console_completes_what_may_follow(front: Front, text: str, found: tuple[str, ...]) -> None:
    assert candidates(text, lambda what, begin: front.complete_now(ELSEWHERE, what, begin)) == found


def test_what_was_typed_is_answered_whatever_the_place_is_called(front: Front) -> None:
    odd = Place(platform=Platform.CONSOLE, workspace="'; DROP TABLE workspaces; --", channel="👩‍👩‍👧" * 50)
    assert front.answer_now(Asked(text="recent", place=odd, user="\u202eeve")).good
