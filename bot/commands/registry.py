"""All verbs, and the one way in: a request's text -> who may -> the verb's answer."""

import difflib
from collections.abc import Mapping

import structlog

from bot.commands import charting, configuring, feeding, looking, mending, profiles, reading, subscribing, watching, why
from bot.commands.verb import Call, Services, Verb, said_in_channel, take_page
from bot.commands.words import Word, shown, split
from bot.errors import DealbellError, InputError
from bot.model.request import Button, Line, Reply, Request, bold, code, line, said
from bot.store import Store, preferences

log = structlog.get_logger()

_MODULES = (subscribing, watching, looking, profiles, charting, reading, why, configuring, feeding, mending)
VERBS: Mapping[str, Verb] = {verb.name: verb for module in _MODULES for verb in module.VERBS}
OTHER_NAMES = {
    "sub": "subscribe", "unsub": "unsubscribe", "subscriptions": "list", "latest": "recent", "news": "recent",
    "find": "search", "biggest": "top", "people": "person", "fund": "investor", "evidence": "why",
    "setting": "settings", "config": "settings", "stats": "status", "?": "help",
}  # fmt: skip
MOST_ATTACHED = 2_000_000
"""Characters: 10,000 companies with their other names, and more feeds than a workspace may have."""
MOST_SOUGHT = 60
"""Characters of what is no command and may be meant as a search."""
FIRST = ("subscribe", "preview", "watch", "recent", "company", "search")
"""What a newcomer is shown."""


def answer(request: Request, store: Store, services: Services) -> Reply:
    """Answer a command. Never raises: what is wrong becomes a reply that says what, why and the cure."""
    try:
        return _answer(request, store, services)
    except DealbellError as error:
        return problem(error)
    except Exception:
        log.exception("command failed", verb=request.text.split(" ", 1)[0][:20])
        return said(
            "Something went wrong here, and nothing was changed. The operator's log has the details.", good=False
        )


def is_for_all(text: str) -> bool:
    """Return whether a good answer to a command is for the whole channel: for chats that must say so beforehand."""
    verb = _verb(text)
    return verb is not None and verb.in_channel


def is_costly(text: str) -> bool:
    """Return whether a command takes more than a look into the store."""
    try:
        words = split(text)
    except InputError:
        return False  # and so will be its answer
    verb = _verb(text)
    if verb is None:
        return len(words) > 1 and reading.link_in(words[0].text) is not None  # an address with more words is a text
    second = next((word.value.casefold() for word in words[1:] if word.name != "page"), "")
    return verb.costly or second in verb.costly_words


def _verb(text: str) -> Verb | None:
    name = "".join(text.split(maxsplit=1)[:1]).casefold().lstrip("/")
    return VERBS.get(OTHER_NAMES.get(name, "feeds" if name == "feed" else name))


def problem(error: DealbellError) -> Reply:
    """Return an error as a reply."""
    lines = [line(error.problem)]
    if error.cure:
        lines.append(line(error.cure))
    return Reply(lines=tuple(lines), good=False)


def _answer(request: Request, store: Store, services: Services) -> Reply:
    words = split(request.text)
    if len(request.attachment or "") > MOST_ATTACHED:
        raise InputError(
            "That file is too long.", cure=f"A file may have {MOST_ATTACHED:,} characters; send it in parts."
        )
    if not words:
        return help_text(request)
    name = words[0].text.casefold().lstrip("/")
    name = OTHER_NAMES.get(name, name)
    if reading.link_in(words[0].text):  # an article's address alone asks for its card
        name, words = "read", (words[0], *words)
    rest, page = take_page(words[1:])
    if name == "feed" and rest:  # "feed add URL" as well as "feeds add URL"
        name = "feeds"
    if name == "help":
        return help_text(request, rest[0].value.casefold() if rest else "")
    verb = VERBS.get(name)
    if verb is None:
        return _unknown(request, name)
    _check(verb, rest, request, store)
    reply = verb.answer(Call(request=request, words=rest, page=page, store=store, services=services))
    return said_in_channel(reply) if verb.in_channel and reply.good and not request.is_private else reply


