"""What happens to the federation itself: its districts and clubs, which are never taken away, and its wall clock."""

from backend.events.event import event
from backend.values.identifiers import OrgNodeId


@event("org-node-created", about="org_node_id", shows=("kind",))
class OrgNodeCreated:
    """A district or a club stands below `parent_id` from now on. `kind`: `district` or `club`."""

    org_node_id: OrgNodeId
    parent_id: OrgNodeId
    kind: str
    name: str
    code: str


@event("org-node-renamed", about="org_node_id", shows=("name",))
class OrgNodeRenamed:
    """The node goes by another name. What was printed keeps the former one."""

    org_node_id: OrgNodeId
    name: str


@event("time-zone-set")
class TimeZoneSet:
    """The tenant lives by another wall clock, an IANA time zone: "today" of a question over several issuers is its day
    from now on. What an issuer issues goes by the issuer's own."""

    time_zone: str
