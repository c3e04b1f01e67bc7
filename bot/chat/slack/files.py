"""Files: out by the external upload flow, in from a message.

https://docs.slack.dev/messaging/working-with-files: an address is asked for, the bytes go there, the upload is ended.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.outcomes import FAULTS
from bot.chat.slack.payloads import text_at
from bot.model.request import File

log = structlog.get_logger()

MOST_BYTES = 1_000_000
READ = ("csv", "opml", "xml", "text", "txt")
"""File types that a command can take."""


async def upload(
    web: AsyncWebClient, session: aiohttp.ClientSession, file: File, *, channel: str, thread: str = ""
) -> None:
    """Share a file in a conversation. Raises what slack-sdk and aiohttp raise."""
    asked = {"filename": file.name, "length": len(file.content)}
    asked |= {"alt_txt": file.alt[:1000]} if file.alt else {}
    place = await web.api_call("files.getUploadURLExternal", params=asked)
    async with session.post(str(place["upload_url"]), data=file.content) as answer:
        answer.raise_for_status()
    ended: dict[str, Any] = {"files": [{"id": place["file_id"], "title": file.name}], "channel_id": channel}
    ended |= {"thread_ts": thread} if thread else {}
    await web.api_call("files.completeUploadExternal", json=ended)


async def attachment(
    web: AsyncWebClient, session: aiohttp.ClientSession, event: Mapping[str, Any], *, api_url: str
) -> str | None:
    """Return the text of the first CSV or OPML file of a message; None: there is none that can be read."""
    for each in event.get("files") or ():
        if not isinstance(each, Mapping):
            continue
        kind = text_at(each, "filetype").lower() or text_at(each, "name").rpartition(".")[2].lower()
        address = text_at(each, "url_private_download") or text_at(each, "url_private")
        size = each.get("size")
        if kind not in READ or not _is_slacks(address, api_url) or not isinstance(size, int) or size > MOST_BYTES:
            continue
        try:
            headers = {"Authorization": f"Bearer {web.token}"}
            async with session.get(address, headers=headers, allow_redirects=False) as answer:
                # without the scope files:read Slack answers with its login page
                if answer.status == 200 and answer.content_type != "text/html":
                    content = await answer.content.read(MOST_BYTES)
                    return content.decode("utf-8-sig", "replace")
        except FAULTS as error:
            log.info("slack did not hand over a file", reason=type(error).__name__)
    return None


def _is_slacks(address: str, api_url: str) -> bool:
    """Return whether an address may get the token: the host of the API, or another of the same domain."""
    try:
        there, api = urlsplit(address), urlsplit(api_url)
    except ValueError:
        return False
    host, home = there.hostname or "", (api.hostname or "").removeprefix("www.")
    same = host == home or host.endswith("." + home)
    return same and there.scheme == api.scheme and "@" not in there.netloc
