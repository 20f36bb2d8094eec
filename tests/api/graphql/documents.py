"""The documents the tests send, and the shortest way to an invoice through the API alone."""

from typing import Any
from uuid import uuid4

from backend.api.graphql.identifiers import encoded
from tests.api.caller import Caller
from tests.given.federation import Federation

INVOICE = (
    "fragment F on Invoice { id number status documentState paymentState overdue debtorName issuedOn dueOn pdfUrl"
    ' total { amountMinor currency decimal formatted(locale: "sv") } open { amountMinor }'
    " availableActions { action allowed reason } }"
)
DRAFT = INVOICE + (
    " mutation D($input: DraftInvoiceInput!) { draftInvoice(input: $input) { __typename"
    " ... on DraftInvoiceSuccess { replayed invoice { ...F } } ... on Refused { code path message } } }"
)
ISSUE = INVOICE + (
    " mutation I($input: IssueInvoiceInput!) { issueInvoice(input: $input) { __typename"
    " ... on IssueInvoiceSuccess { replayed clientMutationId number invoice { ...F } }"
    " ... on Refused { code publishedCode path message clientMutationId } } }"
)


async def drafted(
    caller: Caller, federation: Federation, *prices: str, debtor: Any = None, **content: Any
) -> dict[str, Any]:
    """What `draftInvoice` answers, for a new member unless `debtor` says whom."""
    debtor_id = debtor or await federation.a_member()
    lines = [{"description": "Licens senior", "unitPrice": price} for price in prices]
    said = {
        "issuerId": encoded("Issuer", federation.issuer_id),
        "debtorId": encoded("Debtor", debtor_id),
        "content": {"lines": lines, **content},
    }
    found: dict[str, Any] = (await caller.ask(DRAFT, input=said))["draftInvoice"]
    return found


async def issued(caller: Caller, federation: Federation, *prices: str, debtor: Any = None) -> dict[str, Any]:
    """The invoice that `issueInvoice` answers."""
    draft = await drafted(caller, federation, *prices, debtor=debtor)
    said = {"invoiceId": draft["invoice"]["id"], "idempotencyKey": str(uuid4())}
    found: dict[str, Any] = (await caller.ask(ISSUE, input=said))["issueInvoice"]
    assert found["__typename"] == "IssueInvoiceSuccess", found
    invoice: dict[str, Any] = found["invoice"]
    return invoice
