"""watch, unwatch, watching: the companies that a channel watches."""

from dataclasses import replace

from bot.commands.verb import Call, Verb, paged
from bot.commands.words import Word, quoted, shown, split
from bot.companies.names import company_keys, parse_name, same_company
from bot.companies.suggest import asked, different, nearest
from bot.companies.watch import is_ambiguous, is_party, watch_keys
from bot.companies.watch_csv import host_of, read_watch_csv, write_watch_csv
from bot.errors import InputError
from bot.model.request import Button, File, Line, Reply, bold, code, line, said
from bot.model.watch import Watched
from bot.store import channels, lookups, watching
from bot.store.audit import audited
from bot.viewing import story_for

COMPANY_PARTS = ("target", "buyer", "seller", "company")
LONGEST = 120
ALIKE, MOST_ALIKE = 3, 300
"""Letters that a name must share with what is offered for it, and how many names are looked at."""
SIZE = 25


def _watch(call: Call) -> Reply:
    if call.words and call.words[0].value.casefold() == "import":
        return _import(call)
    if not call.words:
        raise InputError("watch needs a company.", cure=f"For example: {call.typed('watch Scale AI aka ScaleAI')}")
    if call.words[0].name == "story":
        return _watch_of_story(call, call.words[0].value)
    wanted = _read(call.words)
    request = call.request
    with call.store.read() as db:
        known = lookups.names_of_keys(db, company_keys(wanted.name), parts=COMPANY_PARTS, viewer=call.viewer)
        alike = () if known else nearest(wanted.name, lookups.names_like(
            db, wanted.name[:ALIKE], parts=COMPANY_PARTS, viewer=call.viewer, limit=MOST_ALIKE
        ))  # fmt: skip
    with call.store.write() as db, audited(db, request, f"watch {wanted.name}", "watches") as row:
        if watching.count(db, row) >= watching.MOST:
            raise InputError(f"A channel may watch {watching.MOST:,} companies.", cure="Unwatch some first.")
        before = next((each for each in watching.of_channel(db, row) if _same(each, wanted)), None)
        joined = _joined(before, wanted) if before else wanted
        new = watching.add(db, row, joined, keys=watch_keys(joined), by=request.user.id, now=request.now)
    if not new:
        return said(f"{joined.name} is watched already; nothing changed.")
    return _watched(call, joined, known=known, alike=alike)


def _watched(call: Call, joined: Watched, *, known: tuple[str, ...], alike: tuple[str, ...]) -> Reply:
    """Say what is watched, and whom else the name may mean: `known` share a key with it, `alike` are spelt so."""
    also = [f"also {', '.join(joined.aliases)}"] if joined.aliases else []
    also += [", ".join(joined.tickers)] if joined.tickers else []
    also += [", ".join(joined.domains)] if joined.domains else []
    lines = [line(bold("Watched: "), joined.name + (f" ({'; '.join(also)})" if also else ""), ".")]
    if is_ambiguous(parse_name(joined.name)):
        lines.append(line(f"“{joined.name}” is a common word: it counts where a deal names a company just so."))
    meant = different(name for name in known if same_company(name, joined.name))
    offered = meant if len(meant) > 1 or not all(is_party(joined, name) for name in meant) else ()
    if alike:
        lines.append(line("Nothing is known of it yet. ", asked(alike)))
    if offered:
        lines.append(line("Several are called so. " if len(meant) > 1 else "", asked(offered[:3])))
    if others := [name for name in known if not same_company(name, joined.name)]:
        lines.append(line("Not the same, and not watched: ", ", ".join(others[:5]), "."))
    lines.append(line("Alerts on watched companies: ", code(call.typed("subscribe watched"))))
    instead = [Button(label=f"Watch {each}"[:75], command=f"watch {quoted(each)}") for each in (*alike, *offered)[:3]]
    return Reply(lines=tuple(lines), buttons=(*instead, Button(label="Undo", command="undo")))


def _watch_of_story(call: Call, story_id: str) -> Reply:
    """Watch the company that a card is about; where it names several, ask which."""
    with call.store.read() as db:
        story = story_for(db, story_id.casefold(), viewer=call.viewer)
    if story is None:
        raise InputError(f"There is no story {shown(story_id)}.", cure="Ids stand at the foot of cards.")
    named = (story.target, story.company, *story.buyers, *story.seller)
    names = tuple(dict.fromkeys(name[:LONGEST] for name in named if name and parse_name(name).words))
    if not names:
        raise InputError("That card names no company.", cure=f"Name it: {call.typed('watch Scale AI')}")
    if len(names) == 1:
        return _watch(replace(call, words=split(quoted(names[0]))))
    buttons = tuple(Button(label=f"Watch {name}", command=f"watch {quoted(name)}") for name in names[:5])
    return Reply(lines=(line("Which company?"),), buttons=buttons)


def _same(one: Watched, other: Watched) -> bool:
    return one.name.casefold() == other.name.casefold()


def _joined(before: Watched, more: Watched) -> Watched:
    return replace(
        before,
        aliases=tuple(dict.fromkeys((*before.aliases, *more.aliases))),
        tickers=tuple(dict.fromkeys((*before.tickers, *more.tickers))),
        domains=tuple(dict.fromkeys((*before.domains, *more.domains))),
    )


