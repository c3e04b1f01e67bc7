"""What Discord's errors mean for a card: not now, perhaps, or never, each with the cure in words.

Error codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
"""

import json

import aiohttp
import discord

from bot.model.alert import Delayed, Doubtful, Rejected

FAULTS = (
    discord.HTTPException, discord.RateLimited, discord.LoginFailure, discord.GatewayNotFound, discord.ConnectionClosed,
    discord.PrivilegedIntentsRequired, aiohttp.ClientError, TimeoutError, OSError, json.JSONDecodeError,
)  # fmt: skip
"""What goes wrong at Discord or on the way there; all else is a bug, and passes through."""
RETRY_SECONDS = 30.0

CURE = "set DISCORD_BOT_TOKEN to the token of the Bot page in the developer portal, and start again"
_GRANT = (
    "Cure: in the channel's settings give the bot's role View Channel, Send Messages, Embed Links and"
    " Read Message History"
)
GONE = "The channel is not there any more. Cure: subscribe another."
LEFT = "The bot is not in the server any more. Cure: invite it again."
REASONS = {
    10003: GONE,
    10004: LEFT,
    10008: "The message was deleted, and the card stays away.",
    40333: "Discord's gatekeeper refuses this program. Cure: check DISCORD_API_URL.",
    50001: f"The bot can't see the channel. {_GRANT}.",
    50005: "The message is not this bot's. Cure: use the token that posted it.",
    50008: "Cards can't be posted in a channel of this kind. Cure: subscribe a text channel.",
    50013: f"The bot may not post here. {_GRANT}.",
    40067: "The forum asks for a tag. Cure: give it tags called Funding, Acquisition and so on, or let it not ask.",
    50007: "That person takes no direct messages from the bot. Cure: allow them in the server's privacy settings.",
    50083: "The thread is archived. Cure: open it again.",
    160005: "The thread is locked. Cure: unlock it.",
    200000: "AutoMod blocked the card. Cure: exempt the bot's role in the server's AutoMod rules.",
    240000: "Discord takes a link of the card for harmful.",
}


NEVER_AGAIN = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""Close codes of the gateway after which Discord asks not to connect again."""
_THIS_CARD = frozenset({10008, 50005, 40333, 200000, 240000})
"""What is refused is this card alone: the channel takes others."""


def outcome(error: Exception, *, answers: tuple[int, ...] = ()) -> Delayed | Doubtful | Rejected:
    """Return what an error of a call means.

    `answers` are the statuses that the call's requests got: discord.py repeats one that was answered 500 by itself,
    so the last error alone does not say that nothing was posted.
    """
    if isinstance(error, discord.LoginFailure):
        return Rejected(reason=f"Discord does not know the token. Cure: {CURE}.", closed=True)
    if isinstance(error, discord.HTTPException) and 400 <= error.status < 500 and error.status != 429:
        closed = error.status in {401, 403, 404} and error.code not in _THIS_CARD
        return Rejected(reason=_reason(error), closed=closed)
    failed = [*answers, error.status if isinstance(error, discord.HTTPException) else 0]
    if max(failed) >= 500:
        return Doubtful(reason=f"Discord failed with status {max(failed)}.")
    if isinstance(error, aiohttp.ClientConnectorError):
        return Delayed(seconds=RETRY_SECONDS, reason="Discord can't be reached.")  # nothing was sent
    if isinstance(error, discord.RateLimited | discord.HTTPException):
        return Delayed(seconds=_seconds_of(error), reason="Discord asks to slow down.")
    what = "did not answer in time" if isinstance(error, TimeoutError) else "broke off the connection"
    return Doubtful(reason=f"Discord {what} ({type(error).__name__}).")


def is_fatal(error: BaseException | None) -> bool:
    """Return whether it is no use to connect again: the token is nobody's, or Discord does not let the bot in."""
    while error is not None:
        if isinstance(error, discord.LoginFailure | discord.PrivilegedIntentsRequired):
            return True
        if isinstance(error, discord.ConnectionClosed) and error.code in NEVER_AGAIN:
            return True
        if isinstance(error, discord.HTTPException) and error.status == 401:
            return True
        error = error.__cause__
    return False


def _reason(error: discord.HTTPException) -> str:
    if error.status == 401:
        return f"Discord does not know the token any more. Cure: {CURE}."
    known = REASONS.get(error.code)
    if known is None and error.status == 403:
        known = f"The bot may not do this here. {_GRANT}."
    if known is None and error.status == 404:
        known = REASONS[10003]
    return known or f"Discord refuses the card (status {error.status}, code {error.code})."


def _seconds_of(error: discord.RateLimited | discord.HTTPException) -> float:
    return error.retry_after if isinstance(error, discord.RateLimited) else retry_after(error.response)


def retry_after(response: aiohttp.ClientResponse) -> float:
    """Return how many seconds an answer 429 asks to wait."""
    try:
        return max(1.0, float(response.headers.get("Retry-After", RETRY_SECONDS)))
    except ValueError:
        return RETRY_SECONDS
