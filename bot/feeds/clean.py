"""HTML, or text that may be HTML, to plain text; in linear time whatever the input.

A feed's text is untrusted and often mislabelled: the same function takes a marked-up article and a bare
"revenue < $5m, up 3% & rising". One pass finds tags with `str.find`; where a search fails, the fact that
nothing more will be found is remembered, so that no input makes it search the same stretch twice.
"""

import html
import re
import unicodedata

from bot.feeds.markup import BLOCKS, CELLS, DROPPED, ENDLESS, KNOWN

_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:_.-]{0,63})(?=[\s/>])")
_OPENING = re.compile(r"<(?=[A-Za-z!?/])")
_QUOTE_OR_END = re.compile(r"[>\"']")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, except those that are white space
    "\u00ad\u034f\u061c\u180e"  # soft hyphen, joiner, Arabic letter mark, Mongolian separator
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, direction marks and overrides
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # marks, surrogates, non-characters
    "\U000e0000-\U000e007f"  # tag characters: text that nobody sees
    "]+"
)
_BLANK_LINES = re.compile(r"\n[ \t\r\f\v]*\n\s*|\u2029")
_SLICE = 256
_LONG_WORD = re.compile(rf"(\S{{{_SLICE + 1},}})")

_PARAGRAPH, _LINE = "\x1d", "\x1e"
"""Breaks that tags make, told apart from the white space of the source by controls that it cannot hold."""


def plain_text(markup: str) -> str:
    """Return the text of HTML, or of text that may hold HTML; paragraphs stand apart by a blank line.

    Scripts, styles, frames and comments go, entities are decoded once, control, zero-width and
    direction-changing characters are removed, white space is folded, the result is in NFC. A `<` or `&`
    that begins no tag and no entity stays what it is.
    """
    text = _INVISIBLE.sub("", markup)
    if "<" in text:
        text = _without_tags(text)
    if _PARAGRAPH not in text:
        # No element parts paragraphs, so blank lines do.
        text = _BLANK_LINES.sub(_PARAGRAPH, text)
    if "&" in text:
        text = _ENTITY.sub(_decode, text)
    return _fold(text)


def plain_line(markup: str) -> str:
    """Return the text of HTML on one line: for titles and names."""
    return " ".join(plain_text(markup).split())


def tidy_text(text: str) -> str:
    """Do for text that is declared plain what `plain_text` does for HTML: `<` and `&` are but characters."""
    return _fold(_BLANK_LINES.sub(_PARAGRAPH, _INVISIBLE.sub("", text)))


def _fold(text: str) -> str:
    """Fold white space inside lines, put breaks between them, compose the characters."""
    paragraphs = []
    for block in text.split(_PARAGRAPH):
        lines = [" ".join(line.split()) for line in block.split(_LINE)]
        kept = "\n".join(line for line in lines if line)
        if kept:
            paragraphs.append(kept)
    return _composed("\n\n".join(paragraphs))


def _composed(text: str) -> str:
    """Bring text into NFC.

    Composing sorts the marks on a letter in quadratic time (a megabyte of them takes an hour), so words that
    no language has are composed in slices.
    """
    # Splitting by a group puts the long words at the odd places.
    pieces = _LONG_WORD.split(text)
    pieces[::2] = (unicodedata.normalize("NFC", piece) for piece in pieces[::2])
    pieces[1::2] = (_in_slices(word) for word in pieces[1::2])
    return "".join(pieces)


def _in_slices(word: str) -> str:
    starts = range(0, len(word), _SLICE)
    return "".join(unicodedata.normalize("NFC", word[start : start + _SLICE]) for start in starts)


def _decode(match: re.Match[str]) -> str:
    character = html.unescape(match.group())
    return _INVISIBLE.sub("", character)


class _Scanner:
    """Where in the text the search for tags stands, and which searches have failed for good."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lost: set[str] = set()
        self.quotes = True

    def find(self, needle: str, start: int) -> int:
        """Find the needle, or return -1 at once where an earlier search showed that there is none."""
        if needle in self.lost:
            return -1
        at = self.text.find(needle, start)
        if at < 0:
            self.lost.add(needle)
        return at

    def find_end_tag(self, name: str, start: int) -> int:
        """Return the position of `</name`, in any case, or -1."""
        if name in self.lost:
            return -1
        match = _end_tag(name).search(self.text, start)
        if match is None:
            self.lost.add(name)
            return -1
        return match.start()

    def tag_end(self, start: int) -> int:
        """Return the position past the `>` of a tag whose name ends at `start`, or -1."""
        position = start
        while self.quotes:
            match = _QUOTE_OR_END.search(self.text, position)
            if match is None:
                break
            if match.group() == ">":
                return match.end()
            closing = self.find(match.group(), match.end())
            if closing < 0:
                break
            position = closing + 1
        # Quotation marks do not pair up: from here on none counts, or every tag would scan to the end.
        self.quotes = False
        return self.find(">", start) + 1 or -1


def _without_tags(text: str) -> str:
    scanner = _Scanner(text)
    pieces: list[str] = []
    position = 0
    while (match := _OPENING.search(text, position)) is not None:
        pieces.append(text[position : match.start()])
        position, instead = _step(scanner, match.start())
        pieces.append(instead)
    pieces.append(text[position:])
    return "".join(pieces)


def _step(scanner: _Scanner, opening: int) -> tuple[int, str]:
    """Return where reading goes on after the `<` at `opening`, and the text that stands in its place."""
    text = scanner.text
    after = opening + 1
    if text.startswith("!--", after):
        end = scanner.find("-->", after + 1)
        return (end + 3 if end >= 0 else len(text)), ""
    if text.startswith("![CDATA[", after):
        end = scanner.find("]]>", after)
        return (end + 3, html.escape(text[after + 8 : end], quote=False)) if end >= 0 else (after + 8, "")
    if text[after : after + 1] in {"!", "?"}:
        end = scanner.find(">", after)
        return (end + 1, "") if end >= 0 else (after, "<")
    name = _NAME.match(text, after)
    if name is None:
        return after, "<"
    end = scanner.tag_end(name.end())
    if end < 0:
        return after, "<"
    return _read_tag(scanner, name, end)


def _read_tag(scanner: _Scanner, name: re.Match[str], end: int) -> tuple[int, str]:
    text, tag = scanner.text, name.group(1).lower()
    closing = text[name.start()] == "/"
    if tag not in KNOWN and not _is_strange_tag(tag, text[name.end() : end - 1]):
        return name.start(), "<"
    if tag in DROPPED and not closing and text[end - 2] != "/":
        stop = scanner.find_end_tag(tag, end)
        if stop >= 0:
            past = scanner.find(">", stop)
            return (past + 1 if past >= 0 else len(text)), " "
        return (len(text) if tag in ENDLESS else end), " "
    if tag == "br":
        return end, _LINE
    if tag in BLOCKS:
        return end, _PARAGRAPH
    return end, " " if tag in CELLS else ""


def _is_strange_tag(tag: str, inside: str) -> bool:
    """Tell `<o:p>` and `<widget id="1">` from "<forecast and falling>" and "<https://host/>"."""
    if tag.endswith((":", ".")) or "//" in inside[:2]:
        return False
    return not inside.strip(" \t\r\n/") or "=" in inside


def _end_tag(name: str) -> re.Pattern[str]:
    # `re` keeps the few patterns that this makes.
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
