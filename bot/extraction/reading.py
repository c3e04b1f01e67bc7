"""A sentence made ready for patterns: mentions become one capital letter each, words stay words."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from bot.extraction.figures import money_at, percent_at, round_at
from bot.extraction.mentions import MONEY, NAME, Mention
from bot.extraction.names import Known, letter_case, names_in
from bot.extraction.roles import role_at
from bot.extraction.tables.name_words import COMPANY_NOUNS, FILLERS
from bot.extraction.tokens import Sentence, Token
from bot.model.event import Money

APPOSITIVE = {"a", "an", "the", "which", "who", "formerly", "one", "whose", "backed", "based", "known"}
VERBAL = {"has", "have", "had", "is", "was", "will", "said", "says", "to", "announced", "raised", "plans", "agreed"}


class Item(NamedTuple):
    """One letter or word of the pattern text and where it stands in the document (code points)."""

    tag: str
    text: str
    start: int
    end: int
    value: str | float | Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sentence's items, and the same as one string in which each item ends in a space."""

    sentence: Sentence
    words: frozenset[str]
    items: tuple[Item, ...]
    code: str
    starts: tuple[int, ...]

    def between(self, start: int, end: int, tags: str) -> list[Item]:
        """Return the items with these tags in a span of `code`."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1)
        return [item for item in self.items[max(0, first) : last] if item.tag in tags]


def mentions_in(tokens: list[Token], known: Known) -> list[Mention]:
    """Return every mention of the sentence, in order, none overlapping another."""
    taken = [False] * len(tokens)
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        mention = money_at(tokens, at) or percent_at(tokens, at) or round_at(tokens, at) or role_at(tokens, at)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
        at = mention.last
    return sorted(found + names_in(tokens, taken, known), key=lambda m: m.first)


def read(sentence: Sentence, mentions: list[Mention], source: str) -> tuple[Reading, Reading]:
    """Return the sentence as written, and without the clauses between commas that interrupt it."""
    items = _items(sentence.tokens, mentions, source)
    words = frozenset(t.lower for t in sentence.tokens)
    return _reading(sentence, words, items), _reading(sentence, words, _without_asides(items))


def _reading(sentence: Sentence, words: frozenset[str], items: list[Item]) -> Reading:
    starts, parts, length = [], [], 0
    for item in items:
        starts.append(length)
        part = item.tag if item.tag != "w" else item.text
        parts.append(part)
        length += len(part) + 1
    return Reading(sentence=sentence, words=words, items=tuple(items), code=" ".join(parts) + " ", starts=tuple(starts))


def _items(tokens: list[Token], mentions: list[Mention], source: str) -> list[Item]:
    by_first = {m.first: m for m in mentions}
    lower = letter_case(tokens) != "sentence"
    items: list[Item] = []
    at, depth = _dateline(tokens), 0
    while at < len(tokens):
        token, mention = tokens[at], by_first.get(at)
        if mention is not None:
            start, end = token.start, tokens[mention.last - 1].end
            if not depth or mention.tag == MONEY:
                value = mention.value if mention.tag != NAME and mention.value != "" else source[start:end]
                items.append(Item(mention.tag[0], source[start:end], start, end, value))
            at = mention.last
            continue
        if token.text in "()[]":
            depth = max(0, depth + (1 if token.text in "([" else -1))
        elif not depth:
            at = _word(tokens, at, items, lower)
        at += 1
    return items


def _dateline(tokens: list[Token]) -> int:
    """Return where the sentence begins after "LONDON (Reuters) -"."""
    for at, token in enumerate(tokens[:24]):
        if token.text in "-–—" and at + 1 < len(tokens) and at > 0 and tokens[at - 1].end != token.start:
            words = [t.text for t in tokens[:at] if t.text.isalpha()]
            return at + 1 if words and tokens[0].text.isupper() and len(words[0]) > 2 else 0
    return 0


def _word(tokens: list[Token], at: int, items: list[Item], is_headline: bool) -> int:
    """Append the word at `at` unless it says nothing; return the last token used."""
    token = tokens[at]
    word = token.lower
    if word in FILLERS or word in "\"“”‘’'*":
        return at
    if word in "–—|" or (word == "-" and is_headline):
        word = ";"
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if word == "the" and following in COMPANY_NOUNS:
        items.append(Item("C", token.text, token.start, tokens[at + 1].end, ""))
        return at + 1
    if word in ("it", "we"):
        items.append(Item("C", token.text, token.start, token.end, ""))
    elif word in ("he", "she"):
        items.append(Item("H", token.text, token.start, token.end, ""))
    else:
        items.append(Item("w", word, token.start, token.end, ""))
    return at


def _without_asides(items: list[Item]) -> list[Item]:
    """Leave out ", a start-up that …," between a name and its verb."""
    kept: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        if item.text == "," and kept and kept[-1].tag in "NT" and at + 1 < len(items):
            opener = items[at + 1]
            end = (
                _aside_end(items, at)
                if opener.text.lower() in APPOSITIVE
                or opener.tag in "TN"
                or (opener.tag == "w" and opener.text.endswith("-based"))
                else None
            )
            if end is not None:
                at = end + 1
                continue
        kept.append(item)
        at += 1
    return kept


def _aside_end(items: list[Item], comma: int) -> int | None:
    for step in range(comma + 2, min(comma + 30, len(items) - 1)):
        if items[step].text == "," and items[step + 1].text.lower() in VERBAL:
            return step
    return None
