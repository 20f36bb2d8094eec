"""A mail server that dies at one moment: how many copies there are afterwards, and what is said of them (I06, 1.4)."""

from dataclasses import replace
from datetime import timedelta
from email.parser import BytesHeaderParser
from typing import Any

import pytest

from backend.documents.renderer import RendererPool
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.outbound.claims import LEASE
from backend.outbound.senders import document_mail
from backend.outbound.senders.document_mail import DocumentMail
from backend.outbound.smtp import SmtpPool, SmtpSettings
from backend.outbound.work import send_due
from backend.values.identifiers import derived_id
from tests.faults.world import World
from tests.given.federation import Federation
from tests.given.invoices import Issued, an_issued_invoice
from tests.given.smtp_faults import Fault, SmtpFaults, smtp_that

# What goes wrong at first, what is said of each attempt, and how many copies the server holds in the end.
STORIES = [
    (Fault.BANNER_421, ["delivery-deferred", "delivery-sent"], 1),
    (Fault.RECIPIENT_450, ["delivery-deferred", "delivery-sent"], 1),
    (Fault.DATA_451, ["delivery-deferred", "delivery-sent"], 1),
    (Fault.STORED_451, ["delivery-deferred", "delivery-sent"], 1),
    (Fault.BODY_DROPS, ["delivery-unknown", "delivery-sent"], 1),
    (Fault.STORED_DROPS, ["delivery-unknown", "delivery-sent"], 2),
    (Fault.STORED_LATE, ["delivery-unknown", "delivery-sent"], 2),
    (Fault.RECIPIENT_550, ["delivery-bounced"], 0),
    (Fault.STORED_554, ["delivery-bounced"], 0),
]
LONGER_THAN_ANY_DELAY = timedelta(minutes=2)


@pytest.mark.parametrize(("fault", "said", "copies"), STORIES, ids=[story[0].value for story in STORIES])
async def test_never_none_and_never_a_third_copy(world: World, fault: Fault, said: list[str], copies: int) -> None:
    """F21 to F25: retried when it certainly is not there, once more when nobody knows, never after a bounce."""
    federation = await world.federation()
    invoice = await an_issued_invoice(federation, deliver=True)
    async with smtp_that(fault) as server, Mailer(world, server, federation) as mailer:
        await mailer.attempt()
        server.fault = Fault.NONE
        for _ in range(3):
            world.clock.advance(LONGER_THAN_ANY_DELAY)
            await mailer.attempt()
        assert await outcomes(federation, invoice) == said
        assert len(server.stored) == copies
        assert len(message_ids(server)) <= 1


async def test_a_worker_that_dies_before_its_report_leaves_one_more_copy(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F05, I06: the mail is out, nobody wrote it down; after the lease it is unknown, and goes out once more."""
    federation = await world.federation()
    invoice = await an_issued_invoice(federation, deliver=True)

    class Killed(BaseException):
        """Nothing of a killed process catches it."""

    async def dies(*_: Any) -> None:
        raise Killed

    async with smtp_that() as server, Mailer(world, server, federation) as mailer:
        with monkeypatch.context() as patched:
            patched.setattr(document_mail, "execute", dies)
            with pytest.raises(Killed):
                await mailer.attempt()
        await mailer.attempt()
        assert await outcomes(federation, invoice) == []
        world.clock.advance(LEASE + timedelta(seconds=1))
        await mailer.attempt()
        assert await outcomes(federation, invoice) == ["delivery-unknown"]
        for _ in range(3):
            world.clock.advance(LONGER_THAN_ANY_DELAY)
            await mailer.attempt()
        assert await outcomes(federation, invoice) == ["delivery-unknown", "delivery-sent"]
        assert len(server.stored) == 2
        assert len(message_ids(server)) == 1
        assert server.stored[0] == server.stored[1]


class Mailer:
    """Attempts what is due in one federation, with a fresh connection each time."""

    def __init__(self, world: World, server: SmtpFaults, federation: Federation) -> None:
        self._world, self._server, self._tenant = world, server, federation.tenant_id
        self._renderers = RendererPool(processes=1)

    async def __aenter__(self) -> "Mailer":
        await self._renderers.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._renderers.__aexit__(*error)

    async def attempt(self) -> None:
        patient = replace(SmtpSettings.from_url(self._server.url), content_timeout=1)
        async with SmtpPool(patient) as pool:
            sender = DocumentMail(self._world.services, pool, self._renderers)
            while await send_due(self._world.services, [sender], self._tenant):
                pass


async def outcomes(federation: Federation, invoice: Issued) -> list[str]:
    """What was recorded of each attempt."""
    delivery = derived_id(invoice.invoice_id, "delivery")
    async with federation.write.database.scope(federation.tenant_id) as connection:
        keys = PersonKeys(federation.write.keyring, connection, federation.tenant_id)
        found = await events_of(connection, federation.tenant_id, {delivery: 1}, keys)
    return [recorded.type for recorded in found[delivery]]


def message_ids(server: SmtpFaults) -> set[str]:
    parse = BytesHeaderParser().parsebytes
    return {str(parse(mail)["Message-ID"]) for mail in server.stored}
