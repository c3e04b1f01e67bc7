# ruff: noqa: SIM905 - a paragraph of words reads better than a column of them
"""Words whose full stop seldom ends a sentence, and words that open one."""

ABBREVIATIONS = frozenset(
    """inc corp co ltd llc plc pvt pte bros mr mrs ms dr prof sr jr st mt no nos vs messrs hon gen col sen
    rep gov jan feb mar apr jun jul aug sep sept oct nov dec rs u.s u.k approx est dept univ assn s.a
    n.v bhd     sdn tel al mfg intl cos""".split()
)

SENTENCE_OPENERS = frozenset(
    """the a an it its he she his her they their this that these those in on at for as with after before while
    when under according last earlier both but and however meanwhile also shares we our if""".split()
)
