"""What may follow at the console: verbs, kinds, filters, settings, names from the store."""

from collections.abc import Callable

from bot.commands.configuring import SETTINGS
from bot.commands.grammar import FILTERS, KINDS
from bot.commands.registry import OTHER_NAMES, VERBS
from bot.commands.why import REASONS

Names = Callable[[str, str], tuple[str, ...]]
"""(company, investor, person, story or feed; how the name begins) -> names."""

SLASHES = ("/as", "/in", "/of", "/guest", "/admin", "/file", "/quit")
_FILTERS = tuple(f"{name}:" for name in FILTERS)
_TIMES = ("today", "week", "month", "quarter", "year", "since:")
_NAMED = {"company": "company", "watch": "company", "mute": "company", "investor": "investor", "person": "person",
          "why": "story", "wrong": "story", "merge": "story", "split": "story"}  # fmt: skip
_WORDS = {
    "subscribe": (*KINDS, "watched", *_FILTERS, "daily@09:00", "weekly@mon"),
    "preview": (*KINDS, "watched", *_FILTERS),
    "unsubscribe": (*KINDS, *_FILTERS),
    "alert": ("me", *KINDS, "watched", *_FILTERS),
    "recent": (*KINDS, *_TIMES),
    "top": (*KINDS, *_TIMES),
    "search": (*_FILTERS, "since:"),
    "chart": (*KINDS, "by", "week", "month", "investor", "stage", "company", "since:"),
    "settings": tuple(f"{name}:" for name in SETTINGS),
    "feeds": ("add", "remove", "test", "import", "export"),
    "watching": ("export",),
    "forget": ("me", "workspace"),
}
_VALUES = {"company:": "company", "-company:": "company", "investor:": "investor"}


def candidates(line: str, names: Names) -> tuple[str, ...]:
    """Return what the last word of a line may become; a name of several words goes on where the line ends."""
    before, _, word = line.rpartition(" ")
    before = before.strip()
    if not before:
        return tuple(each for each in (*VERBS, "help", *SLASHES) if each.startswith(word))
    verb, _, argument = before.partition(" ")
    verb = OTHER_NAMES.get(verb, verb)
    if verb == "help":
        return tuple(each for each in VERBS if each.startswith(word))
    if verb == "wrong" and argument:
        return tuple(each for each in REASONS if each.startswith(word))
    for prefix, what in _VALUES.items():
        if word.startswith(prefix):
            return tuple(prefix + _quoted(each) for each in names(what, word.removeprefix(prefix).strip('"')))
    if verb in _NAMED or (verb == "chart" and argument == "company"):
        typed = "" if argument == "company" else argument
        return _rest_of_names(names, _NAMED.get(verb, "company"), typed, word)
    return tuple(each for each in _WORDS.get(verb, ()) if each.startswith(word))


def _rest_of_names(names: Names, what: str, typed: str, word: str) -> tuple[str, ...]:
    begin = f"{typed} {word}".strip() if typed else word
    size = len(begin) - len(word)
    return tuple(each[size:] for each in names(what, begin)) if begin else ()


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
