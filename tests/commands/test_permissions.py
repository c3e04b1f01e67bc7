"""Every verb of the registry, said by whom it is not for: a verb that is added later is attacked without a word."""

import re
from collections.abc import Iterator

import pytest

from bot.commands.registry import VERBS
from bot.commands.verb import Services
from bot.feeds.opml import read_opml, write_opml
from bot.mending import merge_stories, split_story
from bot.model.enums import Platform
from bot.model.feed import FeedSpec
from tests.commands.talk import Talk, words
from tests.stocked import feed, workspace
from tests.stories.telling import bid

NOBODY = {"may_configure": False, "is_admin": False, "is_operator": False, "user": "mallory"}
MANAGER = NOBODY | {"may_configure": True}
OWN = {"wrong": {"feedback"}, "alert": {"subscriptions", "channel_settings", "audit", "mutes"}, "forget": {"feedback"}}
"""What a verb that is open to all may add rows to: what is the asker's own."""
FOUND = {"workspaces", "channels"}
"""Rows that are made where somebody speaks for the first time."""
Rows = dict[str, frozenset[tuple[object, ...]]]


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Two workspaces: acme's story s1 is everybody's; s9 and all that is configured at rival are rival's own."""
    services = Services(
        discover=lambda address: (FeedSpec(url=address, title="Found"),), test_feed=lambda address: "1 item",
        read_opml=read_opml, write_opml=write_opml, merge=merge_stories, split=split_story,
        read_text=lambda title, text: (), chart=lambda chart: b"PNG",
    )  # fmt: skip
    talk = Talk(services=services)
    with talk.db() as db:
        rival = workspace(db, "rival", platform=Platform.CONSOLE)
        acme = workspace(db, "acme", platform=Platform.CONSOLE)
        feed(db, "https://acme.example/feed?token=ours", of=acme)
        feed(db, "https://rival.example/feed?token=hidden", of=rival)
    talk.told(
        "s1", bid("Reuters", 0, "Scale AI", "Meta", url="https://news.example/1"), bid("Wire", 1, "Scale AI", "Meta")
    )
    talk.told("s2", bid("Reuters", 0, "Cove", "Monzo"))
    talk.told(
        "s9",
        bid("Mole", 0, "Zephyrine", "Quorlane", url="https://rival.example/deal", audience=rival.id),
        audience=rival.id,
    )
    for name in ("acme", "rival"):
        for command in ("subscribe funding", "watch Quorlane aka Zephyrine", "mute Zephyrine", "settings cap:7"):
            assert talk.say(command, of=name).good
    yield talk
    talk.store.close()


def rows(talk: Talk) -> Rows:
    with talk.store.read() as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        return {name: frozenset(db.execute(f"SELECT * FROM {name}").fetchall()) for name in names}  # noqa: S608


def sayings(name: str) -> list[str]:
    """A verb with its examples, with every word of its usage, and with the ids and names that there are."""
    usage = re.findall(r"[a-z_]+", VERBS[name].usage)
    things = ["s1", "s2", "s1 s2", "s1 2", "Quorlane", "Meta", "https://acme.example/feed?token=ours", "company:Cove"]
    said = [name, *VERBS[name].examples, *(f"{name} {word}" for word in usage), *(f"{name} {each}" for each in things)]
    said += [f"{name} {word} {each}" for word in usage for each in things]
    return [each.replace("k3m9x2ab", "s1").replace("p7q4r5st", "s2") for each in dict.fromkeys(said)]


@pytest.mark.parametrize("name", VERBS)
def test_who_may_not_configure_changes_nothing_whatever_is_said(talk: Talk, name: str) -> None:
    allowed = OWN.get(name, set()) | FOUND
    before = rows(talk)
    for text in sayings(name):
        reply = talk.say(text, attachment="name\nZeta\n", **NOBODY)
        after = rows(talk)
        changed = {table for table in before if before[table] != after[table]}
        assert changed <= allowed, text
        assert all(before[table] <= after[table] for table in changed), f"{text} took something away"
        assert "Something went wrong" not in words(reply)


