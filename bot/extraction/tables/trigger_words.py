# ruff: noqa: SIM905 - a paragraph of words reads better than a column of them
"""Words without which no rule can find an event. Lower case; each kind's rules are tried only where one stands."""

BUY = frozenset(
    """acquire acquires acquired acquiring acquisition acquisitions buy buys buying bought buyout buy-out
    takeover     take-over takes taking take takeovers purchase purchases purchased purchasing snaps
    snapped bid bids offer     offers offered sell sells selling sold sale divest divests divested
    divestment divestiture deal privatisation     privatization absorb absorbs swoops grabs private
    control""".split()
)

MERGE = frozenset(
    "merge merges merged merging merger mergers combine combines combined combination amalgamation".split()
)

STAKE = frozenset(
    """stake stakes invest invests invested investing investment investments shares shareholding interest
    holding backs backed picks stakebuilding""".split()
)

RAISE = frozenset(
    """raise raises raised raising funding financing round rounds secures secured secure bags bagged closes
    closed     close nabs nabbed lands landed gets receives received snags scores scored garners
    garnered mops picks     fundraise fundraising seed valuation valued pockets grabs netted nets
    attracts unicorn venture placement     investment capital led hauls completes banks draws""".split()
)

LIST = frozenset(
    "ipo ipos listing list lists public drhp debut debuts float offering flotation spac floats issue".split()
)

FUND = frozenset("fund funds fund's".split())

LEAD = frozenset(
    """appoint appoints appointed appointing appointment appointments name names named naming hire hires hired
    hiring promote promotes promoted promotion elect elects elected taps tapped tap picks picked
    recruits recruited     welcomes welcomed adds added joins join joined joining becomes become takes
    succeed succeeds succeeded     succeeding successor steps step stepping stepped resign resigns
    resigned resigning resignation quit quits     retire retires retired retiring retirement leave
    leaves leaving left depart departs departed departing     departure exit exits exited exiting ousted
    ousts oust fired fires sacked dismissed replaces replace replaced     replacing dies died serve
    returns return rejoins nominated nominates selected selects roped ropes inducts     inducted brings
    assume assumes assumed elevates elevated moves announces announced removed lead charge     heads
    hands unveils onboards designated""".split()
)

PAY = frozenset({"pay", "pays", "paying", "paid"})
ALL = PAY | BUY | MERGE | STAKE | RAISE | LIST | FUND | LEAD
