"""Group the mentions of an item into candidate events: one a deal, one a person and direction of change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.extraction.learned.decode import Floats, Line, Mention
from bot.extraction.learned.labels import FAMILY_OF, KINDS
from bot.extraction.learned.same import clean, same, shortened

_LONG_FORMS = {
    "ceo": "chief executive",
    "cfo": "chief financial",
    "coo": "chief operating",
    "cto": "chief technology",
    "chairman": "chair",
}
_ANY_ROLE = frozenset(
    {"executive", "top executive", "senior executive", "exec", "official", "leader", "boss", "veteran"}
)
"""What a headline says for any role."""
SLOT_OF = {"share": "stake_percent"}  # where a mention's label is not its slot's name


@dataclass(slots=True, kw_only=True)
class Candidate:
    """An event in the making. `slots` maps a slot to its mentions, over all the lines that tell it."""

    family: int
    slots: dict[str, list[Mention]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    change: int = 0

    def add(self, slot: str, mention: Mention) -> None:
        """Take in a mention, once."""
        held = self.slots.setdefault(slot, [])
        if mention not in held:
            held.append(mention)

    def names(self, slot: str) -> list[str]:
        """The slot's names, cleaned."""
        return [clean(m.text) for m in self.slots.get(slot, ())]

    def anchors(self) -> list[Mention]:
        """The mentions that kind and status are read from."""
        chosen = ("person", "role") if self.family == 4 else ("target", "buyers", "seller")
        return [m for slot in chosen for m in self.slots.get(slot, ())] or self.slots.get("company", [])


def distribution(mentions: Sequence[Mention], what: str) -> Floats:
    """Mean of the anchors' distributions, weighted by how sure each mention is."""
    rows = np.stack([getattr(m, what) for m in mentions])
    late = 1.0 if what == "statuses" else 0.0  # how firm a deal is, title and lead tell best
    weights = np.array([m.sure / (1 + late * m.segment) for m in mentions], dtype=np.float32)
    out: Floats = (rows * weights[:, None]).sum(axis=0) / weights.sum()
    return out


def candidates(lines: Sequence[Line]) -> list[Candidate]:
    """All candidate events of an item, deals first."""
    deals: list[Candidate] = []
    for line in lines:
        for proto in _deals(line):
            _merge_deal(deals, proto)
    _adopt(deals, lines)
    return _close_deals(deals) + _changes(lines)


def _adopt(deals: Sequence[Candidate], lines: Sequence[Line]) -> None:
    """A sum in a line without a party belongs to the only deal, or to the one told just before."""
    for line in lines:
        if line.parties or not line.quantities:
            continue
        near = [d for d in deals if 0 < line.number - max(x.number for x in d.lines) <= 1]
        home = deals[0] if len(deals) == 1 else near[-1] if near else None
        if home is None:
            continue
        for mention in line.quantities:
            home.add(SLOT_OF.get(mention.label, mention.label), mention)


def _deals(line: Line) -> Iterator[Candidate]:
    targets = _groups([m for m in line.parties if m.label == "target"])
    others = [m for m in line.parties if m.label != "target"]
    if not targets:
        if others:
            yield _deal(line, [], others, list(line.quantities))
        return
    if len(targets) == 1:
        yield _deal(line, targets[0], others, list(line.quantities))
        return
    if KINDS[int(distribution([m for g in targets for m in g], "kinds").argmax())] == "merger":
        yield _deal(line, targets[0], others + [m for g in targets[1:] for m in g], list(line.quantities))
        return
    buyers = _groups([m for m in others if m.label in ("buyer", "lead")])
    for group in targets:
        mine = [m for m in others if len(buyers) <= 1 or _nearest(m, targets) is group]
        yield _deal(line, group, mine, [q for q in line.quantities if _nearest(q, targets) is group])


def _groups(mentions: Sequence[Mention]) -> list[list[Mention]]:
    out: list[list[Mention]] = []
    for mention in mentions:
        home = next((g for g in out if any(same(clean(m.text), clean(mention.text)) for m in g)), None)
        if home is None:
            out.append([mention])
        else:
            home.append(mention)
    return out


