"""What the operator sees of the feeds, from a store that is already there."""

from dataclasses import replace
from pathlib import Path

from bot.model.enums import Platform
from bot.model.feed import FeedSpec
from bot.store import Store, channels, feeds
from tests.chat.test_channels_cli import dealbell
from tests.stories.telling import START


def stocked(folder: Path, *specs: FeedSpec) -> Store:
    """A store with these feeds, and a feeds file that lists none."""
    (folder / "feeds.toml").write_text("", encoding="utf-8")
    store = Store(folder / "bell.db")
    with store.write() as db:
        for spec in specs:
            feeds.add(db, spec, now=START)
    return store


def test_status_fits_on_a_screen_though_every_feed_fails(tmp_path: Path) -> None:
    store = stocked(tmp_path, *(FeedSpec(url=f"https://n{number}.example/feed") for number in range(25)))
    with store.write() as db:
        for feed in feeds.listed(db):
            feeds.save_poll(db, replace(feed, failures=3, last_error="There is no host of that name."))
    store.close()
    code, said = dealbell(tmp_path, "status")
    assert code == 0
    assert said.count("failing (3)") == 10
    assert "and 15 more; `dealbell feeds list` shows all" in said


def test_a_feed_can_be_removed_by_its_name_unless_two_are_called_so(tmp_path: Path) -> None:
    specs = [FeedSpec(url=f"https://{name}.example/feed", title=title) for name, title in
             (("a", "Deals"), ("b", "News"), ("c", "News"))]  # fmt: skip
    stocked(tmp_path, *specs).close()
    file = str(tmp_path / "feeds.toml")
    code, said = dealbell(tmp_path, "feeds", "remove", "Deals", DEALBELL_FEEDS=file)
    assert (code, said) == (0, "Removed. To have it back: dealbell feeds add https://a.example/feed\n")
    code, said = dealbell(tmp_path, "feeds", "remove", "News", DEALBELL_FEEDS=file)
    assert code == 1
    assert "2 feeds are called so" in said
    _, listed = dealbell(tmp_path, "feeds", "list", DEALBELL_FEEDS=file)
    assert "https://a.example" not in listed
    assert "https://b.example" in listed


def test_what_a_workspace_added_for_itself_is_neither_exported_nor_removed_by_the_operators_commands(
    tmp_path: Path,
) -> None:
    store = stocked(tmp_path, FeedSpec(url="https://common.example/feed", title="Common", full_text=True))
    with store.write() as db:
        workspace = channels.workspace(db, Platform.SLACK, "T1", name="Acme", now=START)
        feeds.add(db, FeedSpec(url="https://own.example/feed", title="Own"), now=START, workspace=workspace.id)
    store.close()
    file = str(tmp_path / "feeds.toml")
    _, exported = dealbell(tmp_path, "feeds", "export", DEALBELL_FEEDS=file)
    assert "common.example" in exported
    assert "own.example" not in exported
    assert dealbell(tmp_path, "feeds", "remove", "Own", DEALBELL_FEEDS=file)[0] == 1
    _, listed = dealbell(tmp_path, "feeds", "list", DEALBELL_FEEDS=file)
    assert "a workspace's" in listed
