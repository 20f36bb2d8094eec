"""What clients send about issuers and templates."""

from datetime import date
from enum import Enum

import strawberry

from backend.api.graphql.documented import given, words
from backend.api.graphql.results import Repeatable
from backend.api.parties import IdentityInput, PaymentAccountInput
from backend.api.problems import Fault, Malformed
from backend.write.issuers.templates import WantedTemplate

# Every language of ISO 639-1 at once; a template that needs more texts does not exist.
MAX_TEXTS = 184


@words
class IssuerType(Enum):
    """Who issues: the platform, the tenant, or one of its org nodes."""

    PLATFORM = "platform"
    TENANT = "tenant"
    ORG_NODE = "org_node"


@given
class RegisterIssuerInput(Repeatable):
    """`jurisdiction` is the country whose VAT is charged, `timeZone` an IANA name; `accountingCurrency` defaults to
    `currency`."""

    issuer_type: IssuerType
    identity: IdentityInput
    jurisdiction: str
    currency: str
    time_zone: str
    language: str
    org_node_id: strawberry.ID | None = None
    accounting_currency: str | None = None
    terms_days: int = 30
    exempt_sport: bool = False


@given
class ChangeIssuerIdentityInput(Repeatable):
    """Name, address and registration for invoices issued from now on."""

    issuer_id: strawberry.ID
    identity: IdentityInput


@given
class SetPaymentAccountInput(Repeatable):
    """Where debtors of this issuer pay from now on."""

    issuer_id: strawberry.ID
    account: PaymentAccountInput


@given
class DefineSeasonInput(Repeatable):
    """One more season; its code is printed in every number. Both days belong to it."""

    issuer_id: strawberry.ID
    code: str
    first_day: date
    last_day: date


@given
class ConfigureNumberSeriesInput(Repeatable):
    """Numbers read `{prefix}-{season}-{number}`; `firstNumber` continues an older series."""

    issuer_id: strawberry.ID
    prefix: str
    width: int = 6
    first_number: int = 1


@given
class SetAutoDeliveryInput(Repeatable):
    """Whether invoices are e-mailed as soon as they are issued."""

    issuer_id: strawberry.ID
    enabled: bool


@given
class LocalisedTextInput:
    """A text in one ISO 639-1 language."""

    language: str
    text: str


@given
class TemplateDesignInput:
    """The branding of an invoice. Colours are `#rrggbb`; `logo` is the SHA-256 of a stored PNG or SVG, or empty;
    `taxCategory` is that of lines that name none."""

    name: str
    primary_colour: str
    secondary_colour: str
    logo: str = ""
    logo_media_type: str = ""
    header: list[LocalisedTextInput] = strawberry.field(default_factory=list)
    footer: list[LocalisedTextInput] = strawberry.field(default_factory=list)
    payment_instructions: list[LocalisedTextInput] = strawberry.field(default_factory=list)
    tax_category: str = "standard"
    terms_days: int | None = None

    def value(self) -> WantedTemplate:
        return WantedTemplate(
            name=self.name,
            primary_colour=self.primary_colour,
            secondary_colour=self.secondary_colour,
            logo=self.logo,
            logo_media_type=self.logo_media_type,
            header=_texts(self.header, "header"),
            footer=_texts(self.footer, "footer"),
            payment_instructions=_texts(self.payment_instructions, "paymentInstructions"),
            tax_category=self.tax_category,
            terms_days=self.terms_days,
        )


@given
class DefineTemplateInput(Repeatable):
    """An issuer's own template, or without `issuerId` one of the tenant. The first becomes the default."""

    design: TemplateDesignInput
    issuer_id: strawberry.ID | None = None


@given
class ReviseTemplateInput(Repeatable):
    """The template for invoices issued from now on. `expectedRevision` is the one you changed: when somebody else saved
    another in between, yours is refused with TEMPLATE_CHANGED."""

    template_id: strawberry.ID
    design: TemplateDesignInput
    expected_revision: int | None = None


@given
class ChooseDefaultTemplateInput(Repeatable):
    """The one template that serves issuers without their own."""

    template_id: strawberry.ID


def _texts(said: list[LocalisedTextInput], name: str) -> dict[str, str]:
    if len(said) > MAX_TEXTS:
        raise Malformed(Fault(detail=f"at most {MAX_TEXTS} languages", path=("design", name)))
    texts = {each.language: each.text for each in said}
    if len(texts) != len(said):
        raise Malformed(Fault(detail="a language is there twice", path=("design", name)))
    return texts
