"""Who issues, by which template, when and in which season: what is the same for every invoice of one command."""

from dataclasses import dataclass
from datetime import date

from backend.events.issuers import TemplateDefined
from backend.events.parts import ReferenceRate
from backend.values.identifiers import IssuerId, RunId
from backend.write.refusal import Refusal, RefusalCode
from backend.write.states.issuer import ISSUER, Issuer
from backend.write.states.template_book import TEMPLATE_BOOK, TemplateBook, template_stream
from backend.write.unit_of_work import UnitOfWork


class DateInFuture(Refusal):
    """The date of the invoice is after today, by the wall clock of its issuer."""

    code = RefusalCode.INVOICE_DATE_IN_FUTURE


class SeasonUnknown(Refusal):
    """The issuer has no season of that code, or none that holds the date."""

    code = RefusalCode.SEASON_UNKNOWN


class TemplateMissing(Refusal):
    """Neither the issuer nor the tenant has a template to print the invoice by."""

    code = RefusalCode.TEMPLATE_MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is the same for every invoice issued by one command: who issues, when, by which rate, in which season."""

    issuer: Issuer
    template: TemplateDefined
    issued_on: date
    season: str
    rate: ReferenceRate
    run_id: RunId | None = None
    override_reason: str = ""


def season_code(issuer: Issuer, wanted: str | None, on: date) -> str:
    """The season that is printed in the number: the one asked for, or the one that holds the issue date."""
    season = issuer.season_named(wanted) if wanted is not None else issuer.season_of(on)
    if season is None:
        missing = f"no season {wanted!r}" if wanted is not None else f"no season that holds {on}"
        raise SeasonUnknown(f"the issuer has {missing}: define it first", path=("season",))
    return season.code


def issue_date(wanted: date | None, today: date) -> date:
    """The invoice date: today, or an earlier day that was asked for."""
    if wanted is not None and wanted > today:
        raise DateInFuture(f"an invoice cannot be issued on {wanted}: today is {today}", path=("issuedOn",))
    return wanted or today


def template_for(book: TemplateBook | None, issuer_id: IssuerId) -> TemplateDefined:
    """The issuer's own template, or the tenant's default. Raises `TemplateMissing`."""
    template = book.for_issuer(issuer_id) if book else None
    if template is None:
        raise TemplateMissing("the tenant has no invoice template: define one first")
    return template


async def issuer_and_template(work: UnitOfWork, issuer_id: IssuerId) -> tuple[Issuer, TemplateDefined]:
    """The issuer, and its own template or the tenant's default."""
    issuer = await work.get(ISSUER, issuer_id, path=("issuerId",))
    book = await work.load(TEMPLATE_BOOK, template_stream(work.tenant_id))
    return issuer, template_for(book, issuer_id)
