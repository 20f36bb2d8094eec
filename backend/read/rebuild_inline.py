"""Rebuilds all inline projections together: beside the live rows, then switched under the lock of the money book.

While the switch lasts (the last few events and the leases) nobody can write in this tenant; before it, everybody can.
"""

from sqlalchemy import Table

from backend.inline.registry import INLINE
from backend.journal.append import lock_head
from backend.journal.keys import Keyring
from backend.read.generations import new_generation
from backend.read.rebuild import Progress, Rebuild, alone, clean, fill, fold_rest
from backend.runtime.database import Connection, Database
from backend.values.identifiers import TenantId

# Their generation stands in the journal head; a checkpoint of this name marks one that is being built or removed.
NAME = "inline"


async def rebuild_inline(
    database: Database, keyring: Keyring, tenant_id: TenantId, *, progress: Progress | None = None
) -> int:
    """Compute all inline tables anew and let commands use them; their new generation."""
    async with alone(database, tenant_id, (NAME,)):
        await clean(database, tenant_id, NAME, INLINE)
        async with database.scope(tenant_id) as connection:
            found = await connection.execute(
                b"SELECT inline_generation FROM journal_heads WHERE tenant_id = %b AND book = 'money'", (tenant_id,)
            )
            row = await found.fetchone()
            live = int(row[0]) if row else 0
            generation = await new_generation(connection, tenant_id, NAME, ("money",), above=live)
        parts = tuple((projection, generation) for projection in INLINE)
        new = Rebuild(database, keyring, tenant_id, parts, ((NAME, generation),))
        await fill(new, progress)
        async with database.scope(tenant_id) as connection:
            await _switch(connection, new, generation)
        await clean(database, tenant_id, NAME, INLINE)
        return generation


async def _switch(connection: Connection, new: Rebuild, generation: int) -> None:
    head = await lock_head(connection, new.tenant_id, "money")
    await fold_rest(connection, new)
    for projection, _ in new.parts:
        for table in projection.tables:
            await _carry_over(connection, new.tenant_id, table, head.inline_generation, generation)
    await connection.execute(
        b"UPDATE journal_heads SET inline_generation = %b WHERE tenant_id = %b AND book = 'money'",
        (generation, new.tenant_id),
    )
    # From now on the checkpoint marks the old generation, which is to be removed, and no longer the new one.
    await connection.execute(
        b"UPDATE checkpoints SET generation = %b WHERE tenant_id = %b AND projection = %b AND generation = %b",
        (head.inline_generation, new.tenant_id, NAME, generation),
    )


async def _carry_over(connection: Connection, tenant_id: TenantId, table: Table, old: int, new: int) -> None:
    """Leases are decided by no event: whoever holds one now still holds it afterwards."""
    operational = [column.name for column in table.c if column.info.get("operational")]
    if not operational:
        return
    keys = [column.name for column in table.primary_key if column.name not in ("tenant_id", "generation")]
    assigned = ", ".join(f"{column} = o.{column}" for column in operational)
    matched = " AND ".join(f"n.{key} = o.{key}" for key in keys)
    differs = " OR ".join(f"n.{column} IS DISTINCT FROM o.{column}" for column in operational)
    await connection.execute(
        f"SELECT 1 FROM {table.name} WHERE tenant_id = %b AND generation = %b FOR UPDATE".encode(), (tenant_id, old)
    )
    await connection.execute(
        f"UPDATE {table.name} n SET {assigned} FROM {table.name} o WHERE n.tenant_id = %b AND n.generation = %b"
        f" AND o.tenant_id = %b AND o.generation = %b AND {matched} AND ({differs})".encode(),
        (tenant_id, new, tenant_id, old),
    )
