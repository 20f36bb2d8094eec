"""What somebody may want of an issuer, its seasons, numbers, account and templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from backend.events.issuers import IssuerType
from backend.values.dates import Season
from backend.values.identifiers import IssuerId, OrgNodeId, TemplateId
from backend.values.parties import Identity, PaymentAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterIssuer:
    """Let a legal entity issue invoices: the platform, the tenant, or one of its org nodes (S002-18).

    `jurisdiction` is the country whose VAT it charges, `accounting_currency` defaults to `currency`, `time_zone` is an
    IANA name.
    """

    ASSIGNED: ClassVar = ("issuer_id",)
    issuer_id: IssuerId
    issuer_type: IssuerType
    identity: Identity
    jurisdiction: str
    currency: str
    time_zone: str
    language: str
    org_node_id: OrgNodeId | None = None
    accounting_currency: str | None = None
    terms_days: int = 30
    exempt_sport: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeIssuerIdentity:
    """Another name, address or registration, for invoices issued from now on."""

    issuer_id: IssuerId
    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPaymentAccount:
    """Where debtors of this issuer pay from now on."""

    issuer_id: IssuerId
    account: PaymentAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineSeason:
    """Give the issuer one more season. Its code is printed in every number."""

    issuer_id: IssuerId
    season: Season


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigureNumberSeries:
    """How the issuer's numbers read: prefix, digits, and where each season begins (1000 continues an older series)."""

    issuer_id: IssuerId
    prefix: str
    width: int = 6
    first_number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAutoDelivery:
    """Whether invoices of the issuer are e-mailed as soon as they are issued."""

    issuer_id: IssuerId
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTemplate:
    """The branding of an invoice. Colours are `#rrggbb`; texts are by ISO 639-1 language.

    `logo` is the SHA-256 (hexadecimal) of a stored PNG or SVG, or empty; `tax_category` that of lines that name none.
    """

    name: str
    primary_colour: str
    secondary_colour: str
    logo: str = ""
    logo_media_type: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    footer: Mapping[str, str] = field(default_factory=dict)
    payment_instructions: Mapping[str, str] = field(default_factory=dict)
    tax_category: str = "standard"
    terms_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineTemplate:
    """Make a template: an issuer's own, or (without issuer) one of the tenant. The first becomes the default."""

    ASSIGNED: ClassVar = ("template_id",)
    template_id: TemplateId
    design: WantedTemplate
    issuer_id: IssuerId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseTemplate:
    """Change a template for invoices issued from now on. `expected_revision` refuses when somebody else changed it in
    between."""

    template_id: TemplateId
    design: WantedTemplate
    expected_revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseDefaultTemplate:
    """Make this the one template that serves issuers without their own (S002-17)."""

    template_id: TemplateId
