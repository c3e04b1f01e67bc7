from datetime import timedelta

from bot.commands.verb import Services
from bot.model.enums import Platform
from bot.model.event import Money
from bot.store import channels
from tests.commands.talk import NOW, Talk, words
from tests.stories.telling import bid, joins, leaves, raises, usd


def talk_with_a_deal() -> Talk:
    talk = Talk()
    talk.told("s1", bid("Reuters", 0, "Scale AI", "Meta", amount=Money(value=14e9, currency="USD")))
    return talk


def test_rule_2_subscribing_twice_is_harmless_and_says_so() -> None:
    talk = Talk()
    assert "Subscribed" in words(talk.say("subscribe funding min:10m"))
    assert "already" in words(talk.say("subscribe min:10m funding"))
    assert "1 subscription" in words(talk.say("list"))


def test_rule_3_quoted_values_hold_spaces_and_colons() -> None:
    talk = Talk()
    assert talk.say('subscribe company:"Foo: the Bar, Inc"').good
    assert 'company:"Foo: the Bar, Inc"' in words(talk.say("list"))


def test_rule_4_subscribing_answers_in_the_channel_and_look_ups_to_the_asker() -> None:
    talk = talk_with_a_deal()
    assert talk.say("subscribe").in_channel
    for look_up in ("list", "recent", "help", "subscribe fundng", "company Scale AI"):
        assert not talk.say(look_up).in_channel


def test_rule_5_five_hundred_subscriptions_paginate() -> None:
    talk = Talk()
    for number in range(500):
        assert talk.say(f"subscribe company:Company{number}").good
    refused = talk.say("subscribe company:Another")
    assert not refused.good
    first = talk.say("list")
    assert "500 subscriptions" in words(first)
    assert "Page 1 of 25" in words(first)
    assert [button.command for button in first.buttons] == ["edit 1", "edit 2", "edit 3", "list page:2"]
    assert "Company499" in words(talk.say("list page:25"))


def test_rule_6_what_destroys_offers_undo_or_asks() -> None:
    talk = Talk()
    talk.say("subscribe funding")
    assert [button.command for button in talk.say("unsubscribe").buttons] == ["undo"]
    assert "no subscription" in words(talk.say("list"))
    talk.say("undo")
    assert "funding" in words(talk.say("list"))
    asked = talk.say("forget workspace")
    assert asked.buttons[0].danger
    assert "funding" in words(talk.say("list"))


def test_rule_11_a_first_subscription_posts_nothing_old_unless_asked_and_capped() -> None:
    talk = talk_with_a_deal()
    talk.say("subscribe")
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM cards").fetchone()[0] == 0
    assert not talk.say("subscribe backfill:100").good
    assert "1 earlier" in words(talk.say("subscribe deals backfill:5"))
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM cards").fetchone()[0] == 1


def test_rule_12_subscribing_tells_the_expected_alerts_a_day() -> None:
    assert "Expect about 0.5 a day" in words(talk_with_a_deal().say("subscribe"))
    assert "Nothing in the last" in words(talk_with_a_deal().say("subscribe funding"))


def test_preview_shows_a_number_a_day_and_cards() -> None:
    reply = talk_with_a_deal().say("preview acquisitions min:1b")
    assert "1 in the last" in words(reply)
    assert [card.story for card in reply.cards] == ["s1"]
    assert not talk_with_a_deal().say("preview acquisitions min:15b").cards


def test_unsubscribing_from_kinds_narrows_what_is_left() -> None:
    talk = Talk()
    talk.say("subscribe deals min:10m")
    talk.say("subscribe leadership")
    assert "1 subscription removed, 1 narrowed" not in words(talk.say("unsubscribe ipos"))
    assert "ipos" not in words(talk.say("list"))
    assert "1 subscription removed" in words(talk.say("unsubscribe leadership"))
    assert "1 subscription" in words(talk.say("list"))


def test_undo_takes_back_step_by_step_and_refuses_where_something_changed_since() -> None:
    talk = Talk()
    talk.say("watch Scale AI")
    talk.say("mute Meta")
    assert "mute" in words(talk.say("undo"))
    assert "watch Scale AI" in words(talk.say("undo"))
    assert "No company is watched" in words(talk.say("watching"))
    assert "nothing to undo" in words(talk.say("undo"))
    talk.say("settings cap:5")
    with talk.db() as db:
        db.execute("UPDATE channel_settings SET cap = 7")
    assert "can't be undone" in words(talk.say("undo"))


