"""A draft is the issuer's own paper: nobody on the debtor's side sees it before it is issued, anywhere."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from backend.tenants.capabilities import Role
from backend.values.identifiers import InvoiceId
from backend.write.invoices.discard import DiscardDraft
from backend.write.invoices.draft import WantedContent
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.revise import ReviseDraft
from tests.api.caller import Caller, a_caller
from tests.api.rest.conftest import API
from tests.api.rest.given import a_draft, done
from tests.given.every_command import CONTENT
from tests.given.federation import Federation

LIST = """query($status: [InvoiceStatus!], $search: String!) {
  invoices(filter: {status: $status, search: $search}) { edges { node { id } } }
  invoiceCounts { status count } }"""
ONE = "query($id: ID!) { invoice(id: $id) { status } explainInvoice(id: $id) { label } node(id: $id) { id } }"
ACTIVITY = "query { activity(first: 50) { edges { node { type } } } }"
DRAFTING = {"invoice-drafted", "draft-revised", "draft-discarded"}


async def seen(caller: Caller) -> tuple[int, dict[str, int]]:
    """How many invoices a caller has in the list, by search and by status; all three must agree."""
    lengths = set[int]()
    for status, search in ((None, ""), (None, "Sally"), (["DRAFT", "ISSUED"], "")):
        found = await caller.ask(LIST, status=status, search=search)
        lengths.add(len(found["invoices"]["edges"]))
    (length,) = lengths
    return length, {each["status"]: each["count"] for each in found["invoiceCounts"] if each["count"]}


async def rest_of(caller: Caller, invoice_id: InvoiceId) -> tuple[int, int, int, str]:
    """What REST says of the invoice: alone, its page, its PDF; and the file of the whole list."""
    async with caller.client() as client:
        client.base_url = httpx.URL(API)
        alone = (await client.get(f"/invoices/{invoice_id}")).status_code
        page = (await client.get(f"/invoices/{invoice_id}/html")).status_code
        pdf = (await client.get(f"/invoices/{invoice_id}/pdf")).status_code
        return alone, page, pdf, (await client.get("/invoices/export")).text


async def opaque(admin: Caller) -> str:
    found: str = (await admin.ask("{ invoices { edges { node { id } } } }"))["invoices"]["edges"][0]["node"]["id"]
    return found


async def test_the_debtors_club_sees_no_draft(app: Starlette, admin: Caller, federation: Federation) -> None:
    """S002-30, C36: not in a list, a count, a search, a file, nor by its id; once it is issued, in all of them."""
    debtor_id = await federation.a_member("Sally Draft")
    draft = await a_draft(federation, debtor_id)
    club = await a_caller(app, federation, Role.CLUB_ADMIN, node=federation.club)
    draft_id = await opaque(admin)
    assert await seen(admin) == (1, {"DRAFT": 1})
    assert await seen(club) == (0, {})
    one = await club.post(ONE, {"id": draft_id})
    assert one["data"] == {"invoice": None, "explainInvoice": None, "node": None}
    alone, page, pdf, listed = await rest_of(club, draft)
    assert (alone, page, pdf) == (404, 404, 404)
    assert "Sally" not in listed
    # The control: whoever issues has it, and so has the debtor's side as soon as it is an invoice.
    assert (await rest_of(admin, draft))[0] == 200
    await done(federation, IssueInvoice(invoice_id=draft, deliver=False))
    assert await seen(club) == (1, {"ISSUED": 1})
    alone, page, _, listed = await rest_of(club, draft)
    assert (alone, page, "Sally" in listed) == (200, 200, True)


async def test_the_activity_of_a_draft_stays_with_its_issuer(app: Starlette, federation: Federation) -> None:
    """Issue 2 item 3: what was tried on a draft is told on the issuer's side only, also after it was issued."""
    debtor_id = await federation.a_member("Sally Draft")
    issued, discarded = await a_draft(federation, debtor_id), await a_draft(federation, debtor_id)
    revised = WantedContent(lines=CONTENT.lines, notes="think again")
    await done(federation, ReviseDraft(invoice_id=issued, content=revised))
    await done(federation, DiscardDraft(invoice_id=discarded))
    await done(federation, IssueInvoice(invoice_id=issued, deliver=False))
    sides: dict[str, set[str]] = {}
    for name, node in (("club", federation.club), ("district", federation.district)):
        auditor = await a_caller(app, federation, Role.AUDITOR, node=node)
        sides[name] = {each["node"]["type"] for each in (await auditor.ask(ACTIVITY))["activity"]["edges"]}
    assert sides["district"] >= DRAFTING | {"invoice-issued"}
    assert not sides["club"] & DRAFTING
    assert "invoice-issued" in sides["club"]


@pytest.mark.parametrize("state", ["draft", "issued"])
@pytest.mark.parametrize("role", [Role.CLUB_ADMIN, Role.AUDITOR])
async def test_what_the_role_never_allows_is_said_so(
    role: Role, state: str, app: Starlette, federation: Federation
) -> None:
    """C50: FORBIDDEN comes before what the state says, for no other state would change it."""
    draft = await a_draft(federation, await federation.a_member())
    if state == "issued":
        await done(federation, IssueInvoice(invoice_id=draft, deliver=False))
    caller = await a_caller(app, federation, role)
    asked = "{ invoices { edges { node { availableActions { action allowed reason } } } } }"
    (edge,) = (await caller.ask(asked))["invoices"]["edges"]
    actions: dict[str, Any] = {each["action"]: each for each in edge["node"]["availableActions"]}
    page = actions.pop("DOWNLOAD_PDF")
    assert page["reason"] == (None if state == "issued" else "INVOICE_NOT_ISSUED")
    assert {each["reason"] for each in actions.values()} == {"FORBIDDEN"}
    assert not any(each["allowed"] for each in actions.values())
