from bot.companies.watch import party_keys, watch_keys
from bot.model.watch import Watched
from bot.store import Database, watching
from tests.stocked import LONG_AGO, channel, subscribe


def watch(db: Database, row: int, *names: str) -> None:
    for name in names:
        company = Watched(name=name)
        watching.add(db, row, company, keys=watch_keys(company), by="U", now=LONG_AGO)


def test_a_story_looks_only_at_the_watched_companies_that_share_a_word_with_its_parties(db: Database) -> None:
    row = subscribe(db, channel(db))
    watch(db, row, "Scale AI", "Scale Computing", *(f"Unlike{n} Holdings" for n in range(500)))
    found = watching.sharing(db, party_keys(("Scale AI, Inc.",), ()))
    assert {watched.name for _, watched in found} == {"Scale AI", "Scale Computing"}


def test_two_channels_that_watch_one_company_are_both_found(db: Database) -> None:
    for name in ("one", "two"):
        watch(db, subscribe(db, channel(db, name)), "Cove")
    assert len({row for row, _ in watching.sharing(db, party_keys(("Cove",), ()))}) == 2
