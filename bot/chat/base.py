"""What a chat must be able to do: the one protocol that Slack, Discord and the console share."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from bot.commands.front import Front
from bot.model.alert import DeliveryOutcome, Doubtful
from bot.model.card import Card
from bot.model.enums import Platform
from bot.model.request import Reply
from bot.model.subscription import Channel

if TYPE_CHECKING:
    from aiohttp.web import RouteDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to "is the card with this key there?"."""

    message: str | None = None
    """The platform's id of the message; None: it is certainly not there."""
    unknown: bool = False
    """True where the platform cannot tell, for want of a history that may be read."""


Shown = Card | Reply
"""What can be posted: a story's card, or lines of text (a digest, a notice)."""


class Chat(Protocol):
    """One platform. Every call answers with an outcome; only bugs raise."""

    platform: Platform

    async def start(self) -> None:
        """Connect; return once cards can be posted."""

    async def listen(self, front: Front) -> None:
        """Take commands, presses and messages from now on, and let `front` answer them; return at once."""

    async def stop(self) -> None:
        """Disconnect; calls under way are finished first."""

    async def post(self, channel: Channel, shown: Shown, *, key: str, reply_to: str | None = None) -> DeliveryOutcome:
        """Post something that carries `key` (at most 25 characters), so that `find` can find it.

        `reply_to` is a message in whose thread it belongs, or to which it replies.
        """

    async def edit(self, channel: Channel, shown: Shown, *, key: str, message: str) -> DeliveryOutcome:
        """Let the message show this instead. Repeating it does no harm."""

    async def find(self, channel: Channel, *, key: str) -> Found | Doubtful:
        """Look in the channel's recent history for the card that was posted with `key`; Doubtful: ask again later."""

    async def can_post(self, channel: Channel) -> str | None:
        """Return None where a card can be posted (or where the platform does not say), else the exact cure."""

    def told(self) -> tuple[tuple[str, str], ...]:
        """Return how the connection is, each line with its label: for `status`."""


@runtime_checkable
class Served(Protocol):
    """A chat that is also spoken to by HTTP."""

    def routes(self) -> "tuple[RouteDef, ...]":
        """Return its routes, below the base path."""


@runtime_checkable
class Installed(Protocol):
    """A chat that workspaces install by themselves."""

    def use(self, installs: Any) -> None:
        """Take tokens from these installations: the chat's own module says what they can do."""
