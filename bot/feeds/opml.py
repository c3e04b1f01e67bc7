"""Lists of feeds in OPML (http://opml.org/spec2.opml), in and out."""

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from bot.errors import InputError
from bot.feeds.clean import plain_line
from bot.feeds.urls import mask_url, safe_link, split_credentials
from bot.model.feed import Feed, FeedSpec

_NAMESPACE = "urn:dealbell"
_FULL_TEXT = f"{{{_NAMESPACE}}}fullText"
"""OPML has no word for "read each article's page"; other readers pass over an attribute of a namespace of ours."""
_DEEPEST = 20
_CURE = "Export it again from the program that it comes from, as OPML 2.0."


def read_opml(data: bytes) -> tuple[FeedSpec, ...]:
    """Return the feeds of an OPML file; outlines without an address are groups, joined by " / ".

    A feed that stands twice counts once. Raises InputError naming the line.
    """
    if b"<!ENTITY" in data.upper():
        raise InputError("The OPML file declares entities, which can be made to swallow memory.", cure=_CURE)
    root = _parse(data)
    if etree.QName(root).localname.lower() != "opml":
        raise InputError(f"Line {root.sourceline}: the file is not OPML.", cure=_CURE)
    body = next(iter(root.iterfind("body")), None)
    if body is None:
        raise InputError(f"Line {root.sourceline}: the OPML file holds no body.", cure=_CURE)
    found: dict[str, FeedSpec] = {}
    for spec in _outlines(body, ()):
        found.setdefault(spec.url, spec)
    return tuple(found.values())


def write_opml(feeds: Iterable[FeedSpec | Feed], *, title: str = "Dealbell feeds") -> bytes:
    """Return an OPML 2.0 document; groups become nested outlines. Addresses are whole, with their secrets."""
    root = etree.Element("opml", nsmap={"dealbell": _NAMESPACE}, version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = plain_line(title)
    body = etree.SubElement(root, "body")
    groups: dict[tuple[str, ...], etree._Element] = {(): body}
    for feed in feeds:
        path = tuple(part for part in feed.group.split(" / ") if part)
        parent = _group(groups, path)
        name = feed.title or mask_url(feed.url)
        outline = etree.SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
        if feed.full_text:
            outline.set(_FULL_TEXT, "true")
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _parse(data: bytes) -> "etree._Element":
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data.strip(), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise InputError(f"Line {line}: the OPML file is not well-formed XML.", cure=_CURE) from error
    except ValueError as error:
        raise InputError("Line 1: the OPML file cannot be read as XML.", cure=_CURE) from error
    return root


def _outlines(parent: "etree._Element", groups: tuple[str, ...]) -> Iterator[FeedSpec]:
    if len(groups) > _DEEPEST:
        raise InputError(f"Line {parent.sourceline}: the outlines are nested too deeply.", cure=_CURE)
    for outline in parent.iterfind("outline"):
        attributes = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        name = plain_line(attributes.get("title") or attributes.get("text") or "")
        address = attributes.get("xmlurl", "")
        if address:
            yield _spec(outline, address, name, groups)
        yield from _outlines(outline, groups if address or not name else (*groups, name))


def _spec(outline: "etree._Element", address: str, name: str, groups: Sequence[str]) -> FeedSpec:
    bare, _login = split_credentials(address)
    if safe_link(bare) is None:
        raise InputError(
            f"Line {outline.sourceline}: {mask_url(address)} is no address of a feed.",
            cure="Addresses begin with https:// or http://.",
        )
    full_text = outline.get(_FULL_TEXT) == "true"
    return FeedSpec(url=address, title=name, group=" / ".join(groups), full_text=full_text)


def _group(groups: dict[tuple[str, ...], "etree._Element"], path: tuple[str, ...]) -> "etree._Element":
    if path not in groups:
        parent = _group(groups, path[:-1])
        groups[path] = etree.SubElement(parent, "outline", text=path[-1], title=path[-1])
    return groups[path]
