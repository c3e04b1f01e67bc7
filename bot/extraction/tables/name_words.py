# ruff: noqa: SIM905 - a paragraph of words reads better than a column of them
"""Words that build the names of organisations. Lower case."""

LEGAL = frozenset(
    """inc inc. corp corp. co co. ltd ltd. llc llp lp plc ag sa se nv bv ab asa oyj spa gmbh kk pte pvt limited
    incorporated corporation bhd l.p l.l.c s.a n.v n.a s.p.a.""".split()
)

UNTOLD = LEGAL | frozenset("the group holdings holding company".split())
"""Words of a name that do not tell two companies apart."""

COMPANY = LEGAL | frozenset(
    """capital ventures venture partners partner group bank holdings holding technologies technology tech labs
    lab     systems energy pharma pharmaceuticals therapeutics biosciences bioscience biopharma
    financial finance     insurance industries motors motor airlines airways media networks network
    solutions software services     international global resources mining gold metals oil gas power
    petroleum foods food health healthcare     medical hospital hospitals hotels university college
    institute foundation fund funds trust equity     investments investment management advisors advisory
    associates securities realty properties estate     entertainment games gaming studios studio
    interactive digital data cloud security robotics aerospace     semiconductor electronics electric
    communications telecom wireless mobile logistics shipping steel     chemicals materials brands
    retail stores company enterprises exchange payments markets association     society council
    authority board news times university school schools club brothers sons consulting     agency
    alliance union federation chamber club works dynamics analytics intelligence sciences genomics
    diagnostics devices instruments credit wealth asset platform""".split()
)
"""A capitalised word of these belongs to the name that it follows, and no person is called so."""

OF_HEADS = frozenset(
    """bank university board house institute department college church museum society association state
    republic ministry corporation insurance""".split()
)
"""Words after which "of" goes on with the name: Bank of America."""

PARTICLES = frozenset("de von van der den la le du di da del bin al el ten ter af dos das y e".split())

GENERIC = frozenset(
    """startup startups company firm group unit business maker giant platform bank fund funds investors
    investor     parent subsidiary division arm board executive exec founder founders veteran
    shareholders government govt     state deal round funding team veteran newsletter""".split()
)
"""Alone these name nobody."""

DOMAINS = frozenset("com ai io co vc in tech app org net xyz dev bio fm tv me so".split())
"""Ends of names such as monday.com."""

COMPOUND_ENDS = frozenset(
    """based backed owned led focused listed powered controlled headquartered born style like related driven
    linked run founded centric first only native wide era bound funded""".split()
)
"""Second halves of adjectives made from names: Munich-based."""

FILLERS = frozenset(
    """today yesterday also just now successfully formally recently officially jointly already reportedly newly
    finally earlier monday tuesday wednesday thursday friday saturday sunday""".split()
)
"""Words left out before patterns are tried; they carry no slot."""

COMPANY_NOUNS = frozenset(
    "company startup start-up firm group bank business platform lender retailer maker carmaker".split()
)
"""After "the" they speak of the company that was named before."""

SUFFIXES = frozenset("ai it web3 crypto ev hr defi edtech fintech".split())
"""Everyday abbreviations that end names: Scale AI."""

BREAKERS = frozenset(
    """acquires acquire acquired acquiring buys buy bought buying purchases snaps bids sells sell sold selling
    divests     merges merge merged combines invests invest invested backs backed raises raise raised
    raising secures secured     bags closes closed nabs lands gets receives snags scores garners mops
    pockets grabs nets attracts completes     completed files filed plans prices priced launches
    launched launch unveils announces announced announce     postpones withdraws eyes mulls considers
    seeks sets targets debuts lists appoints appointed appoint names named     hires hired promotes
    promoted elects elected taps picks recruits welcomes adds added joins joined join becomes     takes
    succeeds steps resigns resigned quits retires retired leaves departs exits ousts fires replaces dies
    returns rejoins nominates selects ropes inducts brings assumes elevates moves onboards says said
    sees reports     reported expands expanding wins signs signed enters agrees agreed to in at by from
    for with after amid over     as on of and or its is are was has have will would may hits reaches
    tops strengthens bolsters drives leads     led boosts trims cuts hikes ups owns gains falls rises
    opens offers makes gives following via into new     former interim acting while when why how what if
    but not rejects calls scraps ends extends appointing naming     accelerate accelerates advance
    advances deal ceo cfo powered owner parent maker""".split()
)
"""Words at which a name ends even where the headline writes them with a capital."""
