"""Drafts to events: one a deal, the fullest names, evidence for every field."""

from dataclasses import dataclass, field

from bot.extraction.confidence import confidence_of
from bot.extraction.drafts import Draft
from bot.extraction.names import looks_like_person
from bot.extraction.parties import Cast, is_nobody, resolve, same_party
from bot.extraction.reading import Item, Reading
from bot.extraction.satellites import satellites
from bot.extraction.tables.titles import FORMER, INTERIM
from bot.model.enums import Change, Kind, Status
from bot.model.event import Event, Evidence, Money

FAMILY = {
    Kind.FUNDING: "investment", Kind.STAKE: "investment", Kind.ACQUISITION: "acquisition",
    Kind.MERGER: "acquisition", Kind.IPO: "ipo", Kind.FUND: "fund", Kind.LEADERSHIP: "leadership",
}  # fmt: skip
MANY = ("buyers", "lead", "seller")
REACH = 6
"""Sentences after its own in which a deal's further facts are looked for."""


@dataclass(slots=True, kw_only=True)
class Case:
    """An event under construction: drafts that tell the same deal. It grows, so it is the one that is not frozen."""

    drafts: list[Draft]
    fields: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return the first value of a field, as text."""
        items = self.fields.get(name)
        return items[0].text if items else None


def assemble(drafts: list[Draft], readings: dict[int, Reading], cast: Cast, source: str) -> list[Event]:
    """Return the events of one document, in the order in which they are told."""
    cases: list[Case] = []
    for draft in sorted(drafts, key=lambda d: (_is_vague(d), d.sentence)):
        fields = _resolved(draft, readings, cast)
        if fields is None:
            continue
        home = next((c for c in cases if _same(c, draft, fields)), None)
        if home is None:
            cases.append(Case(drafts=[draft], fields=fields))
        else:
            home.drafts.append(draft)
            for name, items in fields.items():
                home.fields.setdefault(name, items)
    _gather(cases, readings, cast)
    return [_event(case, readings, source) for case in cases if _stands(case)]


def _is_vague(draft: Draft) -> bool:
    """True where the target is only "the company": such drafts wait for the ones that name it."""
    return bool(draft.fields.get("target")) and draft.fields["target"][0].tag == "C"


def _resolved(draft: Draft, readings: dict[int, Reading], cast: Cast) -> dict[str, tuple[Item, ...]] | None:
    """Return the draft's fields with full names; None where a party that it needs is nobody."""
    fields: dict[str, tuple[Item, ...]] = {}
    for name, items in draft.fields.items():
        kept = _full_names(items, readings, draft, cast, person=name == "person") if items[0].tag in "NCH" else items
        if kept:
            fields[name] = kept
    if draft.kind is Kind.LEADERSHIP:
        return _with_employer(fields, draft, readings, cast)
    if "target" not in fields:
        return None
    target = fields["target"][0].text
    for name in MANY:
        others = tuple(i for i in fields.pop(name, ()) if not same_party(i.text, target))
        if others:
            fields[name] = others
    return fields


def _full_names(
    items: tuple[Item, ...], readings: dict[int, Reading], draft: Draft, cast: Cast, *, person: bool
) -> tuple[Item, ...]:
    kept: list[Item] = []
    named = [i.text for others in draft.fields.values() if others is not items for i in others if i.tag == "N"]
    for item in items:
        full = resolve(item, readings, draft.sentence, cast, person=person, besides=named)
        if full and not is_nobody(full.text) and all(full.text != k.text for k in kept):
            kept.append(full)
    return tuple(kept)


def _with_employer(
    fields: dict[str, tuple[Item, ...]], draft: Draft, readings: dict[int, Reading], cast: Cast
) -> dict[str, tuple[Item, ...]] | None:
    person = fields.get("person")
    if person and not looks_like_person(person[0].text):
        return None
    if "company" not in fields:
        employer = _employer(draft, readings, cast)
        if employer is not None:
            fields["company"] = (employer,)
    return fields if person or "company" in fields else None


