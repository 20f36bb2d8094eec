"""Who stands on an invoice: postal addresses, the identity of an issuer and the particulars of a debtor."""

from dataclasses import dataclass
from typing import Literal

# What a tenant is.
TenantKind = Literal["platform", "international", "national"]
# What a node of the org tree is, and what may be added to it: a federation has exactly one root.
OrgNodeKind = Literal["federation", "district", "club"]
NewNodeKind = Literal["district", "club"]
# Which payment reference is printed first: OCR (Bankgirot, mod 10) or RF (ISO 11649).
ReferenceKind = Literal["ocr", "rf"]
# Who issues: the platform itself, a tenant, or one of a tenant's org nodes.
IssuerType = Literal["platform", "tenant", "org_node"]
# Who is billed: a member, a club of the tenant, another tenant, or somebody outside.
DebtorKind = Literal["member", "club", "tenant", "outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address in parts, as ISO 20022 and EN 16931 both want it. `country` is ISO 3166-1 alpha-2."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The legal identity of an issuer, as printed: never personal data."""

    name: str
    address: Address
    organisation_number: str = ""
    vat_number: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """Name and address of a debtor. Personal data for a member: always sealed in the journal."""

    name: str
    email: str = ""
    address: Address
    organisation_number: str = ""
    vat_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAccount:
    """Where the money goes. Issuers that name the same `account_id` share one account and one reference counter.

    `reference` says which reference is printed first: `ocr` (Bankgirot, mod 10) or `rf` (ISO 11649).
    """

    account_id: str
    holder: str
    iban: str = ""
    bic: str = ""
    bankgiro: str = ""
    swish: str = ""
    reference: str = "rf"
