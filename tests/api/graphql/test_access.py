"""Who am I, who else is here, and what was paid: what the app asks on its settings and invoice pages."""

from typing import Any
from uuid import uuid4

from backend.api.graphql.identifiers import encoded
from backend.runtime.storage import DocumentStore
from backend.tenants.capabilities import Role
from tests.api.caller import Caller, a_caller
from tests.api.graphql.documents import drafted, issued
from tests.given.federation import Federation

VIEWER = (
    "{ viewer { userId name language tenant { slug name } roles { role orgNodeName }"
    " capabilities { capability everywhere } } }"
)
PAY = (
    "mutation P($input: RegisterPaymentInput!) { registerPayment(input: $input) { ... on RegisterPaymentSuccess"
    " { invoice { payments { method reference amount { amountMinor } allocations { invoiceNumber } } } } } }"
)
CANCEL = (
    "mutation C($input: CancelInvoiceInput!) { cancelInvoice(input: $input) { ... on CancelInvoiceSuccess"
    " { invoice { creditNotes { number reason total { amountMinor } } } } } }"
)
MAKE = (
    "mutation M($input: CreateOrgNodeInput!) { createOrgNode(input: $input) { __typename"
    " ... on OrgNodeSuccess { orgNode { id name code kind depth } } ... on Refused { code path } } }"
)


async def test_the_viewer_is_who_asks(app: Any, federation: Federation) -> None:
    """Issue 3 item 1: name, federation, roles by place, and what they allow; no right is needed to ask."""
    treasurer = await a_caller(app, federation, Role.DISTRICT_TREASURER, node=federation.district)
    found = (await treasurer.ask(VIEWER))["viewer"]
    assert found["userId"] == encoded("User", treasurer.user_id)
    assert (found["name"], found["tenant"]["slug"]) == ("Kassören", federation.slug)
    assert found["roles"] == [{"role": "DISTRICT_TREASURER", "orgNodeName": "Stockholms Bouledistrikt"}]
    assert {"capability": "INVOICES_ISSUE", "everywhere": False} in found["capabilities"]


async def test_users_and_their_tokens(admin: Caller) -> None:
    """Issue 3 item 2, settings: users, roles and tokens; never what opens a door."""
    made = await admin.ask(
        "mutation T($input: CreateTokenInput!) { createToken(input: $input) { ... on CreateTokenSuccess"
        " { tokenId token } } }",
        input={"userId": encoded("User", admin.user_id), "label": "licences"},
    )
    found = await admin.ask(
        "{ users { edges { node { id roles { role } tokens { id label revokedAt } } } } gatePolicy { rules { action } }"
        " deliverySwitch { enabled } tokens { edges { node { label } } } }"
    )
    (user,) = [edge["node"] for edge in found["users"]["edges"]]
    assert user["roles"] == [{"role": "FEDERATION_ADMIN"}]
    assert user["tokens"] == [{"id": made["createToken"]["tokenId"], "label": "licences", "revokedAt": None}]
    assert made["createToken"]["token"] not in str(found)
    assert [rule["action"] for rule in found["gatePolicy"]["rules"]] == ["LICENCE_RENEWAL", "CLUB_TRANSFER"]
    assert found["deliverySwitch"] == {"enabled": True}


async def test_an_invoice_shows_what_settled_it(admin: Caller, federation: Federation) -> None:
    """S004-59, S002-33: payments with method and reference; credit notes with their reason."""
    invoice = await issued(admin, federation, "400")
    said = {
        "invoiceId": invoice["id"],
        "idempotencyKey": str(uuid4()),
        "amountMinor": "10000",
        "currency": "SEK",
        "method": "BANKGIRO",
        "receivedOn": "2026-11-20",
        "reference": "26000017",
    }
    (payment,) = (await admin.ask(PAY, input=said))["registerPayment"]["invoice"]["payments"]
    assert payment == {
        "method": "BANKGIRO",
        "reference": "26000017",
        "amount": {"amountMinor": "10000"},
        "allocations": [{"invoiceNumber": invoice["number"]}],
    }
    said = {"invoiceId": invoice["id"], "idempotencyKey": str(uuid4()), "reason": "wrong club"}
    (note,) = (await admin.ask(CANCEL, input=said))["cancelInvoice"]["invoice"]["creditNotes"]
    assert (note["reason"], note["total"]["amountMinor"]) == ("wrong club", "50000")
    # Free text about one person is sealed in its events: the envelope, which nobody can erase, does not repeat it.
    told = await admin.ask("{ activity { edges { node { type reason } } } }")
    assert "wrong club" not in str(told)


async def test_a_club_is_made_through_the_api(admin: Caller, federation: Federation) -> None:
    """Issue 2 item 4: an unknown club of a member file is made below its district; twice is refused."""
    said = {"parentId": encoded("OrgNode", federation.district), "kind": "CLUB", "name": "Åkers BC"}
    made = (await admin.ask(MAKE, input=said))["createOrgNode"]["orgNode"]
    assert (made["name"], made["code"], made["depth"]) == ("Åkers BC", "AKERS-BC", 2)
    again = (await admin.ask(MAKE, input=said))["createOrgNode"]
    assert again == {"__typename": "Refused", "code": "ALREADY_EXISTS", "path": ["name"]}
    tree = (await admin.ask("{ orgNodes { id } }"))["orgNodes"]
    assert made["id"] in [node["id"] for node in tree]


async def test_clubs_of_a_file_are_made_together(admin: Caller, federation: Federation) -> None:
    """Issue 3 item 2: all or none; the refusal points at the one that cannot be."""
    parent, document = (
        encoded("OrgNode", federation.district),
        (
            "mutation($input: CreateClubsInput!) { createClubs(input: $input) { __typename"
            " ... on ClubsSuccess { created } ... on Refused { code path } } }"
        ),
    )
    said = {"clubs": [{"parentId": parent, "name": "Åkers BC"}, {"parentId": parent, "name": "Ånge BC"}]}
    assert (await admin.ask(document, input=said))["createClubs"] == {"__typename": "ClubsSuccess", "created": 2}
    said = {"clubs": [{"parentId": parent, "name": "Åre BC"}, {"parentId": parent, "name": "Ånge BC"}]}
    refused = (await admin.ask(document, input=said))["createClubs"]
    assert (refused["code"], refused["path"]) == ("ALREADY_EXISTS", ["clubs", "1", "name"])


async def test_a_draft_names_only_files_that_are_stored(admin: Caller, federation: Federation) -> None:
    """Issue 2 item 6: a digest that the federation's store lacks is refused, pointing at it."""
    digest = await federation_store(admin).put(federation.tenant_id, b"%PDF-1.7", media_type="application/pdf")
    file = {"name": "stadgar.pdf", "mediaType": "application/pdf", "digest": digest, "size": 8}
    kept = await drafted(admin, federation, "400", attachments=[file])
    assert kept["__typename"] == "DraftInvoiceSuccess", kept
    refused = await drafted(admin, federation, "400", attachments=[file, file | {"digest": "0" * 64}])
    assert (refused["code"], refused["path"]) == ("INVALID_VALUE", ["content", "attachments", "1", "digest"])


def federation_store(caller: Caller) -> DocumentStore:
    store: DocumentStore = caller.app.state.services.store
    return store
