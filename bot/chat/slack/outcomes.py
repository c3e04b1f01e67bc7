"""What Slack's errors mean for a card: not now, perhaps, or never, each with the cure in words.

Error codes: https://docs.slack.dev/reference/methods/chat.postMessage#errors, chat.update and conversations.history.
"""

import re
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.model.alert import Delayed, Doubtful, Rejected

_WORD = re.compile(r"[a-z_:.,]*")
FAULTS = (
    SlackClientError, aiohttp.ClientError, TimeoutError, OSError, AttributeError, LookupError, ValueError, TypeError,
)  # fmt: skip
"""What slack-sdk lets through; the last four where an answer is text, or JSON of another shape than it expects."""
RETRY_SECONDS = 30.0

_COPY = "set SLACK_BOT_TOKEN to the Bot User OAuth Token of the app's page OAuth & Permissions, and start again"
_INVITE = "write in the channel: /invite @{bot}"
_INSTALL = "install the app again in the workspace, " + _COPY
_ASK = "ask an admin of the workspace to allow it"
_GONE = ("That person can't be written to (any more).", "")
TOKEN_FAULTS = {
    "invalid_auth": ("Slack does not know the token.", _COPY),
    "not_authed": ("The token is empty.", _COPY),
    "not_allowed_token_type": ("It is not a bot's token.", _COPY),
    "token_revoked": ("The token was revoked.", _INSTALL),
    "token_expired": ("The token has expired.", _INSTALL),
    "account_inactive": ("The app was removed from the workspace or switched off.", _INSTALL),
}
ADVICE = TOKEN_FAULTS | {
    "channel_not_found": (
        "The channel is not there, or it is private and the bot is not in it.",
        _INVITE + "; or check the ids with which it was subscribed",
    ),
    "not_in_channel": ("The bot is not in the channel.", _INVITE),
    "user_not_found": _GONE,
    "user_not_visible": _GONE,
    "user_disabled": _GONE,
    "cannot_dm_bot": _GONE,
    "is_archived": ("The channel is archived.", "unarchive it, or `dealbell unsubscribe` it"),
    "missing_scope": ("The app may not do this.", "add the scope {scope} and install the app again"),
    "restricted_action": ("A setting of the workspace forbids the bot to post here.", _ASK),
    "restricted_action_read_only_channel": ("Only some may post here.", "allow the bot in the channel's settings"),
    "restricted_action_thread_only_channel": ("The channel takes threads only.", "subscribe another channel"),
    "ekm_access_denied": ("The workspace's admins have suspended posting.", "ask them"),
    "team_access_not_granted": ("The app has no access to this workspace.", "let an admin of the organisation add it"),
    "message_not_found": ("The message was deleted, and the card stays away.", ""),
    "cant_update_message": ("The message is not this bot's.", "use the token that posted it"),
    "edit_window_closed": ("A setting of the workspace forbids editing after some time.", _ASK),
}
"""What is wrong, and the cure."""
_CLOSED = frozenset(ADVICE) - {"missing_scope", "message_not_found", "cant_update_message", "edit_window_closed"}
"""The channel takes nothing any more until somebody does something about it."""
_LATER = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"})
_PERHAPS = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Slack says of these that some of the operation may have succeeded."""


def outcome(error: Exception, *, bot: str) -> Delayed | Doubtful | Rejected:
    """Return what an error of a call means. `bot` is the name by which people invite the bot."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return Delayed(seconds=RETRY_SECONDS, reason="Slack can't be reached.")  # nothing was sent
    if not isinstance(error, SlackApiError):
        what = "did not answer in time" if isinstance(error, TimeoutError) else "broke off the connection"
        return Doubtful(reason=f"Slack {what} ({type(error).__name__}).")
    status, code = status_of(error), code_of(error)
    if status == 429 or code in _LATER:
        return Delayed(seconds=_retry_after(error), reason="Slack asks to slow down.")
    if code in _PERHAPS or not code:
        return Doubtful(reason=f"Slack failed with {code or f'status {status}'}.")
    problem, cure = advice(error, bot=bot)
    return Rejected(reason=f"{problem} Cure: {cure}." if cure else problem, closed=code in _CLOSED)


def advice(error: SlackApiError, *, bot: str) -> tuple[str, str]:
    """Return what was refused and the cure; without one where none is known."""
    code = code_of(error)
    problem, cure = ADVICE.get(code, (f"Slack refuses the card ({code}).", ""))
    return problem, cure.format(bot=bot, scope=_words(error, "needed") or "that it needs")


def code_of(error: SlackApiError) -> str:
    """Return Slack's word for the error; empty where the answer has none."""
    return _words(error, "error")


def status_of(error: SlackApiError) -> int:
    """Return the HTTP status."""
    # where the body was no JSON, slack-sdk puts aiohttp's response here
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", None)
    return status if isinstance(status, int) else 0


def _words(error: SlackApiError, name: str) -> str:
    data = getattr(error.response, "data", None)
    said = str(data.get(name) or "")[:100] if isinstance(data, Mapping) else ""
    # what is no word of Slack's may be anything, a token that something on the way echoes included
    return said if _WORD.fullmatch(said) else "unknown_error"


def _retry_after(error: SlackApiError) -> float:
    headers: Mapping[str, Any] = getattr(error.response, "headers", None) or {}
    try:
        return max(1.0, float(headers.get("Retry-After", RETRY_SECONDS)))
    except ValueError:
        return RETRY_SECONDS
