"""What may follow at the console: verbs, kinds, filters, settings, names from the store."""

from collections.abc import Callable

from bot.commands.configuring import SETTINGS
from bot.commands.forms import FEEDBACK
from bot.commands.grammar import FILTERS, KINDS
from bot.commands.registry import OTHER_NAMES, VERBS

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
    verb, _, argument = before.strip().partition(" ")
    verb = OTHER_NAMES.get(verb, verb)
    found = _named(verb, argument, word, names)
    if found is not None:
        return found
    return tuple(each for each in _words(verb, argument) if each.startswith(word))


def _words(verb: str, argument: str) -> tuple[str, ...]:
    if not verb:
        return (*VERBS, "help", *SLASHES)
    if verb == "help":
        return tuple(VERBS)
    return tuple(FEEDBACK) if verb == "wrong" and argument else _WORDS.get(verb, ())


def _named(verb: str, argument: str, word: str, names: Names) -> tuple[str, ...] | None:
    """Return names from the store where one is meant; None: a word is."""
    for prefix, what in _VALUES.items():
        if verb and word.startswith(prefix):
            return tuple(prefix + _quoted(each) for each in names(what, word.removeprefix(prefix).strip('"')))
    if verb == "chart" and argument.partition(" ")[0] == "company":
        return _rest_of_names(names, "company", argument.removeprefix("company").strip(), word)
    if verb in _NAMED and not (verb == "wrong" and argument):
        return _rest_of_names(names, _NAMED[verb], argument, word)
    return None


def _rest_of_names(names: Names, what: str, typed: str, word: str) -> tuple[str, ...]:
    begin = f"{typed} {word}".strip() if typed else word
    size = len(begin) - len(word)
    return tuple(each[size:] for each in names(what, begin)) if begin else ()


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
