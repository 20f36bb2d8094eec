"""Which documents there are, and how anything names one of them."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

# Words the journal stores: one is added with each new document, none is ever taken away.
DocumentKind = Literal[
    "invoice",
    "credit_note",
    "debit_note",
    "receipt",
    "reminder",
    "statement",
    "estimate",
    "collection_claim",
    "settlement",
]
InvoiceType = Literal["standard", "licence_renewal", "affiliation"]
# What a run bills: one invoice of this type for each debtor.
RunKind = Literal["licence_renewal", "affiliation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRef:
    """One document, named so that it can be found and shown without being loaded. `id` is that of its own stream."""

    kind: DocumentKind
    id: UUID
    number: str
