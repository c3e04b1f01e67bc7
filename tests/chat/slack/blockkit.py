"""A strict reader of Block Kit: says what Slack would refuse, or what is not documented.

Sources: https://docs.slack.dev/reference/block-kit/blocks, …/block-elements, …/composition-objects, …/views.
"""

import json
from collections.abc import Iterator
from typing import Any

TOTAL = 13_200
MESSAGE = {"section", "context", "actions", "divider", "header", "image"}
VIEW = MESSAGE | {"input"}
IN_ACTIONS = {"button", "static_select", "external_select", "checkboxes", "radio_buttons", "timepicker"}
IN_INPUT = {
    "plain_text_input", "radio_buttons", "checkboxes", "static_select", "external_select", "multi_external_select",
    "timepicker",
}  # fmt: skip
KEYS: dict[str, tuple[set[str], set[str]]] = {
    "section": (set(), {"text", "fields", "accessory", "expand"}),
    "context": ({"elements"}, set()),
    "actions": ({"elements"}, set()),
    "divider": (set(), set()),
    "header": ({"text"}, set()),
    "input": ({"label", "element"}, {"hint", "optional", "dispatch_action"}),
    "button": ({"text", "action_id"}, {"value", "url", "style", "confirm"}),
    "static_select": ({"options", "action_id"}, {"placeholder", "initial_option"}),
    "external_select": ({"action_id"}, {"placeholder", "initial_option", "min_query_length"}),
    "multi_external_select": ({"action_id"}, {"placeholder", "min_query_length", "max_selected_items"}),
    "checkboxes": ({"options", "action_id"}, {"initial_options"}),
    "radio_buttons": ({"options", "action_id"}, {"initial_option"}),
    "timepicker": ({"action_id"}, {"initial_time", "placeholder"}),
    "plain_text_input": ({"action_id"}, {"multiline", "max_length", "initial_value", "placeholder"}),
}
"""For each type the keys that it must have and those that it may have, beside type and block_id."""

Problems = Iterator[str]


def message_problems(body: dict[str, Any]) -> list[str]:
    """Return what is wrong with a message."""
    found = [*_length(body.get("text"), "text", 1, 4000)]
    if len(str(body.get("text")).encode()) > 4000:
        found.append("text: more than 4,000 bytes, which chat.update refuses")
    if "blocks" in body:
        found += [*_blocks(body["blocks"], MESSAGE, 50)]
        size = len(json.dumps(body["blocks"], ensure_ascii=False))
        found += [f"blocks: {size} characters in all"] if size > TOTAL else []
    return found


def view_problems(view: dict[str, Any]) -> list[str]:
    """Return what is wrong with a modal or a home page."""
    found: list[str] = []
    known = {"type", "callback_id", "title", "submit", "close", "private_metadata", "blocks", "notify_on_close"}
    found += [f"view: unknown key {key}" for key in view.keys() - known]
    if view.get("type") == "modal":
        found += [*_plain(view.get("title"), "title", 24)]
        for name in ("submit", "close"):
            found += [*_plain(view[name], name, 24)] if name in view else []
        has_input = any(block.get("type") == "input" for block in view.get("blocks", []))
        found += ["view: inputs without submit"] if has_input and "submit" not in view else []
    elif view.get("type") != "home":
        found.append(f"view: unknown type {view.get('type')}")
    found += [*_length(view.get("private_metadata", ""), "private_metadata", 0, 3000)]
    found += [*_length(view.get("callback_id", ""), "callback_id", 0, 255)]
    found += [*_blocks(view.get("blocks"), VIEW, 100)]
    if len(json.dumps(view)) > 250_000:
        found.append("view: larger than 250 KB")
    return found


def option_problems(options: Any) -> list[str]:
    """Return what is wrong with the answer to a typeahead."""
    return [*_options(options, "options", least=0)]


