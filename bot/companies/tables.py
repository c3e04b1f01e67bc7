"""Tables that `bot.companies.names` reads. Compiled by hand for this project unless a line says otherwise."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


LEGAL_FORMS = _set(
    """inc incorporated corp corporation co company ltd limited llc lp llp lllp plc sa sas sarl ag se kgaa gmbh kg
    nv bv spa srl sl oy oyj ab asa aps pte pvt private pty kk bhd berhad tbk pjsc pao ojsc jsc sab cv reit com
    ltda saog bsc kft sro zrt"""
)
"""Endings that say how a company is incorporated. After ISO 20275's list of entity legal forms (GLEIF, CC0)."""

STYLE_WORDS = _set(
    """group groupe gruppe holding holdings platform platforms technology technologies tech systems solutions services
    international global worldwide enterprises enterprise industries ventures venture partners capital labs lab
    software digital inc studio studios brands"""
)
"""Words that a company's full name carries and that the press leaves out: Meta (Platforms)."""

GENERIC_WORDS = STYLE_WORDS | _set(
    """a advisors advisory africa african ai air aircraft airlines airways america american analytics app apps arm asia
    asian asset assets associates australia australian auto automotive bancorp bank banking bay beauty big bio
    biopharma biosciences biotech blue brand brasil brazil brazilian british builders business businesses canada
    canadian capital care central chemical chemicals china chinese city cloud coffee commercial communications
    computer computing construction consulting consumer credit crypto cyber cybersecurity data de del department
    design development device devices direct division drug dutch east eastern education electric electronics energy
    engineering entertainment equity estate europe european exploration express fashion federal finance financial
    fintech firm first fitness food foods for foundation france free french fresh fund funds future games gaming gas
    general german germany gold great green growth health healthcare home hospital hotel hotels in independent india
    indian information infrastructure innovation innovations institute insurance interactive internet investment
    investments investor investors israel israeli italian italy japan japanese korea korean la latin le life lines
    local logistics london los machine maker management manufacturing marine market marketing markets materials media
    medical medicine metal metals mexico middle mining mobile mobility motor motors music mutual nation national
    natural network networks new news north northern nuclear of oil one online open operations pacific packaging
    paper park payment payments pc petroleum pharma pharmaceutical pharmaceuticals pictures plus portfolio power premier
    private product products project properties property public publishing quantum red regional renewable rental
    rentals research resource resources restaurant restaurants retail robotics royal russia russian sciences science
    security semiconductor semiconductors silver singapore smart social society solar south southeast southern space
    spain spanish sports standard startup state states steel store stores street sun supply swiss team telecom
    telecommunications telecoms television the therapeutics trade trading transport travel trust tv uk union unit
    united universal university unlimited us usa utilities utility water wealth web wellness west western wireless
    world york young"""
)
"""Words that name a trade, a place or a quality: alone they name no company."""

COMMON_NAMES = _set(
    """ace acorn affirm airtable ally alpha amber anchor apex apollo apple arc archer arrow asana aspire atlas aurora
    axis axon bamboo base beacon bench better beyond block bloom blue bold bolt boost box brave bread bridge
    bright brink bumble canvas carbon carrier castle celsius chime circle clay clear close cloud clover coach
    coast cobalt compass convoy coral core corner cosmos cover craft credit crest cross crown crystal cube
    current dash dawn deel deliver delta discord divvy dot dream drift eagle earth echo edge elastic element
    ember emerald epic equinox even ever evolve falcon fast figure first flex flow flux focus ford forge form
    fortune forward found foundation fox frame freedom frontier fuse gap gem genesis ginger glow good grab
    grain granite graph gravity grid grove guild gusto halo hammer harbor harvest haven hippo honey hopper
    horizon host hub icon ideal impact index infinity insight iron ivy jasper jet journey juniper jupiter kite
    lantern lattice launch lead leaf ledger legend lemonade level lever liberty lift light lily lime linear
    link lion liquid logic loom loop lotus lucid luna lunar lyft lynx lyra magnet magnolia maple marble mark
    match matter maven medallion melody mercury meridian merit meta meteor metro mirror mission mode moment
    monarch monday moon mosaic motion motive mural native neon nest next nimble north notion nova oak oasis
    oath ocean octopus olive omega one onyx opal open opera optimum orange orbit orca oscar outreach oxygen
    pace paladin palm panther patch path peak pearl pebble phoenix pilot pinnacle pioneer pivot plaid planet
    play plug point polar polaris pony post prime prism progress pulse puma pure quest radiant radius rain
    ramp ranger rapid raven ray reach relativity relay remote republic ribbon ridge ring ripple rise river
    robin rocket root rover sage sail salt scale scout seal sentinel shell shield shift sierra signal silver
    simple sky slack snap snowflake sonic spark spectrum sphere spire splash spotlight spring sprout square
    stable star stellar stone storm strata stream stride strive sun surge swift switch target tempo tempus
    tesla tide tiger titan toast token torch tower trace trade trident trinity triumph twist union unity
    uplift upstart urban vanguard vantage vault vector vega velocity venture venus verge vertex view vine
    virgin visa vision vista vital vox wave way whoop wing wise wish wiz wolf wonder yard zen zenith zip zoom"""
)
"""Common words that companies are named by: alone they stand for the company of just that name."""

