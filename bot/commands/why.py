"""why, whynot, wrong, sources: the evidence behind a card, and the reasons for silence."""

from bot.commands.forms import FEEDBACK
from bot.commands.telling import moment, story_line
from bot.commands.verb import Call, Verb
from bot.commands.words import plain, shown
from bot.errors import InputError
from bot.model.card import Span
from bot.model.enums import Outcome
from bot.model.request import Button, Line, Reply, bold, code, line, said
from bot.model.story import Fact, Story
from bot.store import channels, decisions, forgetting
from bot.stories.change import STATUS_WORDS
from bot.stories.headline import headline
from bot.viewing import evidence_of, story_for

MOST_FACTS = 10
FIELD_WORDS = {"trigger": "what gave it away", "stake_percent": "stake"}
OUTCOMES = {
    Outcome.ALERTED: "It was told here",
    Outcome.DIGEST: "It waits for a digest",
    Outcome.MUTED: "It is muted",
    Outcome.MERGED: "It belongs to a story that is told already",
    Outcome.NO_TRIGGER: "Its text holds no word that deals or leadership changes are told with",
    Outcome.NO_EVENT: "It was read, and no deal or leadership change was found in it",
    Outcome.NOT_ENGLISH: "It is not in English",
    Outcome.BELOW_CONFIDENCE: "The reading was not sure enough",
    Outcome.BACKGROUND: "It mentions a deal as history, not as news",
    Outcome.FILTERED: "The filters here leave it out",
    Outcome.NO_SUBSCRIPTION: "Nobody is subscribed to it",
    Outcome.TOO_OLD: "It is too old to be told",
    Outcome.FIRST_POLL: "It was there when its feed was added, and such items stay silent",
    Outcome.EXTRACTION_FAILED: "Its text could not be read",
}


def _story(call: Call, name: str) -> Story:
    if not name:
        raise InputError(
            "Which story? Its id stands at the foot of its card.", cure=f"For example: {call.typed('why k3m9x2ab')}"
        )
    with call.store.read() as db:
        found = story_for(db, name.casefold(), viewer=call.viewer)
    if found is None:
        raise InputError(
            f"There is no story {shown(name)}.",
            cure=f"Ids stand at the foot of cards; {call.typed('recent')} shows some.",
        )
    return found


def _why(call: Call) -> Reply:
    named = _story(call, call.argument)
    with call.store.read() as db:
        story = evidence_of(db, named, viewer=call.viewer)
        verdicts = decisions.of_story(db, story.id, channel=channels.channel_id_of(db, call.request.channel))
    count = len(story.facts)
    lines: list[Line] = [
        line(bold(headline(story))),
        line(f"{STATUS_WORDS[story.status]}, confidence {story.confidence:.2f}, {count} report{'s' * (count != 1)}, ",
             f"story {story.id}"),
    ]  # fmt: skip
    for fact in story.facts[:MOST_FACTS]:
        lines += _fact_lines(fact)
    if count > MOST_FACTS:
        lines.append(line(f"and {count - MOST_FACTS} more reports"))
    # the rule that let it in says more than the later reports of it
    first = next((each for each in verdicts if each.outcome in {Outcome.ALERTED, Outcome.DIGEST}), None)
    told = first or next(reversed(verdicts), None)
    if told is not None:
        lines.append(line(bold("Here: "), f"{OUTCOMES[told.outcome].lower()} ({told.detail})"))
    return Reply(lines=tuple(lines), buttons=(Button(label="Wrong…", command=f"wrong {story.id}"),))


def _fact_lines(fact: Fact) -> list[Line]:
    """One report: outlet and time, then each sentence with the fields that were read from it."""
    source = Span(text=fact.source, url=fact.url, bold=True)
    lines = [line(source, ", ", moment(fact.published), f", confidence {fact.event.confidence:.2f}")]
    fields: dict[str, list[str]] = {}
    for proof in fact.event.evidence:
        name = FIELD_WORDS.get(proof.field, proof.field)
        if name not in fields.setdefault(proof.quote, []):
            fields[proof.quote].append(name)
    lines += [line(f"  “{quote}” ", f"({', '.join(names)})") for quote, names in fields.items()]
    if not fields:
        lines.append(line(f"  “{fact.title}”"))
    return lines


def _whynot(call: Call) -> Reply:
    url = call.argument.strip("<>").split("|")[0]
    if not url.lower().startswith(("http://", "https://")):
        raise InputError(
            "whynot needs an article's address.",
            cure=f"For example: {call.typed('whynot https://example.com/article')}",
        )
    with call.store.read() as db:
        row = channels.channel_id_of(db, call.request.channel)
        found = decisions.of_url(db, call.services.canonical(url), viewer=call.viewer)
        mine = [each for each in found if each.channel in (None, row)]
        stories = {each.story: story_for(db, each.story, viewer=call.viewer) for each in mine if each.story}
    if not mine:
        known = "no feed that is read here has brought it, or it came more than 14 days ago"
        return said(bold("Not a known item: "), f"{known}. ", code(call.typed("feeds")), " lists the feeds.")
    lines: list[Line] = []
    for each in mine:
        reason = f" ({each.detail})" if each.detail else ""
        lines.append(line(moment(each.at) if each.at else "", f"  {OUTCOMES[each.outcome]}{reason}."))
        story = stories.get(each.story) if each.story else None
        if story is not None and (shown_line := line("    ", *story_line(story))) not in lines:
            lines.append(shown_line)
    return Reply(lines=tuple(lines))


def _wrong(call: Call) -> Reply:
    story = _story(call, call.words[0].value if call.words else "")
    reason = call.words[1].value.casefold().replace("-", "_") if len(call.words) > 1 else ""
    if reason not in FEEDBACK:
        buttons = tuple(Button(label=label, command=f"wrong {story.id} {name}") for name, label in FEEDBACK.items())
        return Reply(lines=(line("What is wrong with ", bold(headline(story)), "?"),), buttons=buttons)
    note = plain(call.words[2:])[:1000]
    with call.store.write() as db:
        forgetting.tell(db, call.request, story.id, reason=reason, note=note)
    return said(bold("Thank you. "), f"“{FEEDBACK[reason]}” is noted, with the evidence that was read.")


VERBS = (
    Verb(
        name="why", summary="the evidence for a story: sentences, sources, confidence", usage="why ID",
        examples=("why k3m9x2ab",), answer=_why,
    ),
    Verb(
        name="whynot", summary="why an article was not told here", usage="whynot URL",
        examples=("whynot https://example.com/news/acme-raises-10m",), answer=_whynot,
    ),
    Verb(
        name="wrong", summary="say that a card is wrong: not a deal, wrong facts, told twice, not my company",
        usage="wrong ID [not_a_deal | wrong_facts | duplicate | not_my_company] [note]",
        examples=("wrong k3m9x2ab", "wrong k3m9x2ab wrong_facts it is $12M"), answer=_wrong,
    ),
)  # fmt: skip
