"""Who did what, when and why; and whether the journal that says so is unbroken."""

from datetime import datetime
from typing import Final

import strawberry

from backend.api.actors import Actor as Actor
from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, output, resolved
from backend.api.graphql.identifiers import decoded, encoded
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.scalars import BigInt
from backend.api.mirror import Mirror, derived
from backend.api.problems import Fault, Malformed
from backend.journal.checks.finding import Finding
from backend.journal.signing import Checkpoint, Signer
from backend.read.activity import queries
from backend.read.activity.chain import MAX_FAULTS, JournalPiece, journal_piece
from backend.values.books import Book

MAX_TYPES: Final = 50

# How our kinds of subject are called as types of the schema; a kind without one keeps its own name.
_TYPES: Final = {"invoice": "Invoice", "debtor": "Debtor", "issuer": "Issuer", "run": "Run", "delivery": "Delivery"}


def _subject_id(row: queries.ActivityRow) -> strawberry.ID:
    return encoded(_TYPES.get(row.subject_kind, row.subject_kind), row.subject_id)


class Activity(Mirror[queries.ActivityRow], only_rest=("subject_id",)):
    """One event of the journal, at this position of its book. `type` is its stored name, `subjectId` what it happened
    to; `subjectName` is that of a person or a program."""

    subject_id: strawberry.ID = derived(_subject_id, only="graphql")


class JournalFault(Mirror[Finding], leave_out=("book",)):
    """Something in the journal that is not as it was written. `check` says what was looked at: `chain`, `signatures`.
    `position` is null for the head itself."""


class JournalCheckpoint(Mirror[Checkpoint], leave_out=("tenant", "book", "public_key", "signature")):
    """A signed statement where the chain stood. `exported` is the line to keep elsewhere: it proves that nothing before
    it was rewritten."""

    exported: str = derived(Checkpoint.exported)


class JournalCheck(Mirror[JournalPiece], sizes={"faults": (1, MAX_FAULTS)}):
    """One piece of the check: ask again with `after: checkedTo` until that is `head`. Unbroken if none had faults."""

    checked_to: BigInt
    head: BigInt


@given
class ActivityFilterInput:
    """What is wanted; what is left out asks for nothing. `actor` is an actor's `principal`. Instants: from inclusive,
    to exclusive."""

    subject_id: strawberry.ID | None = None
    actor: str | None = None
    types: list[str] | None = None
    without_types: list[str] | None = None
    at_from: datetime | None = None
    at_before: datetime | None = None

    def value(self) -> queries.ActivityFilter:
        types, without = tuple(self.types or ()), tuple(self.without_types or ())
        for name, said in (("types", types), ("withoutTypes", without)):
            if len(said) > MAX_TYPES:
                raise Malformed(Fault(detail=f"name at most {MAX_TYPES} types", path=("filter", name)))
        subject = decoded(self.subject_id)[1] if self.subject_id else None
        return queries.ActivityFilter(
            subject_id=subject,
            actor=self.actor,
            types=types,
            without_types=without,
            at_from=self.at_from,
            at_before=self.at_before,
        )


@output
class ActivityQueries:
    """Questions about what happened."""

    @resolved
    async def activity(
        self,
        info: Info,
        filter: ActivityFilterInput | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Activity]:
        """What happened, the newest first."""
        wanted, asked = filter.value() if filter else queries.ANY_ACTIVITY, page(first, after, last, before)
        return connection(await info.context.ask(queries.activity, filter=wanted, page=asked), Activity.of)

    # A piece of the journal is hashed in some dozen milliseconds. An auditor who asks piece after piece stays within
    # the budget; a document full of them does not fit.
    @resolved(work=50)
    async def journal_check(self, info: Info, after: BigInt | None = None, book: Book = "money") -> JournalCheck | None:
        """Whether a book of the journal is unbroken, one piece at a time: hashed again on the server from `after` (the
        beginning, if left out). Null for whoever is responsible for a part of the tree only."""
        keyring_file = info.context.services.settings.keyring_file
        piece = await info.context.ask(journal_piece, book=book, after=after or 0, trusted=Signer.known(keyring_file))
        return JournalCheck.of(piece) if piece else None
