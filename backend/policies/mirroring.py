"""An invoice to another tenant appears in that tenant's journal too, and so does what becomes of it.

Only the platform and international federations are mirrored: who these are is decided by an operator and not by the
tenant itself, so that no tenant can fill another's journal. Everybody else's invoices arrive by e-mail as ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from backend.events.credit_notes import CreditNoteIssued
from backend.events.debtors import DebtorRegistered
from backend.events.invoices import InvoiceCancelled, InvoiceIssued
from backend.events.payments import PaymentRegistered
from backend.inline.open_receivables import balance_of
from backend.journal.codec import Recorded, decode
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of, head_position
from backend.runtime.database import Connection
from backend.runtime.logs import logger
from backend.tenants.actor import system_actor
from backend.tenants.nodes import kind_of_tenant
from backend.values.identifiers import DebtorId, InvoiceId, TenantId
from backend.write.execute import WriteSide, execute
from backend.write.mirrors import MirrorState, ReceiveDocument, UpdateReceivedDocument
from backend.write.refusal import Refusal

SENDERS: Final = frozenset({"platform", "international"})
BATCH: Final = 500
CHECKPOINT: Final = "policy:mirroring"
ACTOR: Final = "mirroring"
_TYPES: Final = ("invoice-issued", "payment-registered", "credit-note-issued")

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class _Mirrored:
    """Something to record in the journal of `tenant_id`."""

    tenant_id: TenantId
    command: ReceiveDocument | UpdateReceivedDocument


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a stretch of the sender's journal asks for; all of it is done when the checkpoint reads `reached`."""

    mirrored: tuple[_Mirrored, ...]
    reached: int


@dataclass(frozen=True, slots=True)
class _Touched:
    """An event that concerns an invoice of a debtor. `issued` is set when the event is the invoice itself."""

    position: int
    debtor_id: DebtorId
    invoice_id: InvoiceId
    issued: InvoiceIssued | None = None


async def mirror(write: WriteSide, tenant_id: TenantId) -> int:
    """Carry what `tenant_id` sent to other tenants into their journals; how many documents were recorded or updated.

    At least once, in two transactions, keyed by tenant and journal position: repeating it changes nothing.
    """
    done = 0
    while (batch := await _next(write, tenant_id)) is not None:
        for mirrored in batch.mirrored:
            done += await _carry_out(write, mirrored)
        async with write.database.scope(tenant_id) as connection:
            await connection.execute(
                b"UPDATE checkpoints SET position = greatest(position, %b) WHERE tenant_id = %b AND projection = %b",
                (batch.reached, tenant_id, CHECKPOINT),
            )
    return done


async def _carry_out(write: WriteSide, mirrored: _Mirrored) -> int:
    try:
        receipt = await execute(write, system_actor(mirrored.tenant_id, ACTOR), mirrored.command)
    except Refusal as refused:
        # One debtor that cannot be reached must not keep the others from getting theirs.
        log.warning("mirroring.refused", code=refused.code.value, to_tenant=str(mirrored.tenant_id))
        return 0
    return int(receipt.answer["recorded"])


async def _next(write: WriteSide, tenant_id: TenantId) -> _Batch | None:
    """The next stretch of the journal, or `None` when everything is mirrored, or nothing ever is."""
    async with write.database.scope(tenant_id) as connection:
        if await kind_of_tenant(connection, tenant_id) not in SENDERS:
            return None
        position, head = await _checkpoint(connection, tenant_id), await head_position(connection, tenant_id)
        if position >= head:
            return None
        recorded = await _money_events(connection, tenant_id, after=position, until=head)
        mirrored = await _mirrored(write, connection, tenant_id, tuple(_touched(recorded)))
        return _Batch(mirrored, recorded[-1].position if len(recorded) == BATCH else head)


async def _checkpoint(connection: Connection, tenant_id: TenantId) -> int:
    """How far this tenant is mirrored. The row is made at the first look, so that the sweep sees it lag."""
    await connection.execute(
        b"INSERT INTO checkpoints (tenant_id, projection, generation, position, live) VALUES (%b, %b, 1, 0, true)"
        b" ON CONFLICT DO NOTHING",
        (tenant_id, CHECKPOINT),
    )
    found = await connection.execute(
        b"SELECT position FROM checkpoints WHERE tenant_id = %b AND projection = %b", (tenant_id, CHECKPOINT)
    )
    row = await found.fetchone()
    assert row is not None, "the row was made just now"
    return int(row[0])


