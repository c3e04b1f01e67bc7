"""Addresses: what may be a link, when two links are the same article, and how to show one safely."""

import re
from urllib.parse import quote, unquote, urljoin, urlsplit

from bot.feeds.tracking import TRACKING_NAMES, TRACKING_PREFIXES

MAX_LINK = 4096
"""Characters; Slack takes 3,000 and no outlet's articles come near."""

_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\Z")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_ILLEGAL = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_CACHE_HOST = ".cdn.ampproject.org"
_CACHE_KINDS = frozenset({"c", "v", "i", "wp", "r"})
_GOOGLE = re.compile(r"www\.google\.[a-z.]{2,6}\Z")
_SECRET_NAME = re.compile(
    r"token|secret|passw|passwd|pwd|auth|sig\b|signature|session|apikey|(?:^|[_-])(?:key|pass|sid|jwt|hash)\b"
    r"|^(?:code|user|u|k|t|p)$",
    re.IGNORECASE,
)
_SECRET_PART = re.compile(r"[A-Za-z0-9+=~]{16,}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
HIDDEN = "***"


def safe_link(url: str, base: str | None = None) -> str | None:
    """Return the absolute http(s) link that `url` means seen from `base`, or None.

    Credentials are taken out (they are either a leak or a trick: https://bank.example@evil.example),
    hosts become lower-case ASCII, characters that no URL may hold are percent-encoded. Idempotent.
    """
    # Browsers drop controls and read backslashes as slashes; so do we, lest we see another host than they.
    text = _CONTROL.sub("", url).strip().replace("\\", "/")
    if not text or len(text) > MAX_LINK:
        return None
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    authority = _authority(scheme, host, port)
    if authority is None:
        return None
    path = _ILLEGAL.sub(_encode, parts.path) or "/"
    query = f"?{_ILLEGAL.sub(_encode, parts.query)}" if parts.query else ""
    fragment = f"#{_ILLEGAL.sub(_encode, parts.fragment)}" if parts.fragment else ""
    link = f"{scheme}://{authority}{path}{query}{fragment}"
    return link if len(link) <= MAX_LINK else None


def canonical_url(url: str) -> str | None:
    """Return the form of a link that is the same for one article everywhere, or None for no link.

    Without fragment, tracking parameters, AMP wrapping and trailing slash; query sorted; escapes in one
    spelling. For comparing only: what people open is `safe_link`. Idempotent.
    """
    link = safe_link(url)
    # Every step only shortens or settles, so this ends; a wrapped link may hold another wrapped one.
    while link is not None:
        stepped = _canonical_step(link)
        if stepped == link:
            return link
        link = stepped
    return None


def mask_url(url: str) -> str:
    """Return the address as it may be shown: passwords, tokens and secret path parts become `***`.

    Never raises; what cannot be read as an address is not shown at all.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "(unreadable address)"
    if not host:
        return "(unreadable address)"
    if ":" in host:
        host = f"[{host}]"
    credentials = f"{HIDDEN}@" if "@" in parts.netloc else ""
    place = f"{credentials}{host}{f':{port}' if port is not None else ''}"
    path = "/".join(_mask_part(part) for part in parts.path.split("/"))
    query = "&".join(_mask_parameter(piece) for piece in parts.query.split("&"))
    fragment = _mask_part(parts.fragment)
    shown = f"{parts.scheme}://{place}{path}"
    return f"{shown}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"


def split_credentials(url: str) -> tuple[str, tuple[str, str] | None]:
    """Return the URL without its user and password, and these two, unquoted; None where it holds none."""
    scheme, mark, rest = url.partition("://")
    end = next((at for at, character in enumerate(rest) if character in "/?#\\"), len(rest))
    userinfo, at_sign, host = rest[:end].rpartition("@")
    if not mark or not at_sign:
        return url, None
    user, _, password = userinfo.partition(":")
    return f"{scheme}://{host}{rest[end:]}", (unquote(user), unquote(password))


def _authority(scheme: str, host: str | None, port: int | None) -> str | None:
    if scheme not in _PORTS or not host or port == 0:
        return None
    name = _bracketed(host) if ":" in host else _ascii_host(host)
    if name is None:
        return None
    return name if port is None or port == _PORTS[scheme] else f"{name}:{port}"


def _bracketed(host: str) -> str | None:
    return f"[{host}]" if re.fullmatch(r"[0-9a-f:.]+", host) else None


def _ascii_host(host: str) -> str | None:
    if len(host) > 253:
        return None
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    name = host.lower().rstrip(".")
    return name if _HOST.match(name) else None


def _canonical_step(link: str) -> str | None:
    parts = urlsplit(link)
    host, path = parts.netloc, _settle(parts.path)
    unwrapped = _unwrap_amp(host, path, parts.query)
    if unwrapped is not None:
        return safe_link(unwrapped)
    if host.startswith("amp.") and host.count(".") == 2:
        host = "www." + host.removeprefix("amp.")
    path = _without_amp(_without_dots(path)).rstrip("/") or "/"
    pieces = sorted(_settle(piece) for piece in parts.query.split("&") if piece and not _tracks(piece))
    query = f"?{'&'.join(pieces)}" if pieces else ""
    return f"{parts.scheme}://{host}{path}{query}"


def _unwrap_amp(host: str, path: str, query: str) -> str | None:
    """Return the publisher's address inside a Google AMP address, or None.

    Forms: HOST.cdn.ampproject.org/c/s/example.com/path and www.google.TLD/amp/s/example.com/path; the "s"
    says https (source: AMP Project, "AMP cache URL format").
    """
    segments = path.split("/")[1:]
    cached = host.endswith(_CACHE_HOST) and segments[0] in _CACHE_KINDS
    if not cached and not (_GOOGLE.match(host) and segments[0] == "amp"):
        return None
    inner = segments[1:]
    secure = bool(inner) and inner[0] == "s"
    inner = inner[1:] if secure else inner
    if not inner or "." not in inner[0]:
        return None
    address = f"{'https' if secure else 'http'}://{'/'.join(inner)}"
    return f"{address}?{query}" if query else address


def _without_amp(path: str) -> str:
    """Take the marks of an AMP page off a path: a first or last segment "amp", ".amp", ".amp.html"."""
    if path.startswith("/amp/") and path.strip("/") != "amp":
        return path[4:]
    bare = path.rstrip("/")
    for ending, instead in (
        ("/amp/index.html", ""),
        ("/amp.html", ""),
        ("/amp", ""),
        (".amp.html", ".html"),
        (".amp", ""),
    ):
        if bare.endswith(ending) and bare != ending:
            return bare[: -len(ending)] + instead
    return path


def _without_dots(path: str) -> str:
    """Resolve "." and ".." segments (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept)


def _settle(text: str) -> str:
    """Spell every escape one way: unreserved characters plain, the others with upper-case digits."""
    return _ESCAPE.sub(_plain_or_upper, text)


def _plain_or_upper(match: re.Match[str]) -> str:
    character = chr(int(match.group()[1:], 16))
    return character if character in _UNRESERVED else match.group().upper()


def _encode(match: re.Match[str]) -> str:
    return quote(match.group(), safe="", errors="replace")


def _tracks(piece: str) -> bool:
    name = unquote(piece.partition("=")[0]).lower()
    return name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES)


def _mask_parameter(piece: str) -> str:
    name, equals, value = piece.partition("=")
    if not equals:
        return _mask_part(piece)
    if value and _SECRET_NAME.search(unquote(name)):
        return f"{name}={HIDDEN}"
    return f"{name}={_mask_part(value)}"


def _mask_part(part: str) -> str:
    """Hide a path part or value that looks drawn at random; words and dates stay."""
    if _UUID.search(part):
        return HIDDEN
    return HIDDEN if any(_looks_random(found) for found in _SECRET_PART.findall(unquote(part))) else part


def _looks_random(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    if 0 < digits < len(text):
        return digits >= 2
    mixed = text != text.lower() and text != text.upper()
    return digits == 0 and mixed and len(text) >= 24
