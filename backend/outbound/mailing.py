"""Handing one mail over to the mail system, whoever wrote it."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from backend.outbound.mail import Mail, MailRefused, compose
from backend.outbound.smtp import Accepted, Refused, SmtpPool, send
from backend.outbound.work import Never, Outcome
from backend.rules.email_address import AddressRefused

_ADDRESS: Final = re.compile(r"[^\s<>()\[\]:;,\"]+@[^\s<>()\[\]:;,\"]+")


async def hand_over(smtp: SmtpPool, mail: Mail, *, date: datetime) -> Outcome:
    """Send it. A second copy is the same message to the last byte: its date is the day it was queued."""
    try:
        composed = compose(mail, date=date)
    except (MailRefused, AddressRefused) as refused:
        return Never(str(refused))
    outcome = await send(smtp, composed, mail)
    match outcome:
        case Accepted():
            return replace(outcome, server_reply=without_addresses(outcome.server_reply))
        case Refused():
            return replace(outcome, reply=without_addresses(outcome.reply))
        case _:
            return replace(outcome, reason=without_addresses(outcome.reason))


def without_addresses(reply: str) -> str:
    """A server's words without e-mail addresses: they are personal, stay in the journal for ever, and the delivery
    knows the address anyway (encrypted, until it is erased)."""
    return _ADDRESS.sub("…", reply)
