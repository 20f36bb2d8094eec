"""Whether the journal is unbroken, as the app asks it: piece by piece."""

from datetime import date, datetime

from backend.api.graphql.documented import output
from backend.api.graphql.scalars import BigInt
from backend.journal.signing import Checkpoint
from backend.read.activity.chain import JournalPiece


@output
class JournalFault:
    """Something in the journal that is not as it was written. `check` says what was looked at: `chain`, `signatures`.
    `position` is null for the head itself."""

    check: str
    position: BigInt | None
    subject: str
    expected: str
    found: str


@output
class JournalCheckpoint:
    """A signed statement where the chain stood. `exported` is the line to keep elsewhere: it proves that nothing before
    it was rewritten."""

    position: BigInt
    signed_on: date
    hash: str
    exported: str


@output
class JournalCheck:
    """One piece of the check: ask again with `after: checkedTo` until that is `head`. Unbroken if none had faults."""

    checked_to: BigInt
    head: BigInt
    first_at: datetime | None
    last_at: datetime | None
    faults: list[JournalFault]
    checkpoint: JournalCheckpoint | None


def checked(piece: JournalPiece) -> JournalCheck:
    """The piece as clients see it."""
    return JournalCheck(
        checked_to=BigInt(piece.checked_to),
        head=BigInt(piece.head),
        first_at=piece.first_at,
        last_at=piece.last_at,
        faults=[
            JournalFault(
                check=each.check,
                position=None if each.position is None else BigInt(each.position),
                subject=each.subject,
                expected=each.expected,
                found=each.found,
            )
            for each in piece.faults
        ],
        checkpoint=_checkpoint(piece.checkpoint) if piece.checkpoint else None,
    )


def _checkpoint(signed: Checkpoint) -> JournalCheckpoint:
    return JournalCheckpoint(
        position=BigInt(signed.position), signed_on=signed.signed_on, hash=signed.hash, exported=signed.exported()
    )
