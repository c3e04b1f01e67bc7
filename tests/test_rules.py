"""The manners of the bot, numbered. `grep -rn test_rule_13_ tests` finds what holds the bot to rule 13."""

import re
from pathlib import Path

RULES = {
    1: "empty, unknown and help input answers the asker alone, with commands to copy and the nearest verb",
    2: "subscribing twice is harmless and says so",
    3: "quoted values hold spaces and colons",
    4: "subscribing answers in the channel; look-ups, lists and errors answer the asker",
    5: "long answers have pages; 500 subscriptions break nothing",
    6: "what destroys asks first or can be undone",
    9: "before a subscription is saved, the bot makes sure that it may post there, or names the cure",
    10: "names of companies are completed",
    11: "a first subscription posts nothing old; a backfill is explicit and capped",
    12: "subscribing tells how many alerts a day to expect",
    13: "a channel has a cap an hour; what is over it becomes one card",
    14: "quiet hours and digests follow the channel's time zone, across summer time too",
    16: "a failing feed is told to the person who added it, once for each change, and never to the channel",
    17: "a closed channel pauses its subscriptions, and one person is told once",
    18: "a card's first line alone says who, what, how much",
    20: "a card's rows stand in one order",
    21: "what is unknown is left out",
    22: "claims link to their sources, and figures that conflict are shown with who says which",
    25: "texts are cut between graphemes, with an ellipsis",
    26: "times are handed to the chats as times, so that each reader sees local ones",
    27: "an answer has few buttons",
    28: "an edit says what changed, and when",
    29: "rumour, announced, completed and called off look different",
    30: "feedback is asked for by a menu, stored with its story and counted by status",
}
OF_THE_CHATS = {
    7: "acknowledged within a second",
    8: "a repeated request has no second effect",
    15: "nobody is pinged",
    19: "a text beside the blocks",
    23: "no previews of links",
    24: "markup is escaped",
}
"""What a chat's own client and renderer must see to: tested beside them, in tests/chat/."""


def test_every_rule_has_a_test_that_is_named_after_it() -> None:
    names = {
        int(found[1])
        for path in Path(__file__).parent.rglob("test_*.py")
        for found in re.finditer(r"^(?:async )?def test_rule_(\d+)_", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert set(RULES) <= names
    assert names <= set(RULES) | set(OF_THE_CHATS) | {31, 32, 33, 34}
    assert sorted({*RULES, *OF_THE_CHATS}) == list(range(1, 31))
