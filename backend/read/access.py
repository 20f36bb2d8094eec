"""Who may act here: users with what they were granted, and the tokens made for them.

Users and grants are plain rows, so that the answer is what opens doors now; of the tokens that were ever made there is
a list without anything that opens a door: no token, no digest. A reader whose reach is limited sees the people with a
role there, and of their roles only those there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Column, DateTime, Index, Text, Uuid

from backend.events.grants import TokenCreated, TokenRevoked
from backend.read.fact_list import fact_list
from backend.read.paging import FIRST_PAGE, Order, Page, PageRequest, page_of
from backend.read.projection import Recorded
from backend.read.query import query
from backend.read.where import Where
from backend.runtime.database import ReadConnection
from backend.runtime.tables import read_table
from backend.tenants.actor import Reader
from backend.tenants.capabilities import Capability
from backend.tenants.people import HeldRole, roles_by_user
from backend.values.identifiers import TokenId, UserId

TOKENS: Final = read_table(
    "read_access_tokens",
    Column("token_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("label", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("created_by", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    key=("token_id",),
)
Index("read_access_tokens_user", TOKENS.c.tenant_id, TOKENS.c.generation, TOKENS.c.user_id, TOKENS.c.position)
Index("read_access_tokens_position", TOKENS.c.tenant_id, TOKENS.c.generation, TOKENS.c.position)


def _revoked(row: dict[str, Any], recorded: Recorded) -> None:
    """A token is revoked once: saying it again changes nothing."""
    row["revoked_at"] = row["revoked_at"] or recorded.at


ACCESS: Final = fact_list(
    "access",
    TokenCreated,
    TOKENS,
    columns={"created_at": "at", "created_by": "actor", "revoked_at": lambda _: None},
    changes={TokenRevoked: _revoked},
)

# `write/access/roles.py` gives nobody more.
MAX_ROLES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """A person who may be granted roles, with those they have."""

    user_id: UserId
    name: str
    email: str
    created_at: datetime
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """A bearer token, by everything but what opens a door. `created_by` is as in the journal."""

    token_id: TokenId
    user_id: UserId
    label: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None


_BY_NAME: Final = Order("users", (("name", "text"), ("user_id", "uuid")))
_NEWEST_FIRST: Final = Order("tokens", (("position", "bigint"),), descending=True)
_TOKEN: Final = tuple(field.name for field in fields(TokenRow))


@query(Capability.ACCESS_MANAGE)
async def users(
    connection: ReadConnection, reader: Reader, *, user_id: UserId | None = None, page: PageRequest = FIRST_PAGE
) -> Page[UserRow]:
    """The people within reach by name; `user_id` asks for one of them. Raises `BadCursor` and `BadPage`."""
    where = _holding_there(Where(reader, None), reader).equal("user_id", user_id)
    found = await page_of(
        connection, "user_id, name, email, created_at", "users", where, _BY_NAME, page, row=lambda values: values
    )
    roles = await roles_by_user(
        connection, reader.tenant_id, [row[0] for row in found.items], within=reader.reach, limit=MAX_ROLES
    )
    return found.of(tuple(_user(row, roles.get(row[0], ())) for row in found.items))


@query(Capability.ACCESS_MANAGE)
async def tokens(
    connection: ReadConnection, reader: Reader, *, user_id: UserId | None = None, page: PageRequest = FIRST_PAGE
) -> Page[TokenRow]:
    """The tokens of the people within reach, newest first. Raises `BadCursor` and `BadPage`."""
    where = _holding_there(Where(reader, ACCESS.name), reader).equal("user_id", user_id)
    return await page_of(
        connection,
        ", ".join(_TOKEN),
        "read_access_tokens",
        where,
        _NEWEST_FIRST,
        page,
        row=lambda values: TokenRow(**dict(zip(_TOKEN, values, strict=True))),
    )


def _holding_there(where: Where, reader: Reader) -> Where:
    nodes = reader.reach.array
    if nodes is None:
        return where
    return where.add(
        "user_id = ANY(ARRAY(SELECT g.user_id FROM grants g WHERE g.tenant_id = %b AND g.org_node_id = ANY(%b)))",
        reader.tenant_id,
        nodes,
    )


def _user(row: tuple[Any, ...], roles: Sequence[HeldRole]) -> UserRow:
    user_id, name, email, created_at = row
    return UserRow(user_id=user_id, name=name, email=email, created_at=created_at, roles=tuple(roles))