def _nearest(mention: Mention, groups: Sequence[list[Mention]]) -> list[Mention]:
    return min(groups, key=lambda g: min(_gap(mention, m) for m in g))


def _gap(a: Mention, b: Mention) -> int:
    return max(b.start - a.end, a.start - b.end, 0)


def _deal(line: Line, target: Sequence[Mention], others: Sequence[Mention], quantities: Sequence[Mention]) -> Candidate:
    kinds = distribution([*target] or [*others], "kinds")
    one = Candidate(family=FAMILY_OF[KINDS[int(kinds.argmax())]], lines=[line])
    for mention in target:
        one.add("target", mention)
    for mention in others:
        one.add("seller" if mention.label == "seller" else "buyers", mention)
        if mention.label == "lead":
            one.add("lead", mention)
    for mention in quantities:
        one.add(SLOT_OF.get(mention.label, mention.label), mention)
    return one


def _shares(a: Candidate, b: Candidate, slot: str) -> bool:
    return any(same(x, y) for x in a.names(slot) for y in b.names(slot))


def _merge_deal(deals: list[Candidate], proto: Candidate) -> None:
    found = _home_by_target(deals, proto) if proto.names("target") else _home_by_buyer(deals, proto)
    _take_in(deals, found, proto)


def _take_in(out: list[Candidate], home: Candidate | None, proto: Candidate) -> None:
    """Merge a candidate into its home; without one it stands for itself."""
    if home is None:
        out.append(proto)
        return
    for slot, mentions in proto.slots.items():
        for mention in mentions:
            home.add(slot, mention)
    home.lines += proto.lines


def _home_by_target(deals: Sequence[Candidate], proto: Candidate) -> Candidate | None:
    family = [d for d in deals if d.family == proto.family]
    alike = [d for d in deals if _shares(d, proto, "target")]
    for deal in alike:
        one_deal = _same_sum(deal, proto) or _shares(deal, proto, "buyers") or not proto.names("buyers")
        if deal.family == proto.family or one_deal:
            return deal
    return next((d for d in family if not d.names("target") and _shares(d, proto, "buyers")), None)


def _home_by_buyer(deals: Sequence[Candidate], proto: Candidate) -> Candidate | None:
    """A line without a target goes on with the surest deal of its buyer, or with the one told just before."""
    homes = [
        deal
        for deal in deals
        if _shares(deal, proto, "buyers")
        or any(same(x, y) for x in proto.names("buyers") for y in deal.names("target"))
    ]
    if homes:
        return max(homes, key=lambda deal: sum(m.sure for m in deal.slots.get("target", ())))
    family = [d for d in deals if d.family == proto.family]
    near = bool(family) and proto.lines[0].number - family[-1].lines[-1].number <= 2
    return family[-1] if near else None


def _same_sum(a: Candidate, b: Candidate) -> bool:
    sums = [{m.value for m in c.slots.get("amount", ())} for c in (a, b)]
    return bool(sums[0] & sums[1])


def _close_deals(deals: Sequence[Candidate]) -> list[Candidate]:
    """Let the pooled anchors decide the family once all lines are in."""
    for deal in deals:
        kinds = distribution(deal.slots.get("target") or deal.anchors(), "kinds")
        deal.family = FAMILY_OF[KINDS[int(kinds.argmax())]]
    return list(deals)


def _changes(lines: Sequence[Line]) -> list[Candidate]:
    out: list[Candidate] = []
    for line in lines:
        people = _groups([m for m in line.people if m.label == "person"])
        roles = [m for m in line.people if m.label == "role"]
        companies = [m for m in line.people if m.label == "company"]
        if people:
            for group in people:
                mine = [r for r in roles if _nearest(r, people) is group]
                if not mine and len(roles) == 1:
                    mine = roles
                homes = companies if len(_groups(companies)) <= 1 else _near_company(group, mine, companies)
                _take_up(out, _change(line, group, mine, homes), companies)
        elif roles or companies:
            _take_up(out, _change(line, [], roles, companies), companies)
    return _united(out)


