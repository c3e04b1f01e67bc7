"""Web pages: the text of an article, and the feeds that a page names. Runs in a worker process."""

from lxml import etree
from lxml import html as lxml_html

from bot.feeds.charset import decode
from bot.feeds.clean import plain_line, tidy_text
from bot.feeds.urls import safe_link
from bot.model.feed import FeedSpec

FEED_TYPES: frozenset[str] = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/json",
        "application/xml",
        "text/xml",
    }
)
_NOT_FEEDS = ("/wp-json/", "rest_route=", "oembed", "opensearch", "rsd.xml", "wlwmanifest")
"""What sites name as application/json or XML alternates beside their feeds."""
_COMMENTS = ("comment", "kommentar", "commentaire", "comentario")
_MAX_FEEDS = 50
_PAGE_TYPES = ("text/html", "application/xhtml", "text/plain", "application/xml", "text/xml")


def article_text(body: bytes, *, url: str, content_type: str | None) -> tuple[str, str] | None:
    """Return title and text of the article on a page, as plain text, or None where there is none.

    By trafilatura, which leaves navigation, advertisements and comments out.
    """
    if content_type and not content_type.strip().lower().startswith(_PAGE_TYPES):
        return None
    root = _document(body, content_type)
    if root is None:
        return None
    import trafilatura  # noqa: PLC0415  # takes a fifth of a second, and only workers need it

    found = trafilatura.bare_extraction(
        root,
        url=url,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        include_links=False,
        include_images=False,
        with_metadata=True,
        deduplicate=False,
    )
    if found is None or isinstance(found, dict) or not found.text:
        return None
    # trafilatura parts paragraphs with one line feed.
    text = tidy_text("\n\n".join(found.text.splitlines()))
    has_words = any(character.isalpha() for character in text)
    return (plain_line(found.title or ""), text) if has_words else None


def find_feeds(body: bytes, *, url: str) -> tuple[FeedSpec, ...]:
    """Return the feeds that a page names in its head, in its order, feeds of comments last.

    `url` is the page's address, the base of relative links unless the page names another.
    """
    root = _document(body, None)
    if root is None:
        return ()
    base = url
    for element in root.iter("base"):
        base = safe_link(element.get("href", ""), url) or url
        break
    page_title = _title(root)
    found: dict[str, FeedSpec] = {}
    for element in root.iter("link"):
        link = _feed_link(element, base)
        if link is not None and link not in found and len(found) < _MAX_FEEDS:
            found[link] = FeedSpec(url=link, title=plain_line(element.get("title", "")) or page_title)
    return tuple(sorted(found.values(), key=_is_of_comments))


def _document(body: bytes, content_type: str | None) -> "etree._Element | None":
    text = decode(body, content_type)
    if not text.strip():
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return root if isinstance(root, etree._Element) else None


def _title(root: "etree._Element") -> str:
    for element in root.iter("title"):
        return plain_line(element.text or "")
    return ""


def _feed_link(element: "etree._Element", base: str) -> str | None:
    rels = (element.get("rel") or "").lower().split()
    if "feed" not in rels and ("alternate" not in rels or "stylesheet" in rels):
        return None
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    href = element.get("href") or ""
    if ("feed" not in rels and kind not in FEED_TYPES) or any(mark in href.lower() for mark in _NOT_FEEDS):
        return None
    return safe_link(href, base)


def _is_of_comments(spec: FeedSpec) -> bool:
    return any(word in f"{spec.url} {spec.title}".lower() for word in _COMMENTS)
