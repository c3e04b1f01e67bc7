"""Whose turn it is to deliver: of several processes on one database, one at a time."""

import fcntl
import os
from pathlib import Path

from bot.errors import StoreUnreadable


class Turn:
    """A lock on a small file beside the database.

    The outbox alone can't tell a post that another process has under way from one that a crash left in doubt. The
    kernel gives a dead process's lock back at once, so that a restart need not wait. The database file itself must
    not be locked so: closing it would drop SQLite's own locks.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".turn")
        self._file: int | None = None

    def take(self) -> bool:
        """Return whether the turn is ours now; it stays ours until `give_back`. Raises StoreUnreadable."""
        if self._file is not None:
            return True
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreUnreadable(
                f"{self._path} can't be opened: {error.strerror}.", cure="Its folder must be writable."
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        self._file = file
        return True

    def give_back(self) -> None:
        """Let another process have its turn."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
