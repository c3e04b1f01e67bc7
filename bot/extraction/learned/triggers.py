"""Words without which no sentence tells a deal or a change of leadership: a wide net, looked up token by token."""

import re

_STEMS = """
acqui merge demerg buyout buys buyi buyer bought takeo taken invest stake fund financ raise raisi round seed serie ventur capit equity
valua value worth ipo listin list floa debut spac public pricin price sell sale sold selli divest dispos offer bid bids
bidd deal agree purcha own control major minori share unit subsid spin carve exit back led lead partic inject infus
snap swoop absorb combin consol join appoi name namin hire hirin promot elect succe replac resig retir step leav left
depart quit oust fire sack dismi exits chief ceo cfo coo cto cmo cio chro chair presid direct board execut partne manag
founde head vice vp svp evp editor interim acting million billion mln bln crore lakh close compl announ talks
subscr under prospe filed file files filin nasdaq nyse tender privat
cancel scrap abandon withd reject termin block call postpo delay took take takes role post tenure
assume welcom tap taps tapp bring recru poach move movin return resum appro clear regul
""".split()
SHORT = frozenset(s for s in _STEMS if len(s) < 5)
STEMS = frozenset(s[:5] for s in _STEMS if len(s) >= 5)
_WORD = re.compile(r"[A-Za-z]+")
_PLAIN = frozenset("list listed lists own owns unit units led exit exits back backs backed ipo ipos deal deals head heads".split())


def has_trigger(text: str) -> bool:
    """True if any word of the text can tell an event."""
    for word in _WORD.findall(text):
        low = word.lower()
        if low in SHORT or low[:5] in STEMS or low in _PLAIN or (len(low) > 3 and low.rstrip("s") in SHORT):
            return True
    return False
