"""The address guard: what a feed may make us connect to.

Two checks. `check_url` reads an address before anything is sent: its scheme, its credentials, and its
host where that is a literal address. `socket_factory` sits in aiohttp's connector and sees every address
that is actually dialled, whatever DNS answered; a name whose answer changes between check and connect
gains nothing.

What an operator allows is a `host:port` as it stands in the URL. The permission travels in a context
variable that holds for one request: the socket factory runs in the task of the request (or in a task
that copied its context), so it knows which URL it dials for. Pooled connections are keyed by host and
port, therefore an allowed connection can serve no other name.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from yarl import URL  # aiohttp's own URL type: what we check is what it dials

from bot.errors import AddressRefused
from bot.feeds.networks import EMBEDDING_V6, FORBIDDEN_V4, FORBIDDEN_V6, GLOBAL_V6, ISATAP_MARKS, METADATA, TEREDO

DEFAULT_PORTS = {"http": 80, "https": 443}

_HOST = re.compile(r"[a-z0-9._-]+\Z|[0-9a-f:.]+(?:%[a-z0-9._-]+)?\Z")
_NUMBER_LIKE = re.compile(r"(?:0[xX][0-9A-Fa-f]*|[0-9]+)\Z")


class Dial:
    """What the socket factory needs to know of the request that it dials for, and what it found.

    `permitted_port` is the port on which any address may be dialled, None without a permission. `refusal`
    is set where an address was refused: aiohttp tries the addresses of a name in turn and melts their
    errors into one, so the exception alone would not tell.
    """

    def __init__(self, permitted_port: int | None) -> None:
        self.permitted_port = permitted_port
        self.refusal: str | None = None


_current_dial: ContextVar[Dial | None] = ContextVar("current_dial", default=None)


class AddressGuard:
    """Decides which addresses may be fetched.

    `allow` holds "host:port" strings as they stand in URLs ("intranet.example:8080", "127.0.0.1:80",
    "[::1]:8080"); these pass whatever they resolve to.
    """

    def __init__(self, allow: frozenset[str] = frozenset()) -> None:
        self.allow = frozenset(_normal_key(entry) for entry in allow)

    def check_url(self, url: str) -> None:
        """Raise AddressRefused where the URL must not be fetched, whatever its name resolves to."""
        host, port = _host_and_port(url)
        if self._key(host, port) in self.allow:
            return
        why = _literal_problem(host)
        if why:
            raise _refusal(f"The address {host} is {why}; feeds may not lead there.", host, port)

    def allows(self, url: str) -> bool:
        """Return True where the operator named the URL's host and port."""
        try:
            return self._key(*_host_and_port(url)) in self.allow
        except AddressRefused:
            return False

    @contextmanager
    def dialling(self, url: str, *, through_port: int | None = None) -> Iterator[Dial]:
        """Hold the permission, if there is one, for the connections of one request to `url`.

        `through_port` is the port of a proxy from the settings: the proxy's own address is then allowed,
        and the proxy must enforce the rest. Raises AddressRefused as `check_url` does.
        """
        self.check_url(url)
        port = through_port
        if port is None and self.allows(url):
            port = _host_and_port(url)[1]
        dial = Dial(port)
        token = _current_dial.set(dial)
        try:
            yield dial
        finally:
            _current_dial.reset(token)

    def check_answers(self, url: str, addresses: Iterable[str]) -> None:
        """Raise AddressRefused where a name resolves to a forbidden address: the check behind a proxy."""
        if self.allows(url):
            return
        host, port = _host_and_port(url)
        for address in addresses:
            why = forbidden(address)
            if why:
                raise _refusal(f"{host} leads to {address}, {why}; feeds may not lead there.", host, port)

    def socket_factory(self, address_info: tuple[Any, ...]) -> socket.socket:
        """Open the socket for one dialled address, or refuse; the argument of aiohttp's TCPConnector."""
        family, kind, protocol, _name, address = address_info
        dial = _current_dial.get()
        if dial is None or address[1] != dial.permitted_port:
            why = forbidden(str(address[0]), scope=address[3] if len(address) > 3 else 0)
            if why:
                if dial is not None:
                    dial.refusal = f"{address[0]}, {why}"
                raise PermissionError("The address guard refuses this address.")
        return socket.socket(family=family, type=kind, proto=protocol)

    @staticmethod
    def _key(host: str, port: int) -> str:
        return f"{host}:{port}"


