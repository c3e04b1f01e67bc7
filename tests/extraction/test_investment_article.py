"""A long article of our own with every trap of a minority investment that takes a founder along."""

from tests.extraction.reading_items import news

TITLE = "Ravelin Air to keep Kestrel ties amid Corvid investment"
TEXT = """Ravelin Air will go on buying charts from Kestrel AI although Corvid Holdings made a multi-billion \
investment in the mapping firm. At a trade fair in Lyon on Tuesday, Ravelin Air's chief financial officer, Nora \
Feld, praised a wide choice of suppliers.
In an earlier interview, Feld said that acquisitions are going to happen in the sector.
Ravelin Air to keep Kestrel ties amid Corvid investment
Ravelin Air is the first Kestrel AI customer to speak since Corvid told of the deal on Monday. Under the agreement, \
Corvid will own a 36% stake in the company, lifting the firm's value to around $11 billion, according to sources \
familiar with the matter.
Kestrel AI was founded in 2015 to draw maps for drones. Corvid will remain a minority owner of Kestrel's shares.
A newspaper had reported earlier that Corvid aimed to invest about $4 billion for a stake in Kestrel AI.
Kestrel AI sees leadership shuffle after Corvid investment
A Corvid spokesperson added, "We will deepen the work we do together, and Milan Torvald will join Corvid to work on \
our mapping efforts."
Despite moving to Corvid, Kestrel's founder, Milan Torvald, will stay on the startup's board. Petra Quist, who \
became Kestrel's chief strategy officer in May, will serve as interim CEO. Before joining Kestrel, Petra Quist was a \
venture partner at Larch Capital, and she co-founded Parcelwing.
Kestrel is based in Austin and counts Ravelin Air and Corvid among its customers."""


def test_the_stake_is_told_with_all_its_figures() -> None:
    (stake,) = [event for event in news(TITLE, TEXT) if event["kind"] == "stake"]
    assert stake == {
        "kind": "stake",
        "status": "announced",
        "target": "Kestrel AI",
        "buyers": ["Corvid Holdings"],
        "stake_percent": 36,
        "amount": {"value": 4_000_000_000, "currency": "USD"},
        "valuation": {"value": 11_000_000_000, "currency": "USD"},
    }


def test_the_interim_successor_and_the_move_are_told() -> None:
    changes = {event["person"]: event for event in news(TITLE, TEXT) if event["kind"] == "leadership"}
    assert set(changes) == {"Petra Quist", "Milan Torvald"}
    quist, torvald = changes["Petra Quist"], changes["Milan Torvald"]
    assert (quist["company"], quist["role"], quist["interim"]) == ("Kestrel AI", "interim CEO", True)
    assert (torvald["company"], torvald.get("role"), torvald["change"]) == ("Corvid Holdings", None, "joins")


def test_nothing_else_is_told() -> None:
    assert len(news(TITLE, TEXT)) == 3