def _read(words: tuple[Word, ...]) -> Watched:
    """Read a name, "aka" names after it, ticker: and domain:. Raises InputError."""
    tickers = [value.upper().lstrip("$") for word in words if word.name == "ticker" for value in word.values]
    domains = [host_of(value) for word in words if word.name == "domain" for value in word.values]
    names: list[list[str]] = [[]]
    for word in words:
        if word.name in {"ticker", "domain"}:
            continue
        if word.name is None and word.value.casefold() in {"aka", "a.k.a.", "alias"}:
            names.append([])
        elif word.name == "aka":
            names += [[value] for value in word.values] + [[]]
        else:
            names[-1].append(word.text if word.name else word.value)
    texts = [text for part in names if (text := " ".join(part).strip(" ,"))]
    aliases = [alias.strip() for text in texts[1:] for alias in text.split(",") if alias.strip()]
    if not texts:
        raise InputError("watch needs a company's name.", cure='For example: watch "Scale AI" ticker:SCAI')
    for text in (*texts, *aliases, *tickers, *domains):
        if len(text) > LONGEST:
            raise InputError(f"{shown(text)} is too long for a name.", cure=f"{LONGEST} characters are the most.")
    if not parse_name(texts[0]).words:
        raise InputError(f"{shown(texts[0])} holds no letter.", cure="Write the company's name.")
    return Watched(name=texts[0], aliases=tuple(aliases), tickers=tuple(tickers), domains=tuple(domains))


def _import(call: Call) -> Reply:
    text = call.request.attachment
    if text is None:
        raise InputError(
            "There is no file with this command.", cure="Attach a CSV with the columns name,aliases,tickers,domains."
        )
    found, problems = read_watch_csv(text)
    request, new = call.request, 0
    with call.store.write() as db, audited(db, request, f"watch import of {len(found)}", "watches") as row:
        room = watching.MOST - watching.count(db, row)
        for each in found[:room]:
            new += watching.add(db, row, each, keys=watch_keys(each), by=request.user.id, now=request.now)
    lines = [line(bold(f"{new} companies added"), f", {min(len(found), room) - new} were there already.")]
    if len(found) > room:
        lines.append(line(f"{len(found) - room} were left out: {watching.MOST:,} are the most."))
    lines += [line(f"  {problem}") for problem in problems[:10]]
    if len(problems) > 10:
        lines.append(line(f"  and {len(problems) - 10} more lines that could not be read"))
    # where nothing changed, undo would take back something else
    return Reply(lines=tuple(lines), buttons=(Button(label="Undo", command="undo"),) if new else ())


def _unwatch(call: Call) -> Reply:
    name = call.argument
    request = call.request
    with call.store.write() as db, audited(db, request, f"unwatch {name}", "watches") as row:
        known = watching.of_channel(db, row)
        found = next((each for each in known if each.name.casefold() == name.casefold()), None)
        found = found or next((each for each in known if name and same_company(each.name, name)), None)
        if found is not None:
            watching.remove(db, row, found.name)
    if found is not None:
        return said(bold("No longer watched: "), f"{found.name}.", buttons=(Button(label="Undo", command="undo"),))
    near = nearest(name, tuple(each.name for each in known))
    hint = f"Did you mean {' or '.join(near)}?" if near else f"{call.typed('watching')} lists them."
    raise InputError(f"{shown(name)} is not watched here.", cure=hint)


def _watching(call: Call) -> Reply:
    export = bool(call.words) and call.words[0].value.casefold() in {"export", "csv"}
    with call.store.read() as db:
        row = channels.channel_id_of(db, call.request.channel)
        total = watching.count(db, row)
        limit, offset = (watching.MOST, 0) if export else (SIZE, (call.page - 1) * SIZE)
        found = watching.of_channel(db, row, offset=offset, limit=limit)
    if not total:
        return said("No company is watched here yet. To begin: ", code(call.typed('watch "Scale AI"')))
    if export:
        content = write_watch_csv(found).encode()
        file = File(name="dealbell-watched.csv", content=content, media_type="text/csv")
        return Reply(lines=(line(f"{total} watched companies."),), file=file)
    lines: list[Line] = []
    for each in found:
        more = (*each.aliases, *each.tickers, *each.domains)
        lines.append(line(each.name + (f"  ({', '.join(more)})" if more else "")))
    head = line(bold(f"{total} watched compan{'ies' if total != 1 else 'y'}"))
    return paged(call, lines, total=total, again="watching", head=head, size=SIZE)


VERBS = (
    Verb(
        name="watch", summary="watch a company in this channel, with other names, tickers, domains; or import a CSV",
        usage="watch COMPANY [aka NAME] [ticker:ABC] [domain:abc.com] | watch story:ID",
        examples=('watch "Scale AI" aka ScaleAI domain:scale.com', "watch Meta ticker:META", "watch story:k3m9x2ab",
                  "watch import"),
        answer=_watch, topic="Companies", configures=True, in_channel=True,
    ),
    Verb(
        name="unwatch", summary="watch it no longer", usage="unwatch COMPANY", examples=('unwatch "Scale AI"',),
        answer=_unwatch, topic="Companies", configures=True, in_channel=True,
    ),
    Verb(
        name="watching", summary="the companies that this channel watches; or export them as CSV",
        usage="watching [export]", examples=("watching", "watching export"), answer=_watching, topic="Companies",
    ),
)  # fmt: skip
