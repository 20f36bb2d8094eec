"""The naive model: what a careful treasurer would keep on paper. It knows nothing of events, locks or tables."""

from collections import Counter
from dataclasses import dataclass, field

from backend.values.identifiers import DebtorId, InvoiceId

FEE = 40_000


@dataclass
class Sheet:
    """One invoice on paper. Amounts are in öre; `state` is draft, discarded, issued or cancelled."""

    debtor: DebtorId
    net: int
    state: str = "draft"
    total: int = 0
    open: int = 0
    paid: int = 0
    number: str = ""
    of_run: bool = False
    delivery: str = ""


@dataclass
class Books:
    """All sheets of one federation, and what follows from them."""

    sheets: dict[InvoiceId, Sheet] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    credit_notes: list[str] = field(default_factory=list)
    ledger: Counter[str] = field(default_factory=Counter)
    deliveries: int = 0

    def of(self, *states: str) -> list[InvoiceId]:
        return [invoice_id for invoice_id, sheet in self.sheets.items() if sheet.state in states]

    def owed(self, debtor: DebtorId) -> int:
        return sum(sheet.open for sheet in self.sheets.values() if sheet.debtor == debtor)

    def billed(self, debtor: DebtorId) -> bool:
        """Whether a run has billed the debtor, and nobody took that back."""
        return any(s.of_run and s.state == "issued" and s.debtor == debtor for s in self.sheets.values())

    def issue(self, invoice_id: InvoiceId) -> Sheet:
        sheet = self.sheets[invoice_id]
        tax = (sheet.net * 25 + 50) // 100
        sheet.state, sheet.total, sheet.open = "issued", sheet.net + tax, sheet.net + tax
        sheet.number = f"FAKTURA-2026-{len(self.numbers) + 1:06d}"
        self.numbers.append(sheet.number)
        self.post(receivables=sheet.total, revenue=-sheet.net, tax=-tax)
        return sheet

    def pay(self, invoice_id: InvoiceId, minor: int) -> None:
        sheet = self.sheets[invoice_id]
        settled = min(minor, sheet.open)
        sheet.open -= settled
        sheet.paid += settled
        self.post(bank=minor, receivables=-settled, credit=settled - minor)

    def cancel(self, invoice_id: InvoiceId) -> None:
        sheet = self.sheets[invoice_id]
        self.credit_notes.append(f"CN-2026-{len(self.credit_notes) + 1:06d}")
        tax = sheet.total - sheet.net
        self.post(revenue=sheet.net, tax=tax, receivables=-sheet.open, credit=sheet.open - sheet.total)
        sheet.state, sheet.open = "cancelled", 0

    def post(self, **amounts: int) -> None:
        assert sum(amounts.values()) == 0
        for account, minor in amounts.items():
            self.ledger[account] += minor
