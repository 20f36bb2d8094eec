"""From the member numbers a client knows to the debtors of a run: all of them, or an error that names each unknown."""

from collections.abc import Sequence
from typing import Final

from backend.api.dispatch import ask
from backend.api.problems import MAX_ERRORS, Fault, Malformed
from backend.read.catch_up import follow
from backend.read.debtors.projector import DEBTORS
from backend.read.debtors.queries import debtors_by_references
from backend.services import Services
from backend.tenants.actor import Actor
from backend.values.identifiers import DebtorId

MAX_REFERENCE: Final = 60


async def debtors_referred_to(
    services: Services, actor: Actor, references: Sequence[str], *path: str
) -> tuple[DebtorId, ...]:
    """The debtors with these member or club numbers, in their order. Raises `Malformed`, pointing below `path`."""
    # Whoever was registered a moment ago by another process is found as well.
    await follow(services.database, services.keyring, actor.tenant_id, "money", projections=(DEBTORS,))
    known = await ask(services, actor, debtors_by_references, references=references)
    unknown = [(index, reference) for index, reference in enumerate(references) if reference not in known]
    if unknown:
        raise Malformed(
            *(
                Fault(detail=f"nobody has the number {reference[:MAX_REFERENCE]!r} here", path=(*path, index))
                for index, reference in unknown[:MAX_ERRORS]
            )
        )
    return tuple(known[reference] for reference in references)
