"""An invoice to another tenant appears in that tenant's journal too, and so does what becomes of it.

Only the platform and international federations are mirrored: who these are is decided by an operator and not by the
tenant itself, so that no tenant can fill another's journal. Everybody else's invoices arrive by e-mail as ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from backend.events.debtors import DebtorRegistered
from backend.events.invoices import InvoiceIssued
from backend.events.money import MONEY_EVENTS, effects
from backend.inline.open_receivables import balance_of
from backend.journal.codec import Recorded
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of, inline_generation
from backend.journal.subscription import Subscription, consume
from backend.runtime.database import Connection
from backend.runtime.logs import logger
from backend.tenants.actor import system_actor
from backend.tenants.nodes import kind_of_tenant
from backend.values.identifiers import DebtorId, InvoiceId, TenantId
from backend.write.execute import WriteSide, execute
from backend.write.mirrors import MirrorState, ReceiveDocument, UpdateReceivedDocument
from backend.write.refusal import Refusal
from backend.write.states.invoice import INVOICE, IssuedState

SENDERS: Final = frozenset({"platform", "international"})
ACTOR: Final = "mirroring"
MIRRORING: Final = Subscription(name="policy:mirroring", events=tuple(MONEY_EVENTS))

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class _Mirrored:
    """Something to record in the journal of `tenant_id`."""

    tenant_id: TenantId
    command: ReceiveDocument | UpdateReceivedDocument


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
    async with write.database.scope(tenant_id) as connection:
        if await kind_of_tenant(connection, tenant_id) not in SENDERS:
            return 0

    async def look(connection: Connection, recorded: Sequence[Recorded]) -> Sequence[_Mirrored]:
        return await _mirrored(write, connection, tenant_id, tuple(_touched(recorded)))

    async def act(mirrored: _Mirrored) -> int:
        try:
            receipt = await execute(write, system_actor(mirrored.tenant_id, ACTOR), mirrored.command)
        except Refusal as refused:
            # One debtor that cannot be reached must not keep the others from getting theirs.
            log.warning("mirroring.refused", code=refused.code.value, to_tenant=str(mirrored.tenant_id))
            return 0
        return int(receipt.answer["recorded"])

    return await consume(write.database, tenant_id, MIRRORING, look=look, act=act)


def _touched(recorded: Iterable[Recorded]) -> Iterable[_Touched]:
    for each in recorded:
        for change in effects(each.event):
            if change.invoice is None:
                continue
            match each.event:
                case InvoiceIssued(debtor_kind="tenant") as e:
                    yield _Touched(each.position, e.debtor_id, e.invoice_id, issued=e)
                case InvoiceIssued():
                    pass
                case _:
                    yield _Touched(each.position, change.debtor_id, change.invoice.invoice_id)


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
    invoice = INVOICE.fold(recorded.event for recorded in history[touched.invoice_id])
    if not isinstance(invoice, IssuedState):
        return None
    generation = await inline_generation(connection, tenant_id)
    open_minor = await balance_of(connection, tenant_id, generation, touched.invoice_id)
    return UpdateReceivedDocument(
        source_tenant_id=tenant_id,
        source_position=touched.position,
        source_invoice_id=touched.invoice_id,
        open_minor=open_minor,
        state=_state(invoice.cancelled, open_minor, invoice.event.total_minor),
    )


def _state(cancelled: bool, open_minor: int, total_minor: int) -> MirrorState:
    if cancelled:
        return "cancelled"
    if open_minor <= 0:
        return "paid"
    return "partially_paid" if open_minor < total_minor else "open"
