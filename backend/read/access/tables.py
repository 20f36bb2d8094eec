"""The bearer tokens that were ever made, without anything that opens a door: no token, no digest."""

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Index, Text, Uuid

from backend.runtime.tables import read_table

tokens: Final = read_table(
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
Index("read_access_tokens_user", tokens.c.tenant_id, tokens.c.generation, tokens.c.user_id, tokens.c.position)
Index("read_access_tokens_position", tokens.c.tenant_id, tokens.c.generation, tokens.c.position)
