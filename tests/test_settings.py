import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import Settings, load, variable

EXAMPLE = Path(__file__).parent.parent / "config" / "bot.example.toml"
FIXED_NAMES = [
    "DEALBELL_DATABASE", "DEALBELL_FEEDS", "DEALBELL_ALLOW_HOSTS", "DEALBELL_MIN_POLL_SECONDS",
    "DEALBELL_MAX_AGE_HOURS", "DEALBELL_SECRET_KEY", "DEALBELL_HTTP_PORT", "DEALBELL_HTTP_BASE_PATH",
    "DEALBELL_PUBLIC_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET", "SLACK_API_URL", "DISCORD_BOT_TOKEN", "DISCORD_API_URL",
]  # fmt: skip

WriteFile = Callable[[str], Path]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.upper().startswith(("DEALBELL_", "SLACK_", "DISCORD_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WriteFile:
    """Write the settings file and name it in DEALBELL_CONFIG."""

    def written(text: str) -> Path:
        path = tmp_path / "bot.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("DEALBELL_CONFIG", str(path))
        return path

    return written


def problem() -> str:
    with pytest.raises(SettingsError) as caught:
        load()
    return str(caught.value)


# defaults and the example


def test_without_anything_the_defaults_hold() -> None:
    settings = load()
    assert settings.min_poll_seconds == 120
    assert settings.max_age_hours == 48
    assert settings.database.name == "dealbell.db"
    assert settings.slack_bot_token is None


def test_the_database_stands_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert load().database == tmp_path / "dealbell" / "dealbell.db"


def test_the_example_can_be_used_as_it_is(write: WriteFile) -> None:
    write(EXAMPLE.read_text(encoding="utf-8"))
    assert load() == Settings()


def test_every_value_of_the_example_is_the_default() -> None:
    given = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    plain = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in Settings()}
    assert given == {name: plain[name] for name in given}


def test_the_example_holds_every_setting_and_names_every_secret() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?([a-z_]+) = ", text, flags=re.MULTILINE))
    assert named == set(Settings.model_fields) - Settings.secrets
    assert all(variable(name) in text for name in Settings.secrets)


def test_what_is_commented_out_in_the_example_can_be_taken_in(write: WriteFile) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    write(re.sub(r"^# ([a-z_]+ = )", r"\1", text, flags=re.MULTILINE))
    assert load().http_port == 8080


@pytest.mark.parametrize("name", FIXED_NAMES)
def test_the_names_that_people_rely_on_are_known(name: str) -> None:
    assert name in {variable(field) for field in Settings.model_fields}


# where values come from


def test_the_file_sets_what_it_names(write: WriteFile) -> None:
    write('min_poll_seconds = 7\nallow_hosts = ["a:1"]\nslack_api_url = "https://slack-gov.com/api"\n')
    settings = load()
    assert settings.min_poll_seconds == 7
    assert settings.allow_hosts == frozenset({"a:1"})
    assert settings.slack_api_url == "https://slack-gov.com/api/"


def test_a_file_in_the_usual_place_is_read(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "bot.toml").write_text("workers = 3\n", encoding="utf-8")
    assert load().workers == 3


def test_a_path_that_is_given_comes_before_the_environment(write: WriteFile, tmp_path: Path) -> None:
    write("workers = 3\n")
    (tmp_path / "given.toml").write_text("workers = 4\n", encoding="utf-8")
    assert load(tmp_path / "given.toml").workers == 4


@pytest.mark.parametrize(
    ("line", "name", "value", "field", "expected"),
    [
        ("min_poll_seconds = 7", "DEALBELL_MIN_POLL_SECONDS", "9", "min_poll_seconds", 9),
        ('log_level = "debug"', "dealbell_log_level", "error", "log_level", "error"),
        ('slack_api_url = "https://a/"', "SLACK_API_URL", "https://b/", "slack_api_url", "https://b/"),
        ('allow_hosts = ["a:1"]', "DEALBELL_ALLOW_HOSTS", "b:2", "allow_hosts", frozenset({"b:2"})),
    ],
)
def test_the_environment_wins_over_the_file(
    write: WriteFile, monkeypatch: pytest.MonkeyPatch, line: str, name: str, value: str, field: str, expected: object
) -> None:
    write(line + "\n")
    monkeypatch.setenv(name, value)
    assert getattr(load(), field) == expected


def test_secrets_come_from_the_environment_and_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.secrets:
        monkeypatch.setenv(variable(name), f"hush-{name}")
    settings = load()
    for name in Settings.secrets:
        value = getattr(settings, name)
        assert isinstance(value, SecretStr)
        assert value.get_secret_value() == f"hush-{name}"
    assert "hush" not in repr(settings) + str(settings)


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("", set()),
        ("news.intranet:8080", {"news.intranet:8080"}),
        (" A.example:80 , b:1,, [::1]:8080 ", {"a.example:80", "b:1", "[::1]:8080"}),
    ],
)
def test_allowed_hosts_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch, text: str, hosts: set[str]) -> None:
    monkeypatch.setenv("DEALBELL_ALLOW_HOSTS", text)
    assert load().allow_hosts == hosts


