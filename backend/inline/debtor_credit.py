"""What each debtor has in credit with each issuer: money that no invoice took, and credit beyond what was owed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Column, Table, Text, Uuid

from backend.events.money import MONEY_EVENTS, effects
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.rules.debtor_credit import DebtorCredit
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.runtime.tables import read_table
from backend.values.identifiers import DebtorId, IssuerId, TenantId

debtor_credit: Final = read_table(
    "inline_debtor_credit",
    Column("debtor_id", Uuid, nullable=False),
    Column("issuer_id", Uuid, nullable=False),
    Column("currency", Text, nullable=False),
    Column("credit_minor", BigInteger, nullable=False),
    CheckConstraint("credit_minor >= 0", name="inline_debtor_credit_never_negative"),
    key=("debtor_id", "issuer_id", "currency"),
)


async def credit_of(
    connection: Connection, tenant_id: TenantId, generation: int, debtors: Sequence[DebtorId]
) -> dict[DebtorId, list[DebtorCredit]]:
    """For each of `debtors`, what they have in credit; nothing where all of it was used."""
    found = await connection.execute(
        b"SELECT debtor_id, issuer_id, currency, credit_minor FROM inline_debtor_credit WHERE tenant_id = %b"
        b" AND generation = %b AND debtor_id = ANY(%b) AND credit_minor > 0 ORDER BY issuer_id, currency",
        (tenant_id, generation, list(debtors)),
    )
    result: dict[DebtorId, list[DebtorCredit]] = {debtor: [] for debtor in debtors}
    for row in await found.fetchall():
        result[row[0]].append(DebtorCredit(*row))
    return result


@dataclass(frozen=True, slots=True)
class _DebtorCredit:
    name: str = "debtor_credit"
    tables: tuple[Table, ...] = (debtor_credit,)
    handles: frozenset[type] = MONEY_EVENTS

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        changed = defaultdict[tuple[DebtorId, IssuerId, str], int](int)
        for change in (change for recorded in events for change in effects(recorded.event)):
            if change.credit_minor:
                changed[change.debtor_id, change.issuer_id, change.currency] += change.credit_minor
        await insert_rows(
            connection,
            debtor_credit,
            ("tenant_id", "generation", "debtor_id", "issuer_id", "currency", "credit_minor"),
            [(target.tenant_id, target.generation, *key, minor) for key, minor in changed.items()],
            conflict="ON CONFLICT (tenant_id, generation, debtor_id, issuer_id, currency)"
            " DO UPDATE SET credit_minor = inline_debtor_credit.credit_minor + excluded.credit_minor",
        )


DEBTOR_CREDIT: Final = _DebtorCredit()
