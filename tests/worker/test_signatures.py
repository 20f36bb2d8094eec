"""The daily signature."""

from datetime import date
from pathlib import Path

from backend.journal.signing import Signer, signed_checkpoints
from backend.worker.signatures import sign_each
from tests.given.federation import Federation


async def test_signing_again_adds_nothing_until_the_journal_moves(federation: Federation, tmp_path: Path) -> None:
    """S001-92: a journal that has not moved keeps the signature it has."""
    database, signer = federation.write.database, Signer.load(tmp_path / "keyring.json")
    for day in (20, 21):
        await sign_each(database, signer, [(federation.tenant_id, "money")], on=date(2026, 11, day))
    await federation.a_member()
    await sign_each(database, signer, [(federation.tenant_id, "money")], on=date(2026, 11, 22))
    async with database.scope(federation.tenant_id) as connection:
        signed = await signed_checkpoints(connection, federation.tenant_id, "money", limit=9)
    assert [each.signed_on.day for each in signed] == [22, 20]