DESCRIPTORS = _set(
    """airline automaker bank billionaire biotech brewer broker carmaker chipmaker company conglomerate drugmaker
    exchange fintech firm giant group insurer investor lender maker manufacturer miner operator owner producer
    provider retailer rival startup start-up supplier tycoon unicorn unit utility"""
)
"""Words that headlines set before a name, in capitals at the start of one: Chipmaker Broadcom."""

SHORTHAND = {"utd": "united", "ent": "enterprises", "intl": "international", "bros": "brothers", "mfg": "manufacturing"}
"""Short forms of words in names."""

ALIASES: tuple[tuple[str, ...], ...] = (
    # Alphabet Inc., Form 8-K12B of 2015-10-02: Google Inc. becomes its subsidiary.
    ("alphabet", "google"),
    # Meta Platforms, Form 8-K of 2021-10-28: Facebook, Inc. changes its name.
    ("meta", "facebook"),
    # Block, Inc., Form 8-K of 2021-12-10: formerly Square, Inc.
    ("block", "square"),
    # Names that the companies themselves use for their initials (investor relations pages).
    ("general motors", "gm"),
    ("general electric", "ge"),
    ("hewlett packard enterprise", "hpe"),
    ("international business machines", "ibm"),
    ("goldman sachs", "goldman"),
    ("jpmorgan chase", "jp morgan", "jpmorgan"),
    ("andreessen horowitz", "a16z"),
    ("manchester united", "man united"),
    ("london stock exchange", "lse", "lseg"),
    # Alphabet's arms of venture capital, by their own sites: gv.com, "GV (formerly Google Ventures)".
    ("gv", "google ventures"),
)
"""Names of one company that share no word. The first of each line stands for the others."""

LEGAL_ALIASES = {
    # X Corp., court filing of 2023-04-04 (Loomer v. Facebook, N.D. Cal.): Twitter, Inc. has merged into it.
    "x": "twitter",
}
"""The same for words that are a company only with their legal form."""

PERSON_TITLES = _set("mr mrs ms miss dr prof professor sir dame lord lady baroness hon judge rev")
PERSON_SUFFIXES = _set("jr sr ii iii iv phd md mba cpa cfa esq obe mbe cbe kbe")

NICKNAMES: tuple[frozenset[str], ...] = tuple(
    _set(line)
    for line in (
        "william bill billy will",
        "robert bob bobby rob",
        "richard dick rick",
        "james jim jimmy jamie",
        "john jack johnny",
        "margaret peggy maggie meg",
        "elizabeth liz beth betsy lisa",
        "edward ed ted eddie",
        "michael mike mick",
        "charles chuck charlie",
        "anthony tony",
        "katherine catherine kathryn kate kathy cathy",
        "lawrence larry laurence",
        "henry hank harry",
        "joseph joe",
        "thomas tom",
        "stephen steven steve",
        "andrew andy drew",
        "alexander alex alexandr aleksandr sasha",
        "geoffrey jeffrey jeff geoff",
        "theodore ted",
        "susan sue",
        "deborah debbie deb",
        "christopher chris kit",
        "kenneth ken",
        "ronald ron",
        "donald don",
        "gregory greg",
        "matthew matt",
        "nicholas nick",
        "patrick pat paddy",
        "timothy tim",
        "peter pete",
        "philip phil",
        "david dave",
        "daniel dan danny",
        "raymond ray",
        "samuel sam",
        "benjamin ben",
        "jennifer jen jenny",
        "rebecca becky",
        "victoria vicky",
    )
)
"""English given names and their short forms."""
