"""How long every list is that is no connection: what it typically holds (for the cost), and what it can hold at most.

A test walks the schema: a list that is not named here fails it.
"""

from dataclasses import dataclass
from typing import Final

from backend.api.graphql.node import MAX_NODES
from backend.api.issuers.inputs import MAX_TEXTS
from backend.documents.template_report import MAX_FINDINGS
from backend.read.access import MAX_ROLES
from backend.read.activity.chain import MAX_FAULTS
from backend.read.dashboards.queries import MAX_REVENUE_ROWS, MAX_TOP, MAX_TOTALS
from backend.read.deliveries.queries import ATTEMPTS_LIMIT
from backend.read.gate import MAX_OPEN_INVOICES
from backend.read.invoices.queries import HISTORY_LIMIT
from backend.read.issuers.queries import MAX_ISSUERS, MAX_RATES, MAX_SERIES, MAX_TEMPLATES
from backend.read.ledger.queries import MAX_BALANCES, MAX_STATEMENT_LINES, MAX_VAT_ROWS
from backend.read.org import MAX_ORG_NODES
from backend.read.paging import PAGE_LIMIT
from backend.read.payments import MAX_ALLOCATIONS
from backend.read.receivables.statements import MAX_STATEMENT_LINES as MAX_DEBTOR_LINES
from backend.read.runs.forecast import MAX_LISTED
from backend.rules.attachments import MAX_ATTACHMENTS
from backend.tenants.capabilities import Capability
from backend.write.refusal import RefusalCode

# Of an invoice and its parts: the limits of `write/invoices/draft.py`.
_LINES, _COMPONENTS = 1_000, 20
# Every currency that has a reference rate, and the euro.
_CURRENCIES: Final = 35
_SEASONS: Final = 200
# Of the console (`api/platform`): reasons that are counted, dispatches that are shown.
_COUNTS, _PROBLEMS = 50, 20


@dataclass(frozen=True, slots=True)
class Size:
    """`typical` is what a query pays for, `limit` what the rules or the query behind it allow."""

    typical: int
    limit: int


LIST_SIZES: Final[dict[str, Size]] = {
    "AgingReport.rows": Size(2, _CURRENCIES),
    "AgingRow.columns": Size(5, 5),
    "DebtCheck.reasons": Size(3, MAX_OPEN_INVOICES),
    "DebtCheck.clearedBy": Size(1, _CURRENCIES),
    "DebtorAging.rows": Size(2, _CURRENCIES),
    "DebtorStatement.accounts": Size(2, _CURRENCIES),
    "Dashboard.totals": Size(20, MAX_TOTALS),
    "Delivery.attempts": Size(3, ATTEMPTS_LIMIT),
    "GatePolicy.rules": Size(2, 2),
    "GateWhatIf.actions": Size(2, 2),
    "PreviewTaxRatesSuccess.changes": Size(4, 2 * MAX_RATES),
    "Invoice.availableActions": Size(7, 7),
    "Invoice.creditNotes": Size(1, PAGE_LIMIT),
    "Invoice.history": Size(10, HISTORY_LIMIT),
    "Invoice.payments": Size(2, PAGE_LIMIT),
    "InvoiceDocument.lines": Size(5, _LINES),
    "InvoiceDocument.taxGroups": Size(2, _LINES),
    "InvoiceDocument.attachments": Size(2, MAX_ATTACHMENTS),
    "Issuer.seasons": Size(5, _SEASONS),
    "JournalCheck.faults": Size(1, MAX_FAULTS),
    "LedgerAccountStatement.lines": Size(100, MAX_STATEMENT_LINES),
    "Payment.allocations": Size(2, MAX_ALLOCATIONS),
    "CalculationStep.values": Size(4, 10),
    "PlatformFigures.outstanding": Size(2, _CURRENCIES),
    "PlatformFigures.seasons": Size(2, _SEASONS),
    "PlatformHealth.queues": Size(4, 10),
    "PlatformHealth.issuing": Size(3, _COUNTS),
    "PlatformHealth.renderingFailed": Size(3, _COUNTS),
    "PlatformHealth.dispatching": Size(6, _COUNTS),
    "PlatformStanding.projections": Size(15, 50),
    "PlatformTenant.deliveryCounts": Size(6, 6),
    "PlatformTenant.invariants": Size(3, 3),
    "PlatformTenant.problems": Size(5, _PROBLEMS),
    "Query.deliveryCounts": Size(6, 6),
    "Query.explainInvoice": Size(20, 5 * _LINES),
    "Query.invoiceCounts": Size(9, 9),
    "Query.issuers": Size(20, MAX_ISSUERS),
    "Query.nodes": Size(MAX_NODES, MAX_NODES),
    "Query.numberingReport": Size(20, MAX_SERIES),
    "Query.orgNodes": Size(50, MAX_ORG_NODES),
    "Query.revenueByPeriod": Size(50, MAX_REVENUE_ROWS),
    "Query.taxRates": Size(20, MAX_RATES),
    "Query.templates": Size(10, MAX_TEMPLATES),
    "Query.topDebtors": Size(10, MAX_TOP),
    "Query.trialBalance": Size(20, MAX_BALANCES),
    "Query.vatSummary": Size(20, MAX_VAT_ROWS),
    "Refused.path": Size(3, 20),
    "Refused.params": Size(2, 5),
    "RunForecast.refused": Size(4, len(RefusalCode)),
    "RunForecast.refusals": Size(20, MAX_LISTED),
    "Run.components": Size(3, _COMPONENTS),
    "StatementAccount.lines": Size(50, MAX_DEBTOR_LINES),
    "Template.header": Size(6, MAX_TEXTS),
    "Template.footer": Size(6, MAX_TEXTS),
    "Template.paymentInstructions": Size(6, MAX_TEXTS),
    "TemplateReport.findings": Size(10, MAX_FINDINGS),
    "TemplateFinding.languages": Size(3, MAX_TEXTS),
    "User.roles": Size(2, MAX_ROLES),
    "User.tokens": Size(2, PAGE_LIMIT),
    "Viewer.capabilities": Size(20, len(Capability)),
    "Viewer.roles": Size(2, MAX_ROLES),
}

# Fields that cost a statement of their own for each object they stand on: dear in a list, cheap on one object.
OWN_STATEMENT: Final = 25
STATEMENTS: Final = frozenset(
    {
        "Invoice.document",
        "Invoice.history",
        "Invoice.payments",
        "Invoice.creditNotes",
        "Run.outcomes",
        "Delivery.attempts",
        "Debtor.debtCheck",
        "User.tokens",
        "PlatformTenant.figures",
        "PlatformTenant.standing",
        "PlatformTenant.deliverySwitch",
        "PlatformTenant.deliveryCounts",
        "PlatformTenant.problems",
        "PlatformTenant.invariants",
        "PlatformTenant.look",
    }
)
# Fields that work longer than any list: a piece of the journal is hashed in some dozen milliseconds. An auditor who
# asks piece after piece stays within the budget; a document full of them does not fit.
SURCHARGES: Final = {"Query.journalCheck": 50}
