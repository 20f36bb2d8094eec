"""What somebody may want of a run."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from backend.values.identifiers import DebtorId, IssuerId, RunId


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedComponent:
    """One part of the fee: `amount` is net, in major units of the issuer's currency. `recipient` says who earns it.

    `code` tells components apart when duplicates are looked for; it defaults to the name. An empty `tax_category`
    means the template's (S002-8).
    """

    name: str
    amount: Decimal
    recipient: str = "issuer"
    code: str = ""
    tax_category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRun:
    """Bill `debtors` for `season`: one invoice each, with the components as its lines. Everything is frozen here.

    `kind` is `licence_renewal`, which the debt gate guards, or `affiliation`. `allow_blocked` and `override_reason`
    belong together: a reason admits debtors the duplicate check would refuse.
    """

    ASSIGNED: ClassVar = ("run_id",)
    run_id: RunId
    issuer_id: IssuerId
    kind: str
    components: tuple[WantedComponent, ...]
    debtors: tuple[DebtorId, ...]
    season: str | None = None
    issued_on: date | None = None
    deliver: bool | None = None
    override_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRunChunk:
    """Issue the invoices of one chunk, counted from 0. Doing it twice changes nothing."""

    run_id: RunId
    chunk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRun:
    """Leave the remaining chunks undone. What is issued stays issued."""

    run_id: RunId
    reason: str
