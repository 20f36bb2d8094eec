"""The next number of every series and payment account: gapless, because the head lock admits one writer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import BigInteger, Column, Date, Table, Text

from backend.events.money import NUMBERED
from backend.journal.codec import Recorded
from backend.journal.projection import Target
from backend.rules.numbering import Counter
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Asked, Connection
from backend.runtime.tables import read_table
from backend.values.identifiers import TenantId

counters: Final = read_table(
    "inline_counters",
    Column("counter", Text, nullable=False),
    Column("last_value", BigInteger, nullable=False),
    Column("last_on", Date, nullable=False),
    key=("counter",),
)


async def read_counters(
    connection: Connection, tenant_id: TenantId, generation: int, names: Sequence[str]
) -> dict[str, Counter]:
    """The counters among `names` that have counted at all. Call under the head lock."""
    return await counters_from(await ask_for_counters(connection, tenant_id, generation, names))


async def ask_for_counters(connection: Connection, tenant_id: TenantId, generation: int, names: Sequence[str]) -> Asked:
    """Ask, and do not wait: `counters_from` reads the answer."""
    return await connection.execute(
        b"SELECT counter, last_value, last_on FROM inline_counters"
        b" WHERE tenant_id = %b AND generation = %b AND counter = ANY(%b)",
        (tenant_id, generation, list(names)),
    )


async def counters_from(asked: Asked) -> dict[str, Counter]:
    return {name: Counter(value, on) for name, value, on in await asked.fetchall()}


@dataclass(frozen=True, slots=True)
class _Counters:
    name: str = "counters"
    tables: tuple[Table, ...] = (counters,)
    handles: frozenset[type] = NUMBERED

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        last: dict[str, tuple[int, date]] = {}
        for recorded in events:
            for counter, value in recorded.event.taken:
                last[counter] = (value, recorded.event.issued_on)
        rows = [(target.tenant_id, target.generation, name, value, on) for name, (value, on) in last.items()]
        await insert_rows(
            connection,
            counters,
            ("tenant_id", "generation", "counter", "last_value", "last_on"),
            rows,
            conflict="ON CONFLICT (tenant_id, generation, counter)"
            " DO UPDATE SET last_value = excluded.last_value, last_on = excluded.last_on",
        )


COUNTERS: Final = _Counters()
