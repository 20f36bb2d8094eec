"""What integrators are told, and in which order."""

from datetime import date
from uuid import uuid4

from backend.events.deliveries import DeliverySent
from backend.journal.keys import Keyring
from backend.read.compare import compare
from backend.read.notifications.projector import NOTIFICATIONS
from backend.read.notifications.queries import notifications
from backend.runtime.database import Database
from backend.values.identifiers import DeliveryId
from tests.given.journal import Journal
from tests.given.money_events import a_node, a_payment, an_invoice, an_issuer
from tests.given.parties import a_registration

ON = date(2026, 11, 20)


async def feed(journal: Journal, *nodes: object, after: int = 0) -> list[tuple[str, int]]:
    async with journal.database.scope(journal.tenant_id) as connection:
        found = await notifications(connection, journal.reader(*nodes), after_position=after)
    return [(notification.name, notification.position) for notification in found]


async def test_issued_delivered_and_paid_are_told_once_each(database: Database, keyring: Keyring) -> None:
    """S002-31 (INVOICE_DELIVERED), S003-49, S003-50, S003-51: the last part payment is the one that pays."""
    journal, debtor, issuer = Journal(database, keyring), a_registration(), an_issuer()
    invoice = an_invoice(debtor, issuer, issued_on=ON, net_minor=800, tax_minor=200)
    await journal.happened(debtor, invoice)
    await journal.happened(
        DeliverySent(
            delivery_id=DeliveryId(uuid4()),
            document=invoice.ref,
            issuer_org_node_id=None,
            debtor_org_node_id=None,
            attempt=1,
            reply="250 ok",
            confirmation="none",
            digest="",
        ),
        a_payment((invoice, 400), on=ON),
    )
    await journal.catch_up(NOTIFICATIONS)
    await journal.happened(a_payment((invoice, 600), on=ON, remaining=(0,)))
    await journal.catch_up(NOTIFICATIONS)
    assert await feed(journal) == [
        ("invoice.issued", 2),
        ("invoice.delivered", 3),
        ("payment.registered", 4),
        ("payment.registered", 5),
        ("invoice.paid", 5),
    ]
    assert await feed(journal, after=4) == [("payment.registered", 5), ("invoice.paid", 5)]
    assert await compare(database, keyring, journal.tenant_id, projections=(NOTIFICATIONS,)) == []


async def test_a_delivery_that_may_still_bounce_is_not_told(database: Database, keyring: Keyring) -> None:
    """X22: where the channel confirms later, acceptance alone is not delivery."""
    journal, debtor = Journal(database, keyring), a_registration()
    invoice = an_invoice(debtor, an_issuer(), issued_on=ON)
    sent = DeliverySent(
        delivery_id=DeliveryId(uuid4()),
        document=invoice.ref,
        issuer_org_node_id=None,
        debtor_org_node_id=None,
        attempt=1,
        reply="250 ok",
        confirmation="provider",
        digest="",
    )
    await journal.happened(debtor, invoice, sent)
    await journal.catch_up(NOTIFICATIONS)
    assert await feed(journal) == [("invoice.issued", 2)]


async def test_only_what_lies_within_reach_is_told(database: Database, keyring: Keyring) -> None:
    here, there = a_node(), a_node()
    journal, issuer = Journal(database, keyring), an_issuer()
    near, far = a_registration(node=here), a_registration(node=there)
    await journal.happened(near, far)
    await journal.happened(an_invoice(near, issuer, issued_on=ON), an_invoice(far, issuer, issued_on=ON))
    await journal.catch_up(NOTIFICATIONS)
    assert await feed(journal, here) == [("invoice.issued", 3)]
    assert await feed(journal, a_node()) == []
