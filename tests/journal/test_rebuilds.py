"""Which checkpoints may be rebuilt, and the requests for it."""

from backend.journal.rebuilds import (
    ask_for_rebuild,
    asked_rebuilds,
    is_read_model,
    known_projections,
    rebuild_done,
    rebuild_failed,
)
from backend.policies.mirroring import MIRRORING
from tests.given.federation import Federation


def test_a_policy_is_no_read_model() -> None:
    """It sends commands as it follows the journal: it is never gone through again."""
    assert is_read_model("invoices")
    assert not is_read_model(MIRRORING.name)


async def test_a_request_waits_until_it_is_done(federation: Federation) -> None:
    """Rows are the truth: asked for twice it waits once, and after a failure asking again tries again."""
    tenant_id, at = federation.tenant_id, federation.write.clock.now()
    async with federation.write.database.scope(tenant_id) as connection:
        assert MIRRORING.name not in await known_projections(connection, tenant_id)
        for _ in range(2):
            await ask_for_rebuild(connection, tenant_id, "invoices", at=at)
        assert [(each.projection, each.failed) for each in await asked_rebuilds(connection, tenant_id)] == [
            ("invoices", "")
        ]
        await rebuild_failed(connection, tenant_id, "invoices", "x" * 1_000)
        (failed,) = await asked_rebuilds(connection, tenant_id)
        assert len(failed.failed) == 300
        await ask_for_rebuild(connection, tenant_id, "invoices", at=at)
        assert [each.failed for each in await asked_rebuilds(connection, tenant_id)] == [""]
        await rebuild_done(connection, tenant_id, "invoices")
        assert await asked_rebuilds(connection, tenant_id) == ()
