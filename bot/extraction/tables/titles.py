# ruff: noqa: SIM905 - a paragraph of words reads better than a column of them
"""Titles of leading people."""

ACRONYMS = frozenset(
    """ceo cfo coo cto cmo cio cpo cro chro ciso cco cso clo cdo cao evp svp avp vp md gm co-ceo ed&ceo
    md&ceo caio cxo""".split()
)

CHIEF_ENDS = frozenset({"officer", "executive", "scientist", "economist", "architect", "strategist", "counsel",
                        "editor", "engineer", "accountant", "staff", "technologist", "evangelist"})  # fmt: skip

HEADS = {
    "chairman", "chairwoman", "chairperson", "chair", "co-chairman", "co-chair", "president", "co-president",
    "director", "manager", "partner", "counsel", "head", "founder", "co-founder", "cofounder", "treasurer",
    "controller", "editor", "editor-in-chief", "publisher", "trustee", "dean", "superintendent",
    "administrator", "secretary", "principal", "board", "boards", "leader", "boss", "co-head", "comptroller",
    "vice-chairman", "vice-president", "chancellor", "provost", "officer", "chief", "lead",
    "directors",
}  # fmt: skip
"""The word that a title ends in, before "of …"."""

ALONE = frozenset(
    """chairman chairwoman chairperson chair co-chairman co-chair president co-president partner treasurer
    founder co-founder cofounder editor-in-chief vice-chairman vice-president director head board
    controller     boss chief principal co-head""".split()
)
"""Heads that are a title without any word before them."""

MODIFIERS = frozenset(
    """executive non-executive nonexecutive vice deputy senior group global general managing independent lead
    regional national country associate assistant corporate founding operating venture investment
    finance     financial legal marketing sales product operations technology technical commercial
    creative editorial     additional whole-time wholetime joint chief co- zonal divisional engineering
    strategy business development     people human resources brand communications program project
    research risk compliance revenue digital data     information security medical scientific clinical
    design content customer growth equity supervisory first     wholesale portfolio retail banking board
    media advertising lending mortgage branch practice area     international worldwide non full-time
    supply chain""".split()
)
"""Words before a head that belong to the title."""

INTERIM = frozenset({"interim", "acting", "temporary", "temporarily"})
FORMER = frozenset({"former", "ex", "erstwhile", "onetime", "one-time", "ex-", "past", "late"})
EXTENDED = frozenset(
    """head vp svp evp avp president director manager lead leader chief vice-president officer co-head gm md""".split()
)
"""Heads after which "of sales" or "for Europe" belongs to the title."""

OTHER_JOBS = frozenset("coach coaches minister ministers elect xi jinping xi's pick secretary-general".split())
"""After a title's word these make it a job in sport or government."""

OUTSIDE = frozenset(
    """coach coaches striker midfielder defender goalkeeper quarterback footballer batsman bowler cricket
    football     premiership league club's minister ministers parliament senate senator congressman
    congress cabinet mayor     governor governorship election elections electoral presidential lawmaker
    lawmakers bishop pope archbishop     cardinal army navy military ambassador judge justice pentagon
    putin trump's biden democrats republicans""".split()
)
"""Words of sport, government, church and army: what changes there is no event."""

REALTY = frozenset(
    """property properties acre acres multifamily square-foot sqft apartment apartments tenant tenants sq land
    bitcoin btc ethereum eth vessel vessels jets aircraft rating ratings players player""".split()
)
"""Words of real estate, ships, coins, ratings and sport: what is bought there is no company."""
