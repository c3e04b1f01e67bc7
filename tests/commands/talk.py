"""A made-up channel to talk to the bot in: `talk.say("subscribe funding")`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands.registry import answer
from bot.commands.verb import Services
from bot.mending import merge_stories, split_story
from bot.model.enums import Platform
from bot.model.request import Reply, Request, User
from bot.model.story import Fact
from bot.model.subscription import Channel
from bot.store import Database, Store
from bot.store import facts as rows
from tests.stocked import story, workspace
from tests.stories.telling import START

NOW = START + timedelta(days=1)


class Talk:
    """One store, and people in channels of workspaces."""

    def __init__(self, store: Store | None = None, services: Services | None = None) -> None:
        self.store = store or Store(":memory:")
        self.services = services or Services(merge=merge_stories, split=split_story, read_text=lambda title, text: ())
        self.now: datetime = NOW

    @contextmanager
    def db(self) -> Iterator[Database]:
        with self.store.write() as db:
            yield db

    def told(self, story_id: str, *facts: Fact, audience: str | None = None) -> str:
        """Put a story in the store, facts and all."""
        with self.db() as db:
            story(db, story_id, *facts, audience=audience)
            db.execute("INSERT OR IGNORE INTO feeds (id, url, listed_url, title, grp, full_text, state,"
                       " interval_seconds, created) VALUES (1, 'u', 'u', 't', '', 0, 'active', 1, '')")  # fmt: skip
            for fact in facts:
                cursor = db.execute(
                    "INSERT INTO items (feed_id, key, canonical_url, source, first_seen) VALUES (1, ?, ?, ?, '')",
                    (fact.id, fact.url, fact.source),
                )
                rows.add(db, fact, item=cursor.lastrowid or 0, keys=(), story=story_id)
        return story_id

    def say(self, text: str, *, of: str = "acme", channel: str = "deals", user: str = "alice",
            attachment: str | None = None, **more: object) -> Reply:  # fmt: skip
        """Answer a command, as somebody who may do everything but operate the bot unless `more` says otherwise."""
        with self.db() as db:
            where = Channel(workspace=workspace(db, of, platform=Platform.CONSOLE), external_id=channel, name=channel)
        request = Request(
            text=text, channel=where, user=User(id=user, name=user), now=self.now, is_admin=True, attachment=attachment
        )
        return answer(replace(request, **more), self.store, self.services)  # type: ignore[arg-type]


def words(reply: Reply) -> str:
    """Return the answer as plain lines."""
    return "\n".join("".join(span.text for span in line) for line in reply.lines)
