"""The feeds file: the operator's own, or the list that comes with the program.

Apart from app, so that `feeds list` need not import the whole bot.
"""

from importlib.resources import files
from pathlib import Path

from bot.errors import InputError
from bot.feeds.listing import read_feeds_toml
from bot.model.feed import FeedSpec
from bot.settings import Settings


def listed_feeds(settings: Settings) -> tuple[FeedSpec, ...]:
    """Read the feeds file: DEALBELL_FEEDS, else the list that comes with the program. Raises InputError."""
    path = settings.feeds
    if path is None:
        return read_feeds_toml(bundled("feeds.toml"), name="the default feeds")
    try:
        return read_feeds_toml(path.read_text(encoding="utf-8"), name=str(path))
    except UnicodeDecodeError as error:
        raise InputError(f"The feeds file {path} is not UTF-8 text.", cure="Save it as UTF-8.") from error
    except OSError as error:
        raise InputError(
            f"The feeds file {path} can't be read: {error.strerror}.", cure="Check DEALBELL_FEEDS."
        ) from error


def bundled(name: str) -> str:
    """Return a file of config/: from the installed package, or from a checkout that is installed editable."""
    packaged = files("bot") / "config" / name
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).parent.parent / "config" / name).read_text(encoding="utf-8")
