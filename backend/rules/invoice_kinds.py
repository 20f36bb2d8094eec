"""What is true of each type of invoice. A new type is one line here; no code asks for a type by its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from backend.values.documents import InvoiceType
from backend.values.gate import GateAction


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceKind:
    """How invoices of one type behave.

    `gate` is the action that is refused to whoever owes, or `None` where debts do not matter. `repeats` tells whether
    a debtor may be billed again for the same components of a season: what people write by hand may say anything.
    `by_run` tells whether many are issued at once.
    """

    gate: GateAction | None
    repeats: bool
    by_run: bool


INVOICE_KINDS: Final[Mapping[InvoiceType, InvoiceKind]] = {
    "standard": InvoiceKind(gate=None, repeats=True, by_run=False),
    "licence_renewal": InvoiceKind(gate="licence_renewal", repeats=False, by_run=True),
    "affiliation": InvoiceKind(gate=None, repeats=False, by_run=True),
}
