"""Whom the journal names (`user:<id>`, `client:<id>`, `operator:<id>`, `system:<word>`), and how people call them.

The journal keeps identifiers only. Names are looked up when somebody reads, in the reader's own tenant.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from backend.runtime.database import ReadConnection
from backend.values.identifiers import TenantId

# What a public link's visitor is recorded as: nobody signs in there.
INVOICE_PAGE: Final = "invoice-page"

PrincipalKind = Literal["person", "program", "system", "operator", "link"]
_KINDS: Final[Mapping[str, PrincipalKind]] = {"user": "person", "client": "program", "operator": "operator"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody, or something, that acted. `said` is as in the journal, `id` the part behind its colon.

    `name` is None for our own processes, for who is nobody's user here any more, and for operators in other tenants.
    """

    said: str
    kind: PrincipalKind
    id: str
    name: str | None


async def named(connection: ReadConnection, tenant_id: TenantId, said: Collection[str]) -> dict[str, Principal]:
    """Everybody in `said` with their name here: one statement for all of them, and none where nobody has a name."""
    users, clients = _ids(said, ("user", "operator")), _ids(said, ("client",))
    names = dict[UUID, str]()
    if users or clients:
        found = await connection.execute(
            b"SELECT user_id, name FROM users WHERE tenant_id = %b AND user_id = ANY(%b) UNION ALL"
            b" SELECT client_id, name FROM identity_clients WHERE tenant_id = %b AND client_id = ANY(%b)",
            (tenant_id, users, tenant_id, clients),
        )
        names = dict(await found.fetchall())
    return {each: _principal(each, names) for each in said}


def _principal(said: str, names: Mapping[UUID, str]) -> Principal:
    word, _, rest = said.partition(":")
    kind = _KINDS.get(word, "link" if rest == INVOICE_PAGE else "system")
    known = _uuid(rest) if word in _KINDS else None
    return Principal(said=said, kind=kind, id=rest or said, name=names.get(known) if known else None)


def _ids(said: Collection[str], words: Collection[str]) -> list[UUID]:
    parts = (each.partition(":") for each in said)
    return [found for word, _, rest in parts if word in words and (found := _uuid(rest)) is not None]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