def _blocks(blocks: Any, allowed: set[str], most: int) -> Problems:
    if not isinstance(blocks, list) or not 1 <= len(blocks) <= most:
        yield f"blocks: {len(blocks) if isinstance(blocks, list) else type(blocks).__name__}, at most {most}"
        return
    ids = [block.get("block_id") for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        yield "blocks: a block_id twice"
    for number, block in enumerate(blocks):
        where = f"blocks[{number}]"
        kind = block.get("type")
        if kind not in allowed:
            yield f"{where}: the type {kind} is not allowed here"
            continue
        yield from _keys(block, where)
        yield from _length(block.get("block_id", ""), f"{where}.block_id", 0, 255)
        yield from _block(block, kind, where)


def _block(block: dict[str, Any], kind: str, where: str) -> Problems:
    match kind:
        case "section":
            yield from _section(block, where)
        case "context":
            yield from _count(block["elements"], where, 1, 10)
            for each in block["elements"]:
                yield from _text(each, f"{where}.elements", 3000)
        case "actions":
            yield from _actions(block, where)
        case "header":
            yield from _plain(block["text"], f"{where}.text", 150)
        case "input":
            for name in ("label", "hint"):
                yield from _plain(block[name], f"{where}.{name}", 2000) if name in block else ()
            yield from _element(block["element"], f"{where}.element", IN_INPUT)


def _section(block: dict[str, Any], where: str) -> Problems:
    if "text" not in block and "fields" not in block:
        yield f"{where}: neither text nor fields"
    if "text" in block:
        yield from _text(block["text"], f"{where}.text", 3000)
    if "fields" in block:
        yield from _count(block["fields"], f"{where}.fields", 1, 10)
        for field in block["fields"]:
            yield from _text(field, f"{where}.fields", 2000)
    if "accessory" in block:
        yield from _element(block["accessory"], f"{where}.accessory", IN_ACTIONS)


def _actions(block: dict[str, Any], where: str) -> Problems:
    yield from _count(block["elements"], where, 1, 25)
    ids = [each.get("action_id") for each in block["elements"]]
    if len(ids) != len(set(ids)):
        yield f"{where}: an action_id twice"
    for each in block["elements"]:
        yield from _element(each, where, IN_ACTIONS)


def _element(element: dict[str, Any], where: str, allowed: set[str]) -> Problems:
    kind = element.get("type")
    if kind not in allowed:
        yield f"{where}: the element {kind} is not allowed here"
        return
    yield from _keys(element, where)
    yield from _length(element.get("action_id"), f"{where}.action_id", 1, 255)
    if kind == "button":
        yield from _plain(element["text"], f"{where}.text", 75)
        yield from _length(element.get("value", "x"), f"{where}.value", 1, 2000)
        if element.get("style", "primary") not in {"primary", "danger"}:
            yield f"{where}: style {element['style']}"
    if "options" in element:
        most = 10 if kind in {"checkboxes", "radio_buttons"} else 100
        yield from _options(element["options"], f"{where}.options", most=most)
    for initial in [element["initial_option"]] if "initial_option" in element else element.get("initial_options", []):
        if "options" in element and initial not in element["options"]:
            yield f"{where}: an initial option that is none of the options"
        yield from _options([initial], f"{where}.initial")
    if "initial_options" in element:
        yield from _count(element["initial_options"], f"{where}.initial_options", 1, 10)
    if kind == "plain_text_input":
        yield from _length(
            element.get("initial_value", ""), f"{where}.initial_value", 0, element.get("max_length", 3000)
        )
        if not 1 <= element.get("max_length", 3000) <= 3000:
            yield f"{where}: max_length"


def _options(options: Any, where: str, *, least: int = 1, most: int = 100) -> Problems:
    yield from _count(options, where, least, most)
    for each in options:
        if each.keys() - {"text", "value", "description"}:
            yield f"{where}: unknown keys {sorted(each)}"
        yield from _plain(each.get("text"), f"{where}.text", 75)
        yield from _length(each.get("value"), f"{where}.value", 1, 150)


def _keys(thing: dict[str, Any], where: str) -> Problems:
    must, may = KEYS[thing["type"]]
    keys = thing.keys() - {"type", "block_id"}
    if must - keys:
        yield f"{where}: lacks {sorted(must - keys)}"
    if keys - must - may:
        yield f"{where}: unknown keys {sorted(keys - must - may)}"


def _count(things: Any, where: str, least: int, most: int) -> Problems:
    if not isinstance(things, list) or not least <= len(things) <= most:
        yield f"{where}: {len(things) if isinstance(things, list) else things} of {least} to {most}"


def _length(text: Any, where: str, least: int, most: int) -> Problems:
    if not isinstance(text, str):
        yield f"{where}: no text but {type(text).__name__}"
    elif not least <= len(text.encode("utf-16-le", "surrogatepass")) // 2 <= most:
        yield f"{where}: {len(text)} characters, {least} to {most} are allowed"


def _text(thing: Any, where: str, most: int) -> Problems:
    if not isinstance(thing, dict) or thing.get("type") not in {"mrkdwn", "plain_text"}:
        yield f"{where}: no text object"
        return
    may = {"type", "text", "verbatim"} if thing["type"] == "mrkdwn" else {"type", "text", "emoji"}
    if thing.keys() - may:
        yield f"{where}: unknown keys {sorted(thing.keys() - may)}"
    yield from _length(thing.get("text"), where, 1, most)


def _plain(thing: Any, where: str, most: int) -> Problems:
    yield from _text(thing, where, most)
    if isinstance(thing, dict) and thing.get("type") != "plain_text":
        yield f"{where}: must be plain_text"