def test_an_undone_unwatch_is_found_by_its_keys_again() -> None:
    talk = talk_with_a_deal()
    talk.say("watch Scale AI")
    talk.say("unwatch Scale AI")
    talk.say("undo")
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM watch_keys").fetchone()[0] > 0


def test_workspaces_never_see_one_anothers_configuration() -> None:
    talk = Talk()
    talk.say("subscribe funding", of="acme")
    talk.say("watch Secret Target", of="acme")
    talk.say("mute Meta", of="acme")
    for look_up in ("list", "watching", "audit", "status", "feeds", "recent"):
        told = words(talk.say(look_up, of="rival"))
        assert "Secret" not in told
        assert "Meta" not in told
    assert "no subscription" in words(talk.say("list", of="rival"))
    assert "Nobody has changed" in words(talk.say("audit", of="rival"))
    assert "nothing to undo" in words(talk.say("undo", of="rival"))


def test_a_workspaces_own_story_is_looked_up_by_it_alone() -> None:
    talk = Talk()
    with talk.db() as db:
        own = channels.workspace(db, Platform.CONSOLE, "acme", name="", now=NOW).id
    talk.told("s9", bid("Intranet", 0, "Secret Cove", "Meta", audience=own), audience=own)
    assert "Secret Cove" in words(talk.say("recent", of="acme"))
    for look_up in ("recent", "search secret", "company Secret Cove", "why s9", "top", "preview", "wrong s9 duplicate"):
        assert "Meta" not in words(talk.say(look_up, of="rival"))


