"""The org tree as far as a reader reaches."""

from backend.read.org import org_nodes
from backend.tenants.actor import Reach, Reader
from tests.given.federation import Federation


async def test_the_tree_by_depth_and_name(federation: Federation) -> None:
    """S002-2: the whole tree, what lies below a node, so many levels, and never what lies beyond the reach."""
    reader = Reader(tenant_id=federation.tenant_id)
    club = Reader(tenant_id=federation.tenant_id, reach=Reach(frozenset({federation.club})))
    async with federation.write.database.scope(federation.tenant_id) as connection:
        tree = await org_nodes(connection, reader)
        assert [(row.org_node_id, row.parent_id, row.kind, row.depth) for row in tree] == [
            (federation.root, None, "federation", 0),
            (federation.district, federation.root, "district", 1),
            (federation.club, federation.district, "club", 2),
        ]
        below = await org_nodes(connection, reader, below=federation.district)
        assert [row.org_node_id for row in below] == [federation.district, federation.club]
        assert [row.depth for row in await org_nodes(connection, reader, depth=1)] == [0, 1]
        assert [row.org_node_id for row in await org_nodes(connection, club)] == [federation.club]
        assert await org_nodes(connection, club, below=federation.club, depth=0) != ()
        assert await org_nodes(connection, club, below=federation.root, depth=0) == ()
