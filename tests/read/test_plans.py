"""Hot questions read by index as the application role: row-level security forbids that to operators that leak."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from backend.journal.keys import Keyring
from backend.read.dashboards.queries import top_debtors
from backend.read.debtors.projector import DEBTORS
from backend.read.debtors.queries import debtor_list
from backend.read.gate import debt_check, debt_check_by_reference
from backend.read.receivables.queries import aging_report
from backend.runtime.database import Connection, Database, connect
from backend.runtime.settings import Settings
from backend.values.identifiers import DebtorId
from tests.given.journal import Journal
from tests.given.parties import a_registration


class Listener:
    """A connection that remembers what was asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.asked: list[tuple[bytes, Any]] = []

    async def execute(self, statement: bytes, parameters: Any = None) -> Any:
        self.asked.append((statement, parameters))
        return await self._connection.execute(statement, parameters)


async def plan_of(database: Database, journal: Journal, ask: Callable[[Any], Awaitable[Any]]) -> str:
    """How PostgreSQL answers the question when it may not read a whole table."""
    async with database.scope(journal.tenant_id) as connection:
        await connection.execute("SET LOCAL enable_seqscan = off")
        listener = Listener(connection)
        await ask(listener)
        plans = []
        for statement, parameters in listener.asked:
            found = await connection.execute(b"EXPLAIN " + statement, parameters)
            plans += [row[0] for row in await found.fetchall()]
    return "\n".join(plans)


async def test_hot_questions_read_by_index(database: Database, keyring: Keyring, settings: Settings) -> None:
    """Design "indexes under row-level security", C33: gate, aging, ranking and search, each by its own index."""
    journal = Journal(database, keyring)
    await journal.happened(*(a_registration(name=f"Namn{index} Östlund{index}") for index in range(300)))
    await journal.catch_up(DEBTORS)
    async with await connect(settings.owner_database_url) as owner:
        await owner.execute("ANALYZE read_debtors_words, read_debtors")
    reader, nobody, today = journal.reader(), DebtorId(journal.tenant_id), date(2026, 11, 20)
    gate = {"action": "licence_renewal", "on": today}
    expected = {
        "inline_open_receivables": lambda c: debt_check(c, reader, nobody, **gate),  # type: ignore[arg-type]
        "inline_debtors": lambda c: debt_check_by_reference(c, reader, "x", **gate),  # type: ignore[arg-type]
        "read_receivables_open": lambda c: aging_report(c, reader, as_of=today),
        "read_dashboards_debtors": lambda c: top_debtors(c, reader, currency="SEK"),
        "read_debtors_words": lambda c: debtor_list(c, reader, search="oster"),
    }
    columns = {
        "inline_open_receivables": "debtor_id = ",
        "inline_debtors": "reference = ",
        "read_receivables_open": "period >= ",
        "read_dashboards_debtors": "currency = ",
        "read_debtors_words": "word >= ",
    }
    for table, ask in expected.items():
        plan = await plan_of(database, journal, ask)
        assert f" on {table}" in plan, plan
        assert "Seq Scan on" not in plan.replace("Seq Scan on checkpoints", ""), plan
        conditions = [line for line in plan.splitlines() if "Index Cond" in line]
        assert any(columns[table] in line for line in conditions), plan
