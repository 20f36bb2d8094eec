"""The hash chain, row by row: bytes, order, and that the columns say what the hashed bytes say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec

from backend.journal.append import GENESIS
from backend.journal.checks.finding import Finding
from backend.journal.codec import Envelope, decode_envelope
from backend.journal.signing import Checkpoint
from backend.values.books import Book
from backend.values.identifiers import TenantId

NAME: Final = "chain"

_canonical: Final = msgspec.json.Encoder(order="sorted", decimal_format="string", uuid_format="canonical")
_anything: Final = msgspec.json.Decoder()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `journal_events` as it is stored in the book that is followed."""

    position: int
    stream_id: UUID
    stream_version: int
    type: str
    recorded_at: datetime
    envelope: bytes
    hash: bytes


@dataclass(slots=True)
class ChainCheck:
    """Follows the chain of one book from its genesis, or from where it begins since it was pruned. After a broken link
    it goes on from the stored hash, so that only the row that was touched is named."""

    tenant_id: TenantId
    book: Book
    signed: Mapping[int, Checkpoint] = field(default_factory=dict)
    position: int = 0
    hash: bytes = GENESIS

    def see(self, row: Row) -> Iterator[Finding]:
        """The faults of one row, given those before it."""
        if row.position != self.position + 1:
            yield self._finding(self.position + 1, "position", self.position + 1, f"the next row is {row.position}")
        computed = sha256(self.hash + row.envelope).digest()
        if computed != row.hash:
            yield self._finding(row.position, "hash", computed.hex(), row.hash.hex())
        yield from self._bytes(row)
        checkpoint = self.signed.get(row.position)
        if checkpoint is not None and checkpoint.hash != row.hash.hex():
            yield self._finding(row.position, f"signed on {checkpoint.signed_on}", checkpoint.hash, row.hash.hex())
        self.position, self.hash = row.position, row.hash

    def end(self, head_position: int, head_hash: bytes) -> Iterator[Finding]:
        """The faults of the head row, once every event was seen."""
        if (self.position, self.hash) != (head_position, head_hash):
            yield Finding(
                check=NAME,
                book=self.book,
                position=None,
                subject="head",
                expected=f"{self.position} {self.hash.hex()}",
                found=f"{head_position} {head_hash.hex()}",
            )
        for position, checkpoint in self.signed.items():
            if position > self.position:
                yield self._finding(position, f"signed on {checkpoint.signed_on}", checkpoint.hash, "no such row")

    def _bytes(self, row: Row) -> Iterator[Finding]:
        try:
            stored = decode_envelope(row.envelope)
            canonical = _canonical.encode(_anything.decode(row.envelope))
        except (msgspec.DecodeError, ValueError) as error:
            yield self._finding(row.position, "envelope", "canonical JSON", type(error).__name__)
            return
        if canonical != row.envelope:
            yield self._finding(row.position, "envelope", "canonical JSON", "other bytes with the same meaning")
        for name, expected, found in self._columns(row, stored):
            if expected != found:
                yield self._finding(row.position, name, expected, found)

    def _columns(self, row: Row, stored: Envelope) -> tuple[tuple[str, Any, Any], ...]:
        return (
            ("tenant", self.tenant_id, stored.tenant),
            ("book", self.book, stored.book),
            ("position", row.position, stored.position),
            ("stream", row.stream_id, stored.stream),
            ("stream version", row.stream_version, stored.stream_version),
            ("type", row.type, stored.type),
            ("recorded at", row.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"), stored.at),
        )

    def _finding(self, position: int, subject: str, expected: object, found: object) -> Finding:
        return Finding(
            check=NAME, book=self.book, position=position, subject=subject, expected=str(expected), found=str(found)
        )
