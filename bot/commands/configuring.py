"""settings, mute, unmute, pause, resume, undo, audit, forget, status: how a channel wants things."""

import difflib
import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.commands.telling import counted, day, moment
from bot.commands.verb import PAGE, Call, Verb, paged
from bot.commands.words import Word, plain, shown
from bot.companies.names import same_company
from bot.companies.watch import watch_keys
from bot.errors import InputError
from bot.model.request import Button, Line, Reply, bold, code, line, said
from bot.model.subscription import ChannelSettings, Layout, Mute, Threads
from bot.store import audit, channels, forgetting, preferences, status, subscribing, watching
from bot.store.audit import audited
from bot.store.times import new_id

_FOR = re.compile(r"(\d{1,4}) ?(h|hours?|d|days?|w|weeks?|m|months?)")
_HOURS = {"h": 1, "d": 24, "w": 168, "m": 720}
_QUIET = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d))?(?:-|–|to)([01]?\d|2[0-3])(?::([0-5]\d))?")
MOST_CAP = 1000
SETTINGS = ("zone", "quiet", "cap", "layout", "threads", "publish", "admins-only")


def _settings(call: Call) -> Reply:
    if not call.words:
        return _show_settings(call)
    request = call.request
    with call.store.read() as db:
        row = channels.channel_id_of(db, request.channel)
        now = preferences.settings_of(db, row)
    wanted, admins = now, None
    for word in _pairs(call.words):
        if word.name == "admins-only":
            admins = _on(word)
        else:
            wanted = _set(wanted, word)
    if admins is not None and not request.is_admin:
        raise InputError("Only an administrator of this workspace may say who configures.", cure="Ask one of them.")
    with call.store.write() as db:
        with audited(db, request, f"settings {call.argument}", "channel_settings") as row:
            if wanted != now:
                preferences.save_settings(db, row, wanted)
        if admins is not None:
            with audited(db, request, f"settings admins-only:{'on' if admins else 'off'}"):
                preferences.set_admins_only(db, request.channel.workspace.id, on=admins)
    reply = _show_settings(call)
    undo = (Button(label="Undo", command="undo"),) if wanted != now else ()
    return replace(reply, lines=(line(bold("Saved.")), *reply.lines), buttons=undo)


def _pairs(words: tuple[Word, ...]) -> list[Word]:
    """Read "zone Europe/Berlin" as well as "zone:Europe/Berlin"."""
    out: list[Word] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word.name is None and word.value.casefold().startswith("admins-only:"):
            word = replace(word, name="admins-only", values=(word.value.partition(":")[2],))
        elif word.name is None and rest and word.value.casefold() in {*SETTINGS, "timezone"}:
            word = replace(rest.pop(0), name=word.value.casefold(), text=word.text)
        out.append(word)
    return out


def _on(word: Word) -> bool:
    value = word.value.casefold()
    if value not in {"on", "off", "yes", "no"}:
        raise InputError(f"{word.name} is on or off, not {shown(value)}.")
    return value in {"on", "yes"}


def _set(settings: ChannelSettings, word: Word) -> ChannelSettings:
    name, value = (word.name or word.value).casefold(), word.value if word.name else ""
    if not value:
        raise InputError(f"{shown(word.text)} lacks a value, or is no setting.", cure=_known(name))
    match name:
        case "zone" | "timezone":
            return replace(settings, zone=_zone(value))
        case "quiet":
            return replace(settings, quiet=_quiet(value))
        case "cap":
            if not value.isdecimal() or not 1 <= int(value[:6]) <= MOST_CAP:
                raise InputError(f"{shown(value)} is no number of cards an hour.", cure=f"Say cap:1 to cap:{MOST_CAP}.")
            return replace(settings, cap=int(value))
        case "layout" if value.casefold() in tuple(Layout):
            return replace(settings, layout=Layout(value.casefold()))
        case "threads" if value.casefold() in tuple(Threads):
            return replace(settings, threads=Threads(value.casefold()))
        case "publish":
            return replace(settings, publish=_on(word))
        case "layout" | "threads":
            allowed = tuple(Layout) if name == "layout" else tuple(Threads)
            raise InputError(f"{shown(value)} is no {name}.", cure=f"Say {name}:{allowed[0]} or {name}:{allowed[1]}.")
    raise InputError(f"I don't know the setting {shown(name)}.", cure=_known(name))


