"""What each event is about and shows, in the words of the activity list. Pure: the events declare it."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.events.event import BY_CLASS
from backend.events.grants import RoleGranted, RoleRevoked
from backend.events.invoices import InvoiceDrafted
from backend.events.issuers import IssuerRegistered
from backend.events.org import OrgNodeCreated, OrgNodeRenamed
from backend.events.parts import InvoiceFacts
from backend.journal.codec import Recorded
from backend.values.documents import DocumentRef

# The issuer's org node and the debtor's.
Nodes = tuple[UUID | None, UUID | None]

# What a field's name alone does not say of the thing it names.
_KINDS: Final = {"document_id": "received"}
# Things with org nodes of their own, nearest first.
_RELATED: Final = ("invoice_id", "run_id", "issuer_id", "debtor_id")
MAX_DETAIL: Final = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about. `related` are the things whose org nodes it inherits when it names none itself."""

    kind: str
    id: UUID
    debtor_id: UUID | None
    related: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a row tells besides its subject. The detail is a word or two; an amount has a currency."""

    detail: str
    amount_minor: int | None
    currency: str
    reason: str


def subject_of(recorded: Recorded) -> Subject:
    """The subject of an event; the tenant itself for what concerns all of it (tax rates, gate policy, switch)."""
    event, name = recorded.event, BY_CLASS[type(recorded.event)].about
    match getattr(event, name) if name else None:
        case None:
            return Subject("tenant", recorded.tenant_id, None, ())
        case DocumentRef() as document:
            return Subject(document.kind, document.id, getattr(event, "debtor_id", None), ())
        case InvoiceFacts() as invoice:
            return Subject("invoice", invoice.invoice_id, invoice.debtor_id, ())
        case about:
            assert name is not None
            kind = _KINDS.get(name, name.removesuffix("_id"))
            return Subject(kind, about, getattr(event, "debtor_id", None), _related(event))


def own_nodes(event: Any) -> Nodes | None:
    """The org nodes an event names itself, or None when it leaves that to what it is about."""
    match event:
        case _ if hasattr(event, "issuer_org_node_id") and hasattr(event, "debtor_org_node_id"):
            return event.issuer_org_node_id, event.debtor_org_node_id
        case IssuerRegistered():
            return event.issuer_org_node_id, None
        case DebtorRegistered() | DebtorRevised():
            return None, event.org_node_id
        case RoleGranted() | RoleRevoked() | OrgNodeCreated() | OrgNodeRenamed():
            return event.org_node_id, None
        case _:
            return None


def shown_of(recorded: Recorded) -> Shown:
    """What the list tells of an event: of its fields those it declares (`@event(shows=…)`), never a personal one."""
    event, cls = recorded.event, cast(type, type(recorded.event))
    fields = _fields(cls)
    detail = getattr(event, fields.detail) if fields.detail else ""
    if isinstance(detail, bool):
        detail = "on" if detail else "off"
    return Shown(
        detail=str(detail)[:MAX_DETAIL],
        amount_minor=getattr(event, fields.amount) if fields.amount else None,
        currency=event.currency if fields.currency else "",
        # What the actor said goes before what the event says.
        reason=recorded.reason or (event.reason if fields.reason else ""),
    )


def _related(event: Any) -> tuple[UUID, ...]:
    if hasattr(event, "invoice_id") and not isinstance(event, InvoiceDrafted):
        # The invoice knows both sides already.
        return (event.invoice_id,)
    found = (getattr(event, name, None) for name in _RELATED)
    return tuple(each for each in found if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """Which of the fields that an event class shows is what in the list."""

    detail: str
    amount: str
    currency: bool
    reason: bool


@cache
def _fields(cls: type) -> _Fields:
    shows = BY_CLASS[cls].shows
    amount = next((name for name in shows if name.endswith("_minor")), "")
    # One column for what tells more about it: a number, a state, a role.
    details = [name for name in shows if name not in (amount, "currency", "reason")]
    if len(details) > 1 or (amount and "currency" not in shows):
        raise TypeError(f"{cls.__name__} shows one detail, and an amount with its currency: {', '.join(shows)}")
    return _Fields(
        detail=next(iter(details), ""), amount=amount, currency="currency" in shows, reason="reason" in shows
    )
