"""Bytes of a feed to text, whatever charset the server and the document claim.

What is valid UTF-8 is UTF-8: text of another charset with non-ASCII letters is almost never valid UTF-8,
while servers and documents often name a charset that they do not use.
"""

import codecs
import re

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE: tuple[tuple[bytes, str], ...] = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"{\x00", "utf-16-le"),
    (b"\x00{", "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_IN_DOCUMENT = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})[\"']"
    rb"|<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})",
    re.IGNORECASE,
)
_SEVEN_BITS = ("iso-2022", "iso2022", "hz")
"""Charsets whose text is ASCII bytes, hence valid UTF-8 as well: here the claim counts."""

_READABLE = re.compile(
    r"(?:utf|iso-?8859|iso-?2022|iso-?ir|latin|windows|cp|win|koi8|gb|hz|big5|euc|shift|sjis|ms|x-sjis|tis|mac|ks)",
    re.IGNORECASE,
)
"""Python also calls "zlib", "idna" and "punycode" codecs; a feed may not choose these."""


def decode(body: bytes, content_type: str | None) -> str:
    """Return the text of a document. Never raises: what cannot be decoded becomes U+FFFD."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for start, name in _WIDE:
        if body.startswith(start):
            return body.decode(name, "replace")
    claims = _claims(body, content_type)
    for name in [claim for claim in claims if claim.lower().startswith(_SEVEN_BITS)] + ["utf-8", *claims]:
        text = _try(body, name)
        if text is not None:
            return text
    if "utf-8" in (claim.lower() for claim in claims):
        return body.decode("utf-8", "replace")
    return body.decode("cp1252", "replace")


def _claims(body: bytes, content_type: str | None) -> list[str]:
    """Return the charsets that header and document name, the header's first."""
    found = [match.group(1) for match in [_IN_HEADER.search(content_type or "")] if match]
    match = _IN_DOCUMENT.search(body[:2048])
    if match:
        found.append((match.group(1) or match.group(2)).decode("ascii"))
    return [_as_browsers_read(name) for name in found]


def _as_browsers_read(name: str) -> str:
    """Read a label as browsers do (WHATWG Encoding): Latin 1 means Windows-1252, GB2312 its superset."""
    if re.fullmatch(r"(?:us-?ascii|iso-?8859-?1|latin-?1)", name.replace("_", "-"), re.IGNORECASE):
        return "cp1252"
    return "gb18030" if name.lower() in {"gb2312", "gbk"} else name


def _try(body: bytes, name: str) -> str | None:
    if not _READABLE.match(name):
        return None
    try:
        return body.decode(name)
    except (UnicodeError, LookupError):
        return None
