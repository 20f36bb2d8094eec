"""A tenant's past in which everything happens once: what every read model must fold the same, however batches fall."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from backend.events.access import AccessBookPruned
from backend.events.debtors import DebtorRegistered, DebtorRevised, PersonalDataErased
from backend.events.deliveries import (
    DeliveryBounced,
    DeliveryConfirmed,
    DeliveryDeferred,
    DeliveryFailed,
    DeliverySent,
    DeliverySwitchTurned,
    DeliveryUnknown,
)
from backend.events.documents import DocumentStored
from backend.events.grants import RoleGranted, TokenCreated, TokenRevoked
from backend.events.invoices import (
    DraftDiscarded,
    DraftRevised,
    HistoricalInvoiceImported,
    InvoiceCancelled,
    InvoiceIssued,
)
from backend.events.issuers import IssuerIdentityChanged, IssuerRegistered
from backend.events.mirrors import DocumentReceived, DocumentUpdated
from backend.events.org import OrgNodeCreated, OrgNodeRenamed, TimeZoneSet
from backend.events.parts import Attachment
from backend.events.renewals import (
    RefusedMember,
    RunChunkIssued,
    RunCompleted,
    RunMembersListed,
    RunStarted,
    RunStopped,
)
from backend.values.identifiers import InvoiceId, OrgNodeId, ReceivedDocumentId, RunId, TenantId, UserId
from backend.values.parties import Address, Identity, Particulars
from tests.given.parties import an_issuer_registration
from tests.given.past import Past


@dataclass
class Story:
    """The past and the people and papers in it."""

    past: Past
    anna: DebtorRegistered
    bo: DebtorRegistered
    cia: DebtorRegistered
    issued: dict[str, InvoiceIssued] = field(default_factory=dict)
    run_id: RunId = field(default_factory=lambda: RunId(uuid4()))
    stopped_run_id: RunId = field(default_factory=lambda: RunId(uuid4()))
    draft_id: InvoiceId = field(default_factory=lambda: InvoiceId(uuid4()))
    historical_id: InvoiceId = field(default_factory=lambda: InvoiceId(uuid4()))
    document_id: ReceivedDocumentId = field(default_factory=lambda: ReceivedDocumentId(uuid4()))


async def a_story(past: Past) -> Story:
    """Issuer, people, drafts, issues, deliveries, money, a cancellation, runs, history, mirrors. Nobody is erased."""
    story = Story(
        past, past.a_member("Anna-Karin Åkesson"), past.a_member("Bo Öberg"), past.a_member("Cia Ek", reference="C-77")
    )
    await past.record(an_issuer(past))
    await past.record(story.anna, story.bo)
    await past.record(story.cia, actor="user:importer")
    await _drafts(story)
    await _deliveries(story)
    await _money(story)
    await _runs(story)
    await _others(story)
    return story


async def erase(story: Story, debtor: DebtorRegistered) -> None:
    """Destroy the key of a debtor and say so, as the command does, in one transaction."""
    async with story.past.database.scope(story.past.tenant_id) as connection:
        await connection.execute(
            b"UPDATE personal_keys SET wrapped = NULL, destroyed_at = now() WHERE tenant_id = %b AND subject_id = %b",
            (story.past.tenant_id, debtor.debtor_id),
        )
    await story.past.record(PersonalDataErased(debtor_id=debtor.debtor_id, ground="GDPR 17.1 a"))


def an_issuer(past: Past, name: str = "Stockholms Bouledistrikt") -> IssuerRegistered:
    identity = Identity(name=name, address=Address(country="SE"))
    return an_issuer_registration(
        past.district, issuer_id=past.issuer_id, issuer_tenant_id=past.tenant_id, identity=identity
    )


async def _drafts(story: Story) -> None:
    past, anna = story.past, story.anna
    draft = past.a_draft(anna.debtor_id, invoice_id=story.draft_id)
    thrown = past.a_draft(story.bo.debtor_id)
    await past.record(draft, thrown)
    rules = Attachment(name="stadgar.pdf", media_type="application/pdf", digest="a" * 64, size=7)
    await past.record(_revision(draft, notes="Tack!", attachments=(rules,)))
    await past.record(DraftDiscarded(invoice_id=thrown.invoice_id), reason="by mistake")
    await past.record(
        DebtorRevised(
            debtor_id=anna.debtor_id,
            org_node_id=past.club,
            language="fi",
            licence_type="senior",
            particulars=Particulars(name="Anna Lind", email="a@members.example", address=Address(country="FI")),
        ),
        IssuerIdentityChanged(issuer_id=past.issuer_id, identity=Identity(name="SBD", address=Address(country="SE"))),
    )
    from_draft = past.a_draft(story.bo.debtor_id)
    await past.record(from_draft)
    story.issued["from draft"] = past.an_issue(story.bo, invoice_id=from_draft.invoice_id)
    await past.record(story.issued["from draft"], reason="the board decided")


async def _deliveries(story: Story) -> None:
    past = story.past
    for name in ("sent", "bounced", "unknown", "failed"):
        issued = story.issued[name] = past.an_issue(story.anna)
        await past.record(issued, past.a_delivery(issued, delivery_id=issued.invoice_id))
    ids = {
        name: {
            "delivery_id": issued.invoice_id,
            "document": issued.ref,
            "issuer_org_node_id": issued.issuer.issuer_org_node_id,
            "debtor_org_node_id": issued.debtor_org_node_id,
        }
        for name, issued in story.issued.items()
    }
    later = past.at + timedelta(hours=1)
    await past.record(_stored(story.issued["sent"]), actor="system:worker")
    said = {"kind": "refused_for_now", "reason": "451 try later", "next_at": later}
    await past.record(DeliveryDeferred(**ids["sent"], **said, attempt=1))  # type: ignore[arg-type]
    await past.record(
        DeliverySent(**ids["sent"], attempt=2, reply="250 ok", confirmation="dsn", digest="d" * 64),  # type: ignore[arg-type]
        DeliveryBounced(**ids["bounced"], attempt=1, code=550, reply="no such user"),  # type: ignore[arg-type]
        DeliveryUnknown(**ids["unknown"], attempt=1, reason="connection died", next_at=None),  # type: ignore[arg-type]
        DeliveryFailed(**ids["failed"], attempt=5, reason="no attempt left"),  # type: ignore[arg-type]
    )
    await past.record(DeliveryConfirmed(**ids["sent"]))  # type: ignore[arg-type]
    again = past.a_delivery(story.issued["bounced"], to_address="new@members.example")
    await past.record(again, reason="new address")
    # The first dispatch answers late: it says nothing about the second.
    await past.record(DeliveryFailed(**ids["bounced"], attempt=2, reason="late"))  # type: ignore[arg-type]
    await past.record(DeliverySwitchTurned(enabled=False, reason="maintenance"))


async def _money(story: Story) -> None:
    past = story.past
    for name in ("paid", "partly paid", "cancelled", "credited"):
        story.issued[name] = past.an_issue(story.cia)
        await past.record(story.issued[name])
    paid, partly, cancelled, credited = (story.issued[n] for n in ("paid", "partly paid", "cancelled", "credited"))
    await past.record(past.a_payment(paid, paid.total_minor // 2))
    await past.record(past.a_payment(paid, paid.total_minor - paid.total_minor // 2, unallocated=500))
    await past.record(past.a_payment(partly, 100))
    note = past.a_credit_note(cancelled, sequence=1, applied_minor=cancelled.total_minor)
    await past.record(
        note,
        InvoiceCancelled(
            invoice_id=cancelled.invoice_id,
            series=cancelled.series,
            issuer_org_node_id=past.district,
            debtor_id=cancelled.debtor_id,
            debtor_org_node_id=cancelled.debtor_org_node_id,
            credit_note_id=note.credit_note_id,
            reason="left",
        ),
        reason="by the board",
    )
    await past.record(past.a_credit_note(credited, sequence=2, applied_minor=credited.total_minor))


async def _runs(story: Story) -> None:
    past, run_id = story.past, story.run_id
    started = RunStarted(
        run_id=run_id,
        issuer_id=past.issuer_id,
        kind="licence_renewal",
        season="2026",
        components=(),
        issued_on=past.at.date(),
        currency="SEK",
        members=3,
        chunks=2,
        chunk_size=2,
        digest="0" * 64,
        deliver=True,
        override_reason="",
    )
    members = (story.anna.debtor_id, story.bo.debtor_id, story.cia.debtor_id)
    await past.record(started, RunMembersListed(run_id=run_id, chunk=1, debtor_ids=members))
    issued = [past.an_issue(story.anna, run_id=run_id), past.an_issue(story.bo, run_id=run_id)]
    story.issued |= {"run 1": issued[0], "run 2": issued[1]}
    await past.record(*[each for one in issued for each in (one, past.a_delivery(one))], _chunk(run_id, 1, issued, ()))
    refused = RefusedMember(debtor_id=story.cia.debtor_id, code="TRANSFER_BLOCKED_BY_DEBT", message="owes 100.00 SEK")
    await past.record(_chunk(run_id, 2, [], (refused,)))
    total = sum(each.total_minor for each in issued)
    await past.record(RunCompleted(run_id=run_id, issued=2, refused=1, total_minor=total))
    other: dict[str, Any] = {name: getattr(started, name) for name in type(started).__dataclass_fields__}
    await past.record(RunStarted(**other | {"run_id": story.stopped_run_id, "season": "2027"}), actor="user:admin")
    await past.record(RunStopped(run_id=story.stopped_run_id, reason="wrong prices"))


async def _others(story: Story) -> None:
    past = story.past
    await past.record(
        HistoricalInvoiceImported(
            invoice_id=story.historical_id,
            issuer_id=past.issuer_id,
            issuer_type="platform",
            issuer_tenant_id=past.tenant_id,
            issuer_org_node_id=past.district,
            debtor_id=story.bo.debtor_id,
            debtor_org_node_id=past.club,
            taken_over_on=past.at.date(),
            number="OLD-17",
            issued_on=date(2025, 3, 1),
            due_on=date(2025, 4, 1),
            currency="SEK",
            net_minor=8_000,
            tax_minor=2_000,
            total_minor=10_000,
            open_minor=4_000,
            source="legacy",
            debtor_name="Bo Öberg",
        )
    )
    source = TenantId(uuid4())
    await past.record(
        DocumentReceived(
            document_id=story.document_id,
            source_tenant_id=source,
            source_position=7,
            source_invoice_id=InvoiceId(uuid4()),
            issuer_name="FIPJP",
            number="INV-2026-000003",
            issued_on=date(2026, 2, 1),
            due_on=date(2026, 3, 1),
            currency="EUR",
            net_minor=100,
            tax_minor=0,
            total_minor=100,
        )
    )
    for position, open_minor, state in ((9, 40, "issued"), (8, 100, "issued"), (11, 0, "paid")):
        await past.record(
            DocumentUpdated(
                document_id=story.document_id,
                source_tenant_id=source,
                source_position=position,
                open_minor=open_minor,
                state=state,
            )
        )
    user, token = UserId(uuid4()), uuid4()
    await past.record(RoleGranted(user_id=user, role="auditor", org_node_id=past.club))
    await past.record(
        TokenCreated(token_id=token, user_id=user, label="licences", expires_at=past.at + timedelta(days=30))
    )
    await past.record(TokenRevoked(token_id=token, user_id=user))
    second = uuid4()
    await past.record(
        TokenCreated(token_id=second, user_id=user, label="season", expires_at=past.at + timedelta(days=30))
    )
    # The first token goes with what the access book lets go of; the second one stays.
    await past.record(AccessBookPruned(until=3, hash="00" * 32, signed_on=date(2026, 2, 1)))
    node = OrgNodeId(uuid4())
    await past.record(OrgNodeCreated(org_node_id=node, parent_id=past.district, kind="club", name="Ny", code="NY"))
    await past.record(OrgNodeRenamed(org_node_id=node, name="Nyare"))
    await past.record(TimeZoneSet(time_zone="Europe/Helsinki"))


def _revision(draft: Any, **changes: Any) -> DraftRevised:
    names = DraftRevised.__dataclass_fields__
    return DraftRevised(**{name: getattr(draft, name) for name in names} | changes)


def _stored(issued: InvoiceIssued) -> DocumentStored:
    return DocumentStored(
        document=issued.ref,
        issuer_org_node_id=issued.issuer_org_node_id,
        debtor_id=issued.debtor_id,
        debtor_org_node_id=issued.debtor_org_node_id,
        digest="d" * 64,
        size=1000,
        media_type="application/pdf",
        language="sv",
        template="standard",
        template_digest="t" * 64,
        fonts_digest="f" * 64,
        renderer="test",
        fallback=False,
    )


def _chunk(
    run_id: RunId, chunk: int, issued: list[InvoiceIssued], refused: tuple[RefusedMember, ...]
) -> RunChunkIssued:
    return RunChunkIssued(
        run_id=run_id,
        chunk=chunk,
        issued=len(issued),
        issued_minor=sum(each.total_minor for each in issued),
        invoice_ids=tuple(each.invoice_id for each in issued),
        refused=refused,
    )
