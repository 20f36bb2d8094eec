"""Who did what, when and why."""

from datetime import datetime

import strawberry

from backend.api.activity.journal import JournalCheck, checked
from backend.api.graphql.actors import Actor, actor_of
from backend.api.graphql.context import Info
from backend.api.graphql.documented import given, output, resolved
from backend.api.graphql.identifiers import decoded, encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.paging import Connection, connection, page
from backend.api.graphql.scalars import BigInt
from backend.api.problems import Fault, Malformed
from backend.journal.signing import Signer
from backend.read.activity import queries
from backend.read.activity.chain import journal_piece
from backend.values.books import Book

MAX_TYPES = 50


@output
class Activity:
    """One event of the journal, at this position of its book. `type` is its stored name, `subjectId` what it happened
    to; `subjectName` is that of a person or a program."""

    book: Book
    position: BigInt
    at: datetime
    actor: Actor
    type: str
    subject_kind: str
    subject_id: strawberry.ID
    subject_name: str
    debtor_id: strawberry.ID | None
    detail: str
    amount: Money | None
    reason: str


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
        found = await info.context.ask(
            queries.activity,
            filter=filter.value() if filter else queries.ANY_ACTIVITY,
            page=page(first, after, last, before),
        )
        return connection(found, _activity)

    @resolved
    async def journal_check(self, info: Info, after: BigInt | None = None, book: Book = "money") -> JournalCheck | None:
        """Whether a book of the journal is unbroken, one piece at a time: hashed again on the server from `after` (the
        beginning, if left out). Null for whoever is responsible for a part of the tree only."""
        keyring_file = info.context.services.settings.keyring_file
        piece = await info.context.ask(journal_piece, book=book, after=after or 0, trusted=Signer.known(keyring_file))
        return checked(piece) if piece else None


# How our kinds of subject are called as types of the schema; a kind without one keeps its own name.
_TYPES = {"invoice": "Invoice", "debtor": "Debtor", "issuer": "Issuer", "run": "Run", "delivery": "Delivery"}


def _activity(row: queries.ActivityRow) -> Activity:
    return Activity(
        book=row.book,
        position=BigInt(row.position),
        at=row.at,
        actor=actor_of(row.actor),
        type=row.type,
        subject_kind=row.subject_kind,
        subject_name=row.subject_name,
        subject_id=encoded(_TYPES.get(row.subject_kind, row.subject_kind), row.subject_id),
        debtor_id=encoded("Debtor", row.debtor_id) if row.debtor_id else None,
        detail=row.detail,
        amount=None if row.amount_minor is None else money(row.amount_minor, row.currency),
        reason=row.reason,
    )
