"""What the Literals of our rules are called in the schema, and what they mean there."""

from backend.api.graphql.enums import ENUMS, words
from backend.values.payments import PaymentMethod

__all__ = ["ENUMS"]

words(PaymentMethod, "PaymentMethod", "How the money came.")
