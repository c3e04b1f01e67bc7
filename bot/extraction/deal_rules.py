"""How news words deals."""

from bot.extraction.rules import rule
from bot.extraction.tables import trigger_words as words
from bot.model.enums import Kind, Status

_NO_FIRM = (
    "(?!(?:stock|shares?|subscriptions?|chips|bonds?|tickets|projects?|property|building|products?|"
    "tokens?|cars?|phones?|users|customers) )"
)
_BUY = (
    "(?:acquires|acquire|acquired|acquiring|buys|buy|bought|buying|purchases|purchase|purchased|"
    "purchasing|snaps up|snapped up|snap up|takes over|take over|took over|taking over|acquisition "
    "of)"
)
_BID = (
    "(?:takeover |buyout |unsolicited |hostile |cash |all-cash |acquisition |binding |non-binding |"
    "formal |rival |revised |preliminary )*"
)
_STAKE = "(?:[a-z][a-z\\-]* ){0,4}?(?:stakes?|shareholding|interest|holding|shares|equity)"
_SELL = (
    "(?:sells|sell|sold|selling|divests|divest|divested|divesting|offloads|offload|offloaded|"
    "offloading|disposes of|trims|trim|cuts|reduces|dilutes|dilute|exits|pares)"
)
_RAISE = (
    "(?:raises|raised|raise|raising|secures|secured|secure|securing|bags|bagged|bag|closes|closed|"
    "close|closing|nabs|nabbed|lands|landed|gets|receives|received|snags|snagged|scores|scored|"
    "garners|garnered|mops up|mopped up|picks up|picked up|pockets|grabs|grabbed|netted|nets|"
    "attracts|attracted|hauls in|completes|completed|announces|announced|pulls in|pulled in|collects|"
    "obtains|gathers|wins|won|draws|rakes in|snaps up|banks|taps)"
)
_RAISE_STRONG = (
    "(?:raises|raised|raise|raising|secures|secured|bags|bagged|nabs|nabbed|lands|landed|snags|"
    "snagged|scores|garners|garnered|mops up|mopped up|picks up|picked up|pockets|grabs|netted|nets|"
    "attracts|hauls in|pulls in|rakes in|gets)"
)
_NOT_RAISED = (
    "(?!(?:[a-z\\-]+ ){0,3}?(?:contracts?|grants?|orders?|bonds?|bond|fine|settlement|revenue|sales|"
    "stake|charity|notes|deal|loan|loans|award|awards|auction|donations?|tax|debt|damages|prize|"
    "scholarship|students|relief) )"
)
_ROUND = (
    "(?:funding|financing|round|rounds|raise|fundraise|fundraising|investment|capital|equity|debt|placement|offering)"
)

