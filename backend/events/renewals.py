"""What happens to a run: one issuer, one season, one invoice per debtor, in chunks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.events.event import event
from backend.values.documents import InvoiceType
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, RunId


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeComponent:
    """One part of a fee (S002-6). `code` identifies it in duplicate checks; `amount` is in major units, net of VAT.

    `recipient` (federation, district, club, insurer …) selects the revenue or payable account.
    """

    code: str
    name: str
    amount: Decimal
    recipient: str
    tax_category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedMember:
    """Why one debtor of the run got no invoice. `code` is a `RefusalCode`; `message` names amounts, never persons."""

    debtor_id: DebtorId
    code: str
    message: str


@event("run-started", about="run_id", shows=("kind", "currency"))
class RunStarted:
    """The run is decided: members, prices and date are frozen. `digest` is the SHA-256 over all of them."""

    run_id: RunId
    issuer_id: IssuerId
    kind: InvoiceType
    season: str
    components: tuple[FeeComponent, ...]
    issued_on: date
    currency: str
    members: int
    chunks: int
    chunk_size: int
    digest: str
    deliver: bool
    override_reason: str


@event("run-members-listed", about="run_id", shows=("chunk",))
class RunMembersListed:
    """The debtors of one chunk, in order. Lives in a stream of its own, so that a chunk loads only its own list."""

    run_id: RunId
    chunk: int
    debtor_ids: tuple[DebtorId, ...]


@event("run-chunk-issued", about="run_id", shows=("chunk",))
class RunChunkIssued:
    """One chunk is done: its invoices were issued in this very transaction, the refused ones are named here."""

    run_id: RunId
    chunk: int
    issued: int
    issued_minor: int
    invoice_ids: tuple[InvoiceId, ...]
    refused: tuple[RefusedMember, ...]


@event("run-completed", about="run_id")
class RunCompleted:
    """Every chunk is done."""

    run_id: RunId
    issued: int
    refused: int
    total_minor: int


@event("run-stopped", about="run_id", shows=("reason",))
class RunStopped:
    """A person stopped the run. What is issued stays issued; the remaining chunks are never done."""

    run_id: RunId
    reason: str
