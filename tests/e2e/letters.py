"""What somebody finds in their mailbox."""

import asyncio
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final, cast

import httpx

from tests.e2e.stack import Stack

PATIENCE_SECONDS: Final = 30.0
_ROW: Final = re.compile(r"<td>(?P<to>[^<]*)</td>\s*<td><a href=\"(?P<path>/mails/[^\"]+)\">")


async def letter_to(stack: Stack, email: str) -> EmailMessage:
    """The newest mail to an address, which may be under way yet."""
    async with asyncio.timeout(PATIENCE_SECONDS), httpx.AsyncClient(base_url=stack.mailbox_url) as mailbox:
        while True:
            for row in _ROW.finditer((await mailbox.get("/")).text):
                if email in row["to"]:
                    source = await mailbox.get(f"{row['path']}/source")
                    return cast(EmailMessage, message_from_bytes(source.content, policy=policy.default))
            await asyncio.sleep(0.2)


async def link_to(stack: Stack, email: str, page: str) -> str:
    """The link of that mail to a page of ours."""
    body = (await letter_to(stack, email)).get_body(preferencelist=("plain",))
    assert body is not None
    found = re.search(rf"{re.escape(stack.url)}{page}#\S+", body.get_content())
    assert found is not None, body.get_content()
    return found.group()
