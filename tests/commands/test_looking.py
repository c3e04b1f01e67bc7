"""recent, top, search, company and the like, as somebody in a hurry types them."""

import pytest

from bot.commands.verb import Services
from bot.model.enums import Platform
from bot.model.event import Money
from bot.rates import to_usd
from bot.store import channels
from tests.commands.talk import NOW, Talk, words
from tests.stories.telling import bid, joins, raises, usd


@pytest.fixture
def talk() -> Talk:
    made = Talk(services=Services(to_usd=to_usd))
    made.told("s1", bid("Reuters", 0, "Scale AI", "Meta", amount=usd(14_300), title="Meta to take over labeller"))
    made.told("s2", raises("Wire", 1, "Cove", "Sequoia", amount=usd(20), round="Series B", title="Robot maker raises"))
    made.told("s3", raises("Wire", 2, "Near", "Accel", amount=usd(5), round="Seed", title="Robot arms get money"))
    made.told("s4", joins("FT", 3, "Ana Diaz", "Cove", "CFO"))
    return made


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        ("search robot", ("Cove", "Near"), ("Meta",)),
        ("search robot min:10m", ("Cove",), ("Near",)),
        ("search robot stage:seed", ("Near",), ("Cove raises",)),
        ("search robot investor:Sequoia source:wire", ("Cove",), ("Near",)),
        ("search robot -company:Cove", ("Near",), ("Cove raises",)),
        ("search cove kind:leadership", ("Ana Diaz",), ("raises",)),
        ("search cove since:1h", ("Nothing holds",), ("Ana",)),
        ("search cove since:7d", ("Ana Diaz", "raises"), ()),
        ("search robo", ("Cove", "Near"), ("Nothing",)),
        ("search foo:bar", ("Nothing holds",), ()),
    ],
)
def test_search_takes_words_filters_and_a_time(talk: Talk, text: str, told: tuple[str], not_told: tuple[str]) -> None:
    shown = words(talk.say(text))
    assert all(word in shown for word in told), shown
    assert not any(word in shown for word in not_told), shown


def test_search_marks_the_hit_in_the_outlets_headline(talk: Talk) -> None:
    reply = talk.say("search labeller")
    marked = [span.text for line in reply.lines for span in line if span.bold]
    assert "labeller" in marked
    assert "Meta to take over labeller" in words(reply)


def test_search_pages_keep_their_filters() -> None:
    talk = Talk()
    for number in range(25):
        talk.told(f"a{number:02d}", raises("Wire", 0, f"Cove {number}", amount=usd(number + 1)))
    first = talk.say("search cove min:3m")
    assert "Found for “cove”: 23" in words(first)
    assert [button.command for button in first.buttons] == ["search cove min:3m page:2"]
    assert "Page 3 of 3" in words(talk.say("search cove min:3m page:3"))


def test_search_needs_words_and_says_what_is_wrong_with_a_filter(talk: Talk) -> None:
    assert "needs words" in words(talk.say("search min:10m"))
    assert "no amount" in words(talk.say("search robot min:lots"))
    assert "no time" in words(talk.say("search robot since:later"))


@pytest.mark.parametrize("text", ["2 weeks", "last 2 weeks", "2w", "14d", "since 14 days", "month", "since:2025-06-01"])
def test_recent_understands_how_people_say_a_time(talk: Talk, text: str) -> None:
    assert "Ana Diaz" in words(talk.say(f"recent {text}"))
    assert "Ana Diaz" not in words(talk.say(f"recent funding {text}"))


def test_top_compares_across_currencies_and_leaves_out_what_has_no_amount(talk: Talk) -> None:
    talk.told("s6", raises("Wire", 4, "Monzo", amount=Money(value=10e6, currency="EUR")))
    told = words(talk.say("top month"))
    assert "≈$11." in next(each for each in told.splitlines() if "Monzo" in each)
    assert told.index("Cove") < told.index("Monzo") < told.index("Near")
    assert told.index("Scale AI") < told.index("Cove") < told.index("Near")
    assert "Ana Diaz" not in told


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("company Sca", "Did you mean Scale AI?"),
        ("company Scael AI", "Did you mean Scale AI?"),
        ("investor Sequoa", "Did you mean Sequoia?"),
        ("company Unheard Of", 'search "Unheard Of"'),
    ],
)
def test_a_name_that_is_unknown_gets_an_offer(talk: Talk, text: str, offer: str) -> None:
    assert offer in words(talk.say(text))


def test_watching_a_name_that_nobody_told_yet_offers_what_is_spelt_alike(talk: Talk) -> None:
    assert "Did you mean Scale AI?" in words(talk.say("watch Scael AI"))
    assert "Did you mean" not in words(talk.say("watch Scale AI"))


def test_watching_an_ambiguous_name_says_whom_it_may_mean(talk: Talk) -> None:
    talk.told("s5", bid("FT", 3, "Scale Computing", "Acumera"))
    reply = talk.say("watch Scale")
    assert "it counts where a deal names a company just so" in words(reply)
    assert "Did you mean Scale AI or Scale Computing?" in words(reply)
    assert [each.command for each in reply.buttons] == ['watch "Scale AI"', 'watch "Scale Computing"', "undo"]
    assert [each.command for each in talk.say('watch "Scale Computing"').buttons] == ["undo"]


def test_a_preview_leaves_out_what_is_muted(talk: Talk) -> None:
    assert "Cove" in words(talk.say("recent"))
    assert "4 in the last" in words(talk.say("preview"))
    talk.say("mute Cove")
    reply = talk.say("preview")
    assert "2 in the last" in words(reply)
    assert not [card for card in reply.cards if "Cove" in card.headline]


def test_what_is_no_command_may_be_sought(talk: Talk) -> None:
    reply = talk.say("labeller takeover")
    assert [button.command for button in reply.buttons] == ["search labeller takeover"]


def test_an_offer_never_comes_from_another_workspaces_story() -> None:
    talk = Talk()
    with talk.db() as db:
        own = channels.workspace(db, Platform.CONSOLE, "acme", name="", now=NOW).id
    talk.told("s9", bid("Intranet", 0, "Secret Cove", "Meta", audience=own), audience=own)
    assert "Secret Cove" in words(talk.say("company Secret Cave", of="acme"))
    for text in ("company Secret Cave", "watch Secret Cave", "search secre", "unwatch Secret Cave"):
        assert "Secret Cove" not in words(talk.say(text, of="rival"))


@pytest.mark.parametrize("text", ["company \ud800", "watch Cove\udfff", "search \ud800 arms", "feedback \ud800"])
def test_half_a_character_is_answered_in_words(talk: Talk, text: str) -> None:
    assert "Something went wrong" not in words(talk.say(text))
