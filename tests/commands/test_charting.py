from datetime import timedelta

from bot.charts.draw import draw
from bot.commands.verb import Services
from tests.commands.talk import NOW, Talk, words
from tests.stories.telling import bid, joins, raises, usd


def talk() -> Talk:
    made = Talk(services=Services(chart=draw))
    made.told("s1", raises("A", 0, "Cove", "Sequoia", amount=usd(10), round="Series A"))
    made.told("s2", raises("A", 1, "Near", "Sequoia Capital", amount=usd(40), round="Series A"))
    made.told("s3", raises("A", 2, "Monzo", "Accel", amount=usd(5), round="Seed"))
    made.told("s4", bid("A", 3, "Cove", "Meta"))
    made.told("s5", joins("A", 4, "Ana Diaz", "Cove", "CEO"))
    return made


def test_a_chart_says_its_numbers_in_the_picture_the_alt_text_and_the_console() -> None:
    reply = talk().say("chart by stage")
    assert "≈$50M in 2" in words(reply)
    assert reply.file is not None
    assert reply.file.media_type == "image/png"
    assert "Series A: ≈$50M in 2" in reply.file.alt


def test_one_investor_under_two_names_is_one_bar() -> None:
    assert "Sequoia took part in 2 deals" in words(talk().say("chart by investor"))


def test_stories_are_counted_by_week_and_by_month_and_kind() -> None:
    assert "5 stories" in words(talk().say("chart"))
    assert "Jun 25 (3)" in words(talk().say("chart funding by month"))


def test_a_company_has_a_time_line() -> None:
    told = words(talk().say("chart company Cove"))
    assert told.index("Cove raises $10M") < told.index("Meta to buy Cove") < told.index("Ana Diaz")


def test_where_there_is_nothing_it_says_so() -> None:
    made = talk()
    made.now = NOW + timedelta(days=400)
    assert "nothing to draw" in words(made.say("chart"))
    assert not made.say("chart company Unheard").good
    assert not made.say("chart by planet").good
    assert made.say("chart").file is None
