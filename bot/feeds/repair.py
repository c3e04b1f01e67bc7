"""XML that is nearly well formed, made so in linear time before feedparser sees it.

feedparser has a parser of its own for broken XML, but that one takes quadratic time on unclosed comments
and the like. So comments and document types go first, ampersands that begin no XML entity are put right,
undeclared prefixes are declared, and what is still broken goes through libxml2's recovering parser.
"""

import html
import re
from html.entities import html5
from xml.parsers import expat

from lxml import etree

_MARK = re.compile(r"<!--|<!\[CDATA\[|<!DOCTYPE", re.IGNORECASE)
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(?:([0-9]{1,8})|[xX]([0-9A-Fa-f]{1,7}));|([A-Za-z][A-Za-z0-9]{1,31});)?"
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}\?>", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
_PREFIX = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_NAMESPACE = re.compile(r"""(?<=\s)xmlns(?::[A-Za-z_][\w.-]{0,40})?\s{0,9}=\s{0,9}(?:"[^"<]*"|'[^'<]*')""")
_START_TAG_NAME = re.compile(r"<[A-Za-z_][\w.:-]{0,60}")

_CUT_SHORT = frozenset(
    {
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
    }
)
_UNBOUND = expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]

NAMESPACES: dict[str, str] = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
"""What the customary prefixes stand for where a feed forgets to declare them."""


def well_formed(text: str) -> tuple[bytes, str | None]:
    """Return a document in UTF-8 that an XML parser accepts, and what was wrong with it, if anything.

    Of a document that breaks off, the items that came whole are kept. Returns b"" where nothing of it
    can be read as XML.
    """
    text = _tidy(text)
    data = text.encode()
    error = _fault(data)
    if error is None:
        return data, None
    first = error
    if error.code == _UNBOUND:
        text = _declare_prefixes(text)
        error = _fault(text.encode())
    if error is not None and error.code in _CUT_SHORT:
        text = _whole_items(text)
        warning = "The document breaks off; the items that came whole were read."
    else:
        warning = f"The document is not well-formed XML: {expat.ErrorString(first.code)} (line {first.lineno})."
    if error is not None:
        text = _declare_prefixes(text)
    return (text.encode() if error is None else _recover(text)), warning


def _tidy(text: str) -> str:
    """Drop what stands before the document, comments, document type and illegal characters."""
    declaration = _DECLARATION.search(text[:4096])
    text = text[declaration.end() :] if declaration else text
    root = _ROOT.search(text[:65536])
    if root is not None and not text[: root.start()].lstrip().startswith("<"):
        text = text[root.start() :]
    text = _ILLEGAL.sub("", text)
    pieces: list[str] = []
    position = 0
    while (match := _MARK.search(text, position)) is not None:
        pieces.append(_legal(text[position : match.start()]))
        position, kept = _skip(text, match)
        pieces.append(kept)
    pieces.append(_legal(text[position:]))
    return "".join(pieces).strip()


def _legal(text: str) -> str:
    """Put ampersands right, and take the blanks out of namespaces: the parser splits names at them."""
    text = _AMPERSAND.sub(_legal_reference, text)
    return _NAMESPACE.sub(lambda match: "".join(match.group().split()), text)


def _skip(text: str, mark: re.Match[str]) -> tuple[int, str]:
    """Return the end of a comment, CDATA section or document type, and what of it is kept."""
    if mark.group() == "<!--":
        end = text.find("-->", mark.end())
        return (end + 3 if end >= 0 else len(text)), ""
    if mark.group().upper() == "<![CDATA[":
        end = text.find("]]>", mark.end())
        return (end + 3, text[mark.start() : end + 3]) if end >= 0 else (len(text), text[mark.start() :])
    end = text.find(">", mark.end())
    bracket = text.find("[", mark.end(), end if end >= 0 else len(text))
    if bracket >= 0:
        subset = text.find("]", bracket)
        end = text.find(">", subset) if subset >= 0 else -1
    return (end + 1 if end >= 0 else len(text)), ""


def _legal_reference(match: re.Match[str]) -> str:
    """Turn HTML's entities into characters, other bare ampersands into `&amp;`."""
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        found = html5.get(f"{name};")
        return found if found is not None else f"&amp;{name};"
    if decimal is None and hexadecimal is None:
        return "&amp;"
    # unescape knows what feeds mean by the Windows-1252 numbers (&#150; is a dash).
    character = html.unescape(match.group())
    if character in {"<", "&", ">", '"', "'"}:
        return match.group()
    return "" if _ILLEGAL.match(character) else character


def _fault(data: bytes) -> expat.ExpatError | None:
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return error
    return None


def _declare_prefixes(text: str) -> str:
    """Declare on the root element every prefix that is used and nowhere declared."""
    declared = {match.group(1) for match in _DECLARED.finditer(text)} | {"xml", "xmlns"}
    used = dict.fromkeys(match.group(1) for match in _PREFIX.finditer(text))
    missing = [prefix for prefix in used if prefix not in declared][:50]
    root = _START_TAG_NAME.search(text)
    if root is None or not missing:
        return text
    added = "".join(f' xmlns:{name}="{NAMESPACES.get(name.lower(), "urn:undeclared:" + name)}"' for name in missing)
    return f"{text[: root.end()]}{added}{text[root.end() :]}"


def _whole_items(text: str) -> str:
    """Cut a document that breaks off after its last whole item."""
    ends = [match.end() for match in _ITEM_END.finditer(text)]
    return text[: ends[-1]] if ends else text


def _recover(text: str) -> bytes:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return b""
    data = b"" if root is None else etree.tostring(root, encoding="utf-8")
    return b"" if data and _fault(data) is not None else data
