"""What the Literals of our rules are called in the schema, and what they mean there."""

from typing import Literal

import strawberry

from backend.api.graphql.enums import ENUMS, words
from backend.documents.template_report import FindingCode, FindingField, Severity
from backend.read.dashboards.queries import PeriodLength, Ranking
from backend.read.deliveries.queries import Happened
from backend.read.deliveries.queries import State as DispatchState
from backend.read.invoices.answers import HistoryAxis
from backend.read.invoices.filters import SortField
from backend.read.issuers.numbering import SeriesKind
from backend.read.runs.queries import Outcome, RunState
from backend.rules.aging import Bucket
from backend.rules.gate import ReasonCode
from backend.rules.status import ActionName, DeliveryState, DocumentState, PaymentState, Status
from backend.rules.totals import StepLabel
from backend.tenants.capabilities import Capability, Role
from backend.tenants.principals import PrincipalKind
from backend.values.books import Book
from backend.values.documents import InvoiceType, RunKind
from backend.values.gate import GateAction
from backend.values.ledger import BalanceReason
from backend.values.parties import DebtorKind, IssuerType, NewNodeKind, OrgNodeKind, ReferenceKind, TenantKind
from backend.values.payments import PaymentMethod
from backend.values.tax import CategoryCode, TaxCategory
from backend.values.why import Why
from backend.write.refusal import RefusalCode

__all__ = ["ENUMS", "ActionReason", "InvariantName"]

# Those of `rules.status`, and one for what the caller has no right to.
ActionReason = Literal[
    "INVOICE_ALREADY_POSTED",
    "INVOICE_NOT_ISSUED",
    "INVOICE_CANCELLED",
    "INVOICE_ALREADY_PAID",
    "DELIVERY_IN_PROGRESS",
    "FORBIDDEN",
]
InvariantName = Literal["ledger_balanced", "numbering_gapless", "read_models_current"]

strawberry.enum(Capability, name="Capability", description="One thing somebody may be allowed to do.")
strawberry.enum(Role, name="Role", description="What a user may be made, for one org node and everything below it.")
strawberry.enum(
    RefusalCode, name="RefusalCode", description="Every way the business says no. Closed: translate each of them."
)
strawberry.enum(
    Why, name="Why", description="Everything that can be wrong with a value. Closed: translate each of them."
)

words(
    PrincipalKind,
    "ActorKind",
    "A person, a program with a key of its own, one of our processes, an operator of the platform, or"
    " whoever followed the link of an invoice.",
)
words(
    Book,
    "Book",
    "One of the two books of a tenant. MONEY: documents, payments and what decisions about them depend on. ACCESS:"
    " sign-ins, sessions, grants and credentials, kept for a declared period.",
)
words(TenantKind, "TenantKind", "What a tenant is.")
words(OrgNodeKind, "OrgNodeKind", "What a node of the org tree is.")
words(NewNodeKind, "NewOrgNodeKind", "What may be added to the tree: a federation has exactly one root.")
words(DebtorKind, "DebtorKind", "Who is billed: a member, a club of the tenant, another tenant, or somebody outside.")
words(IssuerType, "IssuerType", "Who issues: the platform, the tenant, or one of its org nodes.")
words(ReferenceKind, "ReferenceKind", "Which payment reference is printed first: OCR (Bankgirot) or RF (ISO 11649).")
words(SeriesKind, "SeriesKind", "What a series numbers.")

words(
    InvoiceType,
    "InvoiceType",
    "What an invoice is for. Renewals and affiliations are never billed twice without a reason.",
)
words(
    Status,
    "InvoiceStatus",
    "The one word for an invoice. The first that fits: cancelled, paid, overdue, partially paid, viewed, sent,"
    " issued, draft.",
)
words(DocumentState, "DocumentState", "Where the document stands.")
words(PaymentState, "PaymentState", "How much of it is settled.")
words(DeliveryState, "DeliveryState", "How far its newest dispatch has come. Unknown: it may or may not have arrived.")
words(HistoryAxis, "HistoryAxis", "Which state changed.")
words(ActionName, "InvoiceAction", "What one may want to do with an invoice.")
words(
    ActionReason,
    "InvoiceActionReason",
    "Why it cannot be done: the state of the invoice, or, whatever its state, your role (`FORBIDDEN`).",
)
words(SortField, "InvoiceSortField", "What a list of invoices is sorted by.")
words(StepLabel, "StepLabel", "What is calculated.")

words(PaymentMethod, "PaymentMethod", "How the money came.")
words(
    BalanceReason,
    "StatementEntryKind",
    "What a line of a debtor's account is. SETTLED_BEFORE was paid before the invoice was taken over, CREDIT is money"
    " that no invoice took.",
)
words(
    Bucket,
    "AgingBucket",
    "Days past the due date. What is not due yet is a column of its own.",
    names={"0-30": "DAYS_0_30", "31-60": "DAYS_31_60", "61-90": "DAYS_61_90", "90+": "DAYS_OVER_90"},
)
words(PeriodLength, "PeriodLength", "How long a period of a report is.")
words(Ranking, "Ranking", "What debtors are ranked by: what they were billed, or what they owe.")

words(
    DispatchState,
    "DispatchState",
    "How far a dispatch has come. Unknown: the machine stopped in between, and it may or may not have arrived.",
)
words(Happened, "DispatchEvent", "What happened to a dispatch.")
words(RunKind, "RunKind", "What a run bills.")
words(RunState, "RunState", "Whether a run goes on.")
words(Outcome, "OutcomeKind", "What became of a debtor: an invoice, or a refusal.")
words(GateAction, "GateAction", "What somebody wants to do that the gate may forbid.")
words(ReasonCode, "GateReasonCode", "Why an open invoice stands in the way: it is overdue, or merely not paid yet.")
words(TaxCategory, "TaxCategory", "The categories of the tax matrix.")
words(CategoryCode, "TaxCategoryCode", "The category codes of EN 16931 (UNCL 5305).")

words(FindingCode, "TemplateFindingCode", "What there is to look at. Closed: translate each of them.")
words(
    Severity,
    "TemplateFindingSeverity",
    "A problem spoils invoices, a warning makes them worse than they could be, a hint is a choice.",
)
words(
    FindingField, "TemplateFindingField", "Where to change it: in the design, or with the issuer.", names={"": "NONE"}
)
words(InvariantName, "InvariantName", "What must always be true of a tenant.")
