"""What a client sends to start runs, and what it is shown of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from msgspec import Meta

from backend.api.rest.actors import ActorShown, actor_shown
from backend.api.rest.reading import Body
from backend.api.rest.shapes import Money, PageQuery, Reason, Text60, Text250, money
from backend.read.runs.queries import Outcome, RunOutcome, RunRow, RunState
from backend.values.identifiers import DebtorId, InvoiceId, IssuerId, OrgNodeId, RunId

MAX_MEMBERS: Final = 120_000
MAX_COMPONENTS: Final = 20

MemberKey = Annotated[str, Meta(min_length=1, max_length=64, description="A debtor's id, or member or club number")]


class FeeComponentSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of the fee: a line of every invoice. `amount` is before tax, a decimal string in the issuer's currency.

    `recipient_type` (federation, district, club, insurer …) says who earns it. `code` tells components apart when
    duplicates are looked for, and is the name unless said otherwise.
    """

    name: Text250
    amount: Decimal
    recipient_type: Text60 = "issuer"
    code: Text60 = ""
    tax_category: Text60 = ""


class RunSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to bill, for which season, with which fees. Everything is frozen when the run starts.

    `override_reason` admits members who were billed for this season and component before.
    """

    POINTERS: ClassVar[Mapping[str, str]] = {"issued_on": "invoice_date"}
    issuer_id: IssuerId
    fee_components: Annotated[tuple[FeeComponentSent, ...], Meta(max_length=MAX_COMPONENTS)]
    members: Annotated[tuple[MemberKey, ...], Meta(max_length=MAX_MEMBERS)]
    season: Annotated[str, Meta(max_length=20)] | None = None
    invoice_date: date | None = None
    deliver: bool | None = None
    override_reason: Reason = ""


class AffiliationSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which clubs to bill for their affiliation: a single line each (S002-10)."""

    POINTERS: ClassVar[Mapping[str, str]] = {"issued_on": "invoice_date", "members": "clubs"}
    issuer_id: IssuerId
    fee_components: Annotated[tuple[FeeComponentSent, ...], Meta(max_length=MAX_COMPONENTS)]
    clubs: Annotated[tuple[MemberKey, ...], Meta(max_length=MAX_MEMBERS)]
    season: Annotated[str, Meta(max_length=20)] | None = None
    invoice_date: date | None = None
    deliver: bool | None = None
    override_reason: Reason = ""


class StopSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`reason` is required and stands in the journal for ever."""

    reason: Reason


class RunsQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which runs."""

    state: RunState | None = None
    issuer_id: IssuerId | None = None
    season: Annotated[str, Meta(max_length=20)] | None = None


class OutcomesQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which outcomes: `issued` or `refused`, and with which code."""

    outcome: Outcome | None = None
    code: Annotated[str, Meta(max_length=60)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeComponentShown:
    """One part of the fee, as frozen at the start."""

    name: str
    amount: Decimal
    recipient_type: str
    code: str
    tax_category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunShown:
    """A run and how far it is: `issued` and `refused` count debtors, of `members`."""

    id: RunId
    kind: str
    state: RunState
    issuer_id: IssuerId
    issuer_name: str
    issuer_org_node_id: OrgNodeId | None
    season: str
    invoice_date: date
    deliver: bool
    override_reason: str
    fee_components: tuple[FeeComponentShown, ...]
    members: int
    issued: int
    refused: int
    total: Money
    chunks: int
    chunks_done: int
    started_by: ActorShown
    started_at: datetime
    ended_at: datetime | None
    stop_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeShown:
    """What became of one debtor: an invoice, or a refusal with its code and why."""

    debtor_id: DebtorId
    outcome: Outcome
    invoice_id: InvoiceId | None
    invoice_number: str | None
    total: Money
    code: str | None
    message: str


def shown(row: RunRow) -> RunShown:
    return RunShown(
        id=row.run_id,
        kind=row.kind,
        state=row.state,
        issuer_id=row.issuer_id,
        issuer_name=row.issuer_name,
        issuer_org_node_id=row.issuer_org_node_id,
        season=row.season,
        invoice_date=row.issued_on,
        deliver=row.deliver,
        override_reason=row.override_reason,
        members=row.members,
        issued=row.issued,
        refused=row.refused,
        total=money(row.total_minor, row.currency),
        chunks=row.chunks,
        chunks_done=row.chunks_done,
        started_by=actor_shown(row.started_by),
        started_at=row.started_at,
        ended_at=row.ended_at,
        stop_reason=row.stop_reason,
        fee_components=tuple(
            FeeComponentShown(
                name=each.name,
                amount=each.amount,
                recipient_type=each.recipient,
                code=each.code,
                tax_category=each.tax_category,
            )
            for each in row.components
        ),
    )


def outcome_shown(row: RunOutcome, currency: str) -> OutcomeShown:
    return OutcomeShown(
        debtor_id=row.debtor_id,
        outcome=row.outcome,
        invoice_id=row.invoice_id,
        invoice_number=row.number or None,
        total=money(row.total_minor, currency),
        code=row.code or None,
        message=row.message,
    )
