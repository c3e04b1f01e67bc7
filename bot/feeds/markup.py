"""What HTML elements mean for plain text, as data. Source: the HTML standard's list of elements."""


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS: frozenset[str] = _names(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre
    section summary table tbody tfoot thead tr ul"""
)
"""Elements that stand in a paragraph of their own."""

CELLS: frozenset[str] = frozenset({"td", "th", "img"})
"""Elements that part words without parting paragraphs."""

DROPPED: frozenset[str] = _names(
    """applet audio button canvas embed frameset head iframe map math noembed noframes noscript object script
    select style svg template textarea title video"""
)
"""Elements that are dropped with all that they hold."""

ENDLESS: frozenset[str] = frozenset({"script", "style"})
"""Of these, the ones whose content reaches to the end where no end tag comes (HTML standard, 13.2.5)."""

INLINE: frozenset[str] = _names(
    """a abbr acronym area b base basefont bdi bdo big blink br cite code col colgroup data datalist del dfn em
    font i input ins kbd keygen label link mark marquee meta meter nobr output param picture progress q rb rp rt
    rtc ruby s samp search slot small source span strike strong sub sup time track tt u var wbr"""
)

KNOWN: frozenset[str] = BLOCKS | CELLS | DROPPED | INLINE
"""Every name that makes `<name …>` a tag; other names are read with more care."""
