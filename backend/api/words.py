"""What the Literals of our rules are called in the schema, and what they mean there."""

from backend.api.graphql.enums import ENUMS, words
from backend.values.books import Book
from backend.values.ledger import BalanceReason
from backend.values.payments import PaymentMethod

__all__ = ["ENUMS"]

words(
    Book,
    "Book",
    "One of the two books of a tenant. MONEY: documents, payments and what decisions about them depend on. ACCESS:"
    " sign-ins, sessions, grants and credentials, kept for a declared period.",
)
words(PaymentMethod, "PaymentMethod", "How the money came.")
words(
    BalanceReason,
    "StatementEntryKind",
    "What a line of a debtor's account is. SETTLED_BEFORE was paid before the invoice was taken over, CREDIT is money"
    " that no invoice took.",
)