def _known(name: str) -> str:
    near = difflib.get_close_matches(name, SETTINGS, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}? " if near and near[0] != name else ""
    return (
        hint + "Settings are zone:Europe/Berlin quiet:22:00-07:00 cap:30 layout:compact threads:turns publish:on"
        " admins-only:on."
    )


def _zone(value: str) -> str:
    zones = {name.casefold(): name for name in available_timezones()}
    folded = value.casefold().replace(" ", "_")
    if folded in zones:
        return zones[folded]
    city = [name for key, name in zones.items() if key.rpartition("/")[2] == folded]
    if len(city) == 1:
        return city[0]
    cities = {key.rpartition("/")[2]: name for key, name in zones.items()}
    near = difflib.get_close_matches(folded.rpartition("/")[2], cities, n=1, cutoff=0.6)
    raise InputError(
        f"{shown(value)} is no time zone that I know.",
        cure=f"Did you mean {cities[near[0]]}?" if near else "For example Europe/Berlin, America/New_York or UTC.",
    )


def _quiet(value: str) -> tuple[time, time] | None:
    if value.casefold() in {"off", "none", "never"}:
        return None
    found = _QUIET.fullmatch(value.replace(" ", ""))
    if not found:
        raise InputError(f"{shown(value)} are no quiet hours.", cure="For example quiet:22:00-07:00, or quiet:off.")
    begin = time(int(found[1]), int(found[2] or 0))
    end = time(int(found[3]), int(found[4] or 0))
    if begin == end:
        raise InputError("Quiet hours need a beginning and another end.", cure="To stop all alerts, say pause.")
    return begin, end


def _show_settings(call: Call) -> Reply:
    with call.store.read() as db:
        settings = preferences.settings_of(db, channels.channel_id_of(db, call.request.channel))
        admins = preferences.admins_only(db, call.viewer)
    quiet = f"{settings.quiet[0]:%H:%M}-{settings.quiet[1]:%H:%M}" if settings.quiet else "off"
    local = call.request.now.astimezone(ZoneInfo(settings.zone))
    told = (
        (f"zone:{settings.zone}", f"it is {local:%H:%M} there"),
        (f"quiet:{quiet}", "hours in which nothing is posted; what comes waits"),
        (f"cap:{settings.cap}", "cards an hour; what is over it comes in one card"),
        (f"layout:{settings.layout}", "full, or compact: one line and its sources"),
        (f"threads:{settings.threads}", "turns: a reply when a deal is completed or called off"),
        (
            f"publish:{'on' if settings.publish else 'off'}",
            "in an announcement channel: pass cards on to its followers",
        ),
        (f"admins-only:{'on' if admins else 'off'}", "whether only administrators configure"),
    )
    lines = [line(code(value), f"  {meaning}") for value, meaning in told]
    lines.append(line("To change one: ", code(call.typed("settings zone:Europe/Berlin"))))
    return Reply(lines=tuple(lines))


def _mute(call: Call) -> Reply:
    words, until = _until(call.words, call.request.now)
    name = plain(words)
    if not name:
        raise InputError("mute needs a company or a source.", cure=f"For example: {call.typed('mute Meta for 30d')}")
    word = words[0]
    what = "source" if word.name == "source" or ("." in name and " " not in name) else "company"
    name = word.value if word.name in {"source", "company"} else name
    name = re.sub(r"^https?://(www\.)?|/.*$", "", name) if what == "source" else name
    if len(name) > 120:
        raise InputError("That name is too long.")
    mute = Mute(id=new_id(), what=what, name=name, until=until)
    request = call.request
    with call.store.write() as db, audited(db, request, f"mute {what}:{name}", "mutes") as row:
        preferences.mute(db, row, mute, by=request.user.id, now=request.now)
    end = f" until {day(until)}" if until else ""
    how = "stories in which it takes part" if what == "company" else "stories that it alone tells"
    return said(
        bold("Muted: "), f"{what} {name}{end}; {how} stay silent here.", buttons=(Button(label="Undo", command="undo"),)
    )