def _check(verb: Verb, words: tuple[Word, ...], request: Request, store: Store) -> None:
    """Raise InputError where this person may not say this verb here."""
    if verb.operates and not request.is_operator:
        raise InputError(
            f"Only the operator of this installation may use {verb.name}: it changes what other workspaces see.",
            cure="Ask who runs Dealbell, or press Wrong on the card.",
        )
    if verb.administers and not request.is_admin:
        raise InputError(f"Only an administrator of this workspace may use {verb.name}.", cure="Ask one of them.")
    configures = verb.configures or (bool(words) and words[0].value.casefold() in verb.changes)
    if not configures or request.is_admin or request.is_operator:
        return
    if not request.may_configure:
        raise InputError(
            f"You may not use {verb.name} here: it changes what the channel is told.",
            cure="Ask somebody who manages this channel.",
        )
    with store.read() as db:
        if preferences.admins_only(db, request.channel.workspace.id):
            raise InputError(
                "In this workspace only administrators configure Dealbell.",
                cure="Ask one of them; look-ups such as recent and company are open to all.",
            )


def _unknown(request: Request, name: str) -> Reply:
    near = difflib.get_close_matches(name, [*VERBS, *OTHER_NAMES, "help"], n=1, cutoff=0.7)
    lines: list[Line] = [line(f"I don't know the command {shown(name)}.")]
    buttons: tuple[Button, ...] = ()
    if near:
        right = OTHER_NAMES.get(near[0], near[0])
        lines.append(line("Did you mean ", code(request.prefix + right), "?"))
        buttons = (Button(label=f"Help on {right}", command=f"help {right}"),)
    elif len(request.text) <= MOST_SOUGHT and not request.text.casefold().startswith("help"):
        sought = " ".join(request.text.split())
        lines.append(line("To look for it: ", code(f"{request.prefix}search {sought}")))
        buttons = (Button(label="Search for it", command=f"search {sought}"),)
    lines += _examples(request)
    return Reply(lines=tuple(lines), buttons=buttons, good=False)


def _examples(request: Request) -> list[Line]:
    found = [line("Commands to copy:")]
    found += [line("  ", code(request.prefix + VERBS[name].examples[0])) for name in FIRST]
    found.append(line("All commands: ", code(request.prefix + "help all")))
    return found


def help_text(request: Request, about: str = "") -> Reply:
    """Return help: an overview, all verbs, or one verb with its examples."""
    about = OTHER_NAMES.get(about, about)
    if about == "all":
        lines: list[Line] = []
        for topic in dict.fromkeys(verb.topic for verb in VERBS.values()):
            lines.append(line(bold(topic)))
            lines += [
                line("  ", code(verb.usage), f"  {verb.summary}") for verb in VERBS.values() if verb.topic == topic
            ]
        return Reply(lines=tuple(lines))
    if about in VERBS:
        verb = VERBS[about]
        lines = [line(bold(verb.name), f": {verb.summary}"), line("Write: ", code(request.prefix + verb.usage))]
        lines += [line("  ", code(request.prefix + example)) for example in verb.examples]
        if verb.configures:
            lines.append(line("For people who manage the channel."))
        return Reply(lines=tuple(lines))
    if about:
        return _unknown(request, about)
    head = line(bold("Dealbell"), " tells this channel of deals and leadership changes, each once, with its sources.")
    buttons = tuple(
        Button(label=label, command=command)
        for label, command in (
            ("Subscribe", "subscribe"), ("Preview", "preview"), ("Latest deals", "recent"),
            ("All commands", "help all"),
        )
    )  # fmt: skip
    return Reply(lines=(head, *_examples(request)), buttons=buttons)
