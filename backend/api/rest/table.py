"""The table of contents of REST: method, path, handler, and what is special about it. What a handler needs of its
caller stands with it (`needs`)."""

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

_INVOICE: Final = "/invoices/{invoice_id}"
_ISSUER: Final = "/issuers/{issuer_id}"
_TEMPLATE: Final = "/templates/{template_id}"
_RUN: Final = "/runs/{run_id}"
_ROLE: Final = "/users/{user_id}/roles/{role}/{org_node_id}"

_INVOICES: Final = (
    get("/invoices", invoices.list_invoices),
    post("/invoices", invoices.draft_invoice, status=201, key="optional"),
    post("/invoices/preview", invoices.preview_invoice),
    get("/invoices/export", exports.export_invoices, produces=exports.MEDIA_TYPES),
    get(_INVOICE, invoices.show_invoice, reads=("If-None-Match",)),
    put(_INVOICE, invoices.revise_draft, reads=("If-Match",)),
    delete(_INVOICE, invoices.discard_draft),
    post(f"{_INVOICE}/issue", invoices.issue_invoice, aliases=(f"{_INVOICE}/post",)),
    post(f"{_INVOICE}/deliver", deliveries.deliver_invoice, status=202, key="optional", aliases=(f"{_INVOICE}/send",)),
    post(f"{_INVOICE}/link", links.make_invoice_link, status=201, key="optional"),
    delete(f"{_INVOICE}/links", links.revoke_invoice_links),
    post(f"{_INVOICE}/cancel", settlement.cancel_invoice),
    get(f"{_INVOICE}/payments", settled.list_payments),
    post(f"{_INVOICE}/payments", settlement.register_payment, status=201),
    get("/payments", settled.list_all_payments),
    get("/credit-notes", settled.list_credit_notes),
    get("/credit-notes/{credit_note_id}/pdf", documents.credit_note_pdf, produces=(documents.PDF,)),
    get(f"{_INVOICE}/history", invoices.invoice_history),
    get(f"{_INVOICE}/pdf", documents.invoice_pdf, produces=(documents.PDF,), reads=("If-None-Match",)),
    get(f"{_INVOICE}/attachments/{{digest}}", attachments.invoice_attachment, produces=attachments.MEDIA_TYPES),
    post(
        "/attachments",
        attachments.upload_attachment,
        status=201,
        accepts=attachments.ATTACHMENT_TYPES,
        max_body=attachments.MAX_ATTACHMENT_BODY,
    ),
    get(f"{_INVOICE}/html", documents.invoice_html, produces=(documents.HTML,)),
)

_RUNS: Final = (
    post(
        "/invoices/auto-generate/license-renewal",
        runs.generate_licence_renewals,
        status=202,
        max_body=runs.MAX_RUN_BODY,
        reads=("Prefer",),
    ),
    post(
        "/invoices/auto-generate/affiliation",
        runs.generate_affiliations,
        status=202,
        max_body=runs.MAX_RUN_BODY,
        reads=("Prefer",),
    ),
    get("/runs", runs.list_runs),
    get(_RUN, runs.show_run),
    get(f"{_RUN}/outcomes", runs.list_run_outcomes),
    post(f"{_RUN}/stop", runs.stop_run),
)

_GATE: Final = (
    get("/debts/check/{debtor_id}", gate.check_debts, ahead=gate.ask_ahead),
    post("/transfers/check", gate.check_transfer),
    get("/gate/policy", rules.show_gate_policy),
    put("/gate/policy", rules.set_gate_policy),
)

_REPORTS: Final = (
    get("/debts", reports.list_debts),
    get("/reports/aging", reports.aging, produces=(JSON, exports.CSV)),
    get("/debts/export", exports.export_debts, produces=exports.MEDIA_TYPES),
    get("/reports/aging/export", exports.export_aging, produces=exports.MEDIA_TYPES),
    get("/reports/numbering/export", exports.export_numbering, produces=exports.MEDIA_TYPES),
    get("/reports/revenue", reports.revenue),
    get("/reports/top-debtors", reports.rank_debtors),
    get("/dashboard", reports.dashboard),
    get("/activity", activity.list_activity),
    get("/notifications", activity.list_notifications),
)

_DEBTORS: Final = (
    get("/debtors", debtors.list_debtors),
    post("/debtors", debtors.register_debtor, status=201, key="optional"),
    get("/debtors/{debtor_id}", debtors.show_debtor),
    put("/debtors/{debtor_id}", debtors.revise_debtor),
    get("/debtors/{debtor_id}/statement", debtors.statement),
    get("/debtors/{debtor_id}/statement/export", exports.export_statement, produces=exports.MEDIA_TYPES),
    post("/members/import", members.import_members, accepts=members.CSV_TYPES, max_body=members.MAX_UPLOAD),
)

_ISSUERS: Final = (
    get("/issuers", issuers.list_issuers),
    post("/issuers", issuers.register_issuer, status=201, key="optional"),
    get(_ISSUER, issuers.show_issuer),
    put(f"{_ISSUER}/identity", issuers.change_identity),
    put(f"{_ISSUER}/account", issuers.set_account),
    put(f"{_ISSUER}/number-series", issuers.configure_series),
    put(f"{_ISSUER}/auto-delivery", issuers.set_auto_delivery),
    post(f"{_ISSUER}/seasons", issuers.define_season, status=201),
    get("/templates", templates.list_templates),
    post(
        "/templates/preview",
        template_previews.preview_template,
        produces=(template_previews.PDF, template_previews.PNG),
        max_body=template_previews.MAX_PREVIEW_BODY,
    ),
    post("/templates", templates.define_template, status=201, key="optional"),
    put(_TEMPLATE, templates.revise_template, reads=("If-Match",)),
    post(f"{_TEMPLATE}/default", templates.choose_default_template),
    post("/logos", templates.upload_logo, status=201, accepts=templates.LOGO_TYPES, max_body=templates.MAX_LOGO_BODY),
    get("/tax-rates", rules.list_tax_rates),
    post("/tax-rates", rules.adopt_tax_rates, status=201),
)

_DELIVERIES: Final = (
    get("/deliveries", deliveries.list_deliveries),
    get("/deliveries/switch", deliveries.show_delivery_switch),
    put("/deliveries/switch", deliveries.turn_delivery_switch),
    get("/deliveries/{delivery_id}", deliveries.show_delivery),
)

_ACCESS: Final = (
    get("/org-nodes", org.list_org_nodes),
    post("/org-nodes", org.create_org_node, status=201, key="optional"),
    post("/org-nodes/clubs", org.create_clubs, status=201, key="optional"),
    put("/org-nodes/{org_node_id}/name", org.rename_org_node),
    get("/users", access.list_users),
    put(_ROLE, access.grant_role),
    delete(_ROLE, access.revoke_role),
    get("/tokens", access.list_tokens),
    post("/users/{user_id}/tokens", access.create_token, status=201),
    delete("/users/{user_id}/tokens/{token_id}", access.revoke_token),
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
