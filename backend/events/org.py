"""What happens to the org tree: districts and clubs that are made and renamed. They are never taken away."""

from backend.events.event import event
from backend.values.identifiers import OrgNodeId


@event("org-node-created")
class OrgNodeCreated:
    """A district or a club stands below `parent_id` from now on. `kind`: `district` or `club`."""

    org_node_id: OrgNodeId
    parent_id: OrgNodeId
    kind: str
    name: str
    code: str


@event("org-node-renamed")
class OrgNodeRenamed:
    """The node goes by another name. What was printed keeps the former one."""

    org_node_id: OrgNodeId
    name: str
