"""Folds what events do to balances into flows by day and place, and into the sums of each debtor."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import Table

from backend.events.money import MONEY_EVENTS, BalanceChange, effects
from backend.events.parts import InvoiceFacts
from backend.read.dashboards.tables import debtors, flows
from backend.read.projection import Recorded, Target, declared, key_of
from backend.read.rollup import NO_NODE, Cell, add_rows, summed
from backend.runtime.database import Connection

_DEBTOR_KEYS: Final = ("whole", "debtor_id", "currency", "issuer_org_node_id", "debtor_org_node_id")


@dataclass(frozen=True, slots=True)
class _Dashboards:
    name: str = "dashboards"
    tables: tuple[Table, ...] = (flows.table, debtors)
    handles: frozenset[type] = MONEY_EVENTS

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        batch = _Batch()
        for recorded in events:
            for change in effects(recorded.event):
                # What no invoice took is nobody's revenue and settles nothing.
                if change.invoice is not None:
                    batch.fold(change, change.invoice)
        await flows.add(connection, target, summed(batch.flows))
        await add_rows(
            connection,
            debtors,
            _DEBTOR_KEYS,
            ("invoices", "billed_minor", "open_minor"),
            [(*key_of(target), *who, *amounts) for who, amounts in summed(batch.sums).items()],
        )


DASHBOARDS: Final = declared(_Dashboards())


def _amounts(
    *,
    issued_count: int = 0,
    net: int = 0,
    tax: int = 0,
    credited_net: int = 0,
    credited_tax: int = 0,
    collected: int = 0,
    open_minor: int = 0,
) -> tuple[int, ...]:
    """What one event adds to the measures of `tables.flows`, in their order."""
    return issued_count, net, tax, credited_net, credited_tax, collected, open_minor


@dataclass(slots=True)
class _Batch:
    """The rows a batch makes. Lives within one `apply`."""

    flows: list[tuple[Cell, tuple[int, ...]]] = field(default_factory=list)
    sums: list[tuple[Cell, tuple[int, ...]]] = field(default_factory=list)

    def fold(self, change: BalanceChange, invoice: InvoiceFacts) -> None:
        issued = int(change.reason == "invoice")
        # A credit of an old invoice takes back what this debtor was never billed here.
        billed = change.net_minor + change.tax_minor if invoice.season else 0
        match change.reason:
            case "invoice":
                self._flow(invoice, change.on, _amounts(issued_count=1, net=change.net_minor, tax=change.tax_minor))
            case "credit_note":
                credited = _amounts(credited_net=-change.net_minor, credited_tax=-change.tax_minor)
                self._flow(invoice, change.on, credited)
            case "payment":
                self._flow(invoice, change.on, _amounts(collected=-change.open_minor))
            case _:
                # An old invoice counts only as far as it is still owed: it was revenue of another time.
                pass
        self._flow(invoice, change.effective_on, _amounts(open_minor=change.open_minor))
        self._sum(invoice, (issued, billed, change.open_minor))

    def _flow(self, invoice: InvoiceFacts, on: date, flow: tuple[int, ...]) -> None:
        place = (on, invoice.issuer_org_node_id, invoice.debtor_org_node_id)
        self.flows.append(((*place, invoice.issuer_id, invoice.currency, invoice.season, invoice.due_on), flow))

    def _sum(self, invoice: InvoiceFacts, amounts: tuple[int, int, int]) -> None:
        who = (invoice.debtor_id, invoice.currency)
        nodes = (invoice.issuer_org_node_id or NO_NODE, invoice.debtor_org_node_id or NO_NODE)
        self.sums.append(((True, *who, NO_NODE, NO_NODE), amounts))
        self.sums.append(((False, *who, *nodes), amounts))
