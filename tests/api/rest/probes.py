"""One request for every endpoint, aimed at the things of one federation: what the walls are tried with.

A new endpoint without a probe here fails `test_walls`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import httpx

from backend.api.rest.endpoint import Endpoint
from tests.api.rest.given import PNG
from tests.given.every_command import Scene

PARTICULARS: Final = {"name": "Måns Östlund", "address": {"country": "SE", "city": "Stockholm"}}
IDENTITY: Final = {
    "name": "Stockholms Bouledistrikt",
    "organisation_number": "802400-1234",
    "vat_number": "SE802400123401",
    "address": {"street": "Idrottsvägen 1", "postal_code": "111 22", "city": "Stockholm", "country": "SE"},
}
LINES: Final = [{"description": "Licens senior", "unit_price": "400"}]
FEES: Final = [{"name": "Licens", "amount": "400", "recipient_type": "federation"}]
DESIGN: Final = {"name": "standard", "primary_colour": "#123a6b", "secondary_colour": "#e0b040"}
CSV: Final = (
    "member_no,first_name,last_name,email,club,street,postal_code,city,country,licence_type\n"
    "P-1,Måns,Östlund,p1@members.example,Stockholm Boule Club,Backstigen 1,51884,Norrköping,SE,senior\n"
)
PERIOD: Final = {"from_day": "2026-01-01", "to_day": "2026-12-31"}


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A request. `aims` is False where it names nothing of anybody: then only what it answers matters."""

    path: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    upload: tuple[str, bytes] | None = None
    aims: bool = True

    async def send(self, client: httpx.AsyncClient, endpoint: Endpoint, *, alias: str = "") -> httpx.Response:
        headers = {} if endpoint.key == "none" else {"Idempotency-Key": f'"{uuid4()}"'}
        content: dict[str, Any] = {}
        if self.upload is not None:
            headers["content-type"] = self.upload[0]
            content["content"] = self.upload[1]
        elif self.body is not None:
            content["json"] = self.body
        path = (alias or endpoint.path).format(**dict.fromkeys(endpoint.path_parameters, "x") | self.path)
        return await client.request(endpoint.method, path, params=self.query, headers=headers, **content)


def _invoice(scene: Scene, body: Any = None) -> Probe:
    return Probe(path={"invoice_id": scene.issued_id}, body=body)


def _draft(scene: Scene, body: Any = None) -> Probe:
    return Probe(path={"invoice_id": scene.draft_id}, body=body)


def _issuer(scene: Scene, body: Any = None) -> Probe:
    return Probe(path={"issuer_id": scene.issuer_id}, body=body)


def _by_issuer(scene: Scene, **more: Any) -> Probe:
    return Probe(query={"issuer_id": scene.issuer_id, **more})


def _ids(scene: Scene, **more: Any) -> dict[str, Any]:
    return {"issuer_id": str(scene.issuer_id), "debtor_id": str(scene.debtor_id), **more}


