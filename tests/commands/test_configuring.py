"""settings, mute, pause: how a channel wants things, as people type it."""

from datetime import timedelta

import pytest

from bot.commands.verb import Services
from bot.store import preferences
from tests.commands.talk import NOW, Talk, words
from tests.stories.telling import bid


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("zone:Europe/Berlin", "zone:Europe/Berlin"),
        ("zone berlin", "zone:Europe/Berlin"),
        ('zone "New York"', "zone:America/New_York"),
        ("timezone UTC", "zone:UTC"),
        ("quiet:22:00-07:00", "quiet:22:00-07:00"),
        ("quiet 22-7", "quiet:22:00-07:00"),
        ("cap:5", "cap:5"),
        ("layout compact", "layout:compact"),
        ("threads:turns", "threads:turns"),
        ("zone:Europe/Berlin quiet:off cap:7", "cap:7"),
    ],
)
def test_a_setting_is_saved_and_shown(text: str, shown: str) -> None:
    talk = Talk()
    saved = talk.say(f"settings {text}")
    assert saved.good, words(saved)
    assert shown in words(talk.say("settings"))
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM channel_settings").fetchone()[0] <= 1
    rival = words(talk.say("settings", of="rival"))
    assert "zone:UTC" in rival
    assert "cap:30" in rival


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("zone:Berln", "Did you mean Europe/Berlin?"),
        ("zone:Xyzzyx", "For example Europe/Berlin"),
        ("quiet:25-99", "quiet:22:00-07:00"),
        ("quiet:07:00-07:00", "pause"),
        ("cap:0", "cap:1"),
        ("cap:many", "cap:1"),
        ("layout:huge", "layout:full"),
        ("threads:maybe", "threads:off"),
        ("qiet:22-7", "Did you mean quiet?"),
        ("cap", "Settings are"),
        ("admins-only:maybe", "on or off"),
    ],
)
def test_a_setting_that_is_wrong_changes_nothing_and_names_the_cure(text: str, cure: str) -> None:
    talk = Talk()
    before = words(talk.say("settings"))
    reply = talk.say(f"settings {text}")
    assert not reply.good
    assert cure in words(reply)
    assert words(talk.say("settings")) == before


def test_settings_tell_the_time_of_the_channels_zone() -> None:
    talk = Talk()
    talk.say("settings zone:Asia/Kolkata")
    assert "it is 13:30 there" in words(talk.say("settings"))


@pytest.mark.parametrize(
    ("text", "what", "name", "days"),
    [
        ("mute Meta", "company", "Meta", None),
        ("mute Meta Platforms for 30d", "company", "Meta Platforms", 30),
        ("mute company:Meta for 2 weeks", "company", "Meta", 14),
        ("mute source:Reuters", "source", "Reuters", None),
        ("mute https://www.example.com/feed for 12h", "source", "example.com", 0.5),
    ],
)
def test_a_company_or_a_source_is_muted_for_good_or_for_a_time(
    text: str, what: str, name: str, days: float | None
) -> None:
    talk = Talk()
    assert talk.say(text).in_channel
    with talk.store.read() as db:
        ((_, mute),) = preferences.all_mutes(db, now=NOW)
    assert (mute.what, mute.name) == (what, name)
    assert mute.until == (None if days is None else NOW + timedelta(days=days))
    assert name in words(talk.say(f"unmute {name.lower()}"))
    assert "Nothing is muted" in words(talk.say("unmute"))


def test_what_cannot_be_muted_or_unmuted_is_told_with_the_cure() -> None:
    talk = Talk()
    assert "For example" in words(talk.say("mute"))
    assert "no length of time" in words(talk.say("mute Meta for ever"))
    talk.say("mute Meta")
    assert not talk.say("unmute Apple").good
    assert "Muted here: Meta" in words(talk.say("unmute Apple"))
    assert "Meta" not in words(talk.say("unmute", of="rival"))


def test_a_paused_channel_says_so_until_it_is_resumed() -> None:
    talk = Talk()
    talk.say("subscribe funding")
    assert "Alerts were not paused" in words(talk.say("resume"))
    talk.say("pause", user="alice")
    assert "Paused: by alice" in words(talk.say("list"))
    assert "Paused here: by alice" in words(talk.say("status"))
    assert "48 hours" in words(talk.say("resume"))
    assert "Paused" not in words(talk.say("list"))


def test_a_channel_that_takes_nothing_is_not_resumed() -> None:
    talk = Talk(services=Services(can_post=lambda _: "Type /invite @dealbell there."))
    talk.say("pause")
    reply = talk.say("resume")
    assert not reply.good
    assert "/invite @dealbell" in words(reply)


def test_status_counts_what_is_here_alone() -> None:
    talk = Talk()
    talk.told("s1", bid("A", 0, "Cove", "Meta"))
    talk.say("subscribe funding")
    talk.say("watch Cove")
    told = words(talk.say("status"))
    assert "Here: 1 subscription, 1 watched company, 0 reports" in told
    assert "Stories: 1" in told
    assert "Here: 0 subscriptions, 0 watched companies" in words(talk.say("status", of="rival"))
