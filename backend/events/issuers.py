"""What happens to issuers: the legal entities that own numbers, seasons, accounts and branding."""

from backend.events.event import event
from backend.values.dates import Season
from backend.values.identifiers import IssuerId, OrgNodeId, TemplateId, TenantId
from backend.values.parties import Identity, IssuerType, PaymentAccount


@event("issuer-registered", about="issuer_id", shows=("currency",))
class IssuerRegistered:
    """A legal entity may issue invoices in this tenant.

    `currency` is the default of its invoices, `accounting_currency` that of its books, `time_zone` an IANA name,
    `jurisdiction` the country whose VAT it charges, `terms_days` the days a debtor has to pay.
    """

    issuer_id: IssuerId
    issuer_type: IssuerType
    issuer_tenant_id: TenantId
    issuer_org_node_id: OrgNodeId | None
    identity: Identity
    jurisdiction: str
    currency: str
    accounting_currency: str
    time_zone: str
    language: str
    terms_days: int
    exempt_sport: bool


@event("issuer-identity-changed", about="issuer_id")
class IssuerIdentityChanged:
    """The issuer has another name, address or registration from now on. Issued invoices keep the old one."""

    issuer_id: IssuerId
    identity: Identity


@event("payment-account-set", about="issuer_id")
class PaymentAccountSet:
    """Debtors of this issuer pay to this account from now on."""

    issuer_id: IssuerId
    account: PaymentAccount


@event("season-defined", about="issuer_id")
class SeasonDefined:
    """The issuer has this season. Seasons of one issuer do not overlap."""

    issuer_id: IssuerId
    season: Season


@event("number-series-configured", about="issuer_id")
class NumberSeriesConfigured:
    """Invoices of the issuer are numbered `{prefix}-{season}-{n}`, from `first_number`, `width` digits wide or more."""

    issuer_id: IssuerId
    prefix: str
    width: int
    first_number: int


@event("auto-delivery-set", about="issuer_id", shows=("enabled",))
class AutoDeliverySet:
    """Invoices of the issuer are e-mailed as soon as they are issued (or not)."""

    issuer_id: IssuerId
    enabled: bool


@event("template-defined", about="template_id", shows=("name",))
class TemplateDefined:
    """A template exists, or has a new revision. Texts are by ISO 639-1 language; colours are `#rrggbb`.

    `logo` is the SHA-256 of a stored PNG or SVG, or empty. `tax_category` is the default of lines that name none.
    """

    template_id: TemplateId
    issuer_id: IssuerId | None
    name: str
    revision: int
    primary_colour: str
    secondary_colour: str
    logo: str
    logo_media_type: str
    header: dict[str, str]
    footer: dict[str, str]
    payment_instructions: dict[str, str]
    tax_category: str
    terms_days: int | None


@event("default-template-chosen", about="template_id")
class DefaultTemplateChosen:
    """The one template of the tenant that is used where an issuer has none of its own."""

    template_id: TemplateId
