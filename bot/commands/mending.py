"""merge, split: the operator puts right what was joined or parted wrongly. The rulings hold for later reports too."""

from bot.commands.telling import moment
from bot.commands.verb import Call, Verb
from bot.commands.words import shown
from bot.errors import InputError
from bot.model.request import Line, Reply, bold, code, line, said
from bot.model.story import Story
from bot.store.audit import audited
from bot.stories.headline import headline
from bot.viewing import story_for

NOT_HERE = "Stories can't be mended here."


def _story(call: Call, name: str) -> Story:
    with call.store.read() as db:
        found = story_for(db, name.casefold(), viewer=call.viewer)
    if found is None:
        raise InputError(f"There is no story {shown(name)}.", cure="Ids stand at the foot of cards.")
    return found


def _merge(call: Call) -> Reply:
    if len(call.words) != 2:
        raise InputError("merge needs two ids.", cure=f"For example: {call.typed('merge k3m9x2ab p7q4r5st')}")
    one, other = (_story(call, word.value) for word in call.words)
    if one.id == other.id:
        return said("These are one story already; nothing changed.")
    merge = call.services.merge
    if merge is None:
        raise InputError(NOT_HERE)
    with call.store.write() as db, audited(db, call.request, f"merge {one.id} {other.id}"):
        kept = merge(db, one.id, other.id, call.request.now)
    gone = other.id if kept == one.id else one.id
    return said(bold("Merged. "), code(gone), " is now part of ", code(kept), "; its cards point there.")


def _split(call: Call) -> Reply:
    if not call.words:
        raise InputError("split needs a story's id.", cure=f"For example: {call.typed('split k3m9x2ab 2,3')}")
    story = _story(call, call.words[0].value)
    count = len(story.facts)
    if count < 2:
        return said("One report tells this story; there is nothing to split.")
    chosen = [part for word in call.words[1:] for part in word.value.split(",") if part]
    if not chosen:
        lines: list[Line] = [line(bold(headline(story)), " is told by:")]
        for number, fact in enumerate(story.facts, 1):
            lines.append(line(f"  {number}. {fact.source}, ", moment(fact.published), f": {fact.title}"))
        lines.append(line("Name those that tell another story: ", code(call.typed(f"split {story.id} 2,3"))))
        return Reply(lines=tuple(lines))
    if not all(part.isdecimal() and 1 <= int(part[:6]) <= count for part in chosen):
        raise InputError(f"{shown(', '.join(chosen))} are no reports of this story.", cure=f"They are 1 to {count}.")
    taken = {story.facts[int(part) - 1].id for part in chosen}
    if len(taken) == count:
        raise InputError("At least one report must stay.", cure="Name fewer.")
    split = call.services.split
    if split is None:
        raise InputError(NOT_HERE)
    with call.store.write() as db, audited(db, call.request, f"split {story.id} {','.join(chosen)}"):
        new = split(db, story.id, frozenset(taken), call.request.now)
    return said(bold("Split. "), "What you named is now ", code(", ".join(new)), "; nothing is posted for it.")


VERBS = (
    Verb(
        name="merge", summary="make one story of two (the operator)", usage="merge ID ID",
        examples=("merge k3m9x2ab p7q4r5st",), answer=_merge, topic="Administration", operates=True,
    ),
    Verb(
        name="split", summary="take reports out of a story (the operator)", usage="split ID [2,3]",
        examples=("split k3m9x2ab", "split k3m9x2ab 2,3"), answer=_split, topic="Administration", operates=True,
    ),
)  # fmt: skip