def _until(words: tuple[Word, ...], now: datetime) -> tuple[tuple[Word, ...], datetime | None]:
    """Take "for 30d" from the end."""
    for size in (1, 2):
        if len(words) > size and words[-1 - size].value.casefold() == "for":
            text = " ".join(word.value for word in words[-size:]).casefold()
            found = _FOR.fullmatch(text)
            if not found:
                raise InputError(f"{shown(text)} is no length of time.", cure="Say for 12h, for 30d or for 2w.")
            return words[: -1 - size], now + timedelta(hours=int(found[1]) * _HOURS[found[2][0]])
    return words, None


def _unmute(call: Call) -> Reply:
    request, name = call.request, call.argument
    with call.store.write() as db, audited(db, request, f"unmute {name}", "mutes") as row:
        mutes = preferences.mutes_of(db, row, now=request.now)
        found = [mute for mute in mutes if mute.name.casefold() == name.casefold() or same_company(mute.name, name)]
        for mute in found:
            preferences.unmute(db, row, mute.id)
    if found:
        return said(bold("Unmuted: "), ", ".join(mute.name for mute in found) + ".",
                    buttons=(Button(label="Undo", command="undo"),))  # fmt: skip
    if not mutes:
        return said("Nothing is muted here; nothing changed.")
    told = "Muted here: " + ", ".join(mute.name for mute in mutes) + "."
    if not name:
        return said(told)
    raise InputError(f"{shown(name)} is not muted here.", cure=told)


def _pause(call: Call) -> Reply:
    request = call.request
    with call.store.write() as db, audited(db, request, "pause") as row:
        channels.pause(db, row, reason=f"by {request.user.name or request.user.id}")
    return said(bold("Paused. "), "Nothing is posted here until ", code(call.typed("resume")), ".",
                buttons=(Button(label="Resume", command="resume"),))  # fmt: skip


def _resume(call: Call) -> Reply:
    request = call.request
    if cure := call.services.can_post(request.channel):
        raise InputError("I can't post in this channel.", cure=cure)
    with call.store.write() as db:
        resumed = subscribing.resume(db, request.channel)
        if resumed:
            subscribing.drop_stale(db, request.channel, before=request.now - call.services.max_age)
            with audited(db, request, "resume"):
                pass
    if not resumed:
        return said("Alerts were not paused here; nothing changed.")
    hours = call.services.max_age / timedelta(hours=1)
    return said(bold("Resumed. "), f"Alerts go on. What came meanwhile, in the last {hours:g} hours, may follow.")


def _undo(call: Call) -> Reply:
    request = call.request
    with call.store.write() as db:
        row = channels.channel_id_of(db, request.channel)
        entry = audit.last(db, row)
        if entry is None:
            return said("There is nothing to undo here.")
        restored = audit.take_back(db, entry, now=request.now)
        for each in restored or ():
            if each["table"] == "watches":
                watching.index(db, each["id"], watch_keys(watching.read_row(each)))
        if restored is not None:
            with audited(db, request, f"undo {entry.what}"):
                pass
    if restored is None:
        raise InputError(f"“{entry.what}” can't be undone: something has changed since.", cure="Change it by hand.")
    return said(bold("Undone: "), code(entry.what), f" by {entry.user}.")


def _audit(call: Call) -> Reply:
    with call.store.read() as db:
        offset = (call.page - 1) * PAGE
        entries = audit.lines(db, call.viewer, offset=offset, limit=500)
    lines: list[Line] = []
    for entry in entries[:PAGE]:
        where = f" in {entry.channel}" if entry.channel else ""
        undone = " (undone)" if entry.undone else ""
        lines.append(line(moment(entry.at), f"  {entry.user}{where}: ", code(entry.what), undone))
    if not lines:
        return said("Nobody has changed anything yet.")
    return paged(call, lines, total=offset + len(entries), again="audit", head=line(bold("Changes, newest first")))


