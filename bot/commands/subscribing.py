"""subscribe, unsubscribe, list, preview, alert: what a channel, or a person, is told."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands.grammar import Wish, command, delivery_sentence, parse, sentence
from bot.commands.telling import counted, day
from bot.commands.verb import Call, Verb, paged
from bot.commands.words import shown
from bot.companies.watch import meant
from bot.errors import InputError
from bot.model.card import Card
from bot.model.filter import Delivery, Filter
from bot.model.request import Button, Line, Reply, bold, code, line
from bot.model.story import Story
from bot.model.subscription import Channel, Subscription
from bot.store import Database, channels, lookups, outbox, preferences, subscribing, watching
from bot.store.audit import audited
from bot.store.times import new_id
from bot.stories.card import card
from bot.stories.plan import find_mute
from bot.stories.wanted import Context, parties, wants
from bot.viewing import stories_for

PREVIEW_DAYS = 7
MOST_PREVIEWED = 3000
SAMPLES = 3
MOST_SUBSCRIPTIONS = 500
MOST_EDITS = 3


def _subscribe(call: Call) -> Reply:
    return _subscribe_to(call, call.request.channel, who="This channel")


def _alert(call: Call) -> Reply:
    words = call.words
    if not words or words[0].value.casefold() != "me":
        raise InputError("alert takes the word me.", cure=f"For example: {call.typed('alert me funding min:50m')}")
    request = call.request
    own = replace(request.channel, external_id=f"@{request.user.id}", name=f"@{request.user.name or request.user.id}")
    rest = words[1:]
    if rest and rest[0].value.casefold() in {"off", "stop"}:
        gone = _unsubscribe(replace(call, words=rest[1:], request=replace(request, channel=own)))
        return replace(gone, in_channel=False, buttons=())  # undo takes back what was done in the channel
    if rest and rest[0].value.casefold() == "list":
        return _list(replace(call, words=(), request=replace(request, channel=own)))
    reply = _subscribe_to(replace(call, words=rest, request=replace(request, channel=own)), own, who="You")
    return replace(reply, in_channel=False)


def _subscribe_to(call: Call, channel: Channel, *, who: str) -> Reply:
    wish = parse(call.words)
    if cure := call.services.can_post(channel):
        raise InputError(f"I can't post {'to you' if who == 'You' else 'in this channel'}.", cure=cure)
    request, now = call.request, call.request.now
    with call.store.read() as db:
        found, days = _told(db, call, wish.filter)
    with call.store.write() as db:
        if len(subscribing.of_channel(db, channel)) >= MOST_SUBSCRIPTIONS:
            raise InputError(f"{MOST_SUBSCRIPTIONS} subscriptions are the most for one channel.",
                             cure="Join some with commas: company:A,B,C.")  # fmt: skip
        what = f"subscribe {command(wish.filter, wish.told())}"
        with audited(db, replace(request, channel=channel), what, "subscriptions"):
            added, delivery = _add(db, call, channel, wish)
        resumed = subscribing.resume(db, channel)
        posted = _backfill(db, channel, found[: wish.backfill], now) if wish.backfill else 0
    told = f"{who} {'are' if who == 'You' else 'is'} told"
    lines: list[Line] = []
    if added == "new":
        lines.append(line(bold("Subscribed. "), f"{told} of {sentence(wish.filter)}, {delivery_sentence(delivery)}."))
    elif added == "moved":
        lines.append(line(bold("Changed. "), f"{told} of {sentence(wish.filter)}, now {delivery_sentence(delivery)}."))
    else:
        lines.append(line(f"{who} had this subscription already; nothing changed."))
    if resumed:
        lines.append(line("Alerts were paused here, and go on now."))
    lines.append(line(_expected(found, days)))
    lines.append(
        line(f"{posted} earlier ones follow, as you asked." if posted else "What came before now stays silent.")
    )
    verb = "alert me" if who == "You" else "subscribe"
    lines.append(line("To copy: ", code(call.typed(f"{verb} {command(wish.filter, delivery)}"))))
    buttons = (
        Button(label="Preview", command=f"preview {command(wish.filter)}"),
        Button(label="Undo", command="undo"),
    )
    can_undo = who != "You" and added != "known"
    return Reply(lines=tuple(lines), buttons=buttons if can_undo else buttons[:1])


def _add(db: Database, call: Call, channel: Channel, wish: Wish) -> tuple[str, Delivery]:
    """Add the subscription, or give the one that is there its new delivery; return what was done and the delivery."""
    new = Subscription(
        id=new_id(),
        channel=channel,
        created=call.request.now,
        filter=wish.filter,
        delivery=wish.told(),
        min_confidence=call.services.min_confidence,
        created_by=call.request.user.id,
    )
    if channels.subscribe(db, new):
        return "new", new.delivery
    known = next(each for each in subscribing.of_channel(db, channel) if subscribing.same_filter(each, new))
    delivery = wish.told(known.delivery)
    if delivery == known.delivery:
        return "known", delivery
    subscribing.deliver(db, known, delivery)
    return "moved", delivery


def _told(db: Database, call: Call, wish: Filter) -> tuple[list[Story], int]:
    """Return what the filter would have told in the last days, newest first, and how many days the store knows."""
    now = call.request.now
    return matching(db, call, wish, since=now - timedelta(days=PREVIEW_DAYS)), _days_known(db, call, now)


def _days_known(db: Database, call: Call, now: datetime) -> int:
    first = lookups.first_seen(db, viewer=call.viewer)
    return PREVIEW_DAYS if first is None else max(1, min(PREVIEW_DAYS, (now - first).days + 1))


def matching(db: Database, call: Call, wish: Filter, *, since: datetime) -> list[Story]:
    """Return the stories since a time that a subscription with this filter would have told, newest first."""
    subscription = Subscription(
        id="", channel=call.request.channel, created=since, filter=wish, min_confidence=call.services.min_confidence
    )
    ids = lookups.recent(db, viewer=call.viewer, kinds=wish.kinds, since=since, limit=MOST_PREVIEWED)
    row = channels.channel_id_of(db, call.request.channel)
    companies = watching.of_channel(db, row) if wish.watched else ()
    mutes = preferences.mutes_of(db, row, now=call.request.now)
    out = []
    for story in stories_for(db, ids, viewer=call.viewer):
        names = parties(story)
        watched = any(meant(company, names) for company in companies)
        context = Context(watched=watched, to_usd=call.services.to_usd)
        if story.first_published < since or find_mute(mutes, story):
            continue
        if wants(subscription, story, context=context).yes:
            out.append(story)
    return out


def _expected(found: list[Story], days: int) -> str:
    rate = len(found) / days
    if not found:
        return f"Nothing in the last {_days(days)} would have matched."
    shown = f"{rate:.0f}" if rate >= 3 else f"{rate:.1f}".removesuffix(".0")
    return f"Expect about {shown} a day: {len(found)} in the last {_days(days)}."


def _days(days: int) -> str:
    return f"{days} days" if days > 1 else "day"


def _backfill(db: Database, channel: Channel, stories: list[Story], now: datetime) -> int:
    row = channels.channel_id(db, channel)
    return sum(outbox.want_post(db, row, story.id, revision=story.revision, now=now) for story in reversed(stories))


def _unsubscribe(call: Call) -> Reply:
    wish = parse(call.words)
    request = call.request
    with call.store.write() as db:
        known = subscribing.of_channel(db, request.channel)
        if not known:
            return Reply(lines=(line("There is no subscription here; nothing changed."),))
        with audited(db, request, f"unsubscribe {call.argument}".strip(), "subscriptions") as row:
            gone, narrowed = _leave(db, known, wish, everything=not call.words)
            if gone or narrowed:
                subscribing.drop_unsent(db, row)
    if not gone and not narrowed:
        lines = [line("No subscription here is like that; nothing changed."), line("They are:")]
        lines += [line("  ", code(command(each.filter, each.delivery))) for each in known[:10]]
        return Reply(lines=tuple(lines), good=False)
    parts = [f"{gone} subscription{'s' if gone != 1 else ''} removed"] if gone else []
    parts += [f"{narrowed} narrowed"] if narrowed else []
    return Reply(
        lines=(line(bold("Done. "), ", ".join(parts) + ". Cards that stand here are kept up to date."),),
        buttons=(Button(label="Undo", command="undo"),),
    )


def _edit(call: Call) -> Reply:
    """Give a subscription, named by its place in the list or its id, new words and a new delivery."""
    if not call.words:
        raise InputError("edit needs a subscription's number.", cure=f"{call.typed('list')} shows the numbers.")
    name, wish = call.words[0].value, parse(call.words[1:])
    request = call.request
    with call.store.write() as db:
        known = subscribing.of_channel(db, request.channel)
        chosen = next((each for n, each in enumerate(known, 1) if name in {str(n), each.id}), None)
        if chosen is None:
            raise InputError(f"There is no subscription {shown(name)} here.", cure=f"{call.typed('list')} shows them.")
        delivery = wish.told(chosen.delivery)
        if len(call.words) == 1:
            words = f"edit {name} {command(chosen.filter, chosen.delivery)}"
            return Reply(lines=(line("Say it with new words; now it is: ", code(call.typed(words))),))
        same = wish.filter == chosen.filter and delivery == chosen.delivery
        what = f"edit {command(wish.filter, delivery)}"
        with audited(db, request, what, "subscriptions"):
            subscribing.deliver(db, chosen, delivery)
            if wish.filter != chosen.filter:
                subscribing.refilter(db, chosen, wish.filter)
    if same:
        return Reply(lines=(line("It was so already; nothing changed."),))
    return Reply(
        lines=(line(bold("Changed. "), f"Now {sentence(wish.filter)}, {delivery_sentence(delivery)}."),),
        buttons=(Button(label="Undo", command="undo"),),
    )


def _leave(db: Database, known: tuple[Subscription, ...], wish: Wish, *, everything: bool) -> tuple[int, int]:
    """Remove what the words name: everything, one filter as it was typed, or kinds out of every subscription."""
    exact = [each for each in known if each.filter == wish.filter]
    only_kinds = wish.filter == Filter(kinds=wish.filter.kinds)
    if everything or exact or not only_kinds:
        for each in known if everything else exact:
            subscribing.remove(db, each)
        return len(known if everything else exact), 0
    gone = narrowed = 0
    for each in known:
        left = each.filter.kinds - wish.filter.kinds
        if not left:
            subscribing.remove(db, each)
            gone += 1
        elif left != each.filter.kinds:
            subscribing.refilter(db, each, replace(each.filter, kinds=left))
            narrowed += 1
    return gone, narrowed


def _list(call: Call) -> Reply:
    request = call.request
    with call.store.read() as db:
        row = channels.channel_id_of(db, request.channel)
        known = subscribing.of_channel(db, request.channel)
        mutes = preferences.mutes_of(db, row, now=request.now)
        count = watching.count(db, row)
        paused = preferences.paused(db, request.channel)
    if not known:
        verb = "alert me" if request.channel.external_id == f"@{request.user.id}" else "subscribe"
        head = line("There is no subscription here yet. To begin: ", code(call.typed(f"{verb} funding min:10m")))
        return Reply(lines=(head,), buttons=(Button(label="Subscribe to all", command=verb),))
    size = 20
    begin = (call.page - 1) * size
    lines: list[Line] = []
    for number, each in enumerate(known[begin : begin + size], begin + 1):
        lines.append(line(f"{number}. {sentence(each.filter)}, {delivery_sentence(each.delivery)}"))
        lines.append(line("    ", code(command(each.filter, each.delivery)), f"  since {day(each.created)}"))
    if paused:
        lines.append(line(bold("Paused: "), f"{paused}. ", code(call.typed("resume")), " goes on."))
    if mutes:
        lines.append(line("Muted: " + ", ".join(mute.name for mute in mutes[:10]) + "."))
    lines.append(line(f"Watched here: {counted(count, 'company')}."))
    head = line(bold(counted(len(known), "subscription")))
    edits = tuple(Button(label=f"Edit {n}…", command=f"edit {n}") for n in range(1, len(known) + 1)[:MOST_EDITS])
    reply = paged(call, lines, total=len(known), again="list", head=head, size=size)
    return replace(reply, buttons=(*edits, *reply.buttons) if call.page == 1 else reply.buttons)


def _preview(call: Call) -> Reply:
    wish = parse(call.words)
    with call.store.read() as db:
        found, days = _told(db, call, wish.filter)
    a_day = Counter(story.first_published.date() for story in found)
    lines: list[Line] = [line(bold(f"{len(found)} in the last {_days(days)}"), f": {sentence(wish.filter)}")]
    lines += [line(f"  {when:%a %d %b}  {'▇' * min(count, 30)} {count}") for when, count in sorted(a_day.items())]
    lines.append(line(_expected(found, days)))
    cards: tuple[Card, ...] = tuple(card(story) for story in found[:SAMPLES])
    if cards:
        lines.append(line("The newest:"))
    buttons = (Button(label="Subscribe", command=f"subscribe {command(wish.filter, wish.told())}"),)
    return Reply(lines=tuple(lines), cards=cards, buttons=buttons)


VERBS = (
    Verb(
        name="subscribe",
        summary="this channel gets alerts",
        usage="subscribe [kinds] [filters] [now | daily@09:00 | weekly@mon]",
        examples=(
            "subscribe funding min:10m stage:series-b+",
            'subscribe deals company:"Scale AI" status:announced+',
            "subscribe leadership role:ceo,cfo daily@09:00",
            "subscribe watched",
        ),
        answer=_subscribe,
        topic="Subscriptions",
        configures=True,
        in_channel=True,
    ),
    Verb(
        name="unsubscribe",
        summary="take a subscription away; with kinds, only these",
        usage="unsubscribe [kinds] [filters]",
        examples=("unsubscribe", "unsubscribe leadership"),
        answer=_unsubscribe,
        topic="Subscriptions",
        configures=True,
        in_channel=True,
    ),
    Verb(
        name="edit",
        summary="give a subscription other kinds, filters or times",
        usage="edit NUMBER [kinds] [filters] [now | daily@09:00 | weekly@mon]",
        examples=("edit 1 funding min:20m", "edit 1 all daily@08:00"),
        answer=_edit,
        topic="Subscriptions",
        configures=True,
        in_channel=True,
    ),
    Verb(
        name="list",
        summary="this channel's subscriptions",
        usage="list",
        examples=("list",),
        answer=_list,
        topic="Subscriptions",
    ),
    Verb(
        name="preview",
        summary="what a subscription would have told in the last 7 days",
        usage="preview [kinds] [filters]",
        examples=("preview funding min:50m", "preview watched"),
        answer=_preview,
        topic="Subscriptions",
    ),
    Verb(
        name="alert",
        summary="the same as subscribe, in a direct message to you",
        usage="alert me [kinds] [filters]",
        examples=("alert me watched", "alert me acquisitions min:1b", "alert me list", "alert me off"),
        answer=_alert,
        topic="Subscriptions",
    ),
)