DEAL_RULES = (
    # stakes first: "acquires a 20% stake in X" must not read as buying X
    rule("stake-own", Kind.STAKE,
         f"<buyers:LIST>(?:will|would|to) <trigger:(?:own|hold|get|take|receive) "
         f">{{GAP}}<stake_percent:P> {_STAKE} in <target:ONE>",
         words.STAKE, status=Status.ANNOUNCED),
    rule("stake-buy", Kind.STAKE,
         f"<buyers:LIST>{{AUX}}<trigger:(?:acquires|acquire|acquired|acquiring|buys|buy|bought|buying|"
         f"takes|take|took|taking|picks up|picks|pick|pick up|picked up|purchases|purchase|purchased|"
         f"raises|raise|raised|increases|increased|increase|hikes|ups|builds|built|gets|secures|own|"
         f"owns|lifts|boosts|boosted|hike) >{{GAP}}(?:<stake_percent:P>)?(?:<amount:M>)? ?{_STAKE} "
         f"(?:worth <amount2:M> )?(?:in|of) {{ADJ}}<target:ONE>",
         words.STAKE),
    rule("stake-buy-percent", Kind.STAKE,
         "<buyers:LIST>{AUX}<trigger:(?:acquires|acquire|acquired|buys|buy|bought|buying|takes|take|"
         "picks up|picks|picked up|purchases|purchased|own|owns) >{GAP}<stake_percent:P> (?:[a-z]+ "
         "){0,3}?(?:of|in) {ADJ}<target:ONE>",
         words.BUY),
    rule("stake-sell", Kind.STAKE,
         f"<seller:ONE>{{AUX}}<trigger:{_SELL} >{{GAP}}(?:<stake_percent:P> )?(?:<amount:M> "
         f")?{_STAKE} (?:in|of) {{ADJ}}<target:ONE>(?:to <buyers:LIST>)?",
         words.STAKE),
    rule("stake-sell-bare", Kind.STAKE,
         f"<seller:ONE>{{AUX}}<trigger:{_SELL} >(?:its |their |his )?(?:entire |remaining "
         f")?(?:<stake_percent:P> )?<target:N >stake (?:to <buyers:LIST>)?",
         words.STAKE),
    rule("stake-buy-bare", Kind.STAKE,
         "<buyers:LIST>{AUX}<trigger:(?:acquires|buys|buy|acquire|takes|raises|raised|boosts|"
         "increases|ups|hikes|lifts|builds|acquired|bought) >(?:a |its |his )?(?:<stake_percent:P> "
         ")?(?:<amount:M> )?<target:N >stake ",
         words.STAKE),
    rule("stake-noun", Kind.STAKE,
         f"<buyers:ONE>'s <trigger:(?:purchase|acquisition|sale) >of {{GAP}}(?:<stake_percent:P> "
         f")?{_STAKE} in <target:ONE>",
         words.STAKE),
    rule("invest-for-stake", Kind.STAKE,
         "<buyers:LIST>{AUX}<trigger:(?:invests|invest|invested|investing|pay|pays|paying|paid) "
         ">{GAP}<amount:M> for {GAP}(?:<stake_percent:P> )?(?:[a-z\\-]+ ){0,3}?(?:stake|half-stake|"
         "interest|shareholding) in {ADJ}<target:N >",
         words.STAKE),
    rule("pay-for", Kind.ACQUISITION,
         "<buyers:ONE>(?:to|will|is to|agreed to|would) <trigger:(?:pay|paying) >{GAP}<amount:M> "
         "(?:in cash |in stock )?(?:for|to buy|to acquire) {ADJ}<target:N >",
         frozenset({"pay", "paying"}), status=Status.ANNOUNCED),
    rule("invest-sum", Kind.STAKE,
         "<buyers:LIST>{AUX}<trigger:(?:invests|invest|invested|investing) >{GAP}<amount:M> "
         "in (?:(?:the|its|fellow|rival|[a-z\\-]+ startup|startup|start-up) ){0,2}<target:N >"
         "(?:$|;|, |for|as|to|at|\\.)",
         words.STAKE),
    rule("invest", Kind.STAKE,
         "<buyers:LIST>{AUX}<trigger:(?:invests|invest|invested|investing) >{GAP}(?:<amount:M> "
         ")?(?:[a-z]+ ){0,3}?in {ADJ}<target:N >",
         words.STAKE),
    rule("investment-by", Kind.STAKE,
         "<buyers:LIST>{AUX}<trigger:(?:makes|made|announces|announced|completes|making|leads|led) "
         ">{GAP}(?:<amount:M> )?(?:[a-z\\-]+ ){0,3}?(?:R )?investment in {ADJ}<target:N >",
         words.STAKE),
    # acquisitions
    rule("buy", Kind.ACQUISITION,
         f"<buyers:LIST>{{AUX}}<trigger:{_BUY} >(?:(?:all|substantially all|control|ownership|"
         f"majority control|assets|the assets|most) of )?(?:<stake_percent:P> (?:of )?)?(?:<seller:N "
         f">'s )?{{ADJ}}<target:N >{_NO_FIRM}(?:from <seller2:ONE>)?",
         words.BUY),
    rule("buy-noun", Kind.ACQUISITION,
         "<buyers:LIST>(?:'s )?{AUX}(?:<amount:M> )?<trigger:(?:acquisition|takeover|buyout|purchase|"
         "buy-out) >of {ADJ}<target:N >",
         words.BUY),
    rule("noun-by", Kind.ACQUISITION,
         "<trigger:(?:acquisition|takeover|buyout|purchase) >of {ADJ}<target:N >(?:{GAP}by <buyers:LIST>)",
         words.BUY),
    rule("bought-by", Kind.ACQUISITION,
         "<target:N >{AUX}<trigger:(?:acquired|bought|purchased|taken over|taken private|snapped up|"
         "sold) >(?:by|to) {ADJ}<buyers:LIST>",
         words.BUY),
    rule("sell-to", Kind.ACQUISITION,
         "<seller:ONE>{AUX}<trigger:(?:sells|sell|sold|selling|divests|divest|divested) "
         ">{GAP}<target:N >(?:[a-z]+ ){0,3}?to {ADJ}<buyers:N >",
         words.BUY),
    rule("bid", Kind.ACQUISITION,
         f"<buyers:ONE>(?:'s )?{{AUX}}(?:<amount:M> )?{_BID}<trigger:(?:bid|offer|bids|offers) >(?:of "
         f"<amount2:M> )?(?:for|to buy|to acquire|to purchase) {{ADJ}}<target:N >",
         words.BUY, status=Status.ANNOUNCED),
    rule("bid-amount", Kind.ACQUISITION,
         "<buyers:ONE>{AUX}<trigger:(?:bids|bid|offers|offered|offer) ><amount:M> for {ADJ}<target:N >",
         words.BUY, status=Status.ANNOUNCED),
    rule("with-acquisition", Kind.ACQUISITION,
         "<buyers:ONE>{AUX}(?:with|through|via|announces|completes|closes|completed|on) "
         "{ADJ}<target:N ><trigger:(?:acquisition|takeover|buyout|purchase|buy) >",
         words.BUY),
    # mergers
    rule("merge", Kind.MERGER,
         "<target:N >(?:and|, and|&) <buyers:N >{AUX}<trigger:(?:merge|merging|combine|merged|merger|"
         "unite) >",
         words.MERGE),
    rule("merge-with", Kind.MERGER,
         "<target:ONE>{AUX}<trigger:(?:merges|merge|merging|merged|combine|combines|combining|merger|"
         "business combination) >(?:agreement |deal |talks )?with {ADJ}<buyers:N >",
         words.MERGE),
    rule("merger-of", Kind.MERGER,
         "<trigger:(?:merger|combination|amalgamation) >(?:of|between) {ADJ}<target:N >(?:and|with|"
         "into) <buyers:N >",
         words.MERGE),
    # funds before funding: "raises $50m for its third fund"
    rule("fund-verb", Kind.FUND,
         "<target:ONE>{AUX}<trigger:(?:raises|raised|raise|raising|closes|closed|close|launches|"
         "launched|launch|launching|announces|announced|secures|targets|seeks|unveils|sets up|"
         "completes|targeting|debuts|seeking|rolls out|holds|float|floats) >(?:[a-z0-9'\\-]+ "
         "){0,5}?(?:<amount:M> )?(?:(?:R|(?!from|by|led)[a-z0-9'\\-.]+) ){0,7}?(?:N )?(?:funds?|"
         "vehicle) (?:(?:of|at|with|worth) (?:[a-z]+ ){0,3}?<amount2:M> )?",
         words.FUND),
    # funding
    rule("raise", Kind.FUNDING,
         f"<target:ONE>{{AUX}}<trigger:{_RAISE_STRONG} >(?:(?!(?:fund|for|target|stake|contracts?|"
         f"orders?|loans?|grants?)\\b)[a-z0-9'\\-+]+ ){{0,6}}?(?:R )?<amount:M> (?:more |extra "
         f")?{_NOT_RAISED}(?=(?:[a-z0-9'\\-]+ )*?(?:in (?:[a-z\\-]+ )*?|via |through |from |at |led |"
         f"R |{_ROUND} |, |for |to |; |. |with |as |on |by ))",
         words.RAISE),
    rule("raise-weak", Kind.FUNDING,
         f"<target:ONE>{{AUX}}<trigger:{_RAISE} >(?:(?!(?:fund|for|target|stake|contracts?|orders?|"
         f"loans?|grants?)\\b)[a-z0-9'\\-+]+ ){{0,6}}?(?:R )?<amount:M> (?:in )?(?:[a-z\\-]+ "
         f"){{0,2}}?(?:R |(?:funding|financing|round|fundraise|raise|fundraising|placement|offering) )",
         words.RAISE),
    rule("raise-end", Kind.FUNDING,
         "<target:ONE>{AUX}<trigger:(?:raises|raised|bags|secures|nabs|raising|lands|snags) "
         ">(?:[a-z\\-]+ ){0,2}?<amount:M> $",
         words.RAISE),
    rule("raise-round", Kind.FUNDING,
         f"<target:ONE>{{AUX}}<trigger:{_RAISE} >{{GAP}}(?:<amount:M> )?(?:in )?{{GAP}}<round:R> "
         f"(?:{_ROUND} )?",
         words.RAISE),
    rule("raise-funding", Kind.FUNDING,
         "<target:ONE>{AUX}<trigger:(?:raises|raised|secures|secured|bags|receives|gets|closes|"
         "closed|completes|raise) >(?:(?!fund)[a-z\\-]+ ){0,4}?(?:funding|financing|fundraise|"
         "investment) (?:round )?(?:from|led by) <buyers:LIST>",
         words.RAISE),
    rule("round-for", Kind.FUNDING,
         f"(?:<amount:M> )?(?:in )?(?:<round:R> )?<trigger:{_ROUND} >(?:round )?(?:for|in) "
         f"{{ADJ}}<target:N >",
         frozenset({"funding", "round", "financing"})),
    rule("leads-round", Kind.FUNDING,
         f"<lead:LIST>{{AUX}}<trigger:(?:leads|lead|led|co-leads|co-led|backs|joins) "
         f">(?:(?!by)[a-z\\-]+ ){{0,3}}?(?:<amount:M> )?(?:in )?(?:<round:R> )?(?:{_ROUND} "
         f"){{0,2}}(?:for|in|into|of) {{ADJ}}<target:N >",
         words.RAISE),
    rule("list-raise", Kind.FUNDING,
         "<target:LIST>(?:, )?(?:(?:and )?(?:[a-z\\-]+ ){0,2}?(?:others|startups) "
         ")?<trigger:(?:raise|raises) >(?:(?:capital|funding|funds|early-stage|rounds|…|fresh|.) )+",
         words.RAISE),
    rule("becomes-unicorn", Kind.FUNDING,
         "<target:N >{AUX}<trigger:(?:becomes|turns|enters|joins) >{GAP}unicorn {GAP}with (?:[a-z]+ "
         "){0,2}?<amount:M> ",
         words.RAISE),
    rule("unicorn", Kind.FUNDING,
         "<target:N ><trigger:(?:hits|becomes|turns|reaches|tops|valued|gets|at|enters|nears|"
         "doubles) >(?:[a-z\\-]+ ){0,4}?<valuation:M> (?:valuation|post)",
         words.RAISE),
    # listings
    rule("ipo-verb", Kind.IPO,
         "<target:ONE>{AUX}<trigger:(?:files|filed|file|plans|prices|priced|launches|launch|"
         "postpones|withdraws|pulls|sets|eyes|considers|mulls|seeks|delays|targets|raises|raised|"
         "raise|announces|completes|closes|shelves|preparing|prepares|weighs|gets|receives|explores|"
         "upsizes|confidentially|submits|opens|float|floats|planning|considering|closing) "
         ">(?:[a-z0-9'\\-]+ ){0,6}?(?:<amount:M> )?(?:[a-z0-9'\\-]+ ){0,5}?(?:ipo|initial public "
         "offering|drhp|public listing|stock market listing|direct listing|spac|flotation|draft "
         "papers|stock market debut|public debut|dual listing|secondary listing) ",
         words.LIST),
    rule("ipo-public", Kind.IPO,
         "<target:ONE>{AUX}<trigger:(?:go|goes|going|went) >public ",
         words.LIST),
    rule("ipo-noun", Kind.IPO,
         "<target:N >(?:'s )?(?:<amount:M> )?(?:planned |upcoming |proposed |blockbuster |"
         "long-awaited |sme )?<trigger:(?:ipo|initial public offering) >",
         words.LIST),
    rule("ipo-list", Kind.IPO,
         "<target:ONE>{AUX}<trigger:(?:debuts|lists|list|listing|begin trading|begins trading|float) "
         ">(?:[a-z0-9'\\-]+ ){0,5}?(?:on|at) (?:the )?(?:N |nasdaq |nyse |bse |nse |london |new |"
         "hong )",
         words.LIST),
    rule("ipo-of", Kind.IPO,
         "<trigger:(?:ipo|initial public offering|listing) >of {ADJ}<target:N >",
         words.LIST),
)  # fmt: skip
