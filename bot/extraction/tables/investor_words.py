# ruff: noqa: SIM905 - a paragraph of words reads better than a column of them
"""Words and wording of lists of investors. Lower case; regular expressions over a sentence's text."""

import re

from bot.extraction.tables.name_words import COMPOUND_ENDS, PARTICLES
from bot.extraction.tables.titles import ACRONYMS, ALONE


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_SIDE = _any(
    r"""investors? backers? angels? contributors? participants? supporters? shareholders? funds? firms? vcs? partners?
    syndicate investor\sgroup"""
)
_MONEY = _any("participation investments? backing support contributions? funding capital commitments?")
_DEBT = _any("financing placement investment debt equity credit funding")
_RAISED = _any(
    r"""rais(?:es?|ed|ing) secur(?:es?|ed|ing) bag(?:s|ged) nab(?:s|bed) gets? got receiv(?:es?|ed) clos(?:es?|ed)
    land(?:s|ed) pick(?:s|ed)\sup snag(?:s|ged) fundraise round funding financing investment capital commitment deal
    million mn mln crore cr billion bn bln"""
)

ROUND = re.compile(
    rf"\b{_any('rounds? funding financing investments? invested series seed raise[sd]? raising capital')}\b"
    r"|\bfundrais\w+|\d\s?(?:mn|m|million|cr|crore)\b|[$€£₹]",
    re.IGNORECASE,
)
"""Without one of these a sentence with "led by" tells no round."""

LED_BY = re.compile(
    r"\b(?:led|headed|spearheaded|anchored|co-led|co-headed)\s+(?:jointly\s+|together\s+)?by\b"
    r"|\blead investors?\b(?:\s+(?:is|are|was|were|included?|includes))?|\bround leaders?\b",
    re.IGNORECASE,
)
"""After it stand the leads."""

WITH = re.compile(
    rf"\b{_MONEY}\s+(?:also\s+)?(?:from|by|of)\b"
    r"|\b(?:rounds?|funding|financing|raise)\s+(?:\w+\s+){0,2}?backed by\b"
    rf"|\b{_DEBT}\s+(?:\w+\s+){{0,3}}?with\b"
    r"|\b(?:joined|co-?invested|subscribed|supported|participated) by\b"
    rf"|\b{_SIDE}\b[^.;:()]{{0,60}}?\b(?:included?|includes|including|such as|like|were|are|was|is)\b:?"
    rf"|\bamong (?:the |other )?(?:\w+ ){{0,3}}{_SIDE}\b(?: of \w+)?(?:\s+(?:is|are|was|were))?"
    r"|\bparticipants?:|\binvestors:",
    re.IGNORECASE,
)
"""After it stand those who go with the leads."""

RAISED_FROM = re.compile(
    rf"(?:\b{_RAISED}|\d\s?[mbk])(?:\s*\([^)]{{0,40}}\))?(?:\s+(?:in|of|as)\s+[\w\- ]{{1,40}}?)?\s+from\b",
    re.IGNORECASE,
)
"""After "raised $5 million (about €4.6 million) in seed funding from" stand investors."""

MORE = re.compile(
    r"\b(?:including|such as|alongside|along with|as well as|together with|in addition to|like)\b", re.IGNORECASE
)
"""After a list has begun, these open another piece of it."""

LEADS = re.compile(
    r"\b(?:co-?|jointly )?(?:led|leads|lead)\b(?! by\b)"
    r"(?=[^.;]{0,60}\b(?:round|funding|financing|investment|series|raise)\b)",
    re.IGNORECASE,
)
"""Before it stand the leads: "A and B led the round"."""

TOOK_PART = re.compile(
    r"\b(?:also\s+)?(?:participat(?:ed|es|ing)|co-?invest(?:ed|s)|took part|invested|invests|contributed|chipped in"
    r"|joined(?! (?-i:[A-Z])))\b",
    re.IGNORECASE,
)
"""Before it stand investors: "A, B and C also participated"; who "joined Halden" is an officer."""

