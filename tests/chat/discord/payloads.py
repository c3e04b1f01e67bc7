"""What Discord sends: users, servers, channels, messages, interactions, in its own words."""

from typing import Any

BOT = {"id": "900", "username": "bell", "discriminator": "0", "global_name": None, "avatar": None, "bot": True}
APPLICATION = {
    "id": "900",
    "name": "bell",
    "description": "",
    "icon": None,
    "bot_public": True,
    "owner": BOT,
    "bot_require_code_grant": False,
    "verify_key": "",
    "flags": 0,
}
MESSAGE = {
    "author": BOT,
    "timestamp": "2026-01-01T00:00:00+00:00",
    "edited_timestamp": None,
    "tts": False,
    "type": 0,
    "mention_everyone": False,
    "mentions": [],
    "mention_roles": [],
    "attachments": [],
    "pinned": False,
    "components": [],
}
TEXT, DIRECT, NEWS, FORUM, PUBLIC_THREAD = 0, 1, 5, 15, 11
FORUM_TYPES = {15, 16}
GUILD = "77"
VIEW, SEND, EMBED, FILES, HISTORY, IN_THREADS = 1 << 10, 1 << 11, 1 << 14, 1 << 15, 1 << 16, 1 << 38
MANAGE_CHANNELS, MANAGE_GUILD = 1 << 4, 1 << 5
ENOUGH = VIEW | SEND | EMBED | FILES | HISTORY | IN_THREADS
BOT_ROLE = "700"


def user(name: str, id: str) -> dict[str, Any]:  # noqa: A002
    return {"id": id, "username": name, "discriminator": "0", "global_name": name.title(), "avatar": None}


def member(of: dict[str, Any], *roles: str) -> dict[str, Any]:
    return {
        "user": of, "roles": list(roles), "joined_at": "2025-01-01T00:00:00+00:00", "deaf": False, "mute": False,
        "flags": 0, "nick": None, "avatar": None,
    }  # fmt: skip


def role(id: str, permissions: int, name: str = "everyone") -> dict[str, Any]:  # noqa: A002
    return {
        "id": id, "name": name, "permissions": str(permissions), "position": 0, "color": 0, "hoist": False,
        "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip


def channel(id: str, name: str, type: int = TEXT, *, deny: int = 0, tags: tuple[str, ...] = ()) -> dict[str, Any]:  # noqa: A002
    overwrites = [{"id": BOT_ROLE, "type": 0, "allow": "0", "deny": str(deny)}] if deny else []
    found: dict[str, Any] = {
        "id": id, "guild_id": GUILD, "name": name, "type": type, "position": 1, "permission_overwrites": overwrites,
        "nsfw": False, "parent_id": None, "topic": None, "rate_limit_per_user": 0,
    }  # fmt: skip
    if type in FORUM_TYPES:
        found["available_tags"] = [
            {"id": str(800 + place), "name": tag, "moderated": False, "emoji_id": None, "emoji_name": None}
            for place, tag in enumerate(tags)
        ]
        found |= {"flags": 0, "default_reaction_emoji": None, "default_forum_layout": 0}
    return found


def thread(id: str, parent: str, name: str, tags: list[str] | None = None) -> dict[str, Any]:  # noqa: A002
    return {
        "id": id, "parent_id": parent, "guild_id": GUILD, "owner_id": BOT["id"], "name": name, "type": PUBLIC_THREAD,
        "message_count": 0, "member_count": 1, "rate_limit_per_user": 0, "applied_tags": tags or [], "flags": 0,
        "thread_metadata": {
            "archived": False, "auto_archive_duration": 4320, "archive_timestamp": "2026-01-01T00:00:00+00:00",
            "locked": False,
        },
    }  # fmt: skip


def guild(*channels: dict[str, Any], permissions: int = ENOUGH) -> dict[str, Any]:
    return {
        "id": GUILD, "name": "Acme", "owner_id": "1", "member_count": 3, "unavailable": False, "channels": [*channels],
        "roles": [role(GUILD, 0), role(BOT_ROLE, permissions, "bell")], "members": [member(BOT, BOT_ROLE)],
        "threads": [], "emojis": [], "stickers": [], "features": [], "presences": [], "voice_states": [],
        "stage_instances": [], "guild_scheduled_events": [],
    }  # fmt: skip
