"""Templates that are not saved yet: checked by the rules that save them, and put beside the issuer they would serve."""

from datetime import date
from decimal import Decimal
from typing import Final

from backend.api import dispatch
from backend.documents.logo import LogoRefused, check_logo
from backend.documents.sample import SampleIssuer
from backend.read.issuers.queries import IssuerRow, issuer_detail, tax_rates_in_force
from backend.runtime.storage import DocumentCorrupt, DocumentMissing, NotADigest
from backend.services import Services
from backend.tenants.actor import Actor
from backend.values.identifiers import InvoiceId, IssuerId
from backend.values.tax import AppliedTax
from backend.values.why import Why
from backend.write.issuers.templates import WantedTemplate
from backend.write.refusal import InvalidValue, NotFound

_NO_TAX: Final = AppliedTax(category_code="O", percent=Decimal(0), rate_code="")


def preview_url(issuer_id: IssuerId, invoice_id: InvoiceId | None = None) -> str:
    """Where the preview is: with a sample of the issuer, or with an issued invoice of theirs."""
    chosen = f"&invoice_id={invoice_id}" if invoice_id else ""
    return f"/api/v1/templates/preview?issuer_id={issuer_id}{chosen}"


async def stored_logo(services: Services, actor: Actor, digest: str, media_type: str) -> bytes | None:
    """The bytes of a logo, or None for none. Raises `InvalidValue` for one the tenant's store lacks.

    Asked at the edge, before a design is saved too: a missing logo would fail every invoice at night.
    """
    if not digest:
        return None
    try:
        content = await services.store.get(actor.tenant_id, digest)
        kind = check_logo(content)
    except (NotADigest, DocumentMissing, DocumentCorrupt):
        raise InvalidValue(Why.LOGO_UNKNOWN, path=("logo",)) from None
    except LogoRefused as refused:
        raise InvalidValue(Why.LOGO_UNUSABLE, problem=refused.code, path=("logo",)) from None
    if kind != media_type:
        raise InvalidValue(Why.LOGO_OF_ANOTHER_KIND, path=("logoMediaType",))
    return content


async def sample_issuer(services: Services, actor: Actor, issuer_id: IssuerId, design: WantedTemplate) -> SampleIssuer:
    """The issuer as a sample is made of it. Raises `NotFound`, and `Forbidden` without the right to read issuers."""
    issuer = await dispatch.ask(services, actor, issuer_detail, issuer_id)
    if issuer is None:
        raise NotFound("there is no such issuer", path=("issuerId",))
    today = services.clock.today(issuer.time_zone)
    return SampleIssuer(
        issuer_id=issuer.issuer_id,
        issuer_type=issuer.issuer_type,
        issuer_tenant_id=issuer.issuer_tenant_id,
        issuer_org_node_id=issuer.issuer_org_node_id,
        identity=issuer.identity,
        account=issuer.account,
        currency=issuer.currency,
        time_zone=issuer.time_zone,
        prefix=issuer.pattern.prefix,
        width=issuer.pattern.width,
        season=_season(issuer, today),
        terms_days=issuer.terms_days if design.terms_days is None else design.terms_days,
        tax=await _tax(services, actor, issuer, design.tax_category, today),
        today=today,
    )


def _season(issuer: IssuerRow, today: date) -> str:
    holding = (each.code for each in issuer.seasons if each.first_day <= today <= each.last_day)
    return next(holding, str(today.year))


async def _tax(services: Services, actor: Actor, issuer: IssuerRow, category: str, today: date) -> AppliedTax:
    """The rate that lines of this template would carry at home; none where the matrix has none."""
    rates = await dispatch.ask(services, actor, tax_rates_in_force, on=today, jurisdiction=issuer.jurisdiction)
    wanted = "exempt_sport" if issuer.exempt_sport else category
    rate = next((each for each in rates if each.category == wanted), None)
    if rate is None:
        return _NO_TAX
    return AppliedTax(
        category_code=rate.en16931,
        percent=rate.percent,
        rate_code=rate.code,
        exemption_reason=rate.exemption_reason,
        exemption_code=rate.exemption_code,
    )
