"""Search by words. How many rows a word leads to decides how it is looked up: few by their ids, many by a hash."""

from typing import Final

from backend.read.projection import live
from backend.read.where import Where
from backend.read.words import asked_words, prefix_range
from backend.runtime.database import ReadConnection
from backend.tenants.actor import Reader

# Up to so many ids an index is asked for each; beyond that the list is read in its own order and each row is tried,
# which fills a page soon, because every so manieth row matches.
FEW: Final = 1_000

_RANGE: Final = (
    "SELECT subject_id FROM read_invoice_words WHERE tenant_id = %b"
    f" AND generation = {live('invoices')} AND word >= {{0}} AND word < {{1}}"
)
_FOUND: Final = (
    "SELECT w.n, array_agg(s.subject_id) FROM unnest(%b::text[], %b::text[]) WITH ORDINALITY AS w(low, high, n)"
    f" CROSS JOIN LATERAL ({_RANGE.format('w.low', 'w.high')} LIMIT %b) AS s GROUP BY w.n"
)


async def add_search(connection: ReadConnection, where: Where, reader: Reader, search: str) -> Where:
    """Only invoices that every word of `search` leads to, directly or by their debtor."""
    words = asked_words(search)
    if not search.strip():
        return where
    if not words:
        # Something was asked for, and no invoice has it.
        return where.add("false")
    ranges = [prefix_range(word) for word in words]
    found = await connection.execute(
        _FOUND.encode(), ([low for low, _ in ranges], [high for _, high in ranges], reader.tenant_id, FEW + 1)
    )
    subjects = {row[0]: row[1] for row in await found.fetchall()}
    for n, (low, high) in enumerate(ranges, start=1):
        ids = subjects.get(n, [])
        if len(ids) <= FEW:
            where.add("(i.invoice_id = ANY(%b::uuid[]) OR i.debtor_id = ANY(%b::uuid[]))", ids, ids)
        else:
            any_of_them = _RANGE.format("%b", "%b")
            keys = (reader.tenant_id, low, high)
            where.add(f"(i.invoice_id IN ({any_of_them}) OR i.debtor_id IN ({any_of_them}))", *keys, *keys)
    return where
