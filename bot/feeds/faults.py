"""Failures of the network in plain English. Never a URL with its secrets, never a library's wording."""

from http import HTTPStatus

import aiohttp
from yarl import URL

_STATUS_WORDS: dict[int, str] = {
    400: "The server does not accept the request.",
    401: "The server asks for a user name and a password. Write them into the address: https://user:password@host/…",
    402: "The server asks for payment.",
    403: "The server refuses us. Some sites refuse every automatic reader; ask them, or remove the feed.",
    404: "There is no such document. `dealbell feeds add` with the site's front page finds the new address.",
    406: "The server has the document in no form that we read.",
    410: "The document is gone for good.",
    429: "The server asks us to come less often.",
    451: "The server withholds the document for legal reasons.",
    503: "The server is out of service for the moment.",
    504: "The server waited in vain for another one.",
}
_CLASS_WORDS: dict[int, str] = {
    2: "The server answered without a document.",
    3: "The server redirects, but does not say where to.",
    4: "The server does not accept the request.",
    5: "The server has a fault.",
}


def explain_status(status: int, url: str) -> str:
    """Return what an HTTP status means for a reader of the feed, with the number and the host."""
    words = _STATUS_WORDS.get(status) or _CLASS_WORDS.get(status // 100, "The answer makes no sense.")
    name = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    return f"{_host(url)} answered {status}{f' {name}' if name else ''}. {words}"


_FAULTS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    # From the special to the general: several of these are subclasses of later ones.
    (
        (aiohttp.ClientConnectorCertificateError,),
        "The certificate of {host} is not valid, so nobody can tell who answers there.",
    ),
    (
        (aiohttp.ClientConnectorDNSError,),
        "There is no host of the name {host} (DNS). Check the spelling, and the network.",
    ),
    (
        (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError),
        "The proxy does not let the request through. Check the proxy in the settings.",
    ),
    ((aiohttp.ClientSSLError,), "No encrypted connection to {host} could be made."),
    ((aiohttp.InvalidURL,), "This is not a web address. Give it as https://host/path."),
    ((aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError), "No connection to {host} could be made."),
    ((aiohttp.ClientPayloadError,), "The answer of {host} breaks off."),
    (
        (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, OSError),
        "{host} closed the connection before it answered.",
    ),
    ((aiohttp.ClientResponseError,), "{host} did not answer in proper HTTP."),
)


def explain(error: Exception, url: str) -> str:
    """Return what an error of aiohttp or of the socket means, naming the host."""
    found = next((words for types, words in _FAULTS if isinstance(error, types)), "The request to {host} failed.")
    return found.format(host=_host(url))


def _host(url: str) -> str:
    try:
        return URL(url).host or "the server"
    except ValueError:
        return "the server"
