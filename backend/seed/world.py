"""What a demo federation is made of: plain values that `planting` turns into tenants, rows and commands."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from backend.seed.branding import Branding
from backend.tenants.capabilities import Role
from backend.values.parties import Address, Identity, IssuerType, PaymentAccount

PLATFORM_SLUG: Final = "carreau"

# What has become of a demo invoice by today.
Fate = Literal["draft", "open", "paid", "partly_paid", "cancelled"]
SeasonStyle = Literal["calendar", "autumn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoNode:
    """A district or a club. `parent` is the code of the node above; empty for the federation itself."""

    code: str
    name: str
    kind: Literal["district", "club"]
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoIssuer:
    """An issuer with all it needs. `node` is the code of its org node; empty for the tenant's own issuer."""

    key: str
    issuer_type: IssuerType
    identity: Identity
    currency: str
    language: str
    time_zone: str
    account: PaymentAccount
    branding: Branding
    seasons: SeasonStyle = "calendar"
    node: str = ""
    accounting_currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMember:
    """A member of a club, as a member file would have it."""

    reference: str
    name: str
    club: str
    language: str
    address: Address
    licence_type: str = "senior"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDebtor:
    """Another federation (by its slug), or a club (by its node), that is billed."""

    reference: str
    name: str
    email: str
    language: str
    address: Address
    vat_number: str = ""
    organisation_number: str = ""
    slug: str = ""
    club: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUser:
    """Somebody with a role. `node` is the code of an org node; empty for the whole federation."""

    name: str
    email: str
    role: Role
    node: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBill:
    """An invoice of the past: issued `days_ago`, with one line, and what became of it."""

    issuer: str
    debtor: str
    description: str
    amount: Decimal
    days_ago: int
    fate: Fate
    quantity: int = 1
    terms_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTenant:
    """One tenant of the demo with everything in it."""

    slug: str
    kind: Literal["platform", "international", "national"]
    name: str
    issuers: tuple[DemoIssuer, ...]
    nodes: tuple[DemoNode, ...] = ()
    members: tuple[DemoMember, ...] = ()
    debtors: tuple[DemoDebtor, ...] = ()
    users: tuple[DemoUser, ...] = ()
    bills: tuple[DemoBill, ...] = field(default=())


def bill(
    issuer: str,
    debtor: str,
    description: str,
    amount: str,
    *,
    days_ago: int,
    fate: Fate,
    quantity: int = 1,
    terms_days: int | None = None,
) -> DemoBill:
    """A bill in one line: `amount` is the net price of one unit, in major units."""
    return DemoBill(
        issuer=issuer,
        debtor=debtor,
        description=description,
        amount=Decimal(amount),
        days_ago=days_ago,
        fate=fate,
        quantity=quantity,
        terms_days=terms_days,
    )
