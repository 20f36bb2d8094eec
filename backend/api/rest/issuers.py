"""Issuers: who numbers and signs invoices, with seasons, accounts, number series."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.api.issuers import Issuer
from backend.api.rest.endpoint import Answer, Call, needs
from backend.api.rest.party_bodies import IdentitySent, PaymentAccountSent
from backend.api.rest.reading import Body
from backend.api.rest.shapes import CurrencyCode, Text60
from backend.api.shown import Shown
from backend.read.issuers.queries import issuer_detail, issuer_list
from backend.values.dates import Season
from backend.values.identifiers import IssuerId, OrgNodeId
from backend.values.parties import IssuerType
from backend.write.issuers.account import SetPaymentAccount
from backend.write.issuers.delivery import SetAutoDelivery
from backend.write.issuers.identity import ChangeIssuerIdentity
from backend.write.issuers.register import RegisterIssuer
from backend.write.issuers.seasons import DefineSeason
from backend.write.issuers.series import ConfigureNumberSeries
from backend.write.refusal import NotFound

SeasonCode = Annotated[str, Meta(max_length=20, description="As printed in numbers: `2026`, `2026-27`")]


class IssuerSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A legal entity that will issue: the platform, the federation (`tenant`), or one of its org nodes (S002-18).

    `jurisdiction` is the country whose VAT it charges; `accounting_currency` is `currency` unless said otherwise.
    """

    issuer_type: IssuerType
    identity: IdentitySent
    jurisdiction: Text60
    currency: CurrencyCode
    time_zone: Text60
    language: Text60
    org_node_id: OrgNodeId | None = None
    accounting_currency: CurrencyCode | None = None
    terms_days: int = 30
    exempt_sport: bool = False


class IdentityChanged(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another name, address or registration, for invoices issued from now on."""

    identity: IdentitySent


class AccountSet(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where debtors of this issuer pay from now on."""

    account: PaymentAccountSent


class SeasonSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One more season, both days inclusive."""

    code: SeasonCode
    first_day: date
    last_day: date


class SeriesSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the numbers read. `first_number` is where each season begins: 1000 continues an older series."""

    prefix: Text60
    width: int = 6
    first_number: int = 1


class AutoDeliverySent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether invoices are e-mailed as soon as they are issued."""

    enabled: bool


@needs(issuer_list)
async def list_issuers(call: Call) -> tuple[Shown[Issuer], ...]:
    """The issuers, by name."""
    return tuple(Issuer.shown(row) for row in await call.ask(issuer_list))


@needs(issuer_detail)
async def show_issuer(call: Call, issuer_id: IssuerId) -> Shown[Issuer]:
    """One issuer."""
    found = await call.ask(issuer_detail, issuer_id)
    if found is None:
        raise NotFound("there is no such issuer")
    return Issuer.shown(found)


@needs(RegisterIssuer)
async def register_issuer(call: Call, body: IssuerSent) -> Answer[Shown[Issuer]]:
    """Let a legal entity issue invoices."""
    receipt = await call.carry_out(
        RegisterIssuer(
            issuer_id=IssuerId(call.services.write.new_id()),
            issuer_type=body.issuer_type,
            identity=body.identity.value(),
            jurisdiction=body.jurisdiction,
            currency=body.currency,
            time_zone=body.time_zone,
            language=body.language,
            org_node_id=body.org_node_id,
            accounting_currency=body.accounting_currency,
            terms_days=body.terms_days,
            exempt_sport=body.exempt_sport,
        )
    )
    issuer_id = msgspec.convert(receipt.answer["issuer_id"], IssuerId)
    return Answer(
        await show_issuer(call, issuer_id),
        headers={"Location": f"/api/v1/issuers/{issuer_id}"},
        replayed=receipt.replayed,
    )


@needs(ChangeIssuerIdentity)
async def change_identity(call: Call, issuer_id: IssuerId, body: IdentityChanged) -> Shown[Issuer]:
    """Change the name, address or registration. Issued invoices keep what was printed."""
    await call.carry_out(ChangeIssuerIdentity(issuer_id=issuer_id, identity=body.identity.value()))
    return await show_issuer(call, issuer_id)


@needs(SetPaymentAccount)
async def set_account(call: Call, issuer_id: IssuerId, body: AccountSet) -> Shown[Issuer]:
    """Set where debtors pay. An issuer without an account cannot issue."""
    await call.carry_out(SetPaymentAccount(issuer_id=issuer_id, account=body.account.value()))
    return await show_issuer(call, issuer_id)


@needs(DefineSeason)
async def define_season(call: Call, issuer_id: IssuerId, body: SeasonSent) -> Shown[Issuer]:
    """Give the issuer one more season."""
    season = Season(code=body.code, first_day=body.first_day, last_day=body.last_day)
    await call.carry_out(DefineSeason(issuer_id=issuer_id, season=season))
    return await show_issuer(call, issuer_id)


@needs(ConfigureNumberSeries)
async def configure_series(call: Call, issuer_id: IssuerId, body: SeriesSent) -> Shown[Issuer]:
    """Say how the issuer's numbers read."""
    await call.carry_out(
        ConfigureNumberSeries(issuer_id=issuer_id, prefix=body.prefix, width=body.width, first_number=body.first_number)
    )
    return await show_issuer(call, issuer_id)


@needs(SetAutoDelivery)
async def set_auto_delivery(call: Call, issuer_id: IssuerId, body: AutoDeliverySent) -> Shown[Issuer]:
    """Say whether invoices are e-mailed as soon as they are issued."""
    await call.carry_out(SetAutoDelivery(issuer_id=issuer_id, enabled=body.enabled))
    return await show_issuer(call, issuer_id)
