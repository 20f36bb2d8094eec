"""The SQL of a status says what the rule says, for every combination of axes, amounts and moments (X1)."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, get_args

from backend.read.invoices.filters import status_sql
from backend.rules.status import DeliveryState, Status, derived_status
from backend.runtime.database import Database
from tests.given.past import Past

NOW = datetime(2026, 11, 20, 23, tzinfo=UTC)
DAY_OVER = (None, NOW - timedelta(days=1), NOW, NOW + timedelta(microseconds=1))
AMOUNTS = ((100, 100, 0), (100, 40, 0), (100, 0, 0), (100, 60, 40), (100, 20, 40), (100, 0, 100), (0, 0, 0))


async def test_sql_and_rule_agree(database: Database, past: Past) -> None:
    """S002-65, X17: one word per invoice, the same in lists, filters and counts."""
    documents = ("draft", "issued", "cancelled")
    cases = list(product(documents, get_args(DeliveryState), DAY_OVER, AMOUNTS))
    wrong = []
    async with database.scope(past.tenant_id) as connection:
        for status in get_args(Status):
            condition = status_sql(status)
            statement = (
                "SELECT i.n FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::timestamptz[], %b::bigint[],"
                " %b::bigint[], %b::bigint[]) AS i(n, document_state, delivery_state, overdue_from, total_minor,"
                f" open_minor, credited_minor) WHERE {condition}"
            )
            columns: list[Any] = [list(range(len(cases)))]
            columns += [[case[index] for case in cases] for index in range(3)]
            columns += [[case[3][index] for case in cases] for index in range(3)]
            found = await connection.execute(statement.encode(), [*columns, *[NOW] * condition.count("%b")])
            said = {row[0] for row in await found.fetchall()}
            wrong += [
                (status, case) for index, case in enumerate(cases) if (word_for(case) == status) != (index in said)
            ]
    assert wrong == []


def word_for(case: tuple[Any, ...]) -> Status:
    document, delivery, day_over, (total, open_, credited) = case
    return derived_status(
        document=document,
        total_minor=total - credited,
        open_minor=open_,
        delivery=delivery,
        overdue_from=day_over,
        now=NOW,
    )
