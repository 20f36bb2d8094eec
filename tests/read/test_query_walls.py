"""A reader of another tenant, of another org node, or in another tenant's scope gets nothing out of these queries.

`tests/walls/test_queries.py` walks all queries with a bare tenant; here the same questions have answers to hide.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from backend.read.activity.queries import ActivityFilter
from backend.read.catch_up import catch_up
from backend.read.invoices.filters import InvoiceFilter
from backend.read.paging import Page
from backend.read.registry import queries
from backend.tenants.actor import Actor, Forbidden, Reach, Reader
from backend.tenants.capabilities import Capability
from backend.values.identifiers import OrgNodeId
from tests.given.past import START, Past
from tests.given.story import Story, a_story

TODAY = date(2026, 11, 20)


def arguments(story: Story) -> dict[str, dict[str, Any]]:
    """How each query is asked about things that are there."""
    sent = story.issued["sent"].invoice_id
    return {
        "invoices": {"now": START, "filter": InvoiceFilter(search="faktura")},
        "invoice": {"now": START, "invoice_id": sent},
        "invoice_document": {"invoice_id": sent},
        "invoice_counts": {"now": START},
        "runs": {},
        "run": {"run_id": story.run_id},
        "run_outcomes": {"run_id": story.run_id},
        "deliveries": {},
        "delivery": {"delivery_id": sent},
        "delivery_counts": {},
        "activity": {"filter": ActivityFilter(types=("invoice-issued",))},
        "received_documents": {},
        "received_document": {"document_id": story.document_id},
    }


def something(answer: Any) -> bool:
    """Whether an answer holds anything at all."""
    match answer:
        case Page():
            return bool(answer.items)
        case Mapping():
            return any(answer.values())
        case _:
            return answer is not None


async def test_nothing_passes_the_walls(past: Past) -> None:
    """S002, "Must show": two tenants with the same data, and a reader of each sees none of the other's."""
    story, other = await a_story(past), Past(past.database, past.keyring)
    await a_story(other)
    for each in (past, other):
        await catch_up(each.database, each.keyring, each.tenant_id)
    whole = Reader(tenant_id=past.tenant_id)
    foreign = Reader(tenant_id=other.tenant_id)
    elsewhere = Reader(tenant_id=past.tenant_id, reach=Reach(frozenset({OrgNodeId(uuid4())})))
    for name, said in arguments(story).items():
        function = queries()[name].function
        async with past.database.scope(past.tenant_id) as connection:
            assert something(await function(connection, whole, **said)), name
            assert not something(await function(connection, elsewhere, **said)), name
            # The reader of another tenant in our scope: the statement's own condition holds.
            assert not something(await function(connection, foreign, **said)), name
        async with other.database.scope(other.tenant_id) as connection:
            # Our reader in the scope of another tenant: row-level security holds.
            assert not something(await function(connection, whole, **said)), name
            if any(key.endswith("_id") for key in said):
                assert not something(await function(connection, foreign, **said)), name


@pytest.mark.parametrize("name", sorted(queries()))
def test_a_reader_needs_the_capability(past: Past, name: str) -> None:
    """A query names exactly one capability; who lacks it gets no reader."""
    wanted = queries()[name].capability
    others = {capability: Reach(None) for capability in Capability if capability is not wanted}
    actor = Actor(tenant_id=past.tenant_id, principal="user:nobody", reaches=others)
    with pytest.raises(Forbidden):
        actor.reader(wanted)
