"""From a spot in Slack and words to the front's answer, with what this person may do there."""

from dataclasses import replace

from bot.chat.slack.answers import Answers
from bot.chat.slack.files import attachment
from bot.chat.slack.home import Homes
from bot.chat.slack.payloads import Body, Spot
from bot.chat.slack.people import People
from bot.chat.slack.replies import VALUE
from bot.chat.slack.webs import Webs
from bot.commands.front import Asked, Front, Place
from bot.commands.registry import VERBS
from bot.model.enums import Platform
from bot.model.request import Reply, line

UNKNOWN = "Slack does not say just now who you are, and so nothing can be changed. Please try again in a minute."


class Asking:
    """Asks the front in somebody's name."""

    def __init__(self, webs: Webs, front: Front, people: People, answers: Answers, homes: Homes) -> None:
        self._webs = webs
        self._front = front
        self._people = people
        self._answers = answers
        self._homes = homes

    def place(self, spot: Spot) -> Place:
        """Return where somebody is: of a direct message, or of no conversation at all, the person's own."""
        install = self._webs.install(spot.team)
        own = spot.direct or not spot.channel
        return Place(
            platform=Platform.SLACK,
            workspace=spot.team,
            workspace_name=install.name if install else "",
            channel=f"@{spot.user}" if own else spot.channel,
            channel_name="" if own else spot.channel_name,
        )

    async def ask(
        self, text: str, spot: Spot, *, prefix: str, attachment: str | None = None, place: Place | None = None
    ) -> Reply:
        """Return the front's answer. Guests, and people of other workspaces in a shared channel, look up only."""
        person = await self._people.who(spot)
        where = place or self.place(spot)
        reply = await self._front.answer(
            Asked(
                text=text,
                place=where,
                user=spot.user,
                user_name=person.name,
                may_configure=person.is_member,
                is_admin=person.is_admin,
                is_private=where.channel.startswith("@"),
                prefix=prefix,
                attachment=attachment,
            )
        )
        if not reply.good and not person.known and (words := text.split()):
            verb = VERBS.get(words[0].casefold())
            if verb is not None and (verb.configures or verb.administers):
                reply = Reply(lines=(line(UNKNOWN),), good=False)
        if reply.good:
            self._homes.changed(spot.team) if _changes(text) else None
        return await self._front.shortened(reply, limit=VALUE)

    async def answer(
        self,
        text: str,
        spot: Spot,
        *,
        prefix: str,
        attachment: str | None = None,
        replaces: bool = False,
        alone: bool = False,
    ) -> None:
        """Ask and give the answer. `alone`: to the asker, whatever the verb says."""
        reply = await self.ask(text, spot, prefix=prefix, attachment=attachment)
        if alone:
            reply = replace(reply, in_channel=False)
        await self._answers.give(reply, spot, replaces=replaces and not reply.in_channel)

    async def attachment(self, spot: Spot, event: Body) -> str | None:
        """Return the text of a file that came with a message."""
        web = await self._webs.of(spot.team) if event.get("files") else None
        if web is None:
            return None
        return await attachment(web, self._webs.session, event, api_url=self._webs.access.api_url)

    async def give(self, reply: Reply, spot: Spot) -> None:
        """Give a reply."""
        await self._answers.give(reply, spot)


def _changes(text: str) -> bool:
    """Return whether a command may have changed what home pages show."""
    words = text.split()
    verb = VERBS.get(words[0].casefold()) if words else None
    return verb is not None and (verb.configures or verb.name in {"alert", "forget"})