@pytest.mark.parametrize(
    "text", ["news.intranet", ":80", "a:http", "a:", "http://a", "a:0", "a:70000", "a:²", "http://a:80"]
)
def test_an_allowed_host_needs_a_port(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("DEALBELL_ALLOW_HOSTS", text)
    said = problem()
    assert "DEALBELL_ALLOW_HOSTS" in said
    assert "is not host:port, such as news.intranet:8080" in said


# what is wrong


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("DEALBELL_DATABSE", "DEALBELL_DATABASE"), ("DEALBELL_MINPOLL_SECONDS", "DEALBELL_MIN_POLL_SECONDS"),
     ("DEALBELL_CONFG", "DEALBELL_CONFIG"), ("DEALBELL_SLACK_API_URL", "SLACK_API_URL")],
)  # fmt: skip
def test_an_unknown_name_in_the_environment_is_answered_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, name: str, nearest: str
) -> None:
    monkeypatch.setenv(name, "1")
    assert problem() == f"Unknown setting {name} in the environment. Did you mean {nearest}?"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("databse", "database"), ("Database", "database"), ("WORKERS", "workers"), ("min_poll", "min_poll_seconds"),
     ("SLACK_API_URL", "slack_api_url")],
)  # fmt: skip
def test_an_unknown_name_in_the_file_is_answered_with_the_nearest(write: WriteFile, name: str, nearest: str) -> None:
    path = write(f'{name} = "x"\n')
    assert problem() == f"Unknown setting {name} in {path}. Did you mean {nearest}?"


def test_a_name_like_none_leads_to_the_example(write: WriteFile) -> None:
    write("zzz = 1\n")
    assert "config/bot.example.toml lists them all" in problem()


def test_a_table_in_the_file_is_an_unknown_setting(write: WriteFile) -> None:
    write("[slack]\napi_url = 1\n")
    assert "Unknown setting slack" in problem()


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEALBELL_MIN_POLL_SECONDS", "soon"), ("DEALBELL_MIN_POLL_SECONDS", "0"), ("DEALBELL_MAX_AGE_HOURS", "nan"),
     ("DEALBELL_MAX_AGE_HOURS", "inf"), ("DEALBELL_MAX_AGE_HOURS", "-1"), ("DEALBELL_HTTP_PORT", "70000"),
     ("DEALBELL_LOG_LEVEL", "loud"), ("DEALBELL_MIN_CONFIDENCE", "2"), ("DEALBELL_WORKERS", "1.5"),
     ("DEALBELL_FETCH_SECONDS", "inf"), ("DEALBELL_PUBLIC_URL", "nonsense"), ("SLACK_API_URL", "slack.com/api"),
     ("DISCORD_API_URL", "ftp://discord.com"), ("DEALBELL_HTTP_BASE_PATH", "a b?c"), ("DEALBELL_CONTACT", "a\nX: y"),
     ("DEALBELL_RETENTION_DAYS", "99999999999")],
)  # fmt: skip
def test_a_malformed_value_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    said = problem()
    assert f"The setting {name} in the environment is wrong" in said
    assert repr(value) in said


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [("DEALBELL_MIN_POLL_SECONDS", "soon", "it must be a whole number"),
     ("DEALBELL_WORKERS", "1.5", "it must be a whole number"),
     ("DEALBELL_MIN_POLL_SECONDS", "0", "it must be 1 or more"),
     ("DEALBELL_MIN_CONFIDENCE", "2", "it must be 1 or less"),
     ("DEALBELL_MAX_AGE_HOURS", "-1", "it must be more than 0"),
     ("DEALBELL_MAX_AGE_HOURS", "inf", "it must be 87600 or less"),
     ("DEALBELL_MAX_AGE_HOURS", "long", "it must be a number"),
     ("DEALBELL_LOG_LEVEL", "loud", "it must be 'debug', 'info', 'warning' or 'error'")],
)  # fmt: skip
def test_what_is_wrong_with_a_value_is_said_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(name, value)
    assert f"is wrong: {reason} (it is {value!r})" in problem()