def _employer(draft: Draft, readings: dict[int, Reading], cast: Cast) -> Item | None:
    """Return the organisation that the sentence, the headline or the text speaks of."""
    person = draft.fields.get("person")
    anchor = person[0].start if person else 0
    for index in (draft.sentence, 0, draft.sentence - 1, 1):
        reading = readings.get(index)
        if reading is None:
            continue
        found = [
            i._replace(text=cast.full.get(i.text, i.text)) for i in reading.items
            if i.tag == "N" and not looks_like_person(cast.full.get(i.text, i.text))
        ]  # fmt: skip
        before = [i for i in found if i.start < anchor]
        if found:
            return (before or found)[0]
    return None


def _same(case: Case, draft: Draft, fields: dict[str, tuple[Item, ...]]) -> bool:
    if FAMILY[case.drafts[0].kind] != FAMILY[draft.kind]:
        return False
    if draft.kind is Kind.LEADERSHIP:
        return _same_change(case, draft, fields)
    mine = [i.text for n in ("target", "buyers") for i in case.fields.get(n, ())]
    if draft.kind is Kind.MERGER or case.drafts[0].kind is Kind.MERGER:
        theirs = [i.text for n in ("target", "buyers") for i in fields.get(n, ())]
        return _overlap(mine, theirs)
    buyers = [i.text for i in fields.get("buyers", ())]
    if _is_vague(draft) and _overlap(buyers, [i.text for i in case.fields.get("buyers", ())]):
        return True
    return same_party(case.text("target") or "", fields["target"][0].text)


def _same_change(case: Case, draft: Draft, fields: dict[str, tuple[Item, ...]]) -> bool:
    if case.drafts[0].rule.change != draft.rule.change:
        return False
    person, other = case.text("person"), fields.get("person")
    if person and other:
        return same_party(person, other[0].text)
    return bool(other) != bool(person) or case.text("company") == _first(fields, "company")


def _overlap(some: list[str], others: list[str]) -> bool:
    return any(same_party(a, b) for a in some for b in others)


def _first(fields: dict[str, tuple[Item, ...]], name: str) -> str | None:
    return fields[name][0].text if name in fields else None


def _gather(cases: list[Case], readings: dict[int, Reading], cast: Cast) -> None:
    """Fill empty fields from the same sentences and from those that follow and tell no other deal."""
    deals = [c for c in cases if c.drafts[0].kind is not Kind.LEADERSHIP]
    owned = {d.sentence for c in cases for d in c.drafts}
    for case in deals:
        kind = _kind(case)
        indexes = list(dict.fromkeys(d.sentence for d in case.drafts))
        if case is deals[0]:
            near = range(1 + (3 if kind is Kind.ACQUISITION else REACH))
            indexes += [i for i in near if i not in owned]
        for index in indexes:
            reading = readings.get(index)
            if reading is not None:
                _add(case, satellites(reading, kind), cast)


def _add(case: Case, found: dict[str, tuple[Item, ...]], cast: Cast) -> None:
    target = case.text("target") or ""
    used = {i.start for items in case.fields.values() for i in items}
    for name, items in found.items():
        if name in MANY:
            have = [i.text for i in case.fields.get(name, ())]
            named = [i._replace(text=cast.full.get(i.text, i.text)) for i in items]
            fresh = [
                i for i in named
                if not same_party(i.text, target) and not any(same_party(i.text, h) for h in have)
            ]  # fmt: skip
            if fresh and (name != "seller" or not have):
                case.fields[name] = case.fields.get(name, ()) + tuple(fresh)
        elif name not in case.fields and items[0].start not in used:
            case.fields[name] = items


def _kind(case: Case) -> Kind:
    kinds = [d.kind for d in case.drafts]
    if "round" in case.fields and Kind.FUNDING in kinds:
        return Kind.FUNDING
    return kinds[0]


