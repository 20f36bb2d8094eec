"""The issuer as decisions see it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from backend.events.issuers import (
    AutoDeliverySet,
    IssuerIdentityChanged,
    IssuerRegistered,
    NumberSeriesConfigured,
    PaymentAccountSet,
    SeasonDefined,
)
from backend.rules.numbering import SeriesPattern, default_prefix
from backend.values.dates import Season
from backend.values.identifiers import IssuerId, OrgNodeId, TenantId
from backend.values.parties import Identity, IssuerType, PaymentAccount
from backend.write.states.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A legal entity that issues invoices. `node` is where its authority sits in the org tree (`None`: the tenant)."""

    issuer_id: IssuerId
    issuer_type: IssuerType
    issuer_tenant_id: TenantId
    node: OrgNodeId | None
    identity: Identity
    jurisdiction: str
    currency: str
    accounting_currency: str
    time_zone: str
    language: str
    terms_days: int
    exempt_sport: bool
    pattern: SeriesPattern
    seasons: tuple[Season, ...] = ()
    account: PaymentAccount | None = None
    auto_delivery: bool = True

    def season_of(self, day: date) -> Season | None:
        """The season that holds `day`, if the issuer has one."""
        return next((season for season in self.seasons if season.holds(day)), None)

    def season_named(self, code: str) -> Season | None:
        """The season of this code, if the issuer has one."""
        return next((season for season in self.seasons if season.code == code), None)


def evolve(issuer: Issuer | None, event: Any) -> Issuer | None:
    """One fold over the issuer's stream."""
    if isinstance(event, IssuerRegistered):
        return Issuer(
            issuer_id=event.issuer_id,
            issuer_type=event.issuer_type,
            issuer_tenant_id=event.issuer_tenant_id,
            node=event.issuer_org_node_id,
            identity=event.identity,
            jurisdiction=event.jurisdiction,
            currency=event.currency,
            accounting_currency=event.accounting_currency,
            time_zone=event.time_zone,
            language=event.language,
            terms_days=event.terms_days,
            exempt_sport=event.exempt_sport,
            pattern=SeriesPattern(prefix=default_prefix(event.language)),
        )
    assert issuer is not None, "an issuer is registered before anything else happens to it"
    match event:
        case IssuerIdentityChanged():
            return replace(issuer, identity=event.identity)
        case PaymentAccountSet():
            return replace(issuer, account=event.account)
        case SeasonDefined():
            return replace(issuer, seasons=(*issuer.seasons, event.season))
        case NumberSeriesConfigured():
            pattern = SeriesPattern(prefix=event.prefix, width=event.width, first_number=event.first_number)
            return replace(issuer, pattern=pattern)
        case AutoDeliverySet():
            return replace(issuer, auto_delivery=event.enabled)
        case _:
            return issuer


ISSUER: Final = Aggregate[Issuer]("issuer", evolve)
