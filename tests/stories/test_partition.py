from bot.stories.match import block_keys
from bot.stories.partition import gather, partition
from tests.stories.telling import RUMORED, bid, joins, leaves, raises, stake, usd


def ids(parts: object) -> list[set[str]]:
    return [{fact.id for fact in part} for part in parts]  # type: ignore[attr-defined]


def test_rumour_announcement_and_correction_are_one_story() -> None:
    facts = [
        stake("The Wire", 0, "Scale AI", "Meta", status=RUMORED, amount=usd(14_000)),
        stake("Reuters", 20, "Scale AI", "Meta Platforms", amount=usd(14_000), stake_percent=49),
        stake("FT", 30, "Scale", "Meta", amount=usd(14_300)),
    ]
    assert len(partition(facts)) == 1


def test_two_rounds_of_one_company_stay_two() -> None:
    facts = [
        raises("A", 0, "Cove", round="Series A", amount=usd(10)),
        raises("B", 5, "Cove", round="Series A", amount=usd(10)),
        raises("A", 480, "Cove", round="Series B", amount=usd(60)),
        raises("B", 482, "Cove", round="Series B", amount=usd(60)),
    ]
    assert ids(partition(facts)) == [{facts[0].id, facts[1].id}, {facts[2].id, facts[3].id}]


def test_rival_bids_stay_two_though_a_vague_report_fits_both() -> None:
    first = bid("A", 0, "CSRA", "General Dynamics", amount=usd(9700))
    rival = bid("B", 100, "CSRA", "CACI", amount=usd(9900))
    vague = bid("C", 101, "CSRA", amount=usd(9900))
    assert ids(partition([vague, first, rival])) == [{first.id}, {rival.id, vague.id}]


def test_a_rumour_about_one_buyer_stays_apart_from_the_announcement_with_another() -> None:
    facts = [
        bid("A", 0, "Humana", "Walmart", status=RUMORED),
        bid("B", 50, "Humana", "Cigna"),
        bid("C", 51, "Humana", "Cigna"),
    ]
    assert ids(partition(facts)) == [{facts[0].id}, {facts[1].id, facts[2].id}]


def test_leaving_one_company_and_joining_another_are_two_stories() -> None:
    facts = [leaves("A", 0, "Alexandr Wang", "Scale AI"), joins("A", 0, "Alexandr Wang", "Meta")]
    assert len(partition(facts)) == 2


def test_a_story_goes_on_as_long_as_no_thirty_days_are_quiet() -> None:
    facts = [bid("A", day * 24, "Monsanto", "Bayer") for day in (0, 25, 50, 75)]
    assert len(partition(facts)) == 1
    assert len(partition([facts[0], facts[3]])) == 2


def test_partition_of_nothing_is_nothing() -> None:
    assert partition([]) == ()


def test_gathering_follows_matches_and_not_mere_keys() -> None:
    ours = [bid("A", 0, "Moltbook", "Meta"), bid("B", 500, "Moltbook", "Meta"), bid("C", 1000, "Moltbook", "Meta")]
    other = bid("A", 1, "Manus", "Meta")
    store = [*ours, other]
    found = gather(ours[0], lambda keys: [fact for fact in store if keys & block_keys(fact)])
    assert found == tuple(ours)
