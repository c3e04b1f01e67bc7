"""company, person, investor: what all stories say of one name."""

from collections.abc import Callable

from bot.commands.telling import day, story_line
from bot.commands.verb import PAGE, Call, Verb
from bot.commands.words import quoted, shown
from bot.companies.names import company_keys, person_words, same_company, same_person
from bot.companies.suggest import asked, different, nearest
from bot.errors import InputError
from bot.model.card import Span
from bot.model.request import Button, Line, Reply, bold, line
from bot.model.story import Story
from bot.store import lookups
from bot.stories.profile import Leader, company_profile, investor_profile, person_stories
from bot.stories.words import money_words
from bot.viewing import stories_for

COMPANY = ("target", "company", "buyer", "seller")
INVESTOR = ("buyer",)
PERSON = ("person",)
MOST = 300
MOST_NAMES = 12
ALIKE = 3
"""Letters that a name must share with what is offered for it."""


def _name(call: Call, verb: str, example: str) -> str:
    name = call.argument.strip('"')
    if not name:
        raise InputError(f"{verb} needs a name.", cure=f"For example: {call.typed(f'{verb} {example}')}")
    if len(name) > 200:
        raise InputError("That name is too long.", cure="200 characters are the most.")
    return name


def _stories(call: Call, name: str, keys: frozenset[str], parts: tuple[str, ...]) -> tuple[Story, ...]:
    with call.store.read() as db:
        ids = lookups.by_keys(db, keys, parts=parts, viewer=call.viewer, limit=MOST)
        return stories_for(db, ids, viewer=call.viewer)


def _unknown(call: Call, name: str, parts: tuple[str, ...]) -> InputError:
    with call.store.read() as db:
        known = lookups.names_like(db, name[:ALIKE], parts=parts, viewer=call.viewer, limit=MOST)
    return InputError(
        f"Nothing is known of {shown(name)} yet.",
        cure=asked(nearest(name, known)) or f"To look into the headlines: {call.typed(f'search {quoted(name)}')}",
    )


def _ambiguous(verb: str, name: str, names: tuple[str, ...]) -> Reply:
    buttons = tuple(Button(label=each[:75], command=f"{verb} {quoted(each)}") for each in names[:5])
    return Reply(lines=(line(f"{shown(name)} may be several. ", asked(names[:5])),), buttons=buttons, good=False)


def _company(call: Call) -> Reply:
    name = _name(call, "company", "Scale AI")
    found = _stories(call, name, company_keys(name), COMPANY)
    names = [each for story in found for each in _companies(story) if same_company(each, name)]
    if not names:
        raise _unknown(call, name, COMPANY)
    meant = different(names)
    exact = [each for each in meant if each.casefold() == name.casefold()]
    if len(meant) > 1 and not exact:
        return _ambiguous("company", name, meant)
    called = exact[0] if exact else max(names, key=len)
    profile = company_profile(called, found)
    lines: list[Line] = [line(bold(called))]
    if profile.valuation:
        money, story = profile.valuation
        lines.append(line(f"Last valuation: {money_words(money)}, {day(story.last_published)}, ", _source(story)))
    if profile.leaders:
        lines.append(line("Leaders, as told by news:"))
        lines += [_leader(each, "since") for each in profile.leaders[:6]]
    if profile.left:
        lines.append(line("Left:"))
        lines += [_leader(each, "told") for each in profile.left[:4]]
    if profile.investors:
        shown_names = ", ".join(profile.investors[:MOST_NAMES])
        more = len(profile.investors) - MOST_NAMES
        lines.append(line(f"Investors and buyers: {shown_names}" + (f" and {more} more" if more > 0 else "")))
    return _page(call, lines, profile.stories, f"company {quoted(called)}", watch=called)


def _companies(story: Story) -> tuple[str, ...]:
    names = (story.target, story.company, *story.buyers, *story.lead, *story.seller)
    return tuple(name for name in names if name)


def _source(story: Story) -> Span:
    return Span(text=story.sources[0].name, url=story.sources[0].url)


def _leader(each: Leader, word: str) -> Line:
    role = (
        f", {'interim ' if each.interim and 'interim' not in (each.role or '') else ''}{each.role}" if each.role else ""
    )
    return line(f"  {each.person}{role}, {word} {day(each.story.last_published)}, ", _source(each.story))


def _page(call: Call, lines: list[Line], stories: tuple[Story, ...], again: str, *, watch: str = "") -> Reply:
    begin = (call.page - 1) * PAGE
    lines.append(line(f"{len(stories)} stor{'ies' if len(stories) != 1 else 'y'}, newest first:"))
    lines += [story_line(story) for story in stories[begin : begin + PAGE]]
    buttons = [Button(label="Watch", command=f"watch {quoted(watch)}")] if watch else []
    if begin:
        buttons.append(Button(label="Back", command=f"{again} page:{call.page - 1}"))
    if begin + PAGE < len(stories):
        buttons.append(Button(label="More", command=f"{again} page:{call.page + 1}"))
    return Reply(lines=tuple(lines), buttons=tuple(buttons))


def _person(call: Call) -> Reply:
    name = _name(call, "person", "Alexandr Wang")
    words = person_words(name)
    found = person_stories(name, _stories(call, name, frozenset(words[-1:]), PERSON))
    if not found:
        raise _unknown(call, name, PERSON)
    people = _people(found, same_person)
    if len(people) > 1:
        return _ambiguous("person", name, people)
    return _page(call, [line(bold(people[0]))], found, f"person {quoted(people[0])}")


def _people(stories: tuple[Story, ...], same: Callable[[str, str], bool]) -> tuple[str, ...]:
    out: list[str] = []
    for name in sorted({story.person or "" for story in stories}, key=lambda each: (-len(each.split()), each)):
        if not any(same(name, other) for other in out):
            out.append(name)
    return tuple(out)


def _investor(call: Call) -> Reply:
    name = _name(call, "investor", "Sequoia")
    found = _stories(call, name, company_keys(name), INVESTOR)
    profile = investor_profile(name, found)
    if not profile.stories:
        raise _unknown(call, name, INVESTOR)
    names = [each for story in profile.stories for each in (*story.lead, *story.buyers) if same_company(each, name)]
    meant = different(names)
    exact = [each for each in meant if each.casefold() == name.casefold()]
    if len(meant) > 1 and not exact:
        return _ambiguous("investor", name, meant)
    called = exact[0] if exact else max(names, key=len)
    deals = f"{profile.deals} deal{'s' if profile.deals != 1 else ''}"
    lines: list[Line] = [line(bold(called), f": {deals}" + (f", led {profile.led}" if profile.led else ""))]
    if profile.totals:
        lines.append(line("Sums of these deals as a whole: " + ", ".join(money_words(each) for each in profile.totals)))
    if profile.companies:
        lines.append(line("Companies: " + ", ".join(profile.companies[:MOST_NAMES])))
    return _page(call, lines, profile.stories, f"investor {quoted(called)}", watch=called)


VERBS = (
    Verb(
        name="company", summary="latest deals, valuation, investors, who joined and left", usage="company NAME",
        examples=("company Scale AI",), answer=_company,
    ),
    Verb(
        name="person", summary="where somebody went and whom they left", usage="person NAME",
        examples=("person Alexandr Wang",), answer=_person,
    ),
    Verb(
        name="investor", summary="what somebody invested in, and what they led", usage="investor NAME",
        examples=("investor Sequoia",), answer=_investor,
    ),
)  # fmt: skip