def _united(changes: Sequence[Candidate]) -> list[Candidate]:
    """One candidate a person and direction; a change that names nobody goes to the only person of its role."""
    named: list[Candidate] = []
    for change in changes:
        if not change.names("person"):
            continue
        home = next((other for other in named if other.change == change.change and _one_person(change, other)), None)
        _take_in(named, home, change)
    out = list(named)
    for change in changes:
        if change.names("person"):
            continue
        homes = [other for other in named if _one_role(change, other)]
        _take_in(out, homes[0] if len(homes) == 1 else None, change)
    return sorted(out, key=lambda c: min(line.number for line in c.lines))


def _one_person(one: Candidate, other: Candidate) -> bool:
    """True for forms of one name. A surname that two bear makes no bridge between them."""
    whole = [[n for n in c.names("person") if " " in n] for c in (one, other)]
    if all(whole):
        return all(same(a, b) or shortened(a, b) for a in whole[0] for b in whole[1])
    return _shares(one, other, "person")


def _one_role(nameless: Candidate, named: Candidate) -> bool:
    """True if the change that names nobody may be the person's: one role, or "executive" in a headline."""
    if nameless.change != named.change:
        return False
    told = nameless.names("role")
    mine, other = (frozenset().union(*map(role_words, names)) for names in (told, named.names("role")))
    alike = bool(mine & other) or (bool(told) and all(role.lower() in _ANY_ROLE for role in told))
    return alike and (_shares(nameless, named, "company") or not (nameless.names("company") and named.names("company")))


def _take_up(out: list[Candidate], change: Candidate, companies: Sequence[Mention]) -> None:
    """The change and, where a company of its line is read the other way ("quits Acme to join Globex"), that one too."""
    _merge_change(out, change)
    turned = [c for c in companies if int(c.kinds.argmax()) != change.change]
    if not turned or len(turned) == len(companies):
        return
    roles = [r for r in change.slots.get("role", ()) if int(r.kinds.argmax()) != change.change]
    other = _change(change.lines[0], change.slots.get("person", ()), roles, turned)
    other.change = 1 - change.change
    _merge_change(out, other)


def _near_company(group: Sequence[Mention], roles: Sequence[Mention], companies: Sequence[Mention]) -> list[Mention]:
    anchors = [*group, *roles]
    change = int(distribution(anchors, "kinds").argmax())
    fitting = [c for c in companies if int(c.kinds.argmax()) == change] or list(companies)
    return [min(fitting, key=lambda c: min(_gap(c, a) for a in anchors))]


def _change(line: Line, person: Sequence[Mention], roles: Sequence[Mention], companies: Sequence[Mention]) -> Candidate:
    anchors = [*person] or [*roles] or [*companies]
    one = Candidate(family=4, lines=[line], change=int(distribution(anchors, "kinds").argmax()))
    for slot, mentions in (("person", person), ("role", roles), ("company", companies)):
        for mention in mentions:
            one.add(slot, mention)
    return one


def _merge_change(out: list[Candidate], proto: Candidate) -> None:
    def fits(other: Candidate) -> bool:
        if other.change != proto.change:
            return False
        if proto.names("person") and other.names("person"):
            return _shares(proto, other, "person")
        if proto.names("role") and other.names("role"):
            return any(role_words(a) & role_words(b) for a in proto.names("role") for b in other.names("role"))
        return True

    found = next((c for c in out if fits(c)), None)
    _take_in(out, found, proto)


def role_words(role: str) -> frozenset[str]:
    """The telling words of a role, short forms spelt out: {"executive"} for "new CEO"."""
    words = {w for part in role.lower().split() for w in _LONG_FORMS.get(part, part).split()}
    return frozenset(words - {"of", "the", "and", "officer", "new", "chief", "its"})
