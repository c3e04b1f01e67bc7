import pytest

from bot.commands.registry import VERBS
from bot.commands.words import split
from tests.commands.talk import Talk, words
from tests.stories.telling import bid

HOSTILE = (
    "x" * 5000,
    "🚀" * 40 + "👩‍👩‍👧",
    "שלום עולם \u202e evil \u2066",
    "'; DROP TABLE stories; --",
    "<!channel> @everyone <script>alert(1)</script> [b]*bold*_it_ `x`",
    '"never closed',
    "page:999999 page:-1 since:never",
    "\x1b[31mred\x07 \0 \u200b",
    "-" * 50 + ":::" + "," * 50,
    "company:" + "a," * 200,
)


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.told("s1", bid("Reuters", 0, "Scale AI", "Meta", url="https://news.example/1"),
              bid("Wire", 1, "Scale AI", "Meta"))  # fmt: skip
    talk.told("s2", bid("Reuters", 0, "Cove", "Monzo"))
    return talk


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_has_help_and_examples_that_work(talk: Talk, name: str) -> None:
    told = words(talk.say(f"help {name}"))
    assert VERBS[name].summary in told
    for example in VERBS[name].examples:
        assert example in told
        assert split(example)[0].text == name
        text = example.replace("k3m9x2ab", "s1").replace("p7q4r5st", "s2").replace(" 2,3", " 2")
        reply = talk.say(text, attachment="name\nScale AI\n", is_operator=True)
        # what the store of this test does not hold, or what needs the network, is said in words
        assert reply.good or "known of" in words(reply) or name in {"unwatch", "feeds", "edit"}, words(reply)


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_verb_takes_anything_and_answers_in_words(talk: Talk, name: str, text: str) -> None:
    reply = talk.say(f"{name} {text}")
    shown = words(reply)
    assert shown.strip()
    assert "Something went wrong" not in shown
    assert "Traceback" not in shown
    assert len(shown) < 6000
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM stories").fetchone()[0] == 2


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_alone_answers(talk: Talk, name: str) -> None:
    reply = talk.say(name)
    assert words(reply).strip()
    assert "Something went wrong" not in words(reply)


@pytest.mark.parametrize("name", [verb.name for verb in VERBS.values() if verb.configures])
def test_who_may_not_configure_is_refused_with_the_cure(talk: Talk, name: str) -> None:
    reply = talk.say(VERBS[name].examples[0], may_configure=False, is_admin=False)
    assert not reply.good
    assert "may not" in words(reply)
    assert "Ask somebody" in words(reply)
    with talk.store.read() as db:
        for table in ("subscriptions", "watches", "mutes", "channel_settings", "audit"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0  # noqa: S608


def test_an_administrator_may_close_configuring_to_all_others(talk: Talk) -> None:
    assert talk.say("settings admins-only:on").good
    refused = talk.say("subscribe funding", is_admin=False)
    assert "only administrators configure" in words(refused)
    assert talk.say("recent", is_admin=False).good
    assert not talk.say("settings admins-only:off", is_admin=False).good


def test_rule_1_empty_and_unknown_input_answer_with_examples_to_copy(talk: Talk) -> None:
    for text in ("", "help", "   "):
        reply = talk.say(text)
        assert "subscribe funding" in words(reply)
        assert not reply.in_channel
    unknown = talk.say("subscrbe funding")
    assert "Did you mean subscribe?" in words(unknown)
    assert unknown.buttons[0].command == "help subscribe"
    assert not unknown.in_channel


def test_the_prefix_stands_before_every_command_to_copy() -> None:
    told = words(Talk().say("", prefix="/deals "))
    assert "/deals subscribe funding" in told
