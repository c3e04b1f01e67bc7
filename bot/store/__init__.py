"""The only room that knows SQL: a Store, and functions that take the Database of one transaction."""

from sqlite_utils import Database

from bot.store.database import Store

__all__ = ["Database", "Store"]
