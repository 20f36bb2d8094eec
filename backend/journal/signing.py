"""Signed checkpoints: "at this position the chain of this book had this hash", under an Ed25519 key kept outside the
database.

Kept elsewhere (an auditor's mailbox, an annual report), one of them proves that nothing before it was rewritten, even
by somebody who could recompute the whole chain.
"""

import base64
import os
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend.runtime.database import Connection, ReadConnection
from backend.values.books import Book
from backend.values.identifiers import TenantId

_canonical: Final = msgspec.json.Encoder(order="sorted")
SUFFIX: Final = ".signing"


class BadCheckpoint(ValueError):
    """Not a checkpoint, or its signature is not by the key it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A statement about one book of a tenant. `hash` is hexadecimal; `public_key` and `signature` are base64."""

    tenant: TenantId
    book: Book
    position: int
    hash: str
    signed_on: date
    public_key: str
    signature: str

    def exported(self) -> str:
        """One line of JSON, to be kept outside this system."""
        return _canonical.encode(self).decode()

    @classmethod
    def read(cls, line: str) -> "Checkpoint":
        """An exported checkpoint whose signature fits its own key. Raises `BadCheckpoint`."""
        try:
            checkpoint = msgspec.json.decode(line, type=cls)
            public = Ed25519PublicKey.from_public_bytes(base64.b64decode(checkpoint.public_key))
            public.verify(base64.b64decode(checkpoint.signature), checkpoint.statement())
        except (msgspec.DecodeError, ValueError, InvalidSignature) as wrong:
            raise BadCheckpoint(str(wrong) or "the signature does not fit") from None
        return checkpoint

    def statement(self) -> bytes:
        """The bytes that are signed."""
        return statement(self.tenant, self.book, self.position, self.hash, self.signed_on)


def statement(tenant: TenantId, book: Book, position: int, hash_hex: str, signed_on: date) -> bytes:
    """The canonical bytes of a checkpoint that its signature is over."""
    said = {"book": book, "hash": hash_hex, "position": position, "signed_on": signed_on, "tenant": tenant}
    return _canonical.encode(said)


class Signer:
    """The signing key of this installation."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_key: Final = key.public_key().public_bytes_raw()

    @classmethod
    def load(cls, keyring_file: Path) -> "Signer":
        """The key beside the keyring; made at the first use."""
        path = keyring_file.with_name(keyring_file.name + SUFFIX)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                private = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
                with os.fdopen(private, "wb") as new:
                    new.write(Ed25519PrivateKey.generate().private_bytes_raw())
            except FileExistsError:
                return cls.load(keyring_file)
        return cls(Ed25519PrivateKey.from_private_bytes(path.read_bytes()))

    @classmethod
    def known(cls, keyring_file: Path) -> str:
        """Our own public key in base64; empty where this installation has signed nothing yet. A checkpoint by another
        key proves nothing."""
        if not keyring_file.with_name(keyring_file.name + SUFFIX).exists():
            return ""
        return base64.b64encode(cls.load(keyring_file).public_key).decode()

    def sign(self, tenant: TenantId, book: Book, position: int, chain: bytes, on: date) -> Checkpoint:
        """The signed checkpoint of a book at this position."""
        signature = self._key.sign(statement(tenant, book, position, chain.hex(), on))
        return Checkpoint(
            tenant=tenant,
            book=book,
            position=position,
            hash=chain.hex(),
            signed_on=on,
            public_key=base64.b64encode(self.public_key).decode(),
            signature=base64.b64encode(signature).decode(),
        )


async def sign_head(
    connection: Connection, signer: Signer, tenant_id: TenantId, book: Book, *, on: date
) -> Checkpoint | None:
    """Sign where the book ends now, and keep the checkpoint. `None` for an empty book."""
    head = await (
        await connection.execute(
            b"SELECT position, hash FROM journal_heads WHERE tenant_id = %b AND book = %b", (tenant_id, book)
        )
    ).fetchone()
    if head is None or head[0] == 0:
        return None
    checkpoint = signer.sign(tenant_id, book, head[0], bytes(head[1]), on)
    await connection.execute(
        b"INSERT INTO signed_checkpoints (tenant_id, book, position, hash, signed_on, public_key, signature)"
        b" VALUES (%b, %b, %b, %b, %b, %b, %b) ON CONFLICT DO NOTHING",
        (tenant_id, book, head[0], bytes(head[1]), on, signer.public_key, base64.b64decode(checkpoint.signature)),
    )
    # From this day on the book can be pruned once, so that nobody need look before.
    await connection.execute(
        b"UPDATE journal_heads SET kept_from = %b WHERE tenant_id = %b AND book = %b AND kept_from IS NULL",
        (on, tenant_id, book),
    )
    return checkpoint


async def signed_checkpoints(
    connection: ReadConnection, tenant_id: TenantId, book: Book, *, limit: int
) -> tuple[Checkpoint, ...]:
    """The newest stored checkpoints of the book."""
    found = await connection.execute(
        b"SELECT position, hash, signed_on, public_key, signature FROM signed_checkpoints WHERE tenant_id = %b"
        b" AND book = %b ORDER BY position DESC LIMIT %b",
        (tenant_id, book, limit),
    )
    return tuple(_stored(tenant_id, book, row) for row in await found.fetchall())


async def checkpoint_at(
    connection: ReadConnection, tenant_id: TenantId, book: Book, position: int
) -> Checkpoint | None:
    """The stored checkpoint of the book at this position."""
    found = await connection.execute(
        b"SELECT position, hash, signed_on, public_key, signature FROM signed_checkpoints WHERE tenant_id = %b"
        b" AND book = %b AND position = %b",
        (tenant_id, book, position),
    )
    row = await found.fetchone()
    return _stored(tenant_id, book, row) if row else None


def _stored(tenant_id: TenantId, book: Book, row: tuple[Any, ...]) -> Checkpoint:
    return Checkpoint(
        tenant=tenant_id,
        book=book,
        position=row[0],
        hash=bytes(row[1]).hex(),
        signed_on=row[2],
        public_key=base64.b64encode(bytes(row[3])).decode(),
        signature=base64.b64encode(bytes(row[4])).decode(),
    )