def test_the_least_interval_cannot_lie_above_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALBELL_MIN_POLL_SECONDS", "90000")
    assert "min_poll_seconds (90000) is above max_poll_seconds (21600)" in problem()


@pytest.mark.parametrize(
    ("line", "name"),
    [('http_port = "http"', "http_port"), ("slack_api_url = 3", "slack_api_url"), ("allow_hosts = 3", "allow_hosts"),
     ('allow_hosts = ["a"]', "allow_hosts"), ("contact = []", "contact")],
)  # fmt: skip
def test_a_malformed_value_in_the_file_is_named_with_the_file(write: WriteFile, line: str, name: str) -> None:
    path = write(line + "\n")
    assert f"The setting {name} in {path} is wrong" in problem()


@pytest.mark.parametrize("name", sorted(Settings.secrets))
@pytest.mark.parametrize("spell", [str.lower, str.upper])
def test_a_secret_in_the_file_is_refused_and_not_repeated(
    write: WriteFile, name: str, spell: Callable[[str], str]
) -> None:
    write(f'{spell(name)} = "hush"\n')
    said = problem()
    assert variable(name) in said
    assert "hush" not in said


def test_a_file_that_was_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALBELL_CONFIG", "/nowhere/bot.toml")
    assert problem() == "The settings file /nowhere/bot.toml is not there. Check DEALBELL_CONFIG."


def test_a_file_that_is_no_toml_is_named_with_its_line(write: WriteFile) -> None:
    write("workers = 3\nworkers 4\n")
    assert "line 2" in problem()


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    path = tmp_path / "bot.toml"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    monkeypatch.setenv("DEALBELL_CONFIG", str(path))
    assert f"The settings file {path} can't be read" in problem()


def test_settings_do_not_change() -> None:
    settings: Any = load()
    with pytest.raises(ValueError, match="frozen"):
        settings.workers = 3


def test_the_bot_introduces_itself_with_its_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALBELL_CONTACT", "news@acme.example")
    assert re.fullmatch(r"Dealbell/[\d.]+\S* \(feed reader; contact news@acme\.example\)", load().user_agent)


def test_a_malformed_proxy_is_named_but_not_repeated_since_it_may_hold_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DEALBELL_PROXY", "http://user:s3cret@proxy:port")
    said = problem()
    assert "DEALBELL_PROXY" in said
    assert "s3cret" not in said


@pytest.mark.parametrize("name", ["DEALBELL_HTTP_PORT", "DEALBELL_DATABASE", "DEALBELL_FEEDS", "SLACK_BOT_TOKEN"])
def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "")
    assert load() == Settings()
    assert load().slack_bot_token is None


def test_a_tilde_in_a_path_is_the_home_folder(
    write: WriteFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write('database = "~/deals.db"\nfeeds = "~/feeds.toml"\n')
    assert load().database == tmp_path / "deals.db"
    assert load().feeds == tmp_path / "feeds.toml"


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKN", "DISCORD_BOT_TOKENS", "slack_signing_secrt"])
def test_a_misspelt_token_is_answered_with_the_nearest(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "x")
    assert problem().startswith(f"Unknown setting {name} in the environment. Did you mean ")


def test_other_programs_variables_of_the_chats_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_WEBHOOK_URL", "https://example.org")
    monkeypatch.setenv("SLACK_USER_TOKEN", "x")
    load()
