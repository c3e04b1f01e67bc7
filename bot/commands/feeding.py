"""feeds: what is read; a workspace's own feeds, added, removed, tested, imported and exported."""

from dataclasses import replace

from bot.commands.verb import Call, Verb, paged
from bot.commands.words import Word, plain, shown
from bot.errors import InputError
from bot.model.feed import Feed, FeedSpec, FeedState
from bot.model.request import Button, File, Line, Reply, bold, code, line, said
from bot.store import feeds
from bot.store.audit import audited

MOST_OWN = 200
"""Feeds of its own that a workspace may add."""


def _feeds(call: Call) -> Reply:
    action = call.words[0].value.casefold() if call.words else "list"
    if action not in _ACTIONS:
        raise InputError(
            f"I don't know {shown(action)} here.",
            cure=f"Say {call.typed('feeds')} with add, remove, test, import or export.",
        )
    rest = replace(call, words=call.words[1:])
    return _ACTIONS[action](rest)


def _visible(call: Call) -> list[Feed]:
    """The workspace's own feeds first, then the common ones."""
    with call.store.read() as db:
        found = [feed for feed in feeds.listed(db) if feed.workspace in (None, call.viewer)]
    return sorted(found, key=lambda feed: feed.workspace is None)


def _list(call: Call) -> Reply:
    found = _visible(call)
    size = 15
    begin = (call.page - 1) * size
    lines: list[Line] = []
    for feed in found[begin : begin + size]:
        own = "your own · " if feed.workspace else ""
        lines.append(
            line(f"{feed.title or 'untitled'} · {own}", code(call.services.mask(feed.url)), f" · {state(feed)}")
        )
    failing = sum(1 for feed in found if feed.failures)
    head = line(bold(f"{len(found)} feeds"), f", {failing} failing" if failing else "")
    return paged(call, lines, total=len(found), again="feeds list", head=head, size=size)


def state(feed: Feed) -> str:
    """Return how a feed is doing, in words."""
    if feed.state is FeedState.GONE:
        return "ended by the site"
    if feed.failures:
        return f"failing ({feed.failures}): {feed.last_error or 'no answer'}"
    return "ok" if feed.last_ok_at else "not polled yet"


def _address(words: tuple[Word, ...]) -> str:
    text = plain(words).strip("<>").split("|")[0]
    if not text:
        raise InputError("An address is missing.", cure="For example https://example.com/feed.xml")
    if not text.lower().startswith(("http://", "https://")):
        raise InputError(f"{shown(text)} is no address.", cure="It begins with https://")
    return text


def _add(call: Call) -> Reply:
    address = _address(call.words)
    if call.services.discover is None:
        raise InputError("Feeds can't be looked up here.", cure="The operator adds one with: dealbell feeds add URL")
    found = call.services.discover(address)
    mine = [feed for feed in _visible(call) if feed.workspace]
    if len(mine) >= MOST_OWN:
        raise InputError(f"A workspace may have {MOST_OWN} feeds of its own.", cure="Remove some first.")
    spec = replace(found[0], group="own")
    common = next((feed for feed in _visible(call) if feed.workspace is None and feed.url == spec.url), None)
    if common is not None:
        return said(f"{common.title or 'That feed'} is read for everybody already.")
    request = call.request
    with call.store.write() as db:
        new = feeds.add(db, spec, now=request.now, workspace=call.viewer)
        if new:
            feeds.note_adder(db, spec.url, workspace=call.viewer, user=request.user.id)
            with audited(db, request, f"feeds add {call.services.mask(spec.url)}"):
                pass
    shown_url = call.services.mask(spec.url)
    lines = [line(bold("Added. " if new else "It is there already: "), spec.title or "the feed", " ", code(shown_url))]
    if new:
        lines.append(line("Only this workspace sees what it brings. What it holds now stays silent."))
    if len(found) > 1:
        lines.append(line("The page has more feeds:"))
        lines += [line("  ", code(call.typed(f"feeds add {call.services.mask(other.url)}"))) for other in found[1:6]]
    return Reply(lines=tuple(lines))


def _remove(call: Call) -> Reply:
    wanted = plain(call.words).strip("<>").split("|")[0]
    mine = [feed for feed in _visible(call) if feed.workspace]
    exact = [
        feed
        for feed in mine
        if wanted in (feed.url, call.services.mask(feed.url)) or wanted.casefold() == feed.title.casefold()
    ]
    if len(exact) != 1:
        why = "Several feeds are called so" if exact else f"No feed of your own is {shown(wanted)}"
        raise InputError(f"{why}.", cure=f"{call.typed('feeds')} lists them; the common ones are the operator's.")
    with call.store.write() as db:
        feeds.remove(db, exact[0].url, workspace=call.viewer)
        with audited(db, call.request, f"feeds remove {call.services.mask(exact[0].url)}"):
            pass
    url = exact[0].url
    # a button's words are shown in some chats: an address with a password is no button
    again = (Button(label="Add it again", command=f"feeds add {url}"),) if call.services.mask(url) == url else ()
    return said(bold("Removed. "), "What was read from it stays.", buttons=again)


def _test(call: Call) -> Reply:
    address = _address(call.words)
    if call.services.test_feed is None:
        raise InputError("Feeds can't be fetched here.", cure="The operator tests one with: dealbell feeds test URL")
    return said(call.services.test_feed(address))


def _import(call: Call) -> Reply:
    text = call.request.attachment
    if text is None or call.services.read_opml is None:
        raise InputError("There is no file with this command.", cure="Attach an OPML file, as feed readers export it.")
    specs = call.services.read_opml(text.encode())
    mine = sum(1 for feed in _visible(call) if feed.workspace)
    room = max(0, MOST_OWN - mine)
    with call.store.write() as db:
        new = sum(feeds.add(db, replace(spec, group="own"), now=call.request.now, workspace=call.viewer)
                  for spec in specs[:room])  # fmt: skip
        with audited(db, call.request, f"feeds import of {new}"):
            pass
    left = len(specs) - room
    more = f" {left} were left out: {MOST_OWN} are the most." if left > 0 else ""
    return said(bold(f"{new} feeds added"), f", {min(len(specs), room) - new} were there already.{more}")


def _export(call: Call) -> Reply:
    if call.services.write_opml is None:
        raise InputError("Feeds can't be written here.", cure="The operator exports with: dealbell feeds export")
    specs = tuple(
        FeedSpec(url=feed.url if feed.workspace else call.services.mask(feed.url), title=feed.title, group=feed.group)
        for feed in _visible(call)
    )
    content = call.services.write_opml(specs)
    file = File(name="dealbell-feeds.opml", content=content, media_type="text/x-opml")
    return Reply(lines=(line(f"{len(specs)} feeds."),), file=file)


_ACTIONS = {"add": _add, "remove": _remove, "test": _test, "import": _import, "export": _export, "list": _list}

VERBS = (
    Verb(
        name="feeds", summary="what is read; add, remove, test, import or export feeds of your own",
        usage="feeds [add URL | remove URL | test URL | import | export]",
        examples=("feeds", "feeds add https://example.com/feed.xml", "feeds test https://example.com/feed.xml"),
        answer=_feeds, topic="Feeds", changes=frozenset({"add", "remove", "import", "export"}),
        costly_words=frozenset({"add", "test", "import"}),
    ),
)  # fmt: skip
