"""What each event is about, in the words of the activity list. Pure; personal fields are never looked at."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from backend.events.credit_notes import CreditNoteIssued
from backend.events.debtors import DebtorRegistered, DebtorRevised
from backend.events.event import BY_CLASS
from backend.events.grants import RoleGranted, RoleRevoked
from backend.events.invoices import InvoiceDrafted
from backend.events.issuers import IssuerRegistered
from backend.events.org import OrgNodeCreated, OrgNodeRenamed
from backend.journal.codec import Recorded
from backend.values.documents import DocumentRef

# The issuer's org node and the debtor's.
Nodes = tuple[UUID | None, UUID | None]

# The first of these that an event has is its subject. An invoice's delivery is about the invoice.
_SUBJECTS: Final = (
    ("invoice_id", "invoice"),
    ("run_id", "run"),
    ("payment_id", "payment"),
    ("document_id", "received"),
    ("template_id", "template"),
    ("issuer_id", "issuer"),
    ("debtor_id", "debtor"),
    ("user_id", "user"),
    ("client_id", "client"),
    ("org_node_id", "org_node"),
)
_RELATED: Final = ("invoice_id", "run_id", "issuer_id", "debtor_id")
# The first of these that an event has tells more about it: a number, a state, a role.
_DETAILS: Final = (
    "number",
    "state",
    "role",
    "label",
    "kind",
    "channel",
    "code",
    "name",
    "revision",
    "chunk",
    "enabled",
    "cause",
    "capability",
)
_AMOUNTS: Final = ("total_minor", "amount_minor", "issued_minor", "open_minor")
MAX_DETAIL: Final = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about. `related` are the things whose org nodes it inherits when it names none itself."""

    kind: str
    id: UUID
    debtor_id: UUID | None
    related: tuple[UUID, ...]


def subject_of(recorded: Recorded) -> Subject:
    """The subject of an event; the tenant itself for what concerns all of it (tax rates, gate policy, switch)."""
    event, fields = recorded.event, _fields(type(recorded.event))
    if (about := _document(event)) is not None:
        return Subject(about.kind, about.id, getattr(event, "debtor_id", None), ())
    if "invoice_id" in fields.related and not isinstance(event, InvoiceDrafted):
        # The invoice knows both sides already.
        related = [event.invoice_id]
    else:
        related = [found for name in fields.related if (found := getattr(event, name)) is not None]
    debtor_id = event.debtor_id if "debtor_id" in fields.related else None
    for name, kind in fields.subjects:
        found = getattr(event, name)
        if found is not None:
            return Subject(kind, found, debtor_id, tuple(related))
    return Subject("tenant", recorded.tenant_id, None, ())


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


def detail_of(event: Any) -> str:
    """A word or two about an event: never a personal field."""
    name = _fields(type(event)).detail
    return str(getattr(event, name))[:MAX_DETAIL] if name else ""


def amount_of(event: Any) -> tuple[int | None, str]:
    """The amount an event is about, and its currency."""
    fields = _fields(type(event))
    return getattr(event, fields.amount) if fields.amount else None, event.currency if fields.currency else ""


def reason_of(recorded: Recorded) -> str:
    """Why: what the actor said, or what the event itself says, unless that is personal."""
    return recorded.reason or (recorded.event.reason if _fields(type(recorded.event)).reason else "")


def _document(event: Any) -> DocumentRef | None:
    """The document an event is about, where it is not that document's own event: a credit note is about its invoice."""
    match event:
        case CreditNoteIssued(invoice=invoice):
            return DocumentRef(kind="invoice", id=invoice.invoice_id, number=invoice.number)
        case _:
            found = getattr(event, "document", None)
            return found if isinstance(found, DocumentRef) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """Which fields of one event class are looked at."""

    subjects: tuple[tuple[str, str], ...]
    related: tuple[str, ...]
    detail: str
    amount: str
    currency: bool
    reason: bool


# One entry per event class, of which there are some dozens.
_KNOWN: Final[dict[type, _Fields]] = {}


def _fields(cls: type) -> _Fields:
    if cls not in _KNOWN:
        _KNOWN[cls] = _look_at(BY_CLASS[cls].plain)
    return _KNOWN[cls]


def _look_at(plain: tuple[str, ...]) -> _Fields:
    return _Fields(
        subjects=tuple((name, kind) for name, kind in _SUBJECTS if name in plain),
        related=tuple(name for name in _RELATED if name in plain),
        detail=next((name for name in _DETAILS if name in plain), ""),
        amount=next((name for name in _AMOUNTS if name in plain), ""),
        currency="currency" in plain,
        reason="reason" in plain,
    )
