"""What the tagger's outputs mean."""

PARTIES = ("target", "buyer", "seller", "lead")
PEOPLE = ("person", "role", "company")
QUANTITIES = ("amount", "valuation", "share", "round")
KINDS = ("funding", "stake", "acquisition", "merger", "ipo", "fund")
STATUSES = ("rumored", "confirmed", "cancelled", "background")
CHANGES = ("joins", "leaves")
FAMILIES = ("investment", "acquisition", "ipo", "fund", "leadership")
LEADERSHIP, LEAVES = 4, 1  # places in FAMILIES and CHANGES
FAMILY_OF = {"funding": 0, "stake": 0, "acquisition": 1, "merger": 1, "ipo": 2, "fund": 3}

WIDTHS = (9, 7, 9, 6, 4, 2, 4, 5)
"""Outputs a word piece: parties, people, quantities (BIO each), kind, status, change, its status, families at [CLS]."""
EDGES = tuple(sum(WIDTHS[:i]) for i in range(len(WIDTHS) + 1))
WIDTH = EDGES[-1]
FAMILY_AT = EDGES[7]
