"""Facts of a deal that stand beside it: price, valuation, lead and other investors, seller, round."""

import re

from bot.extraction.reading import Item, Reading
from bot.extraction.rules import MACROS
from bot.model.enums import Kind

_LIST = MACROS["LIST"].replace("[NC]", "N")
_VALUATION = re.compile(
    r"(?<!\S)(?:(?:valu(?:es|ing|ed)|worth) (?:the |its |(?:[NC] ))?(?:[a-z'\-]+ ){0,5}?(?:at "
    r")?(?:[a-z]+ ){0,3}?(?P<a>M )"
    r"|valuation (?:of |to |at |is |was |stood |rose |topped )*(?:[a-z]+ ){0,4}?(?P<b>M )"
    r"|value to (?:[a-z]+ ){0,2}?(?P<d>M )"
    r"|(?:at|a|of|hits|post-money|pre-money|reaches) (?:a |an )?(?:[a-z]+ ){0,3}?(?P<c>M )(?:[a-z\-]+ "
    r"){0,2}?valuation)"
)
_PRICE = re.compile(
    r"(?<!\S)(?:(?:for|in|of|at|worth|about|valued at|deal|paying|pay|investing|invest) (?:an?|the|"
    r"around|some|up to|nearly|roughly|about|cash|total|all-cash|over|more than|approximately|its|"
    r"consideration|of|deal|enterprise|value|aggregate|purchase|price|\s)*(?P<a>M )"
    r"|(?:raise|raising|raised|fetch) (?:[a-z\-]+ ){0,5}?(?P<c>M )"
    r"|(?P<b>M )(?:[a-z\-]+ ){0,2}?(?:deal|acquisition|takeover|buyout|bid|offer|transaction|merger|"
    r"purchase|investment|ipo|public offering|fund|round|funding|financing))"
)
_LED = re.compile(
    rf"(?<!\S)(?:led|co-led|headed|anchored|spearheaded) (?:jointly )?by (?:[a-z\-']+ ){{0,4}}?(?P<a>{_LIST})"
)
_LEADS = re.compile(
    rf"(?<!\S)(?P<a>{_LIST})(?:jointly )?(?:led|leads|co-led|is leading) (?:the|this) (?:[a-z]+ "
    rf")?(?:round|funding|financing|investment|deal|raise|R )"
)
_WITH = re.compile(
    rf"(?<!\S)(?:(?:participation|support|backing|investment|money|investments|contributions|"
    rf"commitments) (?:from|by|of)|from|including|joined by|alongside|backed by|investors (?:[a-z]+ "
    rf"){{0,2}}?(?:include|included|such as)|include|included) (?:[a-z\-']+ ){{0,5}}?(?P<a>{_LIST})"
)
_ALSO = re.compile(
    rf"(?<!\S)(?P<a>{_LIST})(?:also )?(?:participated|joined the round|took part|also invested|also joined)"
)
_ROUND = re.compile(r"(?<!\S)(?P<a>R )")
_PERCENT = re.compile(
    r"(?<!\S)(?P<a>P )(?:[a-z\-]+ ){0,4}?(?:stake|interest|shareholding|equity|of the company|of C|of its)"
)
_SELLER = re.compile(r"(?<!\S)(?:from|owned by) (?:its |the )?(?:[a-z\-]+ ){0,3}?(?P<a>N )")

_WANTED = {
    Kind.FUNDING: (("valuation", _VALUATION), ("round", _ROUND), ("lead", _LED), ("lead", _LEADS),
                   ("buyers", _WITH), ("buyers", _ALSO), ("amount", _PRICE)),
    Kind.STAKE: (("valuation", _VALUATION), ("stake_percent", _PERCENT), ("amount", _PRICE)),
    Kind.ACQUISITION: (("amount", _PRICE), ("seller", _SELLER)),
    Kind.MERGER: (("amount", _PRICE),),
    Kind.IPO: (("valuation", _VALUATION), ("amount", _PRICE)),
    Kind.FUND: (("amount", _PRICE),),
    Kind.LEADERSHIP: (),
}  # fmt: skip
_TAGS = {"valuation": "M", "amount": "M", "round": "R", "lead": "N", "buyers": "N", "stake_percent": "P", "seller": "N"}


def satellites(reading: Reading, kind: Kind) -> dict[str, tuple[Item, ...]]:
    """Return what the sentence says about a deal of this kind; `buyers` gathers from several places."""
    found: dict[str, tuple[Item, ...]] = {}
    spent: set[int] = set()
    for name, pattern in _WANTED[kind]:
        for match in pattern.finditer(reading.code):
            items = _items(reading, match, _TAGS[name])
            fresh = tuple(i for i in items if i.start not in spent)
            if name == "valuation":
                spent.update(i.start for i in fresh)
            if not fresh or (name in found and name != "buyers"):
                continue
            known = {i.start for i in found.get(name, ())}
            found[name] = found.get(name, ()) + tuple(i for i in fresh if i.start not in known)
    return found


def _items(reading: Reading, match: re.Match[str], tags: str) -> list[Item]:
    for group, text in match.groupdict().items():
        if text:
            return reading.between(match.start(group), match.end(group), tags)
    return []
