from bot.chat.discord.replies import draw
from bot.model.request import Reply
from bot.model.story import Story
from bot.rates import to_usd
from bot.stories.digest import MOST, digest, turn_note
from bot.stories.fold import fold
from tests.stories.telling import CANCELLED, Money, bid, joins, raises, usd


def story(name: str, fact: object) -> Story:
    return fold((fact,), story_id=name)  # type: ignore[arg-type]


def lines(reply: Reply) -> list[str]:
    return ["".join(span.text for span in line) for line in reply.lines]


def test_a_digest_is_grouped_by_kind_and_sorted_by_size_across_currencies() -> None:
    told = lines(
        digest(
            (
                story("a", raises("A", 0, "Small", amount=usd(5))),
                story("b", raises("A", 0, "Rupees", amount=Money(value=60e6, currency="INR"))),
                story("c", raises("A", 0, "Large", amount=Money(value=90e6, currency="EUR"))),
                story("d", raises("A", 0, "Unknown")),
                story("e", bid("A", 0, "Cove", "Meta")),
                story("f", joins("A", 0, "Ana Diaz", "Cove", "CFO")),
            ),
            kind="daily",
            to_usd=to_usd,
        )
    )
    assert told[0] == "The day's deals: 6 stories"
    heads = [line for line in told if line in {"Acquisitions", "Funding", "Leadership"}]
    assert heads == ["Acquisitions", "Funding", "Leadership"]
    order = [next(place for place, line in enumerate(told) if name in line)
             for name in ("Cove", "Large", "Small", "Rupees", "Unknown", "Ana Diaz")]  # fmt: skip
    assert order == sorted(order)


def test_a_long_digest_is_one_message_and_a_file_with_all_of_it() -> None:
    stories = [story(f"s{n}", raises("A", 0, f"Company {n}", amount=usd(n + 1))) for n in range(MOST + 20)]
    reply = digest(stories, kind="weekly", to_usd=to_usd)
    assert sum(line.startswith("• ") for line in lines(reply)) == MOST
    assert lines(reply)[-1] == "and 20 more, in the file"
    assert reply.file is not None
    assert len(reply.file.content.decode().splitlines()) == MOST + 20
    assert digest(stories[:MOST], kind="weekly", to_usd=to_usd).file is None


def test_a_digest_with_long_links_is_cut_before_a_chat_would_cut_it() -> None:
    long = "https://news.example/" + "x" * 400
    stories = [story(f"s{n}", raises("A", 0, f"Company {n}", amount=usd(n + 1), url=long)) for n in range(25)]
    reply = digest(stories, kind="daily", to_usd=to_usd)
    drawn = draw(reply)
    assert reply.file is not None
    assert lines(reply)[-1].endswith("more, in the file")
    shown = "\n".join(embed["description"] for embed in drawn.embeds)
    assert "more, in the file" in shown
    assert shown.count("• ") == sum(text.startswith("• ") for text in lines(reply)) > 5


def test_a_digest_of_one_story_is_told_in_the_singular() -> None:
    assert lines(digest((story("a", bid("A", 0, "Cove", "Meta")),), kind="overflow", to_usd=to_usd))[0] == (
        "More in this hour: 1 story"
    )


def test_a_note_on_a_turn_says_which_deal_and_what_happened() -> None:
    told = lines(turn_note(story("a", bid("A", 0, "Cove", "Meta", status=CANCELLED)), "now called off, was announced"))
    assert told == ["Called off: Meta to buy Cove: now called off, was announced"]
