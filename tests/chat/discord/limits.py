"""Discord's limits, strictly: what is sent must keep every one. A breach is a sentence; the fake answers 400 with it.

https://discord.com/developers/docs: resources/message, components/reference, interactions/application-commands.
"""

import re
from collections.abc import Iterator
from typing import Any

NAME = re.compile(r"[-_\w]{1,32}")
ROW, BUTTON, SELECT, TEXT_INPUT, LABEL = 1, 2, 3, 4, 18
LINK = 5


def length(text: str) -> int:
    """In UTF-16 code units: never less than Discord counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def over(what: str, text: object, most: int, *, least: int = 0) -> Iterator[str]:
    if not isinstance(text, str):
        yield f"{what} is no text: {text!r}"
    elif not least <= length(text) <= most:
        yield f"{what} has {length(text)} characters, not {least} to {most}"


def message_faults(body: dict[str, Any], *, files: int = 0, first: bool = True) -> Iterator[str]:
    """What is wrong with a message that is posted, or that edits another."""
    known = {
        *("content", "embeds", "components", "nonce", "enforce_nonce", "allowed_mentions", "attachments", "flags"),
        *("message_reference", "tts"),
    }
    yield from (f"unknown field {name}" for name in body if name not in known)
    content = body.get("content") or ""
    yield from over("content", content, 2000)
    embeds = body.get("embeds") or []
    if first and not content and not embeds and not files:
        yield "an empty message"
    if len(embeds) > 10:
        yield f"{len(embeds)} embeds"
    for embed in embeds:
        yield from embed_faults(embed)
    if sum(map(embed_size, embeds)) > 6000:
        yield f"embeds of {sum(map(embed_size, embeds))} characters"
    yield from component_faults(body.get("components") or [])
    if body.get("allowed_mentions", {"parse": []}) not in ({"parse": []}, {"parse": [], "replied_user": False}):
        yield f"mentions may fire: {body['allowed_mentions']}"
    if first and "allowed_mentions" not in body:
        yield "mentions may fire: nothing is said of them"
    if "nonce" in body:
        yield from over("nonce", str(body["nonce"]), 25, least=1)
    for attachment in body.get("attachments") or []:
        yield from over("description of a file", attachment.get("description") or "", 1024)


def embed_size(embed: dict[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description"), embed.get("footer", {}).get("text")]
    texts += [field[part] for field in embed.get("fields", []) for part in ("name", "value")]
    return sum(length(text or "") for text in texts)


def embed_faults(embed: dict[str, Any]) -> Iterator[str]:
    yield from over("title", embed.get("title", ""), 256)
    yield from over("description", embed.get("description", ""), 4096)
    yield from over("footer", embed.get("footer", {}).get("text", ""), 2048)
    yield from over("address", embed.get("url", ""), 2048)
    fields = embed.get("fields", [])
    if len(fields) > 25:
        yield f"{len(fields)} fields"
    for field in fields:
        yield from over("name of a field", field["name"], 256, least=1)
        yield from over("value of a field", field["value"], 1024, least=1)
        if not field["name"].strip() or not field["value"].strip():
            yield "a blank field"
    if not {"title", "description", "footer", "fields"} & set(embed):
        yield "an empty embed"


def component_faults(rows: list[dict[str, Any]]) -> Iterator[str]:
    if len(rows) > 5:
        yield f"{len(rows)} rows"
    ids: list[str] = []
    for row in rows:
        if row["type"] != ROW or not 1 <= len(row["components"]) <= 5:
            yield f"a row of {len(row['components'])} buttons"
        for button in row["components"]:
            if button["type"] != BUTTON:
                yield f"a component of type {button['type']}"
            yield from over("label", button.get("label"), 80, least=1)
            if button["style"] == LINK:
                yield from over("address of a button", button.get("url"), 512, least=1)
                if not re.match(r"https?://", button["url"]) or button.get("custom_id"):
                    yield f"a link that is none: {button['url']}"
            else:
                yield from over("custom_id", button.get("custom_id"), 100, least=1)
                ids.append(button["custom_id"])
    if len(ids) != len(set(ids)):
        yield f"a custom_id twice: {ids}"


def modal_faults(modal: dict[str, Any]) -> Iterator[str]:
    yield from over("title of a form", modal["title"], 45, least=1)
    yield from over("custom_id", modal["custom_id"], 100, least=1)
    if not 1 <= len(modal["components"]) <= 5:
        yield f"{len(modal['components'])} parts of a form"
    for label in modal["components"]:
        if label["type"] != LABEL:
            yield f"a part of type {label['type']} in a form"
        yield from over("label", label["label"], 45, least=1)
        yield from over("description of a label", label.get("description") or "", 100)
        yield from _input_faults(label["component"])


def _input_faults(part: dict[str, Any]) -> Iterator[str]:
    yield from over("custom_id", part["custom_id"], 100, least=1)
    if part["type"] == SELECT:
        yield from over("placeholder", part.get("placeholder") or "", 150)
        if not 1 <= len(part["options"]) <= 25 or part.get("max_values", 1) > len(part["options"]):
            yield f"{len(part['options'])} options of which {part.get('max_values')} may be chosen"
        for option in part["options"]:
            yield from over("label of an option", option["label"], 100, least=1)
            yield from over("value of an option", option["value"], 100, least=1)
    elif part["type"] == TEXT_INPUT:
        yield from over("placeholder", part.get("placeholder") or "", 100)
        if not 1 <= part.get("max_length", 4000) <= 4000:
            yield f"a text of {part['max_length']}"
    else:
        yield f"an input of type {part['type']}"


def choice_faults(choices: list[dict[str, Any]]) -> Iterator[str]:
    if len(choices) > 25:
        yield f"{len(choices)} choices"
    for choice in choices:
        yield from over("name of a choice", choice["name"], 100, least=1)
        if isinstance(choice["value"], str):
            yield from over("value of a choice", choice["value"], 100, least=1)


def command_faults(commands: list[dict[str, Any]]) -> Iterator[str]:
    names = [(command["type"], command["name"]) for command in commands]
    if len(names) != len(set(names)) or len(names) > 100:
        yield f"names twice or too many: {names}"
    for command in commands:
        if command["type"] != 1:
            yield from over("name of a menu command", command["name"], 32, least=1)
            if command.get("description"):
                yield "a menu command with a description"
            continue
        yield from _option_faults(command)
        if _command_size(command) > 8000:
            yield f"{command['name']} has {_command_size(command)} characters"


def _option_faults(entry: dict[str, Any]) -> Iterator[str]:
    name = entry["name"]
    if not NAME.fullmatch(name) or name != name.lower():
        yield f"no name: {name!r}"
    yield from over(f"description of {name}", entry["description"], 100, least=1)
    options = entry.get("options", [])
    if len(options) > 25:
        yield f"{name} has {len(options)} options"
    needed = [option.get("required", False) for option in options]
    if needed != sorted(needed, reverse=True):
        yield f"{name} has a required option after another"
    kinds = {option["type"] for option in options}
    if kinds & {1, 2} and kinds - {1, 2}:
        yield f"{name} mixes subcommands and options"
    if len({option["name"] for option in options}) != len(options):
        yield f"{name} has an option twice"
    if entry.get("choices") and entry.get("autocomplete"):
        yield f"{name} has choices and completes"
    yield from choice_faults(entry.get("choices", []))
    for option in options:
        yield from _option_faults(option)


def _command_size(entry: dict[str, Any]) -> int:
    size = length(entry["name"]) + length(entry["description"])
    size += sum(length(choice["name"]) + length(str(choice["value"])) for choice in entry.get("choices", []))
    return size + sum(map(_command_size, entry.get("options", [])))
