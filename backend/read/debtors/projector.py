"""Folds who is registered, revised and erased into one row per debtor and the words that find it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Table

from backend.events.debtors import DebtorRegistered, DebtorRevised, PersonalDataErased
from backend.read.debtors.tables import debtors, words
from backend.read.projection import Recorded, Target, declared, key_of
from backend.read.words import asked_words, number_words, plain, words_of
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.values.identifiers import DebtorId
from backend.values.parties import Particulars

# Enough to sort by; the name itself is kept whole.
MAX_SORT_KEY: Final = 120

_COLUMNS: Final = (
    "debtor_id",
    "kind",
    "reference",
    "language",
    "licence_type",
    "org_node_id",
    "billed_tenant_id",
    "erased",
    "name",
    "name_key",
    "email",
    "particulars",
)


@dataclass(frozen=True, slots=True)
class _Debtors:
    name: str = "debtors"
    tables: tuple[Table, ...] = (debtors, words)
    handles: frozenset[type] = frozenset({DebtorRegistered, DebtorRevised, PersonalDataErased})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        registered = {r.event.debtor_id for r in events if isinstance(r.event, DebtorRegistered)}
        earlier = {r.event.debtor_id for r in events} - registered
        known = await _load(connection, target, earlier)
        for recorded in events:
            event = recorded.event
            known[event.debtor_id] = _folded(known.get(event.debtor_id), event)
        await _forget_words(connection, target, earlier)
        await _write(connection, target, list(known.values()))


DEBTORS: Final = declared(_Debtors())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Debtor:
    """One row, in the order of `_COLUMNS` up to `erased`; the rest follows from `particulars`."""

    debtor_id: DebtorId
    kind: str
    reference: str
    language: str
    licence_type: str
    org_node_id: UUID | None
    billed_tenant_id: UUID | None
    erased: bool
    particulars: Particulars | None


def _folded(debtor: _Debtor | None, event: Any) -> _Debtor:
    match event:
        case DebtorRegistered() as e:
            return _Debtor(
                debtor_id=e.debtor_id,
                kind=e.kind,
                reference=e.reference,
                language=e.language,
                licence_type=e.licence_type,
                org_node_id=e.org_node_id,
                billed_tenant_id=e.billed_tenant_id,
                erased=False,
                particulars=e.particulars,
            )
        case DebtorRevised() as e if debtor is not None:
            return replace(
                debtor,
                language=e.language,
                licence_type=e.licence_type,
                org_node_id=e.org_node_id,
                particulars=e.particulars,
            )
        case PersonalDataErased() if debtor is not None:
            return replace(debtor, particulars=None, erased=True)
        case _:
            raise LookupError("a debtor is registered before anything else happens to it")


async def _load(connection: Connection, target: Target, wanted: set[DebtorId]) -> dict[DebtorId, _Debtor]:
    if not wanted:
        return {}
    found = await connection.execute(
        b"SELECT debtor_id, kind, reference, language, licence_type, org_node_id, billed_tenant_id, erased, particulars"
        b" FROM read_debtors WHERE tenant_id = %b AND generation = %b AND debtor_id = ANY(%b)",
        (*key_of(target), list(wanted)),
    )
    names = _COLUMNS[:8]
    return {
        row[0]: _Debtor(
            **dict(zip(names, row[:8], strict=True)), particulars=row[8] and msgspec.convert(row[8], Particulars)
        )
        for row in await found.fetchall()
    }


async def _forget_words(connection: Connection, target: Target, debtor_ids: set[DebtorId]) -> None:
    if debtor_ids:
        await connection.execute(
            b"DELETE FROM read_debtors_words WHERE tenant_id = %b AND generation = %b AND debtor_id = ANY(%b)",
            (*key_of(target), list(debtor_ids)),
        )


async def _write(connection: Connection, target: Target, rows: Sequence[_Debtor]) -> None:
    key = key_of(target)
    await insert_rows(
        connection,
        debtors,
        ("tenant_id", "generation", *_COLUMNS),
        [(*key, *_row(debtor)) for debtor in rows],
        conflict="ON CONFLICT (tenant_id, generation, debtor_id) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:]),
    )
    await insert_rows(
        connection,
        words,
        ("tenant_id", "generation", "debtor_id", "word"),
        [(*key, debtor.debtor_id, word) for debtor in rows for word in _words(debtor)],
    )


def _row(debtor: _Debtor) -> tuple[Any, ...]:
    who = debtor.particulars
    return (
        debtor.debtor_id,
        debtor.kind,
        debtor.reference,
        debtor.language,
        debtor.licence_type,
        debtor.org_node_id,
        debtor.billed_tenant_id,
        debtor.erased,
        who.name if who else "",
        plain(who.name)[:MAX_SORT_KEY] if who else "",
        who.email if who else "",
        msgspec.json.encode(who).decode() if who else None,
    )


def _words(debtor: _Debtor) -> list[str]:
    who = debtor.particulars
    if who is None:
        return number_words(debtor.reference)
    # Whole addresses are found by their beginning; the words of a domain would find half the federation.
    local, _, _ = who.email.partition("@")
    return list(dict.fromkeys([*number_words(debtor.reference), *words_of(who.name, local), *asked_words(who.email)]))