def dial_refused(url: str, dial: Dial) -> AddressRefused:
    """Return the error for a connection whose addresses the socket factory refused."""
    host, port = _host_and_port(url)
    return _refusal(f"{host} leads to {dial.refusal}; feeds may not lead there.", host, port)


@lru_cache(maxsize=4096)
def forbidden(address: str, *, scope: int = 0) -> str | None:
    """Return what kind of forbidden address this is ("a loopback address"), or None if it is public."""
    text, _, zone = address.partition("%")
    if scope or zone:
        return "an address of one network link"
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return "no readable address"
    if isinstance(parsed, ipaddress.IPv4Address):
        return _forbidden_v4(parsed)
    return _forbidden_v6(parsed)


def _forbidden_v4(address: ipaddress.IPv4Address) -> str | None:
    return next((why for network, why in FORBIDDEN_V4 if address in network), None)


def _forbidden_v6(address: ipaddress.IPv6Address) -> str | None:
    for network, why in FORBIDDEN_V6:
        if address in network:
            return why
    embedded = _embedded(address)
    if embedded is not None:
        return _forbidden_v4(embedded)
    return None if address in GLOBAL_V6 else "a reserved address"


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that a translated or tunnelled IPv6 address stands for."""
    number = int(address)
    for network, shift in EMBEDDING_V6:
        if address in network:
            return ipaddress.IPv4Address(number >> shift & 0xFFFFFFFF)
    if address in TEREDO:
        return ipaddress.IPv4Address(~number & 0xFFFFFFFF)
    if number >> 32 & 0xFFFFFFFF in ISATAP_MARKS:
        return ipaddress.IPv4Address(number & 0xFFFFFFFF)
    return None


def _host_and_port(url: str) -> tuple[str, int]:
    """Return host (lower case, IDNA, no trailing dot) and port; raise AddressRefused for no web address."""
    try:
        parsed = URL(url.strip())
        host, port = parsed.raw_host, parsed.explicit_port
        credentials = parsed.raw_user is not None or parsed.raw_password is not None
    except (ValueError, UnicodeError) as error:
        raise AddressRefused("This is not a web address.", cure="Give it as https://host/path.") from error
    if parsed.scheme not in DEFAULT_PORTS:
        scheme = parsed.scheme[:20] or "none"
        raise AddressRefused(
            f"Only http and https addresses can be fetched; the scheme here is {scheme}.",
            cure="Give it as https://host/path.",
        )
    host = (host or "").lower().rstrip(".")
    if not _HOST.match(host):
        raise AddressRefused("The address names no host.", cure="Give it as https://host/path.")
    if credentials:
        raise AddressRefused(
            f"The address of {host} holds a user name or a password.",
            cure="Links with credentials are not followed.",
        )
    if port == 0:
        raise AddressRefused(f"The address of {host} names port 0, which does not exist.")
    if ":" in host:
        host = f"[{_short_v6(host)}]"
    return host, port or DEFAULT_PORTS[parsed.scheme]


def _short_v6(host: str) -> str:
    try:
        return str(ipaddress.IPv6Address(host))
    except ValueError:
        return host


def _literal_problem(host: str) -> str | None:
    """Return what is wrong with a host that is a literal address or a name that never leaves the machine.

    A host whose last label is a number is an IPv4 address in one of the old notations (2130706433, 0x7f.1,
    0177.0.0.1; WHATWG URL, "ends in a number"): only the plain dotted form is read, the others are refused.
    """
    if host.startswith("["):
        return forbidden(host.strip("[]"))
    if host == "localhost" or host.endswith(".localhost"):
        return "a loopback address"
    if not _NUMBER_LIKE.match(host.rsplit(".", 1)[-1]):
        return None
    try:
        return _forbidden_v4(ipaddress.IPv4Address(host))
    except ValueError:
        return "a number in an unusual notation"


def _normal_key(entry: str) -> str:
    """Bring an entry of DEALBELL_ALLOW_HOSTS into the form that URLs are compared in."""
    try:
        host, port = _host_and_port(f"http://{entry.strip()}/")
    except AddressRefused:
        return entry.strip().lower()
    return f"{host}:{port}"


def _refusal(problem: str, host: str, port: int) -> AddressRefused:
    if METADATA in problem:  # nobody reads news there: whoever sends a feed there is after the machine's secrets
        return AddressRefused(problem)
    return AddressRefused(problem, cure=f"If it is a host of your own, add {host}:{port} to DEALBELL_ALLOW_HOSTS.")
