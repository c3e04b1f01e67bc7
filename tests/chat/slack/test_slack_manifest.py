"""The manifest, the code and the README agree on what the app may do; other tests run with the manifest's scopes."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.chat.slack.events import CLOSED
from bot.chat.slack.listener import ABOUT, FOUND
from bot.chat.slack.web import SCOPES, UNFURL_SCOPES
from tests.chat.slack.fake import METHOD_SCOPES
from tests.chat.slack.office import manifest_scopes

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "config/slack-manifest.yaml").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8").split("## Slack\n")[1].split("\n## ")[0]
EVENT_SCOPES = {
    "app_home_opened": set(), "app_mention": {"app_mentions:read"}, "app_uninstalled": set(), "tokens_revoked": set(),
    "channel_archive": {"channels:read"}, "channel_deleted": {"channels:read"}, "channel_left": {"channels:read"},
    "channel_id_changed": {"groups:read"}, "channel_rename": {"channels:read"},
    "group_archive": {"groups:read"}, "group_deleted": {"groups:read"},
    "group_left": {"groups:read"}, "group_rename": {"groups:read"},
    "member_left_channel": {"channels:read", "groups:read"}, "message.im": {"im:history"},
    "team_rename": {"team:read"}, "link_shared": {"links:read"},
}  # fmt: skip
"""As https://docs.slack.dev/reference/events says."""


@pytest.fixture
def manifest() -> dict[str, Any]:
    return dict(yaml.safe_load(TEXT))


def test_the_app_asks_for_the_scopes_of_the_manifest_and_of_no_other() -> None:
    assert manifest_scopes() == set(SCOPES)
    assert set(re.findall(r"# - (links:\w+)", TEXT)) == set(UNFURL_SCOPES)


def test_every_scope_is_needed_by_a_method_an_event_or_a_file(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    methods = {scope for name, found in METHOD_SCOPES.items() if name != "chat.unfurl" for scope in found}
    needed = methods | {scope for event in events for scope in EVENT_SCOPES[event]} | {"commands", "files:read"}
    assert manifest_scopes() == needed


def test_the_readme_gives_the_reason_of_every_scope() -> None:
    rows = re.findall(r"^\| (`[a-z_:]+`(?:, `[a-z_:]+`)*) \| (\S.+) \|$", README, re.MULTILINE)
    told = {scope for names, _ in rows for scope in re.findall(r"`(.+?)`", names)}
    assert told == manifest_scopes()
    assert all(scope in README for scope in UNFURL_SCOPES)


def test_every_event_that_the_code_takes_is_subscribed_to(manifest: dict[str, Any]) -> None:
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    others = {"app_home_opened", "app_mention", "message.im", "member_left_channel", "channel_rename", "group_rename",
              "channel_id_changed", "team_rename", "app_uninstalled", "tokens_revoked"}  # fmt: skip
    assert events == set(CLOSED) | others


def test_the_shortcuts_and_the_command_are_those_of_the_code(manifest: dict[str, Any]) -> None:
    features = manifest["features"]
    assert {each["callback_id"] for each in features["shortcuts"]} == {FOUND, ABOUT}
    assert [each["command"] for each in features["slash_commands"]] == ["/deals"]
    assert all(len(each["name"]) <= 40 for each in features["shortcuts"])
    assert manifest["settings"]["socket_mode_enabled"]
    assert features["app_home"]["home_tab_enabled"]
