"""Redirects: where one leads, and whether credentials may go along."""

import base64
from collections.abc import Mapping

from yarl import URL

from bot.errors import FeedError

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def redirect_target(status: int, headers: Mapping[str, str], url: str) -> str | None:
    """Return where a redirect leads, absolute and without fragment, or None for another answer.

    Raises FeedError where the address cannot be read.
    """
    location = headers.get("Location", "").strip() if status in REDIRECTS else ""
    if not location:
        return None
    try:
        return str(URL(url).join(URL(location)).with_fragment(None))
    except (ValueError, TypeError) as error:
        raise FeedError("The server redirects to an address that cannot be read.") from error


def may_carry(start: str, current: str) -> bool:
    """Return whether credentials for one URL may go to another: same origin, or its https form."""
    first, second = URL(start), URL(current)
    if first.host != second.host:
        return False
    upgraded = (first.scheme, second.scheme) == ("http", "https") and (first.port, second.port) == (80, 443)
    return upgraded or (first.scheme, first.port) == (second.scheme, second.port)


def with_login(headers: Mapping[str, str], login: tuple[str, str] | None) -> Mapping[str, str]:
    """Add user and password to the headers of a request, where there are any."""
    if login is None:
        return headers
    pair = base64.b64encode(":".join(login).encode()).decode("ascii")
    return {**headers, "Authorization": f"Basic {pair}"}


def with_userinfo(original: str, target: str) -> str:
    """Put the user and password of the address that people gave into the one that it moved to."""
    userinfo = original.partition("://")[2].rpartition("@")[0]
    scheme, _, rest = target.partition("://")
    return f"{scheme}://{userinfo}@{rest}"
