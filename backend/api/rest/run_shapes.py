"""What a client sends to start runs, and asks of them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from msgspec import Meta

from backend.api.rest.reading import Body
from backend.api.rest.shapes import PageQuery, Reason, Text60, Text250
from backend.read.runs.queries import Outcome, RunState
from backend.values.identifiers import IssuerId

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
