"""How news words changes of leading people."""

from bot.extraction.rules import rule
from bot.extraction.tables.trigger_words import LEAD
from bot.model.enums import Change, Kind

_JOINS, _LEAVES = Change.JOINS, Change.LEAVES
_APPOINTS = (
    "(?:appoints|appointed|appoint|appointing|names|named|name|naming|hires|hired|hire|hiring|"
    "promotes|promoted|promote|elects|elected|taps|tapped|picks|picked|recruits|recruited|welcomes|"
    "welcomed|adds|added|selects|selected|nominates|nominated|brings in|ropes in|roped in|inducts|"
    "inducted|elevates|elevated|onboards|announces|announced|brings back|chooses|brings on|installs|"
    "poaches|designates|unveils)"
)
_PASSIVE = (
    "(?:appointed|named|hired|promoted|elected|tapped|picked|selected|nominated|elevated|inducted|"
    "roped in|chosen|designated|re-appointed|reappointed|installed|recruited|made)"
)
_QUITS = (
    "(?:steps down|step down|stepping down|stepped down|resigns|resigned|resign|resigning|quits|quit|"
    "retires|retired|retire|retiring|leaves|leave|leaving|left|departs|depart|departing|departed|"
    "exits|exit|exiting|exited|steps aside|stands down|stand down|moves on|ousted|fired|sacked|"
    "dismissed|removed|dies|died|out|replaced|steps away|calls it quits|hands over|relinquishes|put "
    "in his papers|puts in papers|put in papers)"
)
_END = "(?:(?:of|at|for|in|by|to|from) (?:the )?(?:[a-z\\-]+ ){0,2}?<company2:N >)?"

