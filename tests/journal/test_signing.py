"""Checkpoints that an auditor keeps."""

from datetime import date
from pathlib import Path

import pytest

from backend.journal.signing import BadCheckpoint, Checkpoint, Signer, sign_head, signed_checkpoints
from tests.given.federation import Federation

ON = date(2026, 11, 20)


async def test_a_checkpoint_can_be_checked_without_the_database(federation: Federation, tmp_path: Path) -> None:
    """S001-92: tamper evidence that leaves the building."""
    signer = Signer.load(tmp_path / "keyring.json")
    async with federation.write.database.scope(federation.tenant_id) as connection:
        made = await sign_head(connection, signer, federation.tenant_id, "money", on=ON)
        assert await signed_checkpoints(connection, federation.tenant_id, "money", limit=5) == (made,)
    assert made is not None
    assert Checkpoint.read(made.exported()) == made


async def test_a_changed_checkpoint_is_refused(federation: Federation, tmp_path: Path) -> None:
    signer = Signer.load(tmp_path / "keyring.json")
    made = signer.sign(federation.tenant_id, "money", 7, b"\1" * 32, ON)
    with pytest.raises(BadCheckpoint):
        Checkpoint.read(made.exported().replace('"position":7', '"position":8'))


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, again = Signer.load(tmp_path / "keyring.json"), Signer.load(tmp_path / "keyring.json")
    assert first.public_key == again.public_key
    assert (tmp_path / "keyring.json.signing").stat().st_mode & 0o077 == 0
