# ruff: noqa: SIM905 - a paragraph of words reads better than a column of them
"""Names of funding rounds, as news words them, and their standard form."""

ROUNDS = {
    ("pre-seed",): "Pre-seed", ("pre", "seed"): "Pre-seed", ("preseed",): "Pre-seed", ("seed",): "Seed",
    ("seed-stage",): "Seed", ("angel",): "Angel", ("bridge",): "Bridge", ("growth",): "Growth",
    ("venture", "debt"): "Debt", ("debt",): "Debt", ("convertible",): "Convertible",
    ("mezzanine",): "Mezzanine", ("crowdfunding",): "Crowdfunding", ("pre-ipo",): "Pre-IPO",
    ("private", "placement"): "Private Placement", ("pipe",): "PIPE", ("strategic",): "Strategic",
    ("rights", "issue"): "Rights Issue", ("qip",): "QIP", ("venture",): "Venture",
}  # fmt: skip

ROUND_NOUNS = frozenset(
    """round rounds funding financing investment capital extension raise fundraise fundraising equity loan
    notes note facility""".split()
)
"""What must follow a round's name that is an everyday word."""

ALONE = frozenset({"pre-seed", "preseed", "crowdfunding", "pre-ipo", "pipe", "qip"})
"""Names that need no noun after them."""
