"""What a tenant comes to in figures, from the queries its own people are answered by: counts, sums, and whether the
invariants hold at this moment. No name, no address, no single amount."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backend.api.platform.looking import ask_in, day_in
from backend.api.words import InvariantName
from backend.read.dashboards.queries import dashboard_totals
from backend.read.debtors.queries import debtor_counts
from backend.read.issuers.queries import issuer_list, numbering_report
from backend.read.ledger.queries import trial_balance
from backend.read.platform import ProjectionStanding, tenant_standing
from backend.services import Services
from backend.values.identifiers import TenantId

# An event that a read model has not seen for this long is no passing moment any more.
STALE_SECONDS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`issued` counts the invoices of the seasons that hold today; `outstanding` is by currency, of all seasons."""

    issuers: int
    members: int
    debtors: int
    seasons: tuple[str, ...]
    issued: int
    outstanding: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """Something that must always be true, checked just now."""

    name: InvariantName
    holds: bool
    detail: str


async def figures_of(services: Services, tenant_id: TenantId) -> Figures:
    """The tenant's size and what is owed to it."""
    day = await day_in(services, tenant_id)
    issuers = await ask_in(services, tenant_id, issuer_list)
    seasons = tuple(sorted({season.code for issuer in issuers for season in issuer.seasons if season.holds(day)}))
    kinds = await ask_in(services, tenant_id, debtor_counts)
    outstanding: Counter[str] = Counter()
    for row in await ask_in(services, tenant_id, dashboard_totals, as_of=day):
        outstanding[row.currency] += row.outstanding_minor
    issued = 0
    for season in seasons:
        rows = await ask_in(services, tenant_id, dashboard_totals, as_of=day, season=season)
        issued += sum(row.issued_count for row in rows)
    return Figures(
        issuers=len(issuers),
        members=kinds.get("member", 0),
        debtors=sum(kinds.values()),
        seasons=seasons,
        issued=issued,
        outstanding=tuple(sorted(outstanding.items())),
    )


async def invariants_of(services: Services, tenant_id: TenantId) -> tuple[Invariant, ...]:
    """Three that can be told in moments; the hash chain takes `carreau verify`."""
    day = await day_in(services, tenant_id)
    unbalanced: Counter[str] = Counter()
    for account in await ask_in(services, tenant_id, trial_balance, on=day):
        unbalanced[account.currency] += account.balance_minor
    off = [f"{currency} {minor}" for currency, minor in sorted(unbalanced.items()) if minor]
    series = await ask_in(services, tenant_id, numbering_report)
    gaps = [each.series for each in series if each.holes or each.dated_back]
    standing = await ask_in(services, tenant_id, tenant_standing)
    models = [each for each in standing.projections if each.is_read_model]
    behind = [each.name for each in models if each.halted or each.behind]
    return (
        Invariant(name="ledger_balanced", holds=not off, detail=", ".join(off)),
        Invariant(name="numbering_gapless", holds=not gaps, detail=", ".join(gaps[:10])),
        Invariant(name="read_models_current", holds=not behind, detail=", ".join(behind)),
    )


def seconds_behind(projection: ProjectionStanding, *, at: datetime) -> int:
    """For how long there has been something that the read model has not seen; 0 when it has seen everything."""
    if not projection.behind or projection.waiting_since is None:
        return 0
    return max(0, int((at - projection.waiting_since).total_seconds()))


def is_stale(projection: ProjectionStanding, *, at: datetime) -> bool:
    """Whether a person should look."""
    return bool(projection.halted) or seconds_behind(projection, at=at) >= STALE_SECONDS
