"""From the member numbers a client knows to the debtors of a run: all of them, or an error that names each unknown."""

from collections.abc import Sequence
from typing import Final

from backend.api.problems import MAX_ERRORS, Fault, Malformed
from backend.inline.debtor_references import debtors_by_reference
from backend.services import Services
from backend.tenants.actor import Actor
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId

MAX_REFERENCE: Final = 60


async def debtors_referred_to(
    services: Services, actor: Actor, references: Sequence[str], *path: str
) -> tuple[DebtorId, ...]:
    """The debtors with these member or club numbers, in their order. Raises `Malformed`, pointing below `path`."""
    reader = actor.reader(Capability.DEBTORS_READ)
    async with services.database.snapshot(actor.tenant_id) as connection:
        head = await connection.execute(
            b"SELECT inline_generation FROM journal_heads WHERE tenant_id = %b", (reader.tenant_id,)
        )
        row = await head.fetchone()
        known = await debtors_by_reference(connection, reader.tenant_id, row[0] if row else 0, references)
    unknown = [(index, reference) for index, reference in enumerate(references) if reference not in known]
    if unknown:
        raise Malformed(
            *(
                Fault(detail=f"nobody has the number {reference[:MAX_REFERENCE]!r} here", path=(*path, index))
                for index, reference in unknown[:MAX_ERRORS]
            )
        )
    return tuple(known[reference] for reference in references)