def _forget(call: Call) -> Reply:
    """What can't be undone is asked for twice."""
    request = call.request
    what = call.words[0].value.casefold() if call.words else ""
    sure = bool(call.words) and call.words[-1].value.casefold() == "yes"
    if what not in {"me", "workspace"}:
        raise InputError("forget me, or forget workspace?", cure="The second takes an administrator.")
    if what == "workspace" and not request.is_admin:
        raise InputError("Only an administrator may let the workspace be forgotten.", cure="Ask one of them.")
    if not sure:
        told = (
            "every subscription, watch list, own feed, setting, feedback and audit line of this workspace"
            if what == "workspace"
            else "your direct alerts and feedback, and your name in the audit lines"
        )
        button = Button(label="Delete for good", command=f"forget {what} yes", danger=True)
        return said(bold("This can't be undone. "), f"It deletes {told}.", buttons=(button,))
    with call.store.write() as db:
        if what == "workspace":
            forgetting.workspace(db, request.channel.workspace)
        else:
            forgetting.person(db, request.channel.workspace, request.user.id)
    return said(bold("Forgotten. "), "Cards that were posted stay where they are; nothing more is stored.")


def _status(call: Call) -> Reply:
    with call.store.read() as db:
        known = (*status.told(db, call.viewer), *call.services.about_chats())
        feedback = forgetting.feedback_count(db, call.viewer)
        row = channels.channel_id_of(db, call.request.channel)
        subscriptions = len(subscribing.of_channel(db, call.request.channel))
        paused, watched = preferences.paused(db, call.request.channel), watching.count(db, row)
    lines = [line(f"{label}: {value}") for label, value in known]
    lines.append(
        line(
            f"Here: {counted(subscriptions, 'subscription')}, {counted(watched, 'watched company')},"
            f" {counted(feedback, 'report')} of errors in this workspace."
        )
    )
    if paused:
        lines.append(line(bold("Paused here: "), paused, ". ", code(call.typed("resume")), " goes on."))
    return Reply(lines=tuple(lines))


VERBS = (
    Verb(
        name="settings", summary="time zone, quiet hours, cap, layout, threads, publishing, who may configure",
        usage="settings [zone:…] [quiet:…] [cap:…] [layout:…] [threads:…] [publish:…]",
        examples=("settings", "settings zone:Europe/Berlin quiet:22:00-07:00", "settings layout:compact"),
        answer=_settings, topic="Channel", configures=True,
    ),
    Verb(
        name="mute", summary="hear nothing of a company or a source, for good or for a time",
        usage="mute COMPANY or SOURCE [for 30d]", examples=("mute Meta for 30d", "mute source:example.com"),
        answer=_mute, topic="Channel", configures=True, in_channel=True,
    ),
    Verb(
        name="unmute", summary="hear of it again", usage="unmute NAME", examples=("unmute Meta",), answer=_unmute,
        topic="Channel", configures=True, in_channel=True,
    ),
    Verb(
        name="pause", summary="post nothing here for now", usage="pause", examples=("pause",), answer=_pause,
        topic="Channel", configures=True, in_channel=True,
    ),
    Verb(
        name="resume", summary="post again", usage="resume", examples=("resume",), answer=_resume, topic="Channel",
        configures=True, in_channel=True,
    ),
    Verb(
        name="undo", summary="take back the last change in this channel", usage="undo", examples=("undo",),
        answer=_undo, topic="Channel", configures=True, in_channel=True,
    ),
    Verb(
        name="audit", summary="who changed what in this workspace", usage="audit", examples=("audit",), answer=_audit,
        topic="Administration", administers=True,
    ),
    Verb(
        name="forget", summary="delete what is stored of you, or of this workspace", usage="forget me | workspace",
        examples=("forget me", "forget workspace"), answer=_forget, topic="Administration",
    ),
    Verb(
        name="status", summary="last poll, feeds, queue", usage="status", examples=("status",), answer=_status,
        topic="Channel",
    ),
)  # fmt: skip
