"""People on Discord: they type the commands that the bot has registered, press buttons, fill in forms."""

import asyncio
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from tests.chat.discord.answers import Answer
from tests.chat.discord.fake import FakeDiscord
from tests.chat.discord.payloads import (
    DIRECT,
    EMBED,
    GUILD,
    HISTORY,
    MANAGE_CHANNELS,
    MANAGE_GUILD,
    MESSAGE,
    SEND,
    VIEW,
    channel,
    member,
    user,
)

COMMAND, PRESS, COMPLETE, SUBMIT = 2, 3, 4, 5
READER = VIEW | SEND | EMBED | HISTORY
MANAGER = READER | MANAGE_CHANNELS
OWNER = MANAGER | MANAGE_GUILD
SECONDS = 10.0
_ids = count(5000)


@dataclass(frozen=True)
class Person:
    """Somebody in a channel of the server, or (`guild=None`) in a direct message."""

    discord: FakeDiscord
    name: str = "alice"
    id: str = "31"
    guild: str | None = GUILD
    channel: str = "501"
    permissions: int = OWNER
    bot_is_here: bool = True
    """False: it is the person's own installation of the bot that is used in a server."""
    elsewhere: int = OWNER
    """What the person may do in another channel that is named."""
    wait: bool = True
    files: dict[str, bytes] = field(default_factory=dict)

    def but(self, **changes: Any) -> "Person":
        return replace(self, **changes)

    async def types(self, path: str, /, **options: Any) -> Answer:
        """Run "deals recent" with options by their names."""
        data, _ = self._command(path, options)
        return await self._interact(COMMAND, data)

    async def completes(self, path: str, option: str, begin: str, /, **others: Any) -> list[str]:
        """Begin to type an option and return what is suggested."""
        data, leaf = self._command(path, {**others, option: begin})
        for each in leaf["options"]:
            if each["name"] == option:
                each["focused"] = True
        answer = await self._interact(COMPLETE, data)
        assert answer.choices is not None
        return answer.choices

    async def presses(self, button: dict[str, Any], message: dict[str, Any], *, ephemeral: bool = False) -> Answer:
        """Press a button of a message."""
        shown = {**MESSAGE, "channel_id": self.channel, **message, "flags": 64 if ephemeral else 0}
        data = {"custom_id": button["custom_id"], "component_type": 2}
        return await self._interact(PRESS, data, message=shown)

    async def submits(self, form: dict[str, Any], **values: Any) -> Answer:
        """Fill in a form: values by the labels, in lower case, with _ for blanks."""
        parts = []
        for label in form["components"]:
            name = label["label"].casefold().translate(str.maketrans(" ", "_", "?,"))
            part, value = label["component"], values.pop(name, None)
            filled = {"type": part["type"], "custom_id": part["custom_id"], "id": 2}
            if part["type"] == 3:
                filled["values"] = [value] if isinstance(value, str) else list(value or ())
            else:
                filled["value"] = value or ""
            parts.append({"type": label["type"], "id": 1, "component": filled})
        assert not values, f"the form has no {values}"
        return await self._interact(SUBMIT, {"custom_id": form["custom_id"], "components": parts})

    async def asks_about(self, content: str, **more: Any) -> Answer:
        """Choose "Find deals in this message" in a message's menu."""
        command = next(each for each in self._registered() if each["type"] == 3)
        message = {**MESSAGE, "id": "4001", "channel_id": self.channel, "content": content, "embeds": [],
                   "author": user("bob", "32"), **more}  # fmt: skip
        data = {"id": "1", "type": 3, "name": command["name"], "target_id": "4001",
                "resolved": {"messages": {"4001": message}}}  # fmt: skip
        return await self._interact(COMMAND, data)

    def _registered(self) -> list[dict[str, Any]]:
        return next(iter(self.discord.commands.values()))

    def _command(self, path: str, options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        top, *inner = path.split()
        found = next(each for each in self._registered() if each["name"] == top and each["type"] == 1)
        data: dict[str, Any] = {"id": "1", "type": 1, "name": top, "resolved": {}}
        leaf = data
        for name in inner:
            found = next(option for option in found["options"] if option["name"] == name)
            below = {"name": name, "type": found["type"], "options": []}
            leaf["options"] = [below]
            leaf = below
        given = {name.replace("_", "-"): value for name, value in options.items()}
        for option in found.get("options", []):
            if option["name"] in given:
                leaf["options"].append(self._value(option, given.pop(option["name"]), data["resolved"]))
        assert not given, f"/{path} has no option {given}"
        return data, leaf

    def _value(self, option: dict[str, Any], value: Any, resolved: dict[str, Any]) -> dict[str, Any]:
        if option["type"] == 7:
            resolved["channels"] = {value: {**channel(value, f"c{value}", self.discord.kinds.get(value, {}).get(
                "type", 0)), "permissions": str(self.elsewhere)}}  # fmt: skip
        elif option["type"] == 11:
            self.discord.files |= self.files
            content = self.files[value]
            url = self.discord.url.replace("/discord/api/v10", f"/files/{value}")
            resolved["attachments"] = {"77001": {"id": "77001", "size": len(content), "filename": value, "url": url,
                                                 "proxy_url": url}}  # fmt: skip
            value = "77001"
        elif option.get("choices"):
            assert value in {choice["value"] for choice in option["choices"]}, value
        return {"name": option["name"], "type": option["type"], "value": value}

    async def _interact(self, kind: int, data: dict[str, Any], **more: Any) -> Answer:
        number = str(next(_ids) << 22)
        answer = Answer(channel=self.channel)
        self.discord.answers.expect(number, answer)
        await self.discord.gateway.tell("INTERACTION_CREATE", self._payload(number, kind, data) | more)
        if self.wait:
            async with asyncio.timeout(SECONDS):
                await answer.done.wait()
        return answer

    def _payload(self, number: str, kind: int, data: dict[str, Any]) -> dict[str, Any]:
        who = user(self.name, self.id)
        where: dict[str, Any] = {"channel_id": self.channel}
        if self.guild:
            where |= {
                "guild_id": self.guild, "guild": {"id": self.guild, "locale": "en-US", "features": []},
                "channel": channel(self.channel, f"c{self.channel}"), "context": 0,
                "member": {**member(who), "permissions": str(self.permissions)},
                "authorizing_integration_owners": {"0": self.guild} if self.bot_is_here else {"1": self.id},
            }  # fmt: skip
        else:
            where |= {
                "channel": {"id": self.channel, "type": DIRECT, "recipients": [who]}, "context": 1, "user": who,
                "authorizing_integration_owners": {"1": self.id},
            }  # fmt: skip
        return {
            "id": number, "application_id": "900", "type": kind, "token": f"token-{number}", "version": 1,
            "data": data, "app_permissions": "0", "locale": "en-US", "entitlements": [],
            "attachment_size_limit": 10 * 2**20, **where,
        }  # fmt: skip
