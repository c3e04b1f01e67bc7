# ruff: noqa: SIM905 - a paragraph of words reads better than a column of them
"""Places and peoples that stand capitalised beside names but are no party themselves. Lower case, one word each."""

PLACES = frozenset(
    """us u.s u.s. usa uk u.k u.k. eu uae america american americas africa african asia asian europe european
    emea apac latam india indian indians china chinese japan japanese korea korean germany german france
    french     britain british england english scotland scottish ireland irish wales welsh spain spanish
    italy italian     portugal portuguese netherlands dutch belgium belgian switzerland swiss austria
    austrian sweden swedish     norway norwegian denmark danish finland finnish iceland russia russian
    ukraine ukrainian poland polish     greece greek turkey turkish israel israeli iran iranian iraq
    iraqi saudi arabia egypt egyptian nigeria     nigerian kenya kenyan ghana canada canadian mexico
    mexican brazil brazilian argentina argentine chile chilean zealander colombia colombian peru australia
    australian australasia singapore singaporean malaysia malaysian     indonesia indonesian thailand
    thai vietnam vietnamese philippines philippine taiwan taiwanese hong kong     pakistan pakistani
    bangladesh nepal sri lanka zealand london paris berlin munich frankfurt tokyo beijing     shanghai
    shenzhen mumbai delhi bengaluru bangalore chennai hyderabad pune kolkata gurugram gurgaon noida
    york washington boston chicago houston dallas austin seattle atlanta miami denver toronto vancouver
    montreal sydney melbourne dubai texas california florida ohio colorado maryland virginia
    massachusetts     illinois michigan georgia arizona utah nevada oregon pennsylvania jersey middle
    east north south west     western eastern northern southern central pacific atlantic silicon valley
    wall street estonia estonian     luxembourg czech hungary hungarian romania romanian nordic
    scandinavian international global amsterdam     brussels madrid milan zurich geneva stockholm oslo
    copenhagen helsinki dublin vienna lisbon manhattan     brooklyn francisco angeles diego antonio
    vegas orleans philadelphia baltimore karnataka maharashtra gujarat""".split()
)

NOT_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august     september october november december jan feb mar apr jun jul aug sep sept oct nov dec ipo
    ipos spac m&a ai     saas b2b b2c d2c esg etf etfs drhp rhp sebi sec nse bse nasdaq nyse reuters
    bloomberg ap afp update exclusive     breaking brief brief- report reports source sources video
    watch mw gw kw usd q1 q2 q3 q4 fy pr newswire prnewswire nclt     cci rbi ftc doj ev evs vc pe pct
    pm am est gmt ist nav series gen it hr r&d llm llms mr mrs ms dr hq ai-powered     ai-native edtech
    fintech proptech healthtech insurtech agritech cleantech deeptech crypto web3 nft defi
    investornewsbreaks technewsbreaks i we he she they you it's via vs tl dr inc ltd corp llc plc co
    dlrs mln     according despite despite moreover indeed additionally furthermore nevertheless while
    who whom""".split()
)
"""Capitalised words that alone are never a party."""
