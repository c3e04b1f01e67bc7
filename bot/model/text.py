"""Text for people: cut at a limit without breaking a character, and rid of what a screen would obey."""

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"
_JOINER = "\u200d"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BROKEN = "\ufffd"


def _extends(char: str) -> bool:
    """Return True for what belongs to the character before: marks, selectors, skin tones, tags, the joiner."""
    point = ord(char)
    return (
        unicodedata.category(char) in {"Mn", "Me", "Mc"}
        or char == _JOINER
        or 0x1F3FB <= point <= 0x1F3FF
        or 0xE0020 <= point <= 0xE007F
        or 0x1160 <= point <= 0x11FF
    )


def _is_flag(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def graphemes(text: str) -> Iterator[str]:
    """Yield what a reader sees as single characters: the rules of UAX #29 that real headlines need."""
    cluster = ""
    for char in text:
        joins = cluster and (
            _extends(char)
            or (cluster.endswith(_JOINER) and ord(char) >= 0x2190)
            or (cluster == "\r" and char == "\n")
            or (len(cluster) == 1 and _is_flag(cluster) and _is_flag(char))
        )
        if joins:
            cluster += char
        else:
            if cluster:
                yield cluster
            cluster = char
    if cluster:
        yield cluster


def cut(text: str, limit: int) -> str:
    """Return `text` in at most `limit` code points, cut between graphemes and ended by an ellipsis."""
    if len(text) <= limit:
        return text
    kept, size = [], 0
    for cluster in graphemes(text):
        if size + len(cluster) > limit - len(ELLIPSIS):
            break
        kept.append(cluster)
        size += len(cluster)
    return "".join(kept).rstrip() + ELLIPSIS if limit > 0 else ""


def one_line(text: str) -> str:
    """Return `text` on one line: white space folded, control and direction-changing characters replaced."""
    return " ".join("".join(_harmless(char) for char in text).split())


def _harmless(char: str) -> str:
    if char.isspace() and char != "\x85" and char not in "\x1c\x1d\x1e\x1f":
        return " "
    if unicodedata.category(char) in {"Cc", "Cs"} or char in _BIDI:
        return _BROKEN
    return char


def clean_lines(text: str) -> str:
    """Return `text` with its lines kept and what a screen would obey replaced, code point for code point."""
    return "".join(char if char == "\n" else _harmless(char) for char in text)


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet reckon with a cell (OWASP, "CSV injection"), in full width too."""


def inert(cell: str) -> str:
    """Return a cell of a table that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def from_inert(cell: str) -> str:
    """Take away the quote that `inert` put there."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
