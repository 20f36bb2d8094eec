"""Keeps the list of tokens: made, and perhaps revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table

from backend.events.grants import TokenCreated, TokenRevoked
from backend.read.access.tables import tokens
from backend.read.projection import Recorded, Target, key_of
from backend.runtime.bulk import insert_rows, update_rows
from backend.runtime.database import Connection

NAME: Final = "access"

_KEY: Final = ("tenant_id", "generation")
_COLUMNS: Final = ("token_id", "position", "user_id", "label", "created_at", "created_by", "expires_at", "revoked_at")


@dataclass(frozen=True, slots=True)
class _Access:
    name: str = NAME
    tables: tuple[Table, ...] = (tokens,)
    handles: frozenset[type] = frozenset({TokenCreated, TokenRevoked})

    async def apply(self, connection: Connection, target: Target, events: Sequence[Recorded]) -> None:
        made: list[tuple[Any, ...]] = []
        # A token is revoked once: saying it again changes nothing.
        revoked: dict[UUID, datetime] = {}
        for recorded in events:
            match recorded.event:
                case TokenCreated() as e:
                    made.append(
                        (
                            *key_of(target),
                            e.token_id,
                            recorded.position,
                            e.user_id,
                            e.label,
                            recorded.at,
                            recorded.actor,
                            e.expires_at,
                            None,
                        )
                    )
                case TokenRevoked() as e:
                    revoked.setdefault(e.token_id, recorded.at)
        await insert_rows(connection, tokens, (*_KEY, *_COLUMNS), made)
        await update_rows(
            connection,
            tokens,
            (*_KEY, "token_id"),
            {"revoked_at": "coalesce(t.revoked_at, v.revoked_at)"},
            (*_KEY, "token_id", "revoked_at"),
            [(*key_of(target), token_id, at) for token_id, at in revoked.items()],
        )


ACCESS: Final = _Access()
