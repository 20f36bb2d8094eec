"""Every screen of the app: where it is, who looks at it, and what must be done before it shows all it has."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from playwright.async_api import Page

from tests.e2e import doings, ways
from tests.e2e.doings import Doing, presses, types
from tests.e2e.people import ANNIKA, CLAIRE, MALIN, OPERATOR, RUNE, SIV, TORE, Visitor

Way = Callable[[Page], Awaitable[str]]


@dataclass(frozen=True, kw_only=True)
class Screen:
    """`way` answers the path, where it depends on the data; `then` is done once the page is there. `noted` is what a
    browser writes as an error while everything is as it should be."""

    name: str
    path: str = ""
    way: Way | None = None
    visitor: Visitor | None = ANNIKA
    then: Doing | None = None
    noted: str | None = None


_DOOR: Final = (
    Screen(name="sign-in", path="/", visitor=None),
    Screen(name="sign-in-refused", path="/", visitor=None, then=doings.nobody_may, noted="401"),
    Screen(name="sign-in-forgotten", path="/", visitor=None, then=doings.forgotten),
    Screen(name="reset", path="/reset#token=unknown", visitor=None),
    Screen(name="invitation", path="/invitation#token=unknown", visitor=None, noted="400"),
    Screen(name="expired", path="/", then=doings.expired, noted="401"),
)
_HOMES: Final = (
    Screen(name="home", path="/"),
    Screen(name="home-of-a-district", path="/", visitor=SIV),
    Screen(name="home-of-a-district-that-begins", path="/", visitor=TORE),
    Screen(name="home-of-a-club", path="/", visitor=MALIN),
    Screen(name="home-of-an-auditor", path="/", visitor=RUNE),
    Screen(name="home-in-french", path="/", visitor=CLAIRE),
    Screen(name="home-of-the-platform", path="/", visitor=OPERATOR),
    Screen(name="offline", path="/", then=doings.offline, noted="ERR_INTERNET_DISCONNECTED"),
    Screen(name="menu", path="/", then=doings.the_menu),
    Screen(name="palette", path="/", then=types("Control+k")),
    Screen(name="shortcuts", path="/", then=types("?")),
    Screen(name="not-yours", path="/settings", visitor=MALIN),
    Screen(name="nowhere", path="/nowhere/at/all"),
)
_INVOICES: Final = (
    Screen(name="invoices", path="/invoices"),
    Screen(name="invoices-filters", path="/invoices", then=presses("Fler filter", opens=None)),
    Screen(name="invoices-chosen", path="/invoices", then=doings.one_row_chosen),
    Screen(name="invoices-export", path="/invoices", then=presses("Exportera", opens="menu")),
    Screen(name="invoices-nothing-found", path="/invoices?q=xyzzy"),
    Screen(name="invoices-in-french", path="/invoices", visitor=CLAIRE),
    Screen(name="invoice", way=ways.an_invoice),
    Screen(name="invoice-in-french", way=ways.an_invoice, visitor=CLAIRE),
    Screen(name="invoice-paid", way=ways.a_paid_invoice),
    Screen(name="invoice-cancelled", way=ways.a_cancelled_invoice),
    Screen(name="invoice-explained", way=ways.an_invoice, then=presses("Förklara beloppet", opens=None)),
    Screen(name="invoice-payment", way=ways.an_invoice, then=presses("Registrera betalning")),
    Screen(name="invoice-deliver", way=ways.an_invoice, then=presses("Skicka med e-post")),
    Screen(name="invoice-cancel", way=ways.an_invoice, then=presses("Makulera fakturan", opens="alertdialog")),
    Screen(name="invoice-share", way=ways.an_invoice, then=doings.a_share),
    Screen(name="invoice-draft", way=ways.a_draft),
    Screen(name="invoice-issue", way=ways.a_draft, then=presses("Ställ ut")),
    Screen(name="invoice-new", path="/invoices/new"),
    Screen(name="invoice-edit", way=ways.a_draft_to_edit),
)
_BEHIND_A_LINK: Final = (
    Screen(name="invoice-by-its-link", way=ways.by_its_link),
    Screen(name="invoice-by-its-link-paid", way=ways.by_the_link_of_a_paid_one),
    Screen(name="invoice-by-its-link-cancelled", way=ways.by_the_link_of_a_cancelled_one),
    Screen(name="invoice-by-no-link", path="/invoice-link#unknown", visitor=None, noted="404"),
    Screen(name="invoice-closed", path="/public/invoice", visitor=None, noted="404"),
)
_SEASON: Final = (
    Screen(name="renewals", way=ways.the_runs),
    Screen(name="renewals-nothing-yet", path="/renewals", visitor=CLAIRE),
    Screen(name="renewals-new", path="/renewals/new"),
    Screen(name="renewals-forecast", path="/renewals/new", then=doings.a_forecast),
    Screen(name="renewals-bad-rows", path="/renewals/new", then=doings.bad_rows, noted="422"),
    Screen(name="run", way=ways.a_run, then=doings.finished),
    Screen(name="debtors", path="/debtors"),
    Screen(name="debtor", way=ways.a_debtor),
    Screen(name="debtor-new", path="/debtors/new"),
    Screen(name="debtor-edit", way=ways.a_debtor_to_edit),
    Screen(name="receivables", path="/receivables"),
    Screen(name="gate", path="/gate"),
    Screen(name="gate-blocked", way=ways.the_blocked_one),
    Screen(name="deliveries", path="/deliveries"),
    Screen(name="activity", path="/activity"),
    Screen(name="activity-verified", path="/activity", then=doings.verified),
)
_SETTINGS: Final = (
    Screen(name="settings", path="/settings"),
    Screen(name="settings-account", path="/settings?tab=account"),
    Screen(name="settings-template", path="/settings?tab=template", then=doings.drawn),
    Screen(name="settings-template-of-a-district", way=ways.its_template, then=doings.drawn),
    Screen(name="settings-numbers", way=ways.its_numbers),
    Screen(name="settings-gate", path="/settings?tab=gate"),
    Screen(name="settings-gate-weighed", path="/settings?tab=gate", then=doings.the_gate_weighed),
    Screen(name="settings-tax", path="/settings?tab=tax"),
    Screen(name="settings-tax-adopt", path="/settings?tab=tax", then=doings.a_rate_looked_at),
    Screen(name="people", path="/people"),
    Screen(name="people-invite", path="/people", then=presses("Bjud in någon")),
    Screen(name="people-grant", path="/people", then=presses("Ge en roll till")),
    Screen(name="people-revoke", path="/people", then=presses("Ta bort rollen", opens="alertdialog")),
    Screen(name="people-programs", path="/people?tab=programs"),
    Screen(name="people-programs-client", path="/people?tab=programs", then=presses("Ny API-klient")),
    Screen(name="people-programs-token", path="/people?tab=programs", then=presses("Ny åtkomstnyckel")),
    Screen(name="people-sign-in", path="/people?tab=sign-in"),
    Screen(name="people-sign-in-add", path="/people?tab=sign-in", then=presses("Lägg till en leverantör")),
    Screen(name="security", path="/security"),
    Screen(name="security-totp", path="/security", then=presses("Ställ in")),
)
_PLATFORM: Final = (
    Screen(name="platform", path="/platform", visitor=OPERATOR),
    Screen(name="platform-tenant", way=ways.a_tenant, visitor=OPERATOR),
    Screen(name="platform-tenant-enter", way=ways.a_tenant, visitor=OPERATOR, then=presses("Enter")),
    Screen(name="platform-tenant-new", path="/platform/tenants/new", visitor=OPERATOR),
    Screen(name="platform-invoices", path="/platform/invoices", visitor=OPERATOR),
    Screen(name="platform-invoices-entered", way=ways.entered_all, visitor=OPERATOR),
    Screen(name="platform-health", path="/platform/health", visitor=OPERATOR),
    Screen(
        name="platform-halt",
        path="/platform/health",
        visitor=OPERATOR,
        then=presses("Stop everything now", opens="alertdialog"),
    ),
)
SCREENS: Final = _DOOR + _HOMES + _INVOICES + _BEHIND_A_LINK + _SEASON + _SETTINGS + _PLATFORM