@pytest.mark.parametrize("name", VERBS)
def test_where_only_administrators_configure_a_channels_manager_changes_nothing(talk: Talk, name: str) -> None:
    assert talk.say("settings admins-only:on").good
    allowed = OWN.get(name, set()) | FOUND
    for text in sayings(name):
        before = rows(talk)
        talk.say(text, attachment="name\nZeta\n", **MANAGER)
        changed = {table for table, kept in rows(talk).items() if before[table] != kept}
        assert changed <= allowed, text


@pytest.mark.parametrize("name", [verb.name for verb in VERBS.values() if verb.operates])
def test_what_edits_other_workspaces_cards_is_for_the_operator(talk: Talk, name: str) -> None:
    reply = talk.say(f"{name} s1 s2", is_admin=True, is_operator=False)
    assert not reply.good
    assert "operator" in words(reply)


@pytest.mark.parametrize("name", [verb.name for verb in VERBS.values() if verb.administers])
def test_what_shows_the_whole_workspace_is_for_its_administrators(talk: Talk, name: str) -> None:
    reply = talk.say(name, **MANAGER)
    assert not reply.good
    assert "administrator" in words(reply)


def of_rival(kept: Rows, talk: Talk) -> set[tuple[str, tuple[object, ...]]]:
    """Every row that names rival, one of its channels, or what hangs on these."""
    with talk.store.read() as db:
        ids = {row[0] for row in db.execute("SELECT id FROM workspaces WHERE external_id = 'rival'").fetchall()}
        of_it = "SELECT channels.id FROM channels JOIN workspaces ON workspaces.id = workspace_id"
        places = {row[0] for row in db.execute(f"{of_it} WHERE workspaces.external_id = 'rival'").fetchall()}
        tables = {table: [row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()] for table in kept}
    found = set()
    for table, lines in kept.items():
        for row in lines:
            named = dict(zip(tables[table], row, strict=True))
            if ids & {named.get("workspace_id"), named.get("audience")} or named.get("channel_id") in places:
                found.add((table, row))
    return found


@pytest.mark.parametrize("name", VERBS)
def test_no_verb_shows_or_touches_another_workspaces_own(talk: Talk, name: str) -> None:
    with talk.store.read() as db:
        query = "SELECT subscriptions.id FROM subscriptions JOIN channels ON channels.id = channel_id JOIN workspaces"
        query += " ON workspaces.id = workspace_id WHERE workspaces.external_id = 'rival' UNION SELECT id FROM watches"
        ids = [row[0] for row in db.execute(query).fetchall()]
    before = of_rival(rows(talk), talk)
    assert len(before) > 8
    pairs = [("s9", "Zephyrine", "Quorlane"), ("S9", "Zephyrine", "Quorlane"), ("Zephyrine", None, "Quorlane buys"),
             ("https://rival.example/deal", "Zephyrine", "Quorlane"), ("rival", "Zephyrine", "token=hidden"),
             ("https://rival.example/feed?token=hidden", "Zephyrine", "Quorlane")]  # fmt: skip
    pairs += [(each, None, "Quorlane buys") for each in ids]
    talk.say("unwatch Quorlane")
    talk.say("unmute Zephyrine")
    words_of_usage = re.findall(r"[a-z_]+", VERBS[name].usage)
    for argument, *secrets in pairs:
        for text in (
            f"{name} {argument}",
            f"{name} s1 {argument}",
            *(f"{name} {word} {argument}" for word in words_of_usage),
        ):
            reply = talk.say(text, is_operator=True, attachment="name\nZeta\n")
            shown = words(reply) + "".join(button.command for button in reply.buttons)
            shown += "".join(card.headline for card in reply.cards)
            shown += reply.file.content.decode(errors="replace") if reply.file else ""
            if name not in {"undo", "audit", "help"}:
                assert not [secret for secret in secrets if secret and secret in shown.replace(argument, "")], text
    assert of_rival(rows(talk), talk) == before


def test_a_command_or_a_file_of_megabytes_is_refused_in_words() -> None:
    talk = Talk()
    for text in (
        "x" * 5_000_000,
        "subscribe " + "company:a," * 500_000,
        '"' * 2_000_000,
        "watch " + "\u202e" * 1_000_000,
    ):
        reply = talk.say(text)
        assert not reply.good
        assert "characters long" in words(reply)
        assert len(words(reply)) < 1000
    for command in ("watch import", "feeds import"):
        reply = talk.say(command, attachment="name\n" * 2_000_000)
        assert not reply.good
        assert "too long" in words(reply)