async def _money_events(connection: Connection, tenant_id: TenantId, *, after: int, until: int) -> Sequence[Recorded]:
    found = await connection.execute(
        b"SELECT envelope FROM journal_events WHERE tenant_id = %b AND position > %b AND position <= %b"
        b" AND type = ANY(%b) ORDER BY position LIMIT %b",
        (tenant_id, after, until, list(_TYPES), BATCH),
    )
    # No key is asked for: nothing personal crosses the wall, the issuer's name and the amounts are not sealed.
    return [decode(envelope, lambda _subject: None) for (envelope,) in await found.fetchall()]


def _touched(recorded: Iterable[Recorded]) -> Iterable[_Touched]:
    for each in recorded:
        match each.event:
            case InvoiceIssued(debtor_kind="tenant") as e:
                yield _Touched(each.position, e.debtor_id, e.invoice_id, issued=e)
            case PaymentRegistered() as e:
                for part in e.allocations:
                    yield _Touched(each.position, e.debtor_id, part.invoice_id)
            case CreditNoteIssued() as e:
                yield _Touched(each.position, e.debtor_id, e.invoice_id)


async def _mirrored(
    write: WriteSide, connection: Connection, tenant_id: TenantId, touched: Sequence[_Touched]
) -> tuple[_Mirrored, ...]:
    """What is to be recorded where: only for debtors that are tenants, in the order in which it happened."""
    keys = PersonKeys(write.keyring, connection, tenant_id)
    billed = await _billed_tenants(connection, tenant_id, keys, {each.debtor_id for each in touched})
    result = []
    for each in touched:
        to_tenant = billed.get(each.debtor_id)
        if to_tenant is not None:
            command = (
                _received(tenant_id, each.position, each.issued)
                if each.issued is not None
                else await _updated(connection, tenant_id, keys, each)
            )
            result += [_Mirrored(to_tenant, command)] if command is not None else []
    return tuple(result)


async def _billed_tenants(
    connection: Connection, tenant_id: TenantId, keys: PersonKeys, debtors: set[DebtorId]
) -> dict[DebtorId, TenantId]:
    found = await events_of(connection, tenant_id, dict.fromkeys(debtors, 0), keys)
    return {
        recorded.event.debtor_id: recorded.event.billed_tenant_id
        for stream in found.values()
        for recorded in stream
        if isinstance(recorded.event, DebtorRegistered) and recorded.event.billed_tenant_id is not None
    }


def _received(tenant_id: TenantId, position: int, issued: InvoiceIssued) -> ReceiveDocument:
    return ReceiveDocument(
        source_tenant_id=tenant_id,
        source_position=position,
        source_invoice_id=issued.invoice_id,
        issuer_name=issued.issuer.identity.name,
        number=issued.number,
        issued_on=issued.issued_on,
        due_on=issued.due_on,
        currency=issued.currency,
        net_minor=issued.net_minor,
        tax_minor=issued.tax_minor,
        total_minor=issued.total_minor,
    )


async def _updated(
    connection: Connection, tenant_id: TenantId, keys: PersonKeys, touched: _Touched
) -> UpdateReceivedDocument | None:
    """What has become of an invoice up to now; `None` for one of the time before, which was never mirrored."""
    history = await events_of(connection, tenant_id, {touched.invoice_id: 0}, keys)
    events = [recorded.event for recorded in history[touched.invoice_id]]
    issued = next((event for event in events if isinstance(event, InvoiceIssued)), None)
    if issued is None:
        return None
    found = await connection.execute(b"SELECT inline_generation FROM journal_heads WHERE tenant_id = %b", (tenant_id,))
    row = await found.fetchone()
    assert row is not None, "a tenant with events has a head"
    open_minor = await balance_of(connection, tenant_id, int(row[0]), touched.invoice_id)
    cancelled = any(isinstance(event, InvoiceCancelled) for event in events)
    return UpdateReceivedDocument(
        source_tenant_id=tenant_id,
        source_position=touched.position,
        source_invoice_id=touched.invoice_id,
        open_minor=open_minor,
        state=_state(cancelled, open_minor, issued.total_minor),
    )


def _state(cancelled: bool, open_minor: int, total_minor: int) -> MirrorState:
    if cancelled:
        return "cancelled"
    if open_minor <= 0:
        return "paid"
    return "partially_paid" if open_minor < total_minor else "open"
