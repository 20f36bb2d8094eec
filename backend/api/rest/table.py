"""The table of contents of REST: method, path, handler, capability, and what is special about it."""

from typing import Final

from backend.api.rest import (
    access,
    activity,
    attachments,
    debtors,
    deliveries,
    documents,
    exports,
    gate,
    invoices,
    issuers,
    links,
    members,
    org,
    reports,
    rules,
    runs,
    settled,
    settlement,
    template_previews,
    templates,
)
from backend.api.rest.endpoint import JSON, Endpoint, delete, get, post, put
from backend.tenants.capabilities import Capability

_INVOICE: Final = "/invoices/{invoice_id}"
_ISSUER: Final = "/issuers/{issuer_id}"
_TEMPLATE: Final = "/templates/{template_id}"
_RUN: Final = "/runs/{run_id}"
_ROLE: Final = "/users/{user_id}/roles/{role}/{org_node_id}"

_INVOICES: Final = (
    get("/invoices", invoices.list_invoices, Capability.INVOICES_READ),
    post("/invoices", invoices.draft_invoice, Capability.INVOICES_DRAFT, status=201, key="optional"),
    # It decides whether issuing would be refused, so it needs the same right.
    post("/invoices/preview", invoices.preview_invoice, Capability.INVOICES_ISSUE),
    get("/invoices/export", exports.export_invoices, Capability.INVOICES_READ, produces=exports.MEDIA_TYPES),
    get(_INVOICE, invoices.show_invoice, Capability.INVOICES_READ, reads=("If-None-Match",)),
    put(_INVOICE, invoices.revise_draft, Capability.INVOICES_DRAFT, reads=("If-Match",)),
    delete(_INVOICE, invoices.discard_draft, Capability.INVOICES_DRAFT),
    post(
        f"{_INVOICE}/issue",
        invoices.issue_invoice,
        Capability.INVOICES_ISSUE,
        key="required",
        aliases=(f"{_INVOICE}/post",),
    ),
    post(
        f"{_INVOICE}/deliver",
        deliveries.deliver_invoice,
        Capability.DELIVERIES_SEND,
        status=202,
        key="optional",
        aliases=(f"{_INVOICE}/send",),
    ),
    post(f"{_INVOICE}/link", links.make_invoice_link, Capability.DELIVERIES_SEND, status=201, key="optional"),
    delete(f"{_INVOICE}/links", links.revoke_invoice_links, Capability.DELIVERIES_SEND),
    post(f"{_INVOICE}/cancel", settlement.cancel_invoice, Capability.INVOICES_CANCEL, key="required"),
    get(f"{_INVOICE}/payments", settled.list_payments, Capability.INVOICES_READ),
    post(f"{_INVOICE}/payments", settlement.register_payment, Capability.PAYMENTS_REGISTER, status=201, key="required"),
    get("/payments", settled.list_all_payments, Capability.INVOICES_READ),
    get("/credit-notes", settled.list_credit_notes, Capability.INVOICES_READ),
    get(f"{_INVOICE}/history", invoices.invoice_history, Capability.INVOICES_READ),
    get(
        f"{_INVOICE}/pdf",
        documents.invoice_pdf,
        Capability.INVOICES_READ,
        produces=(documents.PDF,),
        reads=("If-None-Match",),
    ),
    get(
        f"{_INVOICE}/attachments/{{digest}}",
        attachments.invoice_attachment,
        Capability.INVOICES_READ,
        produces=attachments.MEDIA_TYPES,
    ),
    post(
        "/attachments",
        attachments.upload_attachment,
        Capability.INVOICES_DRAFT,
        status=201,
        accepts=attachments.ATTACHMENT_TYPES,
        max_body=attachments.MAX_ATTACHMENT_BODY,
    ),
    get(f"{_INVOICE}/html", documents.invoice_html, Capability.INVOICES_READ, produces=(documents.HTML,)),
)

_RUNS: Final = (
    post(
        "/invoices/auto-generate/license-renewal",
        runs.generate_licence_renewals,
        Capability.RUNS_START,
        status=202,
        key="required",
        max_body=runs.MAX_RUN_BODY,
        reads=("Prefer",),
    ),
    post(
        "/invoices/auto-generate/affiliation",
        runs.generate_affiliations,
        Capability.RUNS_START,
        status=202,
        key="required",
        max_body=runs.MAX_RUN_BODY,
        reads=("Prefer",),
    ),
    get("/runs", runs.list_runs, Capability.INVOICES_READ),
    get(_RUN, runs.show_run, Capability.INVOICES_READ),
    get(f"{_RUN}/outcomes", runs.list_run_outcomes, Capability.INVOICES_READ),
    post(f"{_RUN}/stop", runs.stop_run, Capability.RUNS_START),
)

_GATE: Final = (
    get("/debts/check/{debtor_id}", gate.check_debts, Capability.GATE_CHECK, ahead=gate.ask_ahead),
    post("/transfers/check", gate.check_transfer, Capability.GATE_CHECK),
    get("/gate/policy", rules.show_gate_policy, Capability.GATE_CHECK),
    put("/gate/policy", rules.set_gate_policy, Capability.GATE_MANAGE),
)

