"""The table of contents of REST: method, path, handler, capability, and what is special about it."""

from typing import Final

from backend.api.rest.endpoint import JSON, Endpoint, get, post
from backend.api.rest.gate import check_debts, check_transfer
from backend.api.rest.reports import CSV, aging, dashboard, list_debts, rank_debtors, revenue
from backend.tenants.capabilities import Capability

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    get("/debts/check/{debtor_id}", check_debts, Capability.GATE_CHECK),
    post("/transfers/check", check_transfer, Capability.GATE_CHECK),
    get("/debts", list_debts, Capability.REPORTS_READ),
    get("/reports/aging", aging, Capability.REPORTS_READ, produces=(JSON, CSV)),
    get("/reports/revenue", revenue, Capability.REPORTS_READ),
    get("/reports/top-debtors", rank_debtors, Capability.REPORTS_READ),
    get("/dashboard", dashboard, Capability.REPORTS_READ),
)