LEADER_RULES = (
    rule("board-appoints", Kind.LEADERSHIP,
         f"T {{AUX}}<trigger:{_APPOINTS} >(?:T )?<person:N >(?:as |to |to be )?{{DET}}<role:T >{_END}",
         LEAD, change=_JOINS),
    rule("will-lead", Kind.LEADERSHIP,
         "T <person:N >(?:will|to) <trigger:(?:lead|run|head) >(?:<company:[NC] >)",
         LEAD, change=_JOINS),
    rule("role-named", Kind.LEADERSHIP,
         f"(?:T |(?:finance |insider |veteran )?(?:head |insider |executive |veteran ))(?:(?:is|was|"
         f"has|been) ){{0,2}}<trigger:(?:named|appointed|promoted|elevated) >(?:(?:as|to|the|new) "
         f"){{0,3}}(?:(?:interim|acting|next|new) ){{0,2}}<role:T >{_END}",
         LEAD, change=_JOINS),
    rule("appoints", Kind.LEADERSHIP,
         f"<company:ONE>{{AUX}}<trigger:{_APPOINTS} >(?:(?:former|veteran|industry|appointment|of|the|"
         f"that|ex-|promotion|insider|its|longtime|addition|hiring|executive) ){{0,4}}(?:N "
         f"(?:(?:veteran|executive|alum|exec) )?)??(?:T )?<person:N >(?:, (?:[^,]{{1,60}}) , "
         f")?(?:from N )?{{DET}}<role:T >{_END}",
         LEAD, change=_JOINS),
    rule("appoints-role", Kind.LEADERSHIP,
         f"<company:ONE>{{AUX}}<trigger:{_APPOINTS} >(?:(?:former|veteran|ex-|insider) (?:N )?(?:T "
         f")?)?<person:N >(?:(?:as|to) {{GAP}})<role:T >{_END}",
         LEAD, change=_JOINS),
    rule("appoints-title-first", Kind.LEADERSHIP,
         f"<company:ONE>{{AUX}}<trigger:{_APPOINTS} >{{DET}}<role:T >, ?<person:N >",
         LEAD, change=_JOINS),
    rule("appoints-new-title", Kind.LEADERSHIP,
         f"<company:ONE>{{AUX}}<trigger:{_APPOINTS} >(?:a )?new {{GAP}}<role:T >(?:<person:N >)?",
         LEAD, change=_JOINS),
    rule("is-appointed", Kind.LEADERSHIP,
         f"(?:<company:N >(?:'s )?(?:T )?)?<person:[NH] >(?:, [^,]{{1,80}} , )?(?:(?:has|have|been|"
         f"was|is|were|to|be|will|as|being|who) ){{0,4}}<trigger:{_PASSIVE} >(?:(?:as|to|the|its|a|an|"
         f"new|next|role|of|post|position|be|interim|acting|by|C) ){{0,6}}(?:<company3:N >'s? "
         f"?)?{{DET}}(?:<company4:N >)?<role:T >{_END}",
         LEAD, change=_JOINS),
    rule("joins-as", Kind.LEADERSHIP,
         "<person:[NH] >(?:, [^,]{1,80} , )?(?:(?:has|have|will|to|is|be|re) ){0,3}<trigger:(?:joins|"
         "join|joined|joining|rejoins|moves to|returns to|rejoined|re-joins) >(?:(?:the|forces|team|"
         "with|board|of|at) ){0,4}(?:<company:[NC] >)?(?:'s )?(?:(?:as|board|in|team|the|role|of|to|"
         "executive|leadership|management|serve|a|an|its|new|become|be) ){1,7}{DET}<role:T >",
         LEAD, change=_JOINS),
    rule("joins", Kind.LEADERSHIP,
         "<person:N >(?:, [^,]{1,80} , )?(?:will|to|has|is) <trigger:(?:join|joined|joining) ><company:N >",
         LEAD, change=_JOINS),
    rule("becomes", Kind.LEADERSHIP,
         "(?:<company:N >(?:'s )?)?(?:T )?<person:[NH] >(?:, [^,]{1,80} , )?(?:(?:has|have|will|to|"
         "is|be|been|set|also|would) ){0,4}<trigger:(?:becomes|become|becoming|takes over|take over|"
         "took over|taking over|takes charge|takes the helm|assumes|assume|assumed|assuming|takes on|"
         "serve|steps in|step in|succeeds|returns|return|steps up|moves up|take charge|took charge|"
         "take on) >(?:(?:as|the|its|role|of|a|an|new|post|charge|position|office|in|C|both|from|"
         "into|full-time|permanent|additional|interim|acting) ){0,6}(?:<company3:N >'s? "
         "?)?{DET}<role:T >" + _END,
         LEAD, change=_JOINS),
    rule("appointment-of", Kind.LEADERSHIP,
         f"(?:<company:ONE>(?:'s )?{{AUX}}{{GAP}})?<trigger:(?:appointment|hiring|promotion|election|"
         f"addition|nomination) >of (?:(?:former|veteran|mr|dr|ms) )*(?:N )??(?:T )?<person:N >(?:, "
         f"[^,]{{1,60}} , )?(?:(?:to|as|the|a|an|its|new|role|of|position|our|team|serve|into|next|"
         f"post) ){{1,7}}{{DET}}<role:T >{_END}",
         LEAD, change=_JOINS),
    rule("succeed", Kind.LEADERSHIP,
         "<person:N >(?:, [^,]{1,80} , )?(?:(?:will|to|has|is|been|set|been|named|appointed|chosen|"
         "be) ){0,4}<trigger:(?:succeed|succeeds|succeeded|replace|replaces|replaced) >(?:N (?:, "
         ")?)?(?:as|to be|in) {DET}(?:<company3:N >'s? ?)?<role:T >" + _END,
         LEAD, change=_JOINS),
    rule("quits", Kind.LEADERSHIP,
         f"(?:<company:N >(?:'s )?)?(?:<role:T >(?:and T )?)(?:, )?<person:N >(?:, [^,]{{1,60}} , "
         f")?(?:(?!(?:not|never|won't|who)\\b)[a-z][a-z\\-]* ){{0,5}}?<trigger:{_QUITS} >(?:(?:as|"
         f"from|his|her|the|role|its|position|of|post|board|at|C) ){{0,6}}(?:<role2:T >)?",
         LEAD, change=_LEAVES),
    rule("quits-as", Kind.LEADERSHIP,
         f"<person:[NH] >(?:, [^,]{{1,80}} , )?(?:(?!(?:not|never|won't|who)\\b)[a-z][a-z\\-]* "
         f"){{0,5}}?<trigger:{_QUITS} >(?:(?:as|from|his|her|the|role|its|position|of|post|at|C|down|"
         f"job|their|as) ){{0,6}}(?:<company3:N >'s? ?)?{{DET}}<role:T >{_END}",
         LEAD, change=_LEAVES),
    rule("quits-company", Kind.LEADERSHIP,
         "<role:T >(?:, )?<person:N >(?:(?:is|has|to|will|set) ){0,3}<trigger:(?:leaves|leaving|"
         "quits|exits|departs|resigns from|left|quit|to leave|leave|exit|joins) ><company:N >",
         LEAD, change=_LEAVES),
    rule("company-role-quits", Kind.LEADERSHIP,
         f"<company:N >(?:'s )?(?:<role:T >)(?:(?:to|will|is|has) ){{0,2}}<trigger:{_QUITS} >",
         LEAD, change=_LEAVES),
    rule("departure-of", Kind.LEADERSHIP,
         f"<trigger:(?:departure|resignation|retirement|exit|ouster|death) >of (?:(?:its|the|their|"
         f"longtime|C) )*(?:<company:N >(?:'s )?)?(?:<role:T >)?(?:, )?<person:N >(?:as (?:its |the "
         f")?<role2:T >{_END})?",
         LEAD, change=_LEAVES),
    rule("role-departure", Kind.LEADERSHIP,
         "(?:<company:N >(?:'s )?)(?:<role:T >)<person:N >'s <trigger:(?:departure|resignation|"
         "retirement|exit|ouster|death) >",
         LEAD, change=_LEAVES),
    rule("replaces", Kind.LEADERSHIP,
         "<trigger:(?:succeeds|replaces|replacing|succeeding|succeed|replace) >(?:[a-z\\-]+ "
         "){0,3}?(?:<role:T >)?(?:, )?<person:N >(?=, (?:who|T )|who |as |; |. |, )(?:as (?:its |the "
         ")?<role2:T >)?",
         LEAD, change=_LEAVES),
)  # fmt: skip
