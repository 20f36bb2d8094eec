"""One AES-256-GCM key per person, wrapped by a master key from outside the database.

Destroying a person's key makes every sealed field unreadable for ever, while the hash chain still verifies.
"""

import base64
import json
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.journal.tables import personal_keys
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection, ReadConnection
from backend.values.identifiers import TenantId

NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32


class WrongKey(ValueError):
    """The sealed bytes do not belong to this key and context: a wrong keyring, or tampering."""


def seal(plain: bytes, key: bytes, context: bytes) -> str:
    """`plain` encrypted under `key`, as base64 of nonce and ciphertext; `context` is authenticated with it."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, plain, context)).decode("ascii")


def unseal(sealed: str, key: bytes, context: bytes) -> bytes:
    """The plain bytes. Raises `WrongKey`."""
    raw = base64.b64decode(sealed)
    try:
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context)
    except InvalidTag:
        raise WrongKey(context.decode()) from None


@dataclass(frozen=True, slots=True)
class Keyring:
    """The master keys by version. New person keys are wrapped by the newest; older ones still unwrap."""

    masters: dict[int, bytes]

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read the keyring file; make one with a first key where there is none (the embedded default)."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            first = {"1": base64.b64encode(os.urandom(KEY_BYTES)).decode()}
            try:
                private = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
                with os.fdopen(private, "w") as new:
                    json.dump(first, new)
            except FileExistsError:
                # Another process made it between our look and our write: its keys are the keys.
                return cls.load(path)
        return cls({int(version): base64.b64decode(key) for version, key in json.loads(path.read_text()).items()})

    @property
    def version(self) -> int:
        """The newest master key: new keys of persons are wrapped by it."""
        return max(self.masters)

    def wrap(self, key: bytes, subject: UUID) -> bytes:
        """The person's key, encrypted under the newest master key."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self.masters[self.version]).encrypt(nonce, key, subject.bytes)

    def unwrap(self, wrapped: bytes, version: int, subject: UUID) -> bytes:
        """The person's key. Raises `WrongKey` when the master key is another one."""
        try:
            return AESGCM(self.masters[version]).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], subject.bytes)
        except (InvalidTag, KeyError):
            raise WrongKey(f"master key {version} does not open the key of {subject}") from None


class PersonKeys:
    """The keys of one tenant's persons that one transaction has needed so far."""

    def __init__(self, keyring: Keyring, connection: ReadConnection, tenant_id: TenantId) -> None:
        self._keyring = keyring
        self._connection = connection
        self._tenant_id = tenant_id
        self._keys: dict[UUID, bytes | None] = {}

    def __call__(self, subject: UUID) -> bytes | None:
        """The key of a person fetched before; None when it was destroyed or never made."""
        return self._keys.get(subject)

    async def fetch(self, subjects: Iterable[UUID]) -> None:
        """Load the keys of `subjects` in one statement."""
        wanted = [subject for subject in set(subjects) if subject not in self._keys]
        if not wanted:
            return
        found = await self._connection.execute(
            b"SELECT subject_id, wrapped, master_version FROM personal_keys"
            b" WHERE tenant_id = %b AND subject_id = ANY(%b)",
            (self._tenant_id, wanted),
        )
        for subject, wrapped, version in await found.fetchall():
            self._keys[subject] = self._keyring.unwrap(bytes(wrapped), version, subject) if wrapped else None

    async def fetch_or_make(self, connection: Connection, subjects: Iterable[UUID]) -> None:
        """Load the keys of `subjects`, and make one for each who never had any. A destroyed key is never remade."""
        wanted = set(subjects)
        await self.fetch(wanted)
        missing = [subject for subject in wanted if subject not in self._keys]
        if not missing:
            return
        made = {subject: os.urandom(KEY_BYTES) for subject in missing}
        version = self._keyring.version
        rows = [(self._tenant_id, subject, self._keyring.wrap(key, subject), version) for subject, key in made.items()]
        await insert_rows(connection, personal_keys, ("tenant_id", "subject_id", "wrapped", "master_version"), rows)
        self._keys |= made

    async def destroy(self, connection: Connection, subjects: Iterable[UUID], *, at: datetime) -> None:
        """Make everything that was ever sealed for `subjects` unreadable for ever."""
        gone = list(subjects)
        await connection.execute(
            b"UPDATE personal_keys SET wrapped = NULL, destroyed_at = %b WHERE tenant_id = %b AND subject_id = ANY(%b)",
            (at, self._tenant_id, gone),
        )
        self._keys |= dict.fromkeys(gone)
