"""Stories as one workspace may see them: facts from the store, folded."""

from collections.abc import Iterable

from bot.model.story import Story
from bot.store import Database, facts, stories
from bot.stories.fold import fold


def story_for(db: Database, story: str, *, viewer: str | None) -> Story | None:
    """Fold a story as one workspace may see it; aliases are followed. None where there is nothing to see."""
    found = stories.resolve(db, story)
    if found is None:
        return None
    return next(iter(stories_for(db, (found,), viewer=viewer)), None)


def stories_for(db: Database, ids: Iterable[str], *, viewer: str | None) -> tuple[Story, ...]:
    """Fold several stories, in the order given; what the viewer may not see is left out."""
    wanted = tuple(dict.fromkeys(ids))
    told = facts.of_stories(db, wanted, viewer=viewer)
    ages = stories.ages(db, set(told))
    return tuple(fold(told[story], story_id=story, revision=ages[story][1]) for story in wanted if story in told)


def evidence_of(db: Database, story: Story, *, viewer: str | None) -> Story:
    """Return the story with the evidence of each of its facts."""
    told = facts.of_story(db, story.id, viewer=viewer)
    return fold(told, story_id=story.id, revision=story.revision) if told else story
