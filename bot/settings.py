"""Settings: a TOML file for what may be read by all, the environment for the rest and for every secret.

This is the only module that reads the environment.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SettingsError
from bot.masking import hide

PREFIX = "DEALBELL_"
FILE_VARIABLE = "DEALBELL_CONFIG"
ALMOST = 0.9
"""SLACK_BOT_TOKN is 0.97 like SLACK_BOT_TOKEN, SLACK_USER_TOKEN 0.84."""
DEFAULT_FILE = Path("config/bot.toml")
HOST = re.compile(r"\[[0-9a-f:.]+\]|[^\s/@:?#\[\]]+")


def _data_folder() -> Path:
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(home).expanduser() / "dealbell"


class Settings(BaseSettings):
    """Every setting with its default. Names in the environment are these in upper case after DEALBELL_."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, case_sensitive=False, env_ignore_empty=True
    )
    file: ClassVar[Path | None] = None
    secrets: ClassVar[frozenset[str]] = frozenset(
        {"secret_key", "slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_client_id",
         "slack_client_secret", "discord_bot_token"}
    )  # fmt: skip

    database: Path = Field(default_factory=lambda: _data_folder() / "dealbell.db")
    feeds: Path | None = None
    allow_hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    min_poll_seconds: int = Field(default=120, ge=1, le=31_536_000)
    max_poll_seconds: int = Field(default=21_600, ge=1, le=31_536_000)
    max_age_hours: float = Field(default=48, gt=0, le=87_600)
    min_confidence: float = Field(default=0.5, ge=0, le=1)
    fetch_seconds: float = Field(default=30, gt=0, le=3600)
    fetch_concurrency: int = Field(default=50, ge=1, le=1000)
    fetch_per_host: int = Field(default=2, ge=1)
    max_feed_bytes: int = Field(default=10_000_000, ge=1000)
    contact: str = ""
    operators: Annotated[frozenset[str], NoDecode] = frozenset()
    """Who runs this installation: slack:U012AB3CD, discord:80351110224678912."""
    proxy: str | None = Field(default=None, repr=False)
    workers: int = Field(default=0, ge=0, le=64)
    worker_seconds: float = Field(default=20, gt=0, le=3600)
    worker_memory_mb: int = Field(default=700, ge=100)
    retention_days: int = Field(default=30, ge=1, le=36_500)
    decision_days: int = Field(default=14, ge=1, le=36_500)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    http_port: int | None = Field(default=None, ge=1, le=65_535)
    http_base_path: str = ""
    public_url: str | None = None
    secret_key: SecretStr | None = None

    slack_bot_token: SecretStr | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(default=None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: SecretStr | None = Field(default=None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(default=None, validation_alias="SLACK_CLIENT_SECRET")
    slack_unfurl: bool = Field(default=False, validation_alias="SLACK_UNFURL")
    """Links of the domains that the manifest registers are answered with cards."""
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    discord_guild: int | None = Field(default=None, ge=1)
    """For development: commands are registered in this server alone, where a change shows at once."""
    discord_bot_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_BOT_TOKEN")
    discord_api_url: str = Field(default="https://discord.com/api/v10", validation_alias="DISCORD_API_URL")

    @field_validator("allow_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        hosts = value.split(",") if isinstance(value, str) else value
        if not isinstance(hosts, list | tuple | set | frozenset):
            return value
        found = frozenset(str(host).strip().lower() for host in hosts if str(host).strip())
        for host in found:
            name, colon, port = host.rpartition(":")
            if not colon or not HOST.fullmatch(name) or not port.isdecimal() or not 0 < int(port) < 65_536:
                raise ValueError(f"{host!r} is not host:port, such as news.intranet:8080")
        return found

    @field_validator("operators", mode="before")
    @classmethod
    def _split_operators(cls, value: object) -> object:
        people = value.split(",") if isinstance(value, str) else value
        if not isinstance(people, list | tuple | set | frozenset):
            return value
        found = frozenset(str(person).strip() for person in people if str(person).strip())
        for person in found:
            if not re.fullmatch(r"(slack:[A-Z0-9]+|discord:\d+)", person):
                raise ValueError(f"{person!r} is no person, such as slack:U012AB3CD or discord:80351110224678912")
        return found

    @field_validator("database", "feeds")
    @classmethod
    def _at_home(cls, value: Path | None) -> Path | None:
        return value and value.expanduser()

    @field_validator("proxy", "public_url", "slack_api_url", "discord_api_url")
    @classmethod
    def _be_an_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            good = False
        if not good:
            raise ValueError("it is no address such as https://host.example:8080/path")
        return value

    @field_validator("http_base_path")
    @classmethod
    def _be_a_path(cls, value: str) -> str:
        if not re.fullmatch(r"[\w.~/-]*", value, re.ASCII):
            raise ValueError("it is no path such as /dealbell")
        return value

    @field_validator("contact")
    @classmethod
    def _be_one_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("it must be one line: sites get it in a header")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _end_in_slash(cls, value: str) -> str:
        return value.rstrip("/") + "/"  # the client joins method names to it, and would drop the last part otherwise

    @property
    def secret_values(self) -> frozenset[str]:
        """All that must never be shown: tokens, keys, the proxy's password."""
        kept = (getattr(self, name) for name in self.secrets)
        found = {secret.get_secret_value() for secret in kept if secret is not None}
        return frozenset(found | {urlsplit(self.proxy or "").password or ""}) - {""}

    @property
    def user_agent(self) -> str:
        """How the bot introduces itself to the sites that it reads."""
        from bot import __version__  # noqa: PLC0415  the package's own number, no import at the top of a settings module

        return f"Dealbell/{__version__} (feed reader; contact {self.contact or 'not set'})"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, which comes in as init settings."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


class FixedSettings(Settings):
    """Settings that are given, whatever the environment says: for the demo and for tests."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is given and nothing else."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def load(path: Path | None = None) -> Settings:
    """Read the file (`path`, else DEALBELL_CONFIG, else config/bot.toml if there) and the environment.

    From then on no log shows a secret of theirs.
    Raises SettingsError that names the setting, where it stands, and the nearest right name.
    """
    named = path or (Path(os.environ[FILE_VARIABLE]) if os.environ.get(FILE_VARIABLE) else None)
    _check_names((name for name in os.environ if name.upper().startswith(PREFIX)), where="the environment")
    _check_names(_misspelt(os.environ), where="the environment")
    values = _read(named or DEFAULT_FILE, must_exist=named is not None)
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise _translated(error, named or DEFAULT_FILE, set(values)) from error
    hide(*settings.secret_values, lasting=True)
    low, high = settings.min_poll_seconds, settings.max_poll_seconds
    if low > high:
        raise SettingsError(
            f"The setting min_poll_seconds ({low}) is above max_poll_seconds ({high}).",
            cure=f"Set {variable('max_poll_seconds')} too, or lower the first.",
        )
    return settings


def _read(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if must_exist:
            raise SettingsError(f"The settings file {path} is not there.", cure=f"Check {FILE_VARIABLE}.") from error
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The settings file {path} can't be read: {error}.", cure="It must be UTF-8 text."
        ) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The settings file {path} is not valid TOML: {error}.", cure="Mend that line.") from error
    for name in values:
        if name.lower() in Settings.secrets:
            raise SettingsError(
                f"{path} holds the secret '{name}'.",
                cure=f"Take it out and set the environment variable {variable(name.lower())}.",
            )
    _check_names(values, where=str(path), in_file=True)
    aliases = {name: field.validation_alias for name, field in Settings.model_fields.items()}
    return {str(aliases[name] or name): value for name, value in values.items()}


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return str(Settings.model_fields[name].validation_alias or PREFIX + name.upper())


def _misspelt(names: Iterable[str]) -> Iterable[str]:
    """Return the names that are nearly the chats' settings; other programs have SLACK_ and DISCORD_ variables too."""
    fixed = [variable(name) for name in Settings.model_fields if Settings.model_fields[name].validation_alias]
    chats = (name for name in names if name.upper().startswith(("SLACK_", "DISCORD_")))
    return [name for name in chats if difflib.get_close_matches(name.upper(), fixed, n=1, cutoff=ALMOST)]


def _check_names(names: Iterable[str], *, where: str, in_file: bool = False) -> None:
    """Names in a file are lower case; in the environment case does not count."""
    plain = frozenset(Settings.model_fields)
    known = plain - Settings.secrets if in_file else {variable(name) for name in plain} | {FILE_VARIABLE}
    for name in names:
        if (name if in_file else name.upper()) not in known:
            near = difflib.get_close_matches(name.lower() if in_file else name.upper(), sorted(known), n=1, cutoff=0.5)
            raise SettingsError(
                f"Unknown setting {name} in {where}.",
                cure=f"Did you mean {near[0]}?" if near else "config/bot.example.toml lists them all.",
            )


_REASONS = {
    "int_parsing": "it must be a whole number",
    "int_type": "it must be a whole number",
    "int_from_float": "it must be a whole number",
    "float_parsing": "it must be a number",
    "float_type": "it must be a number",
    "finite_number": "it must be a number",
    "greater_than": "it must be more than {gt:.10g}",
    "greater_than_equal": "it must be {ge:.10g} or more",
    "less_than_equal": "it must be {le:.10g} or less",
    "literal_error": "it must be {expected}",
    "string_type": "it must be text in quotation marks",
    "path_type": "it must be a path in quotation marks",
    "frozen_set_type": "it must be a list",
}
"""pydantic's kind of error -> words for people; its context fills the gaps."""


def _translated(error: ValidationError, path: Path, in_file: set[str]) -> SettingsError:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "?"
    field = name if name in Settings.model_fields else next(
        (key for key, info in Settings.model_fields.items() if info.validation_alias == name), name
    )  # fmt: skip
    names = variable(field) if field in Settings.model_fields else name
    from_file = name in in_file and not os.environ.get(names)
    words = _REASONS.get(first["type"])
    reason = words.format(**first.get("ctx", {})) if words else str(first["msg"]).removeprefix("Value error, ")
    # a proxy's address may hold a password
    shown = "" if field in Settings.secrets or field == "proxy" else f" (it is {first['input']!r})"
    return SettingsError(
        f"The setting {field if from_file else names} in {path if from_file else 'the environment'} is wrong: "
        f"{reason}{shown}.",
        cure="config/bot.example.toml shows what it takes.",
    )
