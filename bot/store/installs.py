"""Slack workspaces that installed the app. Tokens come and go encrypted: the store never sees them plain."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.store.times import from_text, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedInstall:
    """One workspace's installation as it is stored."""

    team_id: str
    name: str
    bot_user_id: str
    token: str
    refresh: str | None = None
    expires_at: datetime | None = None
    scopes: str = ""
    installed_by: str | None = None


def save(db: Database, install: SealedInstall, *, now: datetime) -> None:
    """Write an installation; a newer one of the same workspace replaces it."""
    db.execute(
        "INSERT OR REPLACE INTO slack_installs (team_id, name, bot_user_id, token, refresh, expires_at, scopes,"
        " installed_at, installed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            install.team_id,
            install.name,
            install.bot_user_id,
            install.token,
            install.refresh,
            to_text(install.expires_at),
            install.scopes,
            to_text(now),
            install.installed_by,
        ),
    )


def everyone(db: Database) -> tuple[SealedInstall, ...]:
    """Return all installations."""
    return tuple(
        SealedInstall(
            team_id=row["team_id"],
            name=row["name"],
            bot_user_id=row["bot_user_id"],
            token=row["token"],
            refresh=row["refresh"],
            expires_at=from_text(row["expires_at"]),
            scopes=row["scopes"],
            installed_by=row["installed_by"],
        )
        for row in db.query("SELECT * FROM slack_installs ORDER BY team_id")
    )


def remove(db: Database, team_id: str) -> bool:
    """Forget a workspace's tokens; return whether there were any."""
    return db.execute("DELETE FROM slack_installs WHERE team_id = ?", (team_id,)).rowcount > 0


def begin(db: Database, state: str, *, now: datetime, until: datetime) -> None:
    """Note the state of an installation that begins. Old ones are dropped: anybody may begin, and few end."""
    db.execute("DELETE FROM slack_states WHERE until <= ?", (to_text(now),))
    db.execute("INSERT INTO slack_states (state, until) VALUES (?, ?)", (state, to_text(until)))


def end(db: Database, state: str, *, now: datetime) -> bool:
    """Use a state up; return whether it was noted and is not too old."""
    return db.execute("DELETE FROM slack_states WHERE state = ? AND until > ?", (state, to_text(now))).rowcount > 0
