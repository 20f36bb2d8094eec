"""The list of debtors with its search, and one debtor in detail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.projection import live
from backend.read.query import query
from backend.read.where import Where, storable
from backend.read.words import asked_words, prefix_range
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import DebtorId, OrgNodeId, TenantId
from backend.values.parties import DebtorKind, Particulars

# One page of any list refers to at most so many debtors.
MAX_BY_ID: Final = 1_000

_PROJECTION: Final = "debtors"
_BY_NAME: Final = Order("name", (("name_key", "text"), ("debtor_id", "uuid")))
_COLUMNS: Final = (
    "debtor_id, kind, reference, name, email, language, licence_type, org_node_id, billed_tenant_id, particulars,"
    " erased"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorRow:
    """A debtor as it is now. Name, e-mail and particulars are empty once the person was erased."""

    debtor_id: DebtorId
    kind: DebtorKind
    reference: str
    name: str
    email: str
    language: str
    licence_type: str
    org_node_id: OrgNodeId | None
    billed_tenant_id: TenantId | None
    particulars: Particulars | None
    erased: bool


@query(Capability.DEBTORS_READ)
async def debtor_list(
    connection: ReadConnection,
    reader: Reader,
    *,
    search: str = "",
    kind: DebtorKind | None = None,
    org_node_id: OrgNodeId | None = None,
    page: PageRequest = FIRST_PAGE,
) -> Page[DebtorRow]:
    """Debtors by name. Every word of `search` begins a word of the name, the e-mail address or the reference.

    Raises `BadCursor` and `BadPage`.
    """
    where = _visible(reader).equal("kind", kind).equal("org_node_id", org_node_id)
    for word in asked_words(search):
        first, beyond = prefix_range(word)
        # An array is made once; a join would be planned anew, and badly on tables without statistics.
        where.add(
            "debtor_id = ANY(ARRAY(SELECT debtor_id FROM read_debtors_words WHERE tenant_id = %b"
            f" AND generation = {live(_PROJECTION)} AND word >= %b AND word < %b))",
            reader.tenant_id,
            first,
            beyond,
        )
    return await page_of(connection, _COLUMNS, "read_debtors", where, _BY_NAME, page, row=_debtor)


@query(Capability.DEBTORS_READ)
async def debtor_detail(connection: ReadConnection, reader: Reader, debtor_id: DebtorId) -> DebtorRow | None:
    """One debtor; None for one there is not, or whom the reader cannot see."""
    return (await debtors_by_id(connection, reader, debtor_ids=[debtor_id])).get(debtor_id)


@query(Capability.DEBTORS_READ)
async def debtor_by_reference(connection: ReadConnection, reader: Reader, reference: str) -> DebtorRow | None:
    """The debtor with this member or club number."""
    where = _visible(reader).add("reference = %b", reference)
    found = await connection.execute(_select(where), where.parameters)
    row = await found.fetchone()
    return _debtor(row) if row else None


@query(Capability.DEBTORS_READ)
async def debtors_by_references(
    connection: ReadConnection, reader: Reader, *, references: Sequence[str]
) -> dict[str, DebtorId]:
    """Those of the member and club numbers that lead to somebody whom the reader can see."""
    wanted = [reference for reference in references if storable(reference)]
    where = _visible(reader).add("reference = ANY(%b)", wanted)
    found = await connection.execute(
        f"SELECT reference, debtor_id FROM read_debtors WHERE {where.sql}".encode(), where.parameters
    )
    return {reference: DebtorId(debtor_id) for reference, debtor_id in await found.fetchall()}


@query(Capability.DEBTORS_READ)
async def debtors_by_id(
    connection: ReadConnection, reader: Reader, *, debtor_ids: Sequence[DebtorId]
) -> dict[DebtorId, DebtorRow]:
    """Those of `debtor_ids` (at most `MAX_BY_ID`) whom the reader can see: for lists that name debtors."""
    where = _visible(reader).add("debtor_id = ANY(%b)", list(debtor_ids)[:MAX_BY_ID])
    found = await connection.execute(_select(where), where.parameters)
    return {row[0]: _debtor(row) for row in await found.fetchall()}


@query(Capability.DEBTORS_READ)
async def debtor_counts(connection: ReadConnection, reader: Reader) -> dict[DebtorKind, int]:
    """How many debtors of each kind the reader can see; a kind without any is absent."""
    where = _visible(reader)
    found = await connection.execute(
        f"SELECT kind, count(*) FROM read_debtors WHERE {where.sql} GROUP BY kind".encode(), where.parameters
    )
    return {row[0]: row[1] for row in await found.fetchall()}


def _visible(reader: Reader) -> Where:
    return Where(reader, _PROJECTION).within_reach("org_node_id")


def _select(where: Where) -> bytes:
    return f"SELECT {_COLUMNS} FROM read_debtors WHERE {where.sql}".encode()


def _debtor(row: tuple[Any, ...]) -> DebtorRow:
    debtor_id, kind, reference, name, email, language, licence_type, node, billed, stored, erased = row
    return DebtorRow(
        debtor_id=debtor_id,
        kind=kind,
        reference=reference,
        name=name,
        email=email,
        language=language,
        licence_type=licence_type,
        org_node_id=node,
        billed_tenant_id=billed,
        particulars=msgspec.convert(stored, Particulars) if stored else None,
        erased=erased,
    )