PAST = re.compile(
    r"\b(?:previous(?:ly)?|prior|(?:had )?earlier (?!this)|last (?:year|round)|in (?:\w+ )?(?:19|20)\d\d"
    r"|(?:its|the company's) other|whose|rivals?|competitors?|to date|so far|advis[eo]rs)\b"
    r"(?!.*\b(?:has|have|new|today)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Shortly before a cue it tells that the list is of another round, or of another company."""

CHIEFS = ACRONYMS - {"gm", "md"}
"""Titles that no company's name holds."""

SECTORS = frozenset(
    """infrastructure technology science innovation industry industrial trade commerce commercial research development
    energy gas oil iron steel investment insurance retail agriculture food health design engineering media
    telecommunications""".split()
)
"""Two of them with "and" between are one name: "Investment and Infrastructure Fund"."""

PAIRS = frozenset({("plug", "play"), ("bread", "butter"), ("black", "white"), ("rock", "roll")})
"""Set phrases that names are made of."""

ENDOWED = frozenset({"foundation", "family", "trust"})
"""What couples give their names to: "Ann and Ben Halden Foundation"."""

TURNED = COMPOUND_ENDS | {"stage"}
"""Ends of adjectives made from names and nouns: Boston-based, early-stage."""

JOINTS = frozenset({",", ";", "and", "&", "/", ":", "plus"})
"""Between two names of a list."""

LINKS = frozenset({"as", "with"})
"""Words by which a list goes on: "together with", "as well as"."""

BESIDES = frozenset("with alongside besides including like others joined".split())
"""After a lead, those who follow one of these are no leads."""

KINDS = frozenset(
    """a an the its his their our both new existing returning former other others several some many major institutional
    corporate hedge pension sovereign wealth venture investment internet government university bank company companies
    firm firms fund funds group syndicate vcs angel angels investor investors backer backers shareholder shareholders
    partner partners capitalist capitalists founder founders co-founder co-founders ceo
    also among is are was were as well along alongside including include includes such with together joined""".split()
)
"""Words that tell what kind of investor follows, or how the list goes on; in small letters no part of a name."""

STOPS = frozenset(
    """to for at in on into onto through by under over of from with without than as after before since until will would
    can may could should is are was were be been has have had do does did not no that which who whom whose it its he she
    they we when where while because if but or said says say told led invested raised raising helping bought
    acquired""".split()
)
"""Words that describe no investor: before a name that follows one of these the list has ended."""

POSTS = ACRONYMS | ALONE | frozenset("founders co-founders executive executives engineer alum alumnus".split())
"""Between a firm and a person: "former Halden partner Jo Marsh"."""

ALWAYS_ASIDE = frozenset("a an who which whose where formerly previously".split())
"""After a name and a comma these open a remark about it: "Tarn, which lends to farms"."""

ASIDE = ALWAYS_ASIDE | POSTS | frozenset("the former managing vice known owned founded backed run".split())
"""These open a remark, "Jo Marsh, founder of Halden", or go before the next name, "Tarn, former partner Jo Marsh"."""

TITLES = CHIEFS | frozenset("mr ms mrs dr prof sir founder chairman president".split())
"""Before a person."""

OFFICERS = CHIEFS | (ALONE - {"partner"}) | frozenset({"founders", "co-founders", "cofounders"})
"""A person called so straight after "led by" leads the company that raises."""

MANY = frozenset("investors backers shareholders companies firms leaders pioneers brands stars".split())
"""At the end of a headline's run of capitals: "Top Healthcare Investors" names nobody."""

NO_NAME = CHIEFS | frozenset(
    """the this a an as of on in at by for from to with and new total existing other others series round funding
    investor investors company angel angels founder founders former participation led million billion crore rs
    strategic capital venture ventures""".split()
)
"""Words that begin a name only with a capital and before a further one: "Founders Fund", "Capital Group"."""

BREAKS = CHIEFS | frozenset("and with to in for on as led".split())
"""Words at which a name ends even where the headline writes them with a capital."""

NEXT = JOINTS | LINKS
"""At one of these a list goes on after a name."""

LOOSE = KINDS - LINKS
"""Words that may follow a name before its joint: "the Halden fund and"."""

INSIDE = KINDS | JOINTS | PARTICLES | {".", "(", ")", "'s"}
"""What stands in lists of names beside the names."""
