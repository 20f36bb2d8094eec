"""The table of contents of REST: method, path, handler, capability, and what is special about it."""

from typing import Final

from backend.api.rest import documents, gate, invoices, reports, settlement
from backend.api.rest.endpoint import JSON, Endpoint, delete, get, post, put
from backend.tenants.capabilities import Capability

_INVOICE: Final = "/invoices/{invoice_id}"

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    get("/invoices", invoices.list_invoices, Capability.INVOICES_READ),
    post("/invoices", invoices.draft_invoice, Capability.INVOICES_DRAFT, status=201, key="optional"),
    get(_INVOICE, invoices.show_invoice, Capability.INVOICES_READ, reads=("If-None-Match",)),
    put(_INVOICE, invoices.revise_draft, Capability.INVOICES_DRAFT, reads=("If-Match",)),
    delete(_INVOICE, invoices.discard_draft, Capability.INVOICES_DRAFT),
    post(
        f"{_INVOICE}/issue", invoices.issue_invoice, Capability.INVOICES_ISSUE, key="required",
        aliases=(f"{_INVOICE}/post",),
    ),
    get(f"{_INVOICE}/history", invoices.invoice_history, Capability.INVOICES_READ),
    get(
        f"{_INVOICE}/pdf", documents.invoice_pdf, Capability.INVOICES_READ, produces=(documents.PDF,),
        reads=("If-None-Match",),
    ),
    get(f"{_INVOICE}/html", documents.invoice_html, Capability.INVOICES_READ, produces=(documents.HTML,)),
    post(f"{_INVOICE}/cancel", settlement.cancel_invoice, Capability.INVOICES_CANCEL, key="required"),
    post(
        f"{_INVOICE}/payments", settlement.register_payment, Capability.PAYMENTS_REGISTER, status=201, key="required"
    ),
    get("/debts/check/{debtor_id}", gate.check_debts, Capability.GATE_CHECK),
    post("/transfers/check", gate.check_transfer, Capability.GATE_CHECK),
    get("/debts", reports.list_debts, Capability.REPORTS_READ),
    get("/reports/aging", reports.aging, Capability.REPORTS_READ, produces=(JSON, reports.CSV)),
    get("/reports/revenue", reports.revenue, Capability.REPORTS_READ),
    get("/reports/top-debtors", reports.rank_debtors, Capability.REPORTS_READ),
    get("/dashboard", reports.dashboard, Capability.REPORTS_READ),
)  # fmt: skip
