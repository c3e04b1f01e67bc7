"""Wording that tells how firm a deal is, and whether it is news. Regular expressions over `Reading.code`."""

CANCELLED = (
    r"(?:calls?|called|calling) off|scraps?|scrapped|scrapping|terminat(?:es|ed|ing|ion)|reject(?:s"
    r"|ed|ing|ion)?"
    r"|withdraw[sn]?|withdrew|withdrawing|abandon(?:s|ed|ing)?|blocks?|blocked|collapse[sd]?"
    r"|ends? (?:talks|merger)"
    r"|rebuff(?:s|ed)?|walks? away|walked away|drops? (?:bid|plan|offer)|dropped|cancel(?:s|led|ed"
    r"|ling)?|shelves?|shelved"
    r"|fails? to|failed|spurn(?:s|ed)?|won't|rules out|ruled out|postpones?|postponed|pulls|pulled"
    r"|aborted|fell through"
)

RUMORED = (
    r"talks|consider(?:s|ing|ed)?|reportedly|sources?|source-based|may|might|could|explor(?:es|ing"
    r"|e)|mulls?|mulling"
    r"|eye(?:s|ing)|weigh(?:s|ing)?|people familiar|person familiar|familiar with|likely|rumou?red|rumou?rs?"
    r"|looks? to|looking to|seek(?:s|ing)?|said to|in discussions?|reports?|interested|aims? to"
    r"|hopes? to|nears?|nearing"
    r"|close to|potential|possible|wants? to|planning|poised|bidders?|expected to|speculation"
    r"|unnamed|approached|plans? to"
)

DONE = (
    r"complet(?:es|ed|ion)|clos(?:es|ed|ing)|raised|raises|acquired|has bought|bought|secur(?:es"
    r"|ed)|finali[sz](?:es|ed)"
    r"|bags|bagged|nabs|lands|sold|invested|priced|prices|debuts|listed|merged|took|joined|stepped"
    r"|resigned|quit|died"
)

HISTORY = (
    r"last year|years? ago|earlier this year|previously|which (?:it|C|N) (?:had )?(?:bought"
    r"|acquired|sold|purchased)"
    r"|decade|since|founded in|was founded|to date|so far|in total|total funding|backed by"
    r"|months? ago|previous round|last round|following (?:its|the|their|his) (?:acquisition|merger"
    r"|purchase|departure)"
    r"|(?:having|after having)|before joining|prior to|most recently|(?:his|her) career"
    r"|began (?:his|her)|worked"
    r"|in recent years|over the (?:past|last)|in the past|former T|in (?:19|20)\d\d|last (?:january"
    r"|february|march|april"
    r"|may|june|july|august|september|october|november|december|summer|spring|fall|autumn|winter)|formerly"
)
"""Words of history; in a headline they mean little."""

FILED = (
    r"filing|listing|public offering|filed|files|prospectus|drhp|priced"
    r"|prices|opens|open|subscribed|price band|debuts?|draft papers"
)
"""A listing with one of these is public, whatever else is said."""
