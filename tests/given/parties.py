"""Issuers, debtors, seasons and templates: as events tell of them, as commands ask for them, as decisions see them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from backend.events.debtors import DebtorRegistered
from backend.events.issuers import IssuerRegistered, NumberSeriesConfigured, SeasonDefined
from backend.values.dates import Season
from backend.values.identifiers import DebtorId, IssuerId, OrgNodeId, TemplateId, TenantId
from backend.values.parties import Address, Identity, Particulars, PaymentAccount
from backend.write.debtors.import_members import ImportedMember
from backend.write.debtors.register import RegisterDebtor
from backend.write.issuers.register import RegisterIssuer
from backend.write.issuers.templates import WantedTemplate
from backend.write.states.debtor import DEBTOR, Debtor
from backend.write.states.issuer import ISSUER, Issuer

HERE = TenantId(UUID(int=0x7E0))
ELSEWHERE = TenantId(UUID(int=0x7E1))
STOCKHOLM = Address(street="Idrottsvägen 1", postal_code="111 22", city="Stockholm", country="SE")


def a_district() -> OrgNodeId:
    return OrgNodeId(uuid4())


def an_identity(**changes: Any) -> Identity:
    said = {
        "name": "Stockholms Bouledistrikt",
        "address": STOCKHOLM,
        "organisation_number": "802400-1234",
        "vat_number": "SE802400123401",
        "email": "kassor@sthlm.boule.example",
    }
    return Identity(**(said | changes))


def an_account(**changes: Any) -> PaymentAccount:
    said = {"account_id": "bg-5050", "holder": "Stockholms Bouledistrikt", "iban": "SE4550000000058398257466"}
    return PaymentAccount(**(said | changes))


def an_issuer_registration(node: OrgNodeId | None = None, **changes: Any) -> IssuerRegistered:
    """A district that issues in kronor, or without a node the federation itself."""
    said = {
        "issuer_id": IssuerId(uuid4()),
        "issuer_type": "org_node" if node else "tenant",
        "issuer_tenant_id": HERE,
        "issuer_org_node_id": node,
        "identity": an_identity(),
        "jurisdiction": "SE",
        "currency": "SEK",
        "accounting_currency": "SEK",
        "time_zone": "Europe/Stockholm",
        "language": "sv",
        "terms_days": 30,
        "exempt_sport": False,
    }
    return IssuerRegistered(**(said | changes))


def a_registration(node: OrgNodeId | None = None, **changes: Any) -> DebtorRegistered:
    """A member of the club `node`, with a number nobody else has. Name, e-mail and address may be said as such."""
    particulars = {each: changes.pop(each) for each in ("name", "email", "address") if each in changes}
    said = {
        "debtor_id": DebtorId(uuid4()),
        "kind": "member",
        "reference": f"M-{uuid4().hex[:12]}",
        "org_node_id": node,
        "billed_tenant_id": None,
        "language": "sv",
        "licence_type": "senior",
        "particulars": some_particulars(**particulars),
    }
    return DebtorRegistered(**(said | changes))


def a_season(code: str = "2026", first: str = "2026-01-01", last: str = "2026-12-31") -> Season:
    return Season(code=code, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last))


def a_wanted_issuer(**changes: Any) -> RegisterIssuer:
    said = {
        "issuer_id": IssuerId(uuid4()),
        "issuer_type": "tenant",
        "identity": an_identity(),
        "jurisdiction": "SE",
        "currency": "SEK",
        "time_zone": "Europe/Stockholm",
        "language": "sv",
    }
    return RegisterIssuer(**(said | changes))


def an_issuer(*seasons: Season, node: OrgNodeId | None = None, prefix: str = "FAKTURA", **changes: Any) -> Issuer:
    """An issuer that was registered, with its seasons."""
    registered = an_issuer_registration(node, **changes)
    issuer_id = registered.issuer_id
    past = (
        registered,
        NumberSeriesConfigured(issuer_id=issuer_id, prefix=prefix, width=6, first_number=1),
        *(SeasonDefined(issuer_id=issuer_id, season=season) for season in seasons),
    )
    issuer: Issuer | None = None
    for event in past:
        issuer = ISSUER.evolve(issuer, event)
    assert issuer is not None
    return issuer


def a_template(**changes: Any) -> WantedTemplate:
    said = {"name": "standard", "primary_colour": "#123A6B", "secondary_colour": "#e0b040"}
    return WantedTemplate(**(said | changes))


def a_template_id() -> TemplateId:
    return TemplateId(uuid4())


def some_particulars(**changes: Any) -> Particulars:
    said = {"name": "Måns Östlund", "email": "mans@members.example", "address": STOCKHOLM}
    return Particulars(**(said | changes))


def a_wanted_debtor(**changes: Any) -> RegisterDebtor:
    said = {
        "debtor_id": DebtorId(uuid4()),
        "kind": "member",
        "reference": "STO-00001",
        "particulars": some_particulars(),
        "language": "sv",
        "licence_type": "senior",
    }
    return RegisterDebtor(**(said | changes))


def a_debtor(**changes: Any) -> Debtor:
    """A debtor that was registered."""
    debtor = DEBTOR.evolve(None, a_registration(**({"reference": "STO-00001"} | changes)))
    assert debtor is not None
    return debtor


def an_imported_member(reference: str, club: OrgNodeId, **changes: Any) -> ImportedMember:
    said = {
        "reference": reference,
        "org_node_id": club,
        "particulars": some_particulars(),
        "language": "sv",
        "licence_type": "senior",
    }
    return ImportedMember(**(said | changes))
