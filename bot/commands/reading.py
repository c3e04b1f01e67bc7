"""read, about: what a text that somebody wrote tells, and what is known of the companies that it names."""

import re
from datetime import datetime

from bot.commands.profiles import COMPANY
from bot.commands.telling import story_line
from bot.commands.verb import Call, Verb
from bot.commands.words import quoted
from bot.companies.names import company_keys, same_company
from bot.errors import InputError
from bot.model.event import Event
from bot.model.request import Button, Line, Reply, bold, line
from bot.model.story import Fact, Story
from bot.store import lookups
from bot.stories.card import STATUSES
from bot.stories.card import card as card_of
from bot.stories.fold import fold
from bot.stories.headline import headline
from bot.viewing import stories_for

MOST_TEXT = 40_000
MOST_CARDS = 3
MOST_LINKS = 5
MOST_NAMES = 5
MOST_CAPITALS = 60
_LINK = re.compile(r"https?://[^\s<>|\"]+", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[A-Z][\w&'.-]*(?: (?:[A-Z][\w&'.-]*|AI))*")


def link_in(word: str) -> str | None:
    """Return the address that a word is, as chats write links too: <https://…|shown>."""
    found = _LINK.match(word.lstrip("<"))
    return found[0] if found else None


def links_in(text: str) -> tuple[str, ...]:
    """Return the addresses in a text, each once."""
    return tuple(dict.fromkeys(_LINK.findall(text)))[:MOST_LINKS]


def _text(call: Call, verb: str) -> str:
    text = call.request.attachment or " ".join(word.text for word in call.words)
    if not text.strip():
        raise InputError(
            f"{verb} needs a text or an article's address.",
            cure=f"For example: {call.typed(f'{verb} Acme raised $10M from Sequoia')}",
        )
    return text[:MOST_TEXT]


def story_of_link(call: Call, url: str) -> Story | None:
    """Return the story that an article told, as this workspace may see it."""
    with call.store.read() as db:
        ids = lookups.by_url(db, call.services.canonical(url), viewer=call.viewer)
        return next(iter(stories_for(db, ids, viewer=call.viewer)), None)


def _read(call: Call) -> Reply:
    text = _text(call, "read")
    links = links_in(text)
    known = [story for url in links if (story := story_of_link(call, url))]
    cards = tuple({story.id: card_of(story) for story in known}.values())[:MOST_CARDS]
    if cards:
        return Reply(lines=(line(bold("Told already:")),), cards=cards)
    plain = _LINK.sub(" ", text).strip()
    if not plain:
        return Reply(
            lines=(
                line("That article is not known here: no feed that is read here has brought a deal from it."),
                line("Paste its words, and I read them: ", call.typed("read Acme raised $10M from Sequoia")),
            )
        )
    events = _events(call, plain)
    if not events:
        return Reply(lines=(line("I find no deal and no leadership change in this text."),))
    lines: list[Line] = [line(bold("Read in this text"), ", and stored nowhere:")]
    now = call.request.now
    lines += [_event_line(event, number, now) for number, event in enumerate(events[:10], 1)]
    return Reply(lines=tuple(lines), buttons=_company_buttons(_names(events)))


def _events(call: Call, text: str) -> tuple[Event, ...]:
    if call.services.read_text is None:
        raise InputError("Texts can't be read here just now.", cure="Try again in a minute.")
    title, _, rest = text.partition("\n")
    return call.services.read_text(title[:300], text if len(title) > 300 else rest)


def _event_line(event: Event, number: int, now: datetime) -> Line:
    history = " (told as history)" if event.background else ""
    return line(f"{number}. ", bold(headline(_story(event, now))), f" · {STATUSES[event.status]}{history}")


def _story(event: Event, now: datetime) -> Story:
    """Fold one event alone, so that it reads as a story does."""
    fact = Fact(id="", event=event, source="this text", title="", published=now, first_seen=now)
    return fold((fact,), story_id="")


def _names(events: tuple[Event, ...]) -> tuple[str, ...]:
    named = (name for event in events for name in (event.target, event.company, *event.buyers, *event.seller))
    out: list[str] = []
    for name in named:
        if name and not any(same_company(name, each) for each in out):
            out.append(name)
    return tuple(out)


def _company_buttons(names: tuple[str, ...]) -> tuple[Button, ...]:
    return tuple(Button(label=name[:75], command=f"company {quoted(name[:200])}") for name in names[:MOST_NAMES])


def _about(call: Call) -> Reply:
    text = _LINK.sub(" ", _text(call, "about"))
    named = _names(_events(call, text)) if text.strip() else ()
    known = _known(call, (*named, *_capitals(text)))
    if not known:
        words = f"I find {'nothing in the store about ' + ', '.join(named[:5]) if named else 'no company in it'}."
        return Reply(lines=(line(words), line("By name: ", call.typed("company Scale AI"))), good=False)
    lines: list[Line] = []
    for name in known[:MOST_NAMES]:
        lines.append(line(bold(name)))
        lines += [line("  ", *story_line(story)) for story in _latest(call, name)]
    return Reply(lines=tuple(lines), buttons=_company_buttons(known))


def _capitals(text: str) -> tuple[str, ...]:
    """Return runs of capitalised words, and their parts: what may be a company's name."""
    runs = tuple(dict.fromkeys(match[0].rstrip(".'-") for match in _CAPITALS.finditer(text)))[:MOST_CAPITALS]
    parts = (part for run in runs for part in run.split() if " " in run and len(part) > 2)
    return tuple(dict.fromkeys((*runs, *parts)))[: 2 * MOST_CAPITALS]


def _known(call: Call, names: tuple[str, ...]) -> tuple[str, ...]:
    out: list[str] = []
    with call.store.read() as db:
        for name in names:
            found = lookups.names_of_keys(db, company_keys(name), parts=COMPANY, viewer=call.viewer)
            same = next((each for each in found if same_company(each, name)), None)
            if same and not any(same_company(same, each) for each in out):
                out.append(same)
    return tuple(out)


def _latest(call: Call, name: str) -> tuple[Story, ...]:
    with call.store.read() as db:
        ids = lookups.by_keys(db, company_keys(name), parts=COMPANY, viewer=call.viewer, limit=2)
        return stories_for(db, ids, viewer=call.viewer)


VERBS = (
    Verb(
        name="read", summary="the deals in a text, or the card of an article's address",
        usage="read TEXT or ADDRESS",
        examples=("read Acme raised $10M from Sequoia", "read https://example.com/news/acme-raises-10m"), answer=_read,
        costly=True,
    ),
    Verb(
        name="about", summary="what is known of the companies that a text names", usage="about TEXT",
        examples=("about Meta takes 49% of Scale AI",), answer=_about,
        costly=True,
    ),
)  # fmt: skip