PROBES: Final[dict[str, Callable[[Scene], Probe]]] = {
    "list_invoices": lambda s: Probe(query={"debtor_id": s.debtor_id, "issuer_id": s.issuer_id, "run_id": s.run_id}),
    "draft_invoice": lambda s: Probe(body=_ids(s, lines=LINES)),
    "preview_invoice": lambda s: Probe(body=_ids(s, lines=LINES)),
    "show_invoice": _invoice,
    "revise_draft": lambda s: _draft(s, {"lines": LINES}),
    "discard_draft": _draft,
    "issue_invoice": _draft,
    "deliver_invoice": lambda s: _invoice(s, {"to_address": "someone@else.example"}),
    "make_invoice_link": _invoice,
    "revoke_invoice_links": _invoice,
    "cancel_invoice": lambda s: _invoice(s, {"reason": "wrong club"}),
    "list_payments": _invoice,
    "list_all_payments": lambda s: Probe(query={"invoice_id": s.issued_id, "debtor_id": s.debtor_id}),
    "list_credit_notes": lambda s: Probe(query={"invoice_id": s.issued_id, "debtor_id": s.debtor_id}),
    "credit_note_pdf": lambda s: Probe(path={"credit_note_id": s.issued_id}, aims=False),
    "register_payment": lambda s: _invoice(
        s,
        {
            "payment_amount": {"amount_minor": 100, "currency": "SEK"},
            "payment_method": "bankgiro",
            "received_on": "2026-11-20",
        },
    ),
    "invoice_history": _invoice,
    "invoice_pdf": _invoice,
    "invoice_html": _invoice,
    "invoice_attachment": lambda s: Probe(path={"invoice_id": s.issued_id, "digest": "0" * 64}),
    "upload_attachment": lambda s: Probe(upload=("image/png", PNG), query={"name": "logo.png"}, aims=False),
    "generate_licence_renewals": lambda s: Probe(
        body={"issuer_id": str(s.issuer_id), "fee_components": FEES, "members": [str(s.debtor_id)]}
    ),
    "generate_affiliations": lambda s: Probe(
        body={"issuer_id": str(s.issuer_id), "fee_components": FEES, "clubs": [str(s.debtor_id)]}
    ),
    "list_runs": _by_issuer,
    "show_run": lambda s: Probe(path={"run_id": s.run_id}),
    "list_run_outcomes": lambda s: Probe(path={"run_id": s.run_id}),
    "stop_run": lambda s: Probe(path={"run_id": s.run_id}, body={"reason": "mistake"}),
    "check_debts": lambda s: Probe(path={"debtor_id": s.debtor_id}),
    "check_transfer": lambda s: Probe(body={"debtor": str(s.debtor_id)}),
    "show_gate_policy": lambda s: Probe(aims=False),
    "set_gate_policy": lambda s: Probe(body={"rules": [{"action": "club_transfer", "overdue_only": True}]}, aims=False),
    "list_debts": _by_issuer,
    "aging": _by_issuer,
    "export_invoices": _by_issuer,
    "export_aging": _by_issuer,
    "export_debts": _by_issuer,
    "export_numbering": _by_issuer,
    "export_statement": lambda s: Probe(path={"debtor_id": s.debtor_id}, query=PERIOD),
    "revenue": lambda s: _by_issuer(s, **PERIOD),
    "rank_debtors": lambda s: Probe(query={"currency": "SEK"}, aims=False),
    "dashboard": _by_issuer,
    "list_activity": lambda s: Probe(query={"subject_id": s.issued_id}),
    "list_notifications": lambda s: Probe(aims=False),
    "list_debtors": lambda s: Probe(query={"org_node_id": s.node}),
    "register_debtor": lambda s: Probe(
        body={
            "kind": "member",
            "reference": "R-PROBE",
            "particulars": PARTICULARS,
            "org_node_id": str(s.node),
            "language": "sv",
        }
    ),
    "show_debtor": lambda s: Probe(path={"debtor_id": s.debtor_id}),
    "revise_debtor": lambda s: Probe(
        path={"debtor_id": s.debtor_id}, body={"particulars": PARTICULARS, "org_node_id": str(s.node)}
    ),
    "statement": lambda s: Probe(path={"debtor_id": s.debtor_id}, query=PERIOD),
    "import_members": lambda s: Probe(upload=("text/csv", CSV.encode()), aims=False),
    "list_issuers": lambda s: Probe(aims=False),
    "register_issuer": lambda s: Probe(
        body={
            "issuer_type": "org_node",
            "identity": IDENTITY,
            "jurisdiction": "SE",
            "currency": "SEK",
            "time_zone": "Europe/Stockholm",
            "language": "sv",
            "org_node_id": str(s.node),
        }
    ),
    "show_issuer": _issuer,
    "change_identity": lambda s: _issuer(s, {"identity": IDENTITY}),
    "set_account": lambda s: _issuer(
        s,
        {
            "account": {
                "account_id": "bg-1",
                "holder": "Stockholms Bouledistrikt",
                "iban": "SE4550000000058398257466",
                "bankgiro": "5050-1055",
            }
        },
    ),
    "configure_series": lambda s: _issuer(s, {"prefix": "NY"}),
    "set_auto_delivery": lambda s: _issuer(s, {"enabled": False}),
    "define_season": lambda s: _issuer(s, {"code": "2027", "first_day": "2027-01-01", "last_day": "2027-12-31"}),
    "list_templates": lambda s: Probe(aims=False),
    "define_template": lambda s: Probe(body=DESIGN | {"issuer_id": str(s.issuer_id)}),
    "revise_template": lambda s: Probe(path={"template_id": s.template_id}, body=DESIGN),
    "choose_default_template": lambda s: Probe(path={"template_id": s.template_id}),
    "preview_template": lambda s: Probe(
        query={"issuer_id": s.issuer_id, "invoice_id": s.issued_id}, body=DESIGN | {"language": "sv"}
    ),
    "upload_logo": lambda s: Probe(upload=("image/png", PNG), aims=False),
    "list_tax_rates": lambda s: Probe(aims=False),
    "adopt_tax_rates": lambda s: Probe(
        body={
            "rates": [
                {
                    "code": "SE-30",
                    "jurisdiction": "SE",
                    "category": "standard",
                    "percent": "30",
                    "en16931": "S",
                    "valid_from": "2030-01-01",
                    "source": "a test",
                }
            ]
        },
        aims=False,
    ),
    "list_deliveries": lambda s: Probe(query={"invoice_id": s.issued_id}),
    "show_delivery_switch": lambda s: Probe(aims=False),
    "turn_delivery_switch": lambda s: Probe(body={"enabled": False, "reason": "a test"}, aims=False),
    "show_delivery": lambda s: Probe(path={"delivery_id": s.delivery_id}),
    "list_org_nodes": lambda s: Probe(query={"below": s.node}),
    "create_org_node": lambda s: Probe(body={"parent_id": str(s.node), "kind": "club", "name": "Ny klubb"}),
    "create_clubs": lambda s: Probe(body={"clubs": [{"parent_id": str(s.node), "name": "Ny klubb"}]}),
    "rename_org_node": lambda s: Probe(path={"org_node_id": s.node}, body={"name": "Nytt namn"}),
    "list_users": lambda s: Probe(aims=False),
    "grant_role": lambda s: Probe(path={"user_id": s.user_id, "role": "auditor", "org_node_id": s.node}),
    # Exactly what the scene granted: below the district, where the scene's club is.
    "revoke_role": lambda s: Probe(path={"user_id": s.user_id, "role": "club_admin", "org_node_id": s.club}),
    "list_tokens": lambda s: Probe(query={"user_id": s.user_id}),
    "create_token": lambda s: Probe(path={"user_id": s.user_id}, body={"label": "a test"}),
    "revoke_token": lambda s: Probe(path={"user_id": s.user_id, "token_id": s.token_id}),
}

# Where the scene itself refuses: its invoice is on its way to the debtor already, its one seat is taken.
REFUSED: Final[dict[str, tuple[int, str]]] = {
    "deliver_invoice": (409, "DELIVERY_IN_PROGRESS"),
    "register_issuer": (409, "ALREADY_EXISTS"),
    "check_transfer": (403, "PL-301"),
    "configure_series": (409, "SERIES_IN_USE"),
    "invoice_attachment": (404, "NOT_FOUND"),
    # The scene has none: tests/api/rest/test_documents.py makes one.
    "credit_note_pdf": (404, "NOT_FOUND"),
}