def test_what_is_forgotten_is_gone_and_the_rival_keeps_everything() -> None:
    talk = talk_with_a_deal()
    for who in ("acme", "rival"):
        talk.say("subscribe funding", of=who)
        talk.say("watch Scale AI", of=who)
        talk.say("wrong s1 not_a_deal", of=who)
    assert "Forgotten" in words(talk.say("forget workspace yes", of="acme"))
    with talk.store.read() as db:
        for table in ("subscriptions", "watches", "feedback", "audit"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0  # noqa: S608
    assert "no subscription" in words(talk.say("list", of="acme"))
    assert "1 subscription" in words(talk.say("list", of="rival"))
    assert talk.store.check() == ()


def test_a_person_who_is_forgotten_has_no_alerts_and_no_name_left() -> None:
    talk = Talk()
    talk.say("alert me watched", user="bob")
    talk.say("subscribe funding", user="bob")
    assert "2" not in words(talk.say("forget me", user="bob"))
    talk.say("forget me yes", user="bob")
    assert "bob" not in words(talk.say("audit"))
    assert "no subscription" in words(talk.say("alert me list", user="bob"))
    assert "1 subscription" in words(talk.say("list"))


def test_an_alert_to_a_person_goes_to_that_person_alone() -> None:
    talk = Talk()
    assert not talk.say("alert me funding", user="bob").in_channel
    assert "funding" in words(talk.say("alert me list", user="bob"))
    assert "no subscription" in words(talk.say("alert me list", user="eve"))
    assert "no subscription" in words(talk.say("list"))


def test_rule_9_a_channel_where_nothing_can_be_posted_is_refused_with_the_cure() -> None:
    talk = Talk(services=Services(can_post=lambda _: "Type /invite @dealbell there, then try again."))
    reply = talk.say("subscribe")
    assert not reply.good
    assert "/invite @dealbell" in words(reply)
    with talk.store.read() as db:
        assert db.execute("SELECT count(*) FROM subscriptions").fetchone()[0] == 0


def test_why_shows_the_evidence_and_whynot_the_reason() -> None:
    talk = talk_with_a_deal()
    why = words(talk.say("why s1"))
    assert "Reuters" in why
    assert "confidence" in why
    assert "There is no story" in words(talk.say("why nosuch"))
    assert "Not a known item" in words(talk.say("whynot https://example.com/unknown"))


def test_recent_top_and_search_page_through() -> None:
    talk = Talk()
    for number in range(25):
        talk.told(f"a{number:02d}", bid("Reuters", 0, f"Cove{number}", "Meta",
                                        amount=Money(value=1e6 * (number + 1), currency="USD")))  # fmt: skip
    talk.now = NOW + timedelta(hours=1)
    top = words(talk.say("top"))
    assert top.index("Cove24") < top.index("Cove23")
    assert "Page 1 of 3" in top
    assert "Cove0 " in words(talk.say("top page:3"))
    assert "Page 3 of 3" in words(talk.say("recent page:3"))
    assert "Found" in words(talk.say("search meta"))
    assert "Nothing holds" in words(talk.say("search zzzz"))


def test_a_profile_tells_deals_valuation_investors_and_who_leads() -> None:
    talk = Talk()
    talk.told("s1", raises("A", 0, "Cove", "Sequoia", lead=("Sequoia",), amount=usd(20), valuation=usd(200)))
    talk.told("s2", joins("B", 1, "Ana Diaz", "Cove", "CEO"))
    talk.told("s3", joins("B", 2, "Bo Chen", "Cove", "CFO"))
    talk.told("s4", leaves("B", 9, "Bo Chen", "Cove", "CFO"))
    told = words(talk.say("company Cove"))
    assert "Last valuation: $200M" in told
    assert "Ana Diaz, CEO, since 12 Jun 2025" in told
    assert told.index("Left:") < told.index("Bo Chen, CFO")
    assert "Investors and buyers: Sequoia" in told
    assert "4 stories" in told
    assert "1 deal, led 1" in words(talk.say("investor Sequoia"))
    assert "2 stories" in words(talk.say("person Bo Chen"))
    assert "Nothing is known" in words(talk.say("company Unheard Of"))


def test_an_ambiguous_name_is_asked_about_and_never_guessed() -> None:
    talk = Talk()
    talk.told("s1", bid("A", 0, "Scale AI", "Meta"))
    talk.told("s2", bid("A", 0, "Scale Computing", "Acumera"))
    reply = talk.say("company Scale")
    assert "Did you mean Scale AI or Scale Computing?" in words(reply)
    assert [button.command for button in reply.buttons] == ['company "Scale AI"', 'company "Scale Computing"']
    assert "Did you mean Scale AI" in words(talk.say("company Scael AI"))


def test_rule_30_what_is_wrong_is_asked_by_a_menu_stored_with_its_story_and_counted_by_status() -> None:
    talk = talk_with_a_deal()
    menu = [button.command for button in talk.say("wrong s1").buttons]
    assert menu == [f"wrong s1 {reason}" for reason in ("not_a_deal", "wrong_facts", "duplicate", "not_my_company")]
    assert "noted" in words(talk.say("wrong s1 wrong_facts it is $12M"))
    talk.say("wrong s1 wrong_facts it is $13M")
    with talk.store.read() as db:
        rows = db.execute("SELECT story_id, reason, note FROM feedback").fetchall()
    assert rows == [("s1", "wrong_facts", "it is $13M")]
    assert "1 report of errors" in words(talk.say("status"))
    assert "0 reports of errors" in words(talk.say("status", of="rival"))


def test_rule_27_an_answer_offers_few_buttons() -> None:
    talk = talk_with_a_deal()
    for number in range(30):
        talk.told(f"n{number:02d}", bid("Reuters", 0, "Scale AI", f"Buyer{number}"))
    for text in (
        "",
        "recent page:2",
        "subscribe",
        "company Scale AI",
        "company Scale AI page:2",
        "preview",
        "wrong s1",
    ):
        assert len(talk.say(text).buttons) <= 5


def test_undo_is_offered_only_where_it_would_take_back_what_was_just_done() -> None:
    talk = Talk()
    talk.say("mute Meta")
    for text in ("subscribe funding", "settings cap:5", "watch import"):
        changed, again = (talk.say(text, attachment="name\nCove\n") for _ in range(2))
        assert "undo" in [button.command for button in changed.buttons], text
        assert "undo" not in [button.command for button in again.buttons], text
    for text in ("alert me funding", "alert me off"):
        assert "undo" not in [button.command for button in talk.say(text).buttons]


def test_an_alert_is_removed_for_the_person_and_not_for_the_channel() -> None:
    talk = Talk()
    talk.say("subscribe funding")
    talk.say("alert me funding")
    assert not talk.say("alert me off").in_channel
    assert "alert me funding" in words(talk.say("alert me list"))
    assert "1 subscription" in words(talk.say("list"))
