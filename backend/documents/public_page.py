"""The pages behind a link: one invoice as it stands today, and what to say when there is none to show.

Their styles stand in the page, named by their digest in the content security policy; scripts are files of ours.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, Literal

from markupsafe import Markup

from backend.documents.formats import Formats
from backend.documents.printable import Printer
from backend.documents.screen_palette import ScreenPalette
from backend.documents.templates import FALLBACK, STANDARD, Chosen, environment, languages, rendered
from backend.documents.view import DocumentView, document_view
from backend.events.invoices import InvoiceIssued
from backend.values.money import Money

Standing = Literal["open", "overdue", "partly", "paid", "settled", "cancelled"]

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'sha256-{digest}'; img-src data:;"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_OURS: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """A page and the policy that goes with it."""

    html: str
    policy: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """How the invoice stands today, in finished texts; what does not apply is empty."""

    standing: Standing
    open: str
    settled: str
    paid_on: str
    credit_number: str
    credit_on: str
    credit_total: str
    today: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """How the invoice stands today, as numbers. `credit` is the number, day and total of a credit note."""

    open: Money
    cancelled: bool
    paid_on: date | None
    credit: tuple[str, date, Money] | None
    today: date


def invoice_page(event: InvoiceIssued, facts: Facts, *, chosen: Chosen, logo: bytes | None) -> PublicPage:
    """The page of `event`. A browser brings its own fonts and breaks its own lines."""
    left = facts.open if 0 < facts.open.minor < event.total_minor else None
    view = document_view(event, logo=logo, language=chosen.language, printed=Printer(on_paper=False), due=left)
    show = Formats.of(chosen.language, event.debtor_country)
    return _page("_public.html", chosen, event.issuer.template.primary_colour, view=view, now=_now(event, facts, show))


def link_page(language: str) -> PublicPage:
    """The page every link leads to: it knows nothing yet, and hands the token over by script."""
    return _page("_link.html", _spoken(language), _OURS, closed=False)


def closed_page(language: str) -> PublicPage:
    """Nothing is open here: the half hour is over, or nobody followed a link."""
    return _page("_link.html", _spoken(language), _OURS, closed=True)


def standing_of(event: InvoiceIssued, facts: Facts) -> Standing:
    """The one thing to say first. Amounts decide; a credit note of a part is no payment, but it settles as well."""
    if facts.cancelled:
        return "cancelled"
    if facts.open.minor <= 0:
        return "paid" if facts.paid_on is not None else "settled"
    if facts.today > event.due_on:
        return "overdue"
    return "partly" if facts.open.minor < event.total_minor else "open"


def _now(event: InvoiceIssued, facts: Facts, show: Formats) -> Now:
    number, issued_on, total = facts.credit or ("", None, None)
    settled = event.total_minor - facts.open.minor
    return Now(
        standing=standing_of(event, facts),
        open=show.money(facts.open.minor, event.currency),
        settled=show.money(settled, event.currency) if settled else "",
        paid_on=show.date(facts.paid_on) if facts.paid_on else "",
        credit_number=number,
        credit_on=show.date(issued_on) if issued_on else "",
        credit_total=show.money(total.minor, total.currency) if total else "",
        today=show.date(facts.today),
    )


def _spoken(language: str) -> Chosen:
    spoken = language if language in languages(STANDARD) else FALLBACK
    return Chosen(template=STANDARD, language=spoken, fallback=spoken != language)


def _page(layout: str, chosen: Chosen, colour: str, **values: DocumentView | Now | bool) -> PublicPage:
    palette = ScreenPalette.of(colour)
    style = environment().get_template(f"{chosen.folder}/_public.css").render(palette=palette)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    # Nothing but our own file and colours that were checked stands in it.
    safe = Markup(style)  # noqa: S704
    html = rendered(chosen, layout, {**values, "style": safe, "palette": palette, "language": chosen.language})
    return PublicPage(html=html, policy=_POLICY.format(digest=digest), language=chosen.language)