def _stands(case: Case) -> bool:
    """False for a case that lacks what its kind needs."""
    if case.drafts[0].kind is Kind.LEADERSHIP:
        if (
            case.text("person")
            and case.text("company")
            and same_party(case.text("person") or "", case.text("company") or "")
        ):
            return False
        return bool(case.text("person")) or bool(case.text("role"))
    if _kind(case) is Kind.MERGER:
        return bool(case.text("buyers"))
    return True


def _event(case: Case, readings: dict[int, Reading], source: str) -> Event:
    first = case.drafts[0]
    kind, fields = _kind(case), case.fields
    confidence = confidence_of(case.drafts)
    names = {n: tuple(i.text for i in fields.get(n, ())) for n in MANY}
    person = case.text("person")
    return Event(
        kind=kind,
        status=_status(case),
        background=all(d.background for d in case.drafts) or _is_former(case, readings),
        target=case.text("target"),
        buyers=_union(names["lead"], names["buyers"]) if kind is not Kind.IPO else (),
        lead=names["lead"] if kind is Kind.FUNDING else (),
        seller=names["seller"],
        amount=_money(fields.get("amount")),
        valuation=_money(fields.get("valuation")),
        stake_percent=_number(fields.get("stake_percent")) if kind in (Kind.STAKE, Kind.ACQUISITION) else None,
        round=str(fields["round"][0].value) if "round" in fields and kind is Kind.FUNDING else None,
        person=person,
        role=case.text("role"),
        company=case.text("company"),
        change=first.rule.change,
        interim=kind is Kind.LEADERSHIP and first.rule.change is Change.JOINS and _is_interim(case, readings),
        confidence=confidence,
        evidence=_evidence(case, readings, confidence, source),
    )


def _union(lead: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return lead + tuple(name for name in others if not any(same_party(name, one) for one in lead))


def _status(case: Case) -> Status:
    news = [d for d in case.drafts if not d.background] or case.drafts
    return min(news, key=lambda d: d.sentence).status


def _money(items: tuple[Item, ...] | None) -> Money | None:
    return items[0].value if items and isinstance(items[0].value, Money) else None


def _number(items: tuple[Item, ...] | None) -> float | None:
    return items[0].value if items and isinstance(items[0].value, float) else None


def _words_before(item: Item, readings: dict[int, Reading], count: int) -> list[str]:
    for reading in readings.values():
        if reading.sentence.start <= item.start < reading.sentence.end:
            return [t.lower for t in reading.sentence.tokens if t.end <= item.start][-count:]
    return []


def _is_interim(case: Case, readings: dict[int, Reading]) -> bool:
    role = case.fields.get("role")
    if not role:
        return False
    return bool(INTERIM & set(_words_before(role[0], readings, 3))) or bool(INTERIM & set(role[0].text.lower().split()))


def _is_former(case: Case, readings: dict[int, Reading]) -> bool:
    role = case.fields.get("role")
    if not role or case.drafts[0].rule.change is not Change.LEAVES:
        return False
    return bool(FORMER & set(_words_before(role[0], readings, 3)))


def _evidence(case: Case, readings: dict[int, Reading], confidence: float, source: str) -> tuple[Evidence, ...]:
    method = f"rule:{case.drafts[0].rule.name}"
    return tuple(
        sorted(
            (
                Evidence(
                    field=name,
                    start=item.start,
                    end=item.end,
                    quote=_quote(item, readings, source),
                    method=method,
                    confidence=confidence,
                )
                for name, items in case.fields.items()
                for item in items
            ),
            key=lambda piece: (piece.start, piece.field),
        )
    )


def _quote(item: Item, readings: dict[int, Reading], source: str) -> str:
    """Return the sentence around an item, white space folded."""
    for reading in readings.values():
        if reading.sentence.start <= item.start < reading.sentence.end:
            return " ".join(source[reading.sentence.start : reading.sentence.end].split())
    return " ".join(source[item.start : item.end].split())
