"""Workspaces that installed the Slack app: rows of the store, their tokens sealed there and open in memory alone."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.chat.slack.access import Install
from bot.errors import SettingsError
from bot.masking import hide
from bot.sealing import Seal
from bot.store import installs
from bot.store.installs import SealedInstall
from bot.store.thread import StoreThread

log = structlog.get_logger()


class StoredInstalls:
    """Keeps installations; what it knows is read from memory."""

    def __init__(self, store: StoreThread, seal: Seal, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._seal = seal
        self._clock = clock
        self._known: dict[str, Install] = {}

    async def load(self) -> None:
        """Read all installations. Those that another key sealed are passed over, with a line in the log."""
        for row in await self._store.read(installs.everyone):
            self._take(row)

    async def again(self, team: str) -> Install | None:
        """Read a workspace's installation again: another process may have rotated its token."""
        row = await self._store.read(lambda db: installs.find(db, team))
        if row is not None:
            self._take(row)
        return self._known.get(team)

    def _take(self, row: SealedInstall) -> None:
        try:
            self._known[row.team_id] = self._opened(row)
        except SettingsError as error:
            log.warning("a workspace's token can't be read", workspace=row.team_id, problem=str(error))

    def of(self, team: str) -> Install | None:
        """Return a workspace's installation."""
        return self._known.get(team)

    def hide(self, *secrets: str) -> None:
        """Let no log show these."""
        hide(*secrets)

    async def save(self, install: Install) -> None:
        """Keep an installation; a newer one of the same workspace replaces it."""
        row = SealedInstall(
            team_id=install.team,
            name=install.name,
            bot_user_id=install.bot_user,
            token=self._seal.seal(install.token),
            refresh=self._seal.seal(install.refresh) if install.refresh else None,
            expires_at=install.expires_at,
            scopes=install.scopes,
            installed_by=install.installed_by,
        )
        now = self._clock()
        # first in memory: a rotated token is the only one that works from now on, even if the disk is full
        self._known[install.team] = install
        await self._store.write(lambda db: installs.save(db, row, now=now))

    async def remove(self, team: str) -> None:
        """Forget a workspace's tokens."""
        self._known.pop(team, None)
        await self._store.write(lambda db: installs.remove(db, team))

    async def begin(self, state: str, *, seconds: float) -> None:
        """Note the state of an installation that begins: a hash of it, so that the file tells nobody a live one."""
        now = self._clock()
        until = now + timedelta(seconds=seconds)
        await self._store.write(lambda db: installs.begin(db, _hash(state), now=now, until=until))

    async def end(self, state: str) -> bool:
        """Use a state up; return whether it was good."""
        now = self._clock()
        return await self._store.write(lambda db: installs.end(db, _hash(state), now=now))

    def _opened(self, row: SealedInstall) -> Install:
        return Install(
            team=row.team_id,
            name=row.name,
            bot_user=row.bot_user_id,
            token=self._seal.open(row.token),
            refresh=self._seal.open(row.refresh) if row.refresh else None,
            expires_at=row.expires_at,
            scopes=row.scopes,
            installed_by=row.installed_by,
        )


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
