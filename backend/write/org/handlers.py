"""Handlers of the org tree: load, authorise, decide; the row and its event are written in one transaction."""

from backend.events.org import OrgNodeCreated
from backend.tenants.clubs import Node, locked_tree
from backend.tenants.nodes import rename_org_node as rename_row
from backend.tenants.onboarding import add_org_node
from backend.values.identifiers import OrgNodeId, StreamId, derived_id
from backend.write.org import decisions
from backend.write.org.commands import CreateClubs, CreateOrgNode, RenameOrgNode
from backend.write.refusal import NotFound
from backend.write.unit_of_work import Aggregate, UnitOfWork

# The row is the truth; the stream is loaded for its version only.
_ORG_NODE = Aggregate[str]("org node", lambda name, event: event.name)


async def create_org_node(command: CreateOrgNode, work: UnitOfWork) -> None:
    work.authorise(command.parent_id)
    tree = await locked_tree(work.connection, work.tenant_id)
    created = decisions.create(command, _node(tree, command.parent_id, "parentId"), tree)
    await _add(work, created)
    work.answer = {"org_node_id": str(created.org_node_id)}


async def create_clubs(command: CreateClubs, work: UnitOfWork) -> None:
    for parent in {club.parent_id for club in command.clubs}:
        work.authorise(parent)
    tree = await locked_tree(work.connection, work.tenant_id)
    for club in command.clubs:
        _node(tree, club.parent_id, "clubs")
    created = decisions.create_clubs(command, tree, new_id=work.new_id)
    for each in created:
        await _add(work, each)
    work.answer = {"created": len(created)}


async def rename_org_node(command: RenameOrgNode, work: UnitOfWork) -> None:
    work.authorise(command.org_node_id)
    tree = await locked_tree(work.connection, work.tenant_id)
    renamed = decisions.rename(command, _node(tree, command.org_node_id, "orgNodeId"), tree)
    await work.load(_ORG_NODE, _stream(command.org_node_id))
    await rename_row(work.connection, work.tenant_id, renamed.org_node_id, name=renamed.name)
    work.record(_stream(renamed.org_node_id), renamed)
    work.answer = {"org_node_id": str(renamed.org_node_id)}


async def _add(work: UnitOfWork, created: OrgNodeCreated) -> None:
    await add_org_node(
        work.connection,
        work.tenant_id,
        created.org_node_id,
        parent=created.parent_id,
        kind=created.kind,
        name=created.name,
        code=created.code,
    )
    work.record(_stream(created.org_node_id), created)


def _node(tree: tuple[Node, ...], wanted: OrgNodeId, path: str) -> Node:
    # What lies beyond the actor's reach was refused before, in these very words.
    found = next((node for node in tree if node.node == wanted), None)
    if found is None:
        raise NotFound("there is no such thing here", path=(path,))
    return found


def _stream(node: OrgNodeId) -> StreamId:
    return StreamId(derived_id(node, "org-node"))
