"""A workspace's own feeds: added, listed, removed, and never with their passwords shown."""

from bot.commands.verb import Services
from bot.feeds.urls import mask_url
from bot.model.feed import FeedSpec
from tests.commands.talk import Talk

SECRET = "https://reader:s3cret@n.example/feed"


def talk() -> Talk:
    return Talk(services=Services(discover=lambda address: (FeedSpec(url=address, title="Deals"),), mask=mask_url))


def test_a_feed_with_a_password_is_added_listed_and_removed_without_showing_it() -> None:
    here = talk()
    replies = [here.say(f"feeds add {SECRET}"), here.say("feeds"), here.say("feeds remove https://***@n.example/feed")]
    assert "Removed" in str(replies[-1])
    assert "s3cret" not in str(replies)


def test_a_feed_that_was_removed_by_its_name_can_be_added_again_by_a_button() -> None:
    here = talk()
    here.say("feeds add https://n.example/feed")
    (button,) = here.say("feeds remove Deals").buttons
    assert button.command == "feeds add https://n.example/feed"
    assert "Added" in str(here.say(button.command))
