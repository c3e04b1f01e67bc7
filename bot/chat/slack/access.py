"""How the bot gets into Slack: tokens from the settings, or workspaces that installed the app."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

UNINSTALLED = "The app was removed from the workspace. Cure: install it again."
"""Why a channel is paused that goes on when the app is back; more words may follow."""
SLACK = "https://slack.com/api/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What the settings say of Slack. No secret is shown by `repr`."""

    bot_token: str = field(default="", repr=False)
    """Of the one workspace; empty where workspaces install the app themselves."""
    app_token: str = field(default="", repr=False)
    """With it, Socket Mode."""
    signing_secret: str = field(default="", repr=False)
    """With it and without an app token, HTTP mode."""
    client_id: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    api_url: str = SLACK
    public_url: str = ""
    """Where people reach the bot's HTTP server, base path included; no slash at its end."""
    unfurl: bool = False
    """Answer links of the registered domains with cards."""

    @property
    def installs(self) -> bool:
        """Workspaces install the app through OAuth."""
        return bool(self.client_id and self.client_secret and self.public_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Install:
    """The bot in one workspace."""

    team: str
    name: str = ""
    bot_user: str = ""
    """The user id of the bot."""
    token: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)
    """With token rotation: what the next token is got with."""
    expires_at: datetime | None = None
    scopes: str = ""
    installed_by: str | None = None


class Installs(Protocol):
    """The workspaces that installed the app, their tokens kept encrypted elsewhere."""

    def of(self, team: str) -> Install | None:
        """Return a workspace's installation, from memory."""

    async def again(self, team: str) -> Install | None:
        """Read a workspace's installation from where it is kept: another process may have rotated its token."""

    def hide(self, *secrets: str) -> None:
        """Take note of secrets that have come and that nothing may show, before anything is done with them."""

    async def save(self, install: Install) -> None:
        """Keep an installation; a newer one of the same workspace replaces it."""

    async def remove(self, team: str) -> None:
        """Forget a workspace's tokens."""

    async def begin(self, state: str, *, seconds: float) -> None:
        """Note the state of an installation that begins."""

    async def end(self, state: str) -> bool:
        """Return whether a state was noted, is not too old and was not used; it is used now."""


class NoInstalls:
    """For one workspace, whose token stands in the settings."""

    def of(self, team: str) -> Install | None:
        """None is installed."""
        return None

    async def again(self, team: str) -> Install | None:
        """None is kept."""
        return None

    def hide(self, *secrets: str) -> None:
        """None comes."""

    async def save(self, install: Install) -> None:
        """Nowhere to keep it."""

    async def remove(self, team: str) -> None:
        """Nothing to forget."""

    async def begin(self, state: str, *, seconds: float) -> None:
        """Nothing begins."""

    async def end(self, state: str) -> bool:
        """Nothing began."""
        return False