_REPORTS: Final = (
    get("/debts", reports.list_debts, Capability.REPORTS_READ),
    get("/reports/aging", reports.aging, Capability.REPORTS_READ, produces=(JSON, exports.CSV)),
    get("/debts/export", exports.export_debts, Capability.REPORTS_READ, produces=exports.MEDIA_TYPES),
    get("/reports/aging/export", exports.export_aging, Capability.REPORTS_READ, produces=exports.MEDIA_TYPES),
    get("/reports/numbering/export", exports.export_numbering, Capability.REPORTS_READ, produces=exports.MEDIA_TYPES),
    get("/reports/revenue", reports.revenue, Capability.REPORTS_READ),
    get("/reports/top-debtors", reports.rank_debtors, Capability.REPORTS_READ),
    get("/dashboard", reports.dashboard, Capability.REPORTS_READ),
    get("/activity", activity.list_activity, Capability.ACTIVITY_READ),
    get("/notifications", activity.list_notifications, Capability.INVOICES_READ),
)

_DEBTORS: Final = (
    get("/debtors", debtors.list_debtors, Capability.DEBTORS_READ),
    post("/debtors", debtors.register_debtor, Capability.DEBTORS_MANAGE, status=201, key="optional"),
    get("/debtors/{debtor_id}", debtors.show_debtor, Capability.DEBTORS_READ),
    put("/debtors/{debtor_id}", debtors.revise_debtor, Capability.DEBTORS_MANAGE),
    get("/debtors/{debtor_id}/statement", debtors.statement, Capability.DEBTORS_READ),
    get(
        "/debtors/{debtor_id}/statement/export",
        exports.export_statement,
        Capability.DEBTORS_READ,
        produces=exports.MEDIA_TYPES,
    ),
    post(
        "/members/import",
        members.import_members,
        Capability.DEBTORS_MANAGE,
        accepts=members.CSV_TYPES,
        max_body=members.MAX_UPLOAD,
    ),
)

_ISSUERS: Final = (
    get("/issuers", issuers.list_issuers, Capability.ISSUERS_READ),
    post("/issuers", issuers.register_issuer, Capability.ISSUERS_MANAGE, status=201, key="optional"),
    get(_ISSUER, issuers.show_issuer, Capability.ISSUERS_READ),
    put(f"{_ISSUER}/identity", issuers.change_identity, Capability.ISSUERS_MANAGE),
    put(f"{_ISSUER}/account", issuers.set_account, Capability.ISSUERS_MANAGE),
    put(f"{_ISSUER}/number-series", issuers.configure_series, Capability.ISSUERS_MANAGE),
    put(f"{_ISSUER}/auto-delivery", issuers.set_auto_delivery, Capability.ISSUERS_MANAGE),
    post(f"{_ISSUER}/seasons", issuers.define_season, Capability.ISSUERS_MANAGE, status=201),
    get("/templates", templates.list_templates, Capability.ISSUERS_READ),
    post(
        "/templates/preview",
        template_previews.preview_template,
        Capability.ISSUERS_MANAGE,
        produces=(template_previews.PDF, template_previews.PNG),
        max_body=template_previews.MAX_PREVIEW_BODY,
    ),
    post("/templates", templates.define_template, Capability.ISSUERS_MANAGE, status=201, key="optional"),
    put(_TEMPLATE, templates.revise_template, Capability.ISSUERS_MANAGE, reads=("If-Match",)),
    post(f"{_TEMPLATE}/default", templates.choose_default_template, Capability.ISSUERS_MANAGE),
    post(
        "/logos",
        templates.upload_logo,
        Capability.ISSUERS_MANAGE,
        status=201,
        accepts=templates.LOGO_TYPES,
        max_body=templates.MAX_LOGO_BODY,
    ),
    get("/tax-rates", rules.list_tax_rates, Capability.ISSUERS_READ),
    post("/tax-rates", rules.adopt_tax_rates, Capability.TAX_MANAGE, status=201),
)

_DELIVERIES: Final = (
    get("/deliveries", deliveries.list_deliveries, Capability.INVOICES_READ),
    get("/deliveries/switch", deliveries.show_delivery_switch, Capability.INVOICES_READ),
    put("/deliveries/switch", deliveries.turn_delivery_switch, Capability.DELIVERIES_SWITCH),
    get("/deliveries/{delivery_id}", deliveries.show_delivery, Capability.INVOICES_READ),
)

_ACCESS: Final = (
    get("/org-nodes", org.list_org_nodes, Capability.DEBTORS_READ),
    post("/org-nodes", org.create_org_node, Capability.ACCESS_MANAGE, status=201, key="optional"),
    post("/org-nodes/clubs", org.create_clubs, Capability.DEBTORS_MANAGE, status=201, key="optional"),
    put("/org-nodes/{org_node_id}/name", org.rename_org_node, Capability.ACCESS_MANAGE),
    get("/users", access.list_users, Capability.ACCESS_MANAGE),
    put(_ROLE, access.grant_role, Capability.ACCESS_MANAGE),
    delete(_ROLE, access.revoke_role, Capability.ACCESS_MANAGE),
    get("/tokens", access.list_tokens, Capability.ACCESS_MANAGE),
    post("/users/{user_id}/tokens", access.create_token, Capability.ACCESS_MANAGE, status=201),
    delete("/users/{user_id}/tokens/{token_id}", access.revoke_token, Capability.ACCESS_MANAGE),
)

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    *_INVOICES,
    *_RUNS,
    *_GATE,
    *_REPORTS,
    *_DEBTORS,
    *_ISSUERS,
    *_DELIVERIES,
    *_ACCESS,
)
