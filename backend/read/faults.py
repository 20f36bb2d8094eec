"""A projection that fails is halted where it stands, says so in its checkpoint, in the log and in a metric."""

import traceback
from collections.abc import Sequence

import psycopg

from backend.runtime.database import Database
from backend.runtime.logs import logger
from backend.runtime.telemetry import PROJECTIONS_HALTED
from backend.values.books import Book
from backend.values.identifiers import TenantId

log = logger(__name__)

# The journal names what failed by position; a longer text would only repeat the trace, which the log has.
MAX_HALTED_TEXT = 500

_HALT = (
    b"UPDATE checkpoints SET halted = %b WHERE tenant_id = %b AND live AND projection = ANY(%b) AND book = %b"
    b" AND position = %b"
    b" AND halted IS DISTINCT FROM %b RETURNING projection"
)


async def halt(
    database: Database, tenant_id: TenantId, projections: Sequence[str], book: Book, position: int, text: str
) -> None:
    """Stop these projections at `position` of the book, unless someone moved them on meanwhile. The alarm rings once
    per cause."""
    text = text[:MAX_HALTED_TEXT]
    async with database.scope(tenant_id) as connection:
        found = await connection.execute(_HALT, (text, tenant_id, list(projections), book, position, text))
        halted = [row[0] for row in await found.fetchall()]
    for projection in halted:
        PROJECTIONS_HALTED.labels(projection).inc()
        log.error(
            "projection.halted", tenant=str(tenant_id), projection=projection, book=book, position=position, cause=text
        )


def told(error: Exception) -> str:
    """What failed and where, without the message: it may quote a person's data."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/backend/" in f.filename]
    where = f" at {frames[-1].filename.rpartition('/backend/')[2]}:{frames[-1].lineno}" if frames else ""
    detail = ""
    if isinstance(error, psycopg.Error):
        detail = f" {error.sqlstate} {error.diag.table_name or ''} {error.diag.constraint_name or ''}".rstrip()
    return f"{type(error).__name__}{detail}{where}"
