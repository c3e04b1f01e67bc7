"""Who somebody is: users.info, remembered for some minutes."""

import time
from collections import OrderedDict
from dataclasses import dataclass

import structlog
from slack_sdk.errors import SlackApiError

from bot.chat.slack.outcomes import FAULTS, code_of
from bot.chat.slack.payloads import Spot
from bot.chat.slack.webs import Webs

log = structlog.get_logger()

SECONDS = 300.0
MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What somebody may do in a workspace."""

    name: str = ""
    is_admin: bool = False
    is_member: bool = False
    """A full member of this workspace: no guest, nobody of another workspace in a shared channel, no bot."""
    known: bool = True
    """False: Slack did not say, so that nothing is allowed."""


class People:
    """Asks Slack who somebody is."""

    def __init__(self, webs: Webs) -> None:
        self._webs = webs
        self._known: OrderedDict[tuple[str, str], tuple[float, Person]] = OrderedDict()

    async def who(self, spot: Spot) -> Person:
        """Return who is there."""
        key = (spot.team, spot.user)
        at, person = self._known.get(key, (0.0, None))
        if person is not None and time.monotonic() - at < SECONDS:
            return person
        person = await self._ask(spot)
        if person.known:
            self._known[key] = (time.monotonic(), person)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return person

    async def _ask(self, spot: Spot) -> Person:
        web = await self._webs.of(spot.team)
        if web is None:
            return Person(known=False)
        try:
            user = (await web.users_info(user=spot.user)).get("user") or {}
        except SlackApiError as error:
            log.info("slack does not say who somebody is", reason=code_of(error))
            # whom this workspace cannot see belongs to another one
            return Person(known=code_of(error) in {"user_not_found", "user_not_visible"})
        except FAULTS as error:
            log.info("slack does not say who somebody is", reason=type(error).__name__)
            return Person(known=False)
        profile = user.get("profile") or {}
        name = profile.get("display_name") or user.get("real_name") or user.get("name") or ""
        outside = bool(
            user.get("is_stranger")
            or user.get("deleted")
            or user.get("is_bot")
            or user.get("is_restricted")
            or user.get("is_ultra_restricted")
            or not _belongs(user, spot.team)
        )
        admin = bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner"))
        return Person(name=str(name)[:80], is_admin=admin and not outside, is_member=not outside)


def _belongs(user: dict[str, object], team: str) -> bool:
    """Return whether somebody is of this workspace; in an organisation one person is of several."""
    enterprise = user.get("enterprise_user")
    teams = enterprise.get("teams") if isinstance(enterprise, dict) else None
    return user.get("team_id") == team or (isinstance(teams, list) and team in teams)
