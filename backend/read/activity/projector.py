"""Keeps the activity list. An event that names no org node inherits those of what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.access import AccessBookPruned
from backend.events.event import BY_CLASS
from backend.read.activity.subjects import Nodes, Subject, own_nodes, shown_of, subject_of
from backend.read.activity.tables import activity
from backend.read.projection import Recorded, Target, declared, key_of
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection

NAME: Final = "activity"

_COLUMNS: Final = (
    "tenant_id",
    "generation",
    "book",
    "position",
    "at",
    "actor",
    "type",
    "subject_kind",
    "subject_id",
    "debtor_id",
    "issuer_org_node_id",
    "debtor_org_node_id",
    "detail",
    "amount_minor",
    "currency",
    "reason",
)


@dataclass(frozen=True, slots=True)
class _Activity:
    name: str = NAME
    tables: tuple[Table, ...] = (activity,)

    @property
    def handles(self) -> frozenset[type]:
        """Every event there is, also one that is declared after this module was imported."""
        return frozenset(BY_CLASS)

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        nodes = await _known_nodes(connection, target, events)
        rows: list[tuple[Any, ...]] = []
        for recorded in events:
            subject, shown = subject_of(recorded), shown_of(recorded)
            nodes[subject.id] = own_nodes(recorded.event) or _inherited(subject, nodes)
            rows.append(
                (
                    target.tenant_id,
                    target.generation,
                    recorded.book,
                    recorded.position,
                    recorded.at,
                    recorded.actor,
                    recorded.type,
                    subject.kind,
                    subject.id,
                    subject.debtor_id,
                    *nodes[subject.id],
                    shown.detail,
                    shown.amount_minor,
                    shown.currency,
                    shown.reason,
                )
            )
        await insert_rows(connection, activity, _COLUMNS, rows)
        pruned = max((each.event.until for each in events if isinstance(each.event, AccessBookPruned)), default=0)
        if pruned:
            await connection.execute(
                b"DELETE FROM read_activity"
                b" WHERE tenant_id = %b AND generation = %b AND book = 'access' AND position <= %b",
                (*key_of(target), pruned),
            )


ACTIVITY: Final = declared(_Activity())


def _inherited(subject: Subject, nodes: dict[UUID, Nodes]) -> Nodes:
    known = [nodes[related] for related in subject.related if related in nodes]
    issuer_node = next((node for node, _ in known if node is not None), None)
    return issuer_node, next((node for _, node in known if node is not None), None)


async def _known_nodes(connection: Connection, target: Target, events: Sequence[Recorded]) -> dict[UUID, Nodes]:
    """The org nodes of the things these events are about, as their last event before this batch left them."""
    wanted, here = set[UUID](), set[UUID]()
    for recorded in events:
        subject = subject_of(recorded)
        if own_nodes(recorded.event) is None:
            wanted.update(related for related in subject.related if related not in here)
        here.add(subject.id)
    if not wanted:
        return {}
    found = await connection.execute(
        b"SELECT w.id, a.issuer_org_node_id, a.debtor_org_node_id FROM unnest(%b::uuid[]) AS w(id)"
        b" CROSS JOIN LATERAL (SELECT issuer_org_node_id, debtor_org_node_id FROM read_activity"
        # What has an org node of its own to inherit stands in the money book.
        b" WHERE tenant_id = %b AND generation = %b AND subject_id = w.id AND book = 'money'"
        b" ORDER BY position DESC LIMIT 1) AS a",
        (list(wanted), *key_of(target)),
    )
    return {row[0]: (row[1], row[2]) for row in await found.fetchall()}
