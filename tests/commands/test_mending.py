from datetime import timedelta

from bot.store import facts, forgetting, stories
from tests.commands.talk import Talk, words
from tests.stories.telling import bid, raises, usd


def two_stories() -> Talk:
    talk = Talk()
    talk.told("old", bid("A", 0, "Cove", "Meta"))
    talk.told("new", bid("B", 1, "Cove Labs", "Horizon Partners"))
    with talk.db() as db:
        db.execute("UPDATE stories SET created = '2025-06-11T00:00:00.000000Z' WHERE id = 'old'")
    return talk


def owners(talk: Talk) -> dict[str, int]:
    with talk.store.read() as db:
        return dict(db.execute("SELECT story_id, count(*) FROM facts GROUP BY story_id").fetchall())


def test_the_operator_alone_may_merge_and_split() -> None:
    talk = two_stories()
    for command in ("merge old new", "split old 1"):
        reply = talk.say(command)
        assert not reply.good
        assert "Only the operator" in words(reply)
    assert owners(talk) == {"old": 1, "new": 1}


def test_merging_keeps_the_older_id_and_the_other_leads_to_it() -> None:
    talk = two_stories()
    assert "Merged" in words(talk.say("merge new old", is_operator=True))
    assert owners(talk) == {"old": 2}
    with talk.store.read() as db:
        assert stories.resolve(db, "new") == "old"
    assert "one story already" in words(talk.say("merge new old", is_operator=True))
    assert "2 reports" in words(talk.say("why new"))


def test_a_merge_holds_when_a_later_report_comes() -> None:
    from bot.extraction import Extraction
    from bot.recording import Reading, record
    from tests.stocked import article, feed

    talk = two_stories()
    with talk.db() as db:
        from bot.stories.match import block_keys

        for fact, keys in [(f, block_keys(f)) for s in ("old", "new") for f in facts.of_stories_for_all(db, s)]:
            db.conn.executemany("INSERT OR IGNORE INTO fact_keys VALUES (?, ?)", [(key, fact.id) for key in keys])
    talk.say("merge new old", is_operator=True)
    later = bid("C", 2, "Cove", "Meta")
    reading = Reading(article=article("later", 2, source="C"), result=Extraction(events=(later.event,), skipped=None))
    with talk.db() as db:
        record(db, [reading], feed=feed(db), now=talk.now, max_age=timedelta(days=3), silent=False)
    assert owners(talk) == {"old": 3}


def test_splitting_shows_the_reports_and_takes_out_those_that_are_named() -> None:
    talk = Talk()
    talk.told("s1", raises("A", 0, "Cove", amount=usd(5)), raises("B", 1, "Cove", amount=usd(5)),
              raises("C", 2, "Cove", amount=usd(5)))  # fmt: skip
    told = words(talk.say("split s1", is_operator=True))
    assert "1. A" in told
    assert "3. C" in told
    assert not talk.say("split s1 4", is_operator=True).good
    assert not talk.say("split s1 1,2,3", is_operator=True).good
    assert "Split" in words(talk.say("split s1 3", is_operator=True))
    counts = owners(talk)
    assert counts.pop("s1") == 2
    assert list(counts.values()) == [1]
    assert "3. " not in words(talk.say("split s1", is_operator=True))


def test_what_was_split_can_be_merged_again() -> None:
    talk = Talk()
    talk.told("s1", raises("A", 0, "Cove", amount=usd(5)), raises("B", 1, "Cove", amount=usd(5)))
    talk.say("split s1 2", is_operator=True)
    (other,) = owners(talk).keys() - {"s1"}
    assert "Merged" in words(talk.say(f"merge s1 {other}", is_operator=True))
    assert list(owners(talk).values()) == [2]


def test_merging_and_splitting_leave_a_line_in_the_audit() -> None:
    talk = two_stories()
    talk.say("merge old new", is_operator=True)
    talk.say("split old 2", is_operator=True)
    told = words(talk.say("audit"))
    assert "merge old new" in told
    assert "split old 2" in told


def test_feedback_on_a_story_that_was_merged_is_exported_with_all_its_articles() -> None:
    talk = two_stories()
    talk.say("wrong new duplicate it is the other one")
    talk.say("merge old new", is_operator=True)
    with talk.db() as db:
        db.execute("UPDATE items SET title = 'T'")
        assert [row["reasons"] for row in forgetting.labelled(db)] == [["duplicate"], ["duplicate"]]
