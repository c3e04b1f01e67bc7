import pytest

from bot.model.enums import Kind
from bot.model.event import Money
from bot.model.story import Fact
from bot.stories.match import block_keys, same_story
from tests.stories.telling import CANCELLED, COMPLETED, RUMORED, bid, deal, joins, leaves, raises, stake, usd

DAY = 24

ONE: dict[str, tuple[Fact, Fact]] = {
    "a rumour and the announcement": (
        bid("A", 0, "MuleSoft", "Salesforce", status=RUMORED),
        bid("B", 9, "Mulesoft Inc", "Salesforce.com", amount=usd(6500)),
    ),
    "equity and enterprise value": (
        bid("A", 0, "MuleSoft", "Salesforce", amount=usd(5900)),
        bid("B", 1, "MuleSoft", "Salesforce", amount=usd(6500)),
    ),
    "an unknown buyer": (bid("A", 0, "Humana", status=RUMORED), bid("B", 5, "Humana", "Walmart")),
    "a stake that one outlet calls a takeover": (
        stake("A", 0, "Scale AI", "Meta", amount=usd(14_000)),
        bid("B", 5, "Scale AI", "Meta Platforms", amount=usd(14_300)),
    ),
    "a round told by each of its leaders": (
        raises("A", 0, "True Markets", "Accomplice", amount=usd(11), round="Series A"),
        raises("B", 2, "True Markets", "RRE", amount=usd(11), round="Series A"),
    ),
    "two currencies": (
        stake("A", 0, "Ubisoft", seller=("Vivendi",), amount=Money(value=2e9, currency="EUR")),
        stake("B", 1, "Ubisoft", seller=("Vivendi",), amount=usd(2450)),
    ),
    "a merger told from either side": (
        deal("A", 0, Kind.MERGER, "Sprint", "Nextel", status=RUMORED),
        deal("B", 1, Kind.MERGER, "Nextel", "Sprint"),
    ),
    "a merger that one outlet calls a purchase": (
        deal("A", 0, Kind.MERGER, "Nextel", "Sprint"),
        bid("B", 1, "Nextel", "Sprint"),
    ),
    "a unit and its seller": (
        bid("A", 0, "Akzo Nobel Specialty Chemicals", "Carlyle", seller=("Akzo Nobel",), amount=usd(12_000)),
        bid("B", 1, "Akzo Nobel", "Carlyle", amount=usd(12_000)),
    ),
    "a nameless target, the same buyer on the same day": (
        bid("A", 0, "robotics startup", "Meta"),
        bid("B", 20, "Assured Robot Intelligence", "Meta"),
    ),
    "a bidder told by his surname": (
        stake("A", 0, "OpenAI", "Donald Trump", status=RUMORED),
        stake("B", 1, "OpenAI", "Trump", status=RUMORED),
    ),
    "one investor's part of a round": (
        stake("A", 0, "OpenAI", "Nvidia", status=RUMORED, amount=usd(30_000)),
        raises("B", 1, "OpenAI", "Amazon", "Nvidia", amount=usd(110_000)),
    ),
    "one investor's part, long before the round": (
        stake("A", 0, "OpenAI", "Nvidia", status=RUMORED, amount=usd(30_000)),
        raises("B", 9 * DAY, "OpenAI", "Amazon", "Nvidia", amount=usd(110_000)),
    ),
    "one investor's part, told as the whole": (
        raises("A", 0, "OpenAI", "Amazon", amount=usd(50_000)),
        raises("B", 1, "OpenAI", "Amazon", "Nvidia", amount=usd(110_000)),
    ),
    "a buyer misread, where the headline names the right one": (
        bid("A", 0, "Humana", "Walmart", status=RUMORED),
        bid("B", 3, "Humana", "Aetna", status=RUMORED, title="Humana leaps after report of Walmart talks"),
    ),
    "a sum misread of a takeover with one buyer": (
        bid("A", 0, "MuleSoft", "Salesforce", amount=usd(128), status=RUMORED),
        bid("B", 3, "MuleSoft", "Salesforce", amount=usd(6500)),
    ),
    "parent and subsidiary at one price": (
        stake("A", 0, "Two Platforms", "Reliance Industries", amount=usd(15)),
        stake("B", 3, "Two Platforms", "Jio Platforms", amount=usd(15)),
    ),
    "a controlling stake that one outlet calls a takeover": (
        stake("A", 0, "Cove", "Monzo", stake_percent=51),
        bid("B", 3, "Cove", "Monzo"),
    ),
    "two companies of one group for each other": (
        bid("A", 0, "IDFC AMC Trustee Company", "Bandhan Financial", amount=usd(560)),
        bid("B", 3, "IDFC Limited", "Bandhan Financial", amount=usd(560)),
    ),
    "a unit that only its seller names": (
        bid("A", 0, "personal computer business", seller=("IBM",), status=RUMORED),
        bid("B", 30, "personal computing division", "Lenovo", seller=("IBM",), amount=usd(1250)),
    ),
    "a listing announced, and talk of it": (
        deal("A", 0, Kind.IPO, "General Motors"),
        deal("B", 9 * DAY, Kind.IPO, "General Motors", status=RUMORED),
    ),
    "a deal called off": (bid("A", 0, "Qualcomm", "Broadcom"), bid("B", 200, "Qualcomm", "Broadcom", status=CANCELLED)),
    "a person named by surname": (
        joins("A", 0, "Jason Droege", "Scale AI", "interim CEO"),
        joins("B", 3, "Droege", "Scale", "chief executive"),
    ),
    "a person not named": (
        joins("A", 0, "Eric Poma", "Calidi Biotherapeutics", "CEO"),
        joins("B", 3, None, "Calidi", "chief executive officer"),
    ),
}
TWO: dict[str, tuple[Fact, Fact]] = {
    "another company": (bid("A", 0, "Stripe", "Visa"), bid("B", 0, "Strix", "Visa")),
    "rival bids": (bid("A", 0, "CSRA", "General Dynamics"), bid("B", 5, "CSRA", "CACI")),
    "a rumour of one buyer, an announcement with another": (
        bid("A", 0, "Humana", "Walmart", status=RUMORED),
        bid("B", 50, "Humana", "Cigna"),
    ),
    "Series A and Series B": (
        raises("A", 0, "Cove", round="Series A", amount=usd(10)),
        raises("B", 200, "Cove", round="Series B", amount=usd(10)),
    ),
    "two rounds by their size": (raises("A", 0, "Cove", amount=usd(10)), raises("B", 200, "Cove", amount=usd(75))),
    "more than 30 quiet days": (raises("A", 0, "Cove", amount=usd(10)), raises("B", 31 * DAY, "Cove", amount=usd(10))),
    "a round done and talk of the next": (
        raises("A", 0, "Anthropic", amount=usd(30_000), status=COMPLETED),
        raises("B", 9 * DAY, "Anthropic", amount=usd(50_000), status=RUMORED),
    ),
    "a stake of one and a bid of another": (
        stake("A", 0, "Qualcomm", "Elliott", amount=usd(900)),
        bid("B", 9, "Qualcomm", "Broadcom"),
    ),
    "a stake, and a bid of the same buyer a week later": (
        stake("A", 0, "Manchester United", "Malcolm Glazer"),
        bid("B", 8 * DAY, "Manchester United", "Malcolm Glazer"),
    ),
    "shares bought, and a bid of the same buyer on the same day": (
        stake("A", 0, "Manchester United", "Malcolm Glazer"),
        bid("B", 1, "Manchester United", "Malcolm Glazer"),
    ),
    "a rival bid whose headline names both": (
        bid("A", 0, "Fox", "Disney"),
        bid("B", 9, "Fox", "Comcast", title="Comcast tops Disney's bid for Fox"),
    ),
    "a group that bids more than one of it did": (
        bid("A", 0, "Qualcomm", "Broadcom", amount=usd(117_000)),
        bid("B", 3, "Qualcomm", "Dell", "Broadcom", amount=usd(24_400)),
    ),
    "two bidders rumoured at one price": (
        bid("A", 0, "Cove", "Meta", amount=usd(900), status=RUMORED),
        bid("B", 1, "Cove", "Apple", amount=usd(900), status=RUMORED),
    ),
    "two units of a seller who alone is named": (
        bid("A", 0, "personal computer business", seller=("IBM",)),
        bid("B", 5, "cloud business", seller=("IBM",)),
    ),
    "two units of one seller to one buyer": (
        bid("A", 0, "Airmid Developers", "Elan Group", seller=("Indiabulls",), amount=usd(58)),
        bid("A", 0, "Mariana Developers", "Elan Group", seller=("Indiabulls",), amount=usd(58)),
    ),
    "two sellers": (
        stake("A", 0, "Barbeque Nation", seller=("Tamara",)),
        stake("B", 0, "Barbeque Nation", seller=("Pace",)),
    ),
    "two funds of one firm": (
        deal("A", 0, Kind.FUND, "Carlyle", amount=usd(3500)),
        deal("B", 24, Kind.FUND, "Carlyle", amount=usd(2870)),
    ),
    "two sums in one article": (
        raises("A", 0, "Fortis", amount=usd(630), status=RUMORED, title="T", url="u"),
        raises("A", 0, "Fortis", amount=usd(1500), title="T", url="u"),
    ),
    "funding and a takeover": (raises("A", 0, "Cove"), bid("B", 9, "Cove", "Lead Edge")),
    "two deals of one buyer with other targets": (bid("A", 0, "Moltbook", "Meta"), bid("B", 1, "Manus", "Meta")),
    "other merger partners": (
        deal("A", 0, Kind.MERGER, "Sprint", "Nextel"),
        deal("B", 9, Kind.MERGER, "Sprint", "T-Mobile"),
    ),
    "leaving and joining": (leaves("A", 0, "Alexandr Wang", "Scale AI"), joins("A", 0, "Alexandr Wang", "Meta")),
    "another person": (joins("A", 0, "Jason Droege", "Scale AI", "CEO"), joins("A", 0, "Jane Doe", "Scale AI", "CEO")),
    "another company's chief": (joins("A", 0, "J. Smith", "Scale AI", "CEO"), joins("A", 0, "J. Smith", "Cove", "CEO")),
    "another role of nobody named": (joins("A", 0, None, "Cove", "CFO"), joins("A", 0, None, "Cove", "CEO")),
    "interim chief and lasting chief": (
        joins("A", 0, None, "Cove", "CEO", interim=True),
        joins("A", 20 * DAY, "Jane Doe", "Cove", "CEO"),
    ),
    "nobody in common": (bid("A", 0, "robotics startup", "Meta"), bid("B", 0, "chip designer", "Nvidia")),
}


@pytest.mark.parametrize("case", ONE)
def test_one_story(case: str) -> None:
    a, b = ONE[case]
    verdict = same_story(a, b)
    assert verdict.same, verdict.reason
    assert verdict == same_story(b, a)
    assert block_keys(a) & block_keys(b)


@pytest.mark.parametrize("case", TWO)
def test_two_stories(case: str) -> None:
    a, b = TWO[case]
    verdict = same_story(a, b)
    assert not verdict.same, verdict.reason
    assert verdict == same_story(b, a)


def test_a_verdict_says_why() -> None:
    a, b = TWO["rival bids"]
    assert same_story(a, b).reason == "General Dynamics and CACI are rivals"
    assert same_story(*ONE["a rumour and the announcement"]).reason == "same target and buyer"
