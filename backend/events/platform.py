"""What the operators of the platform do: to the platform, and in the tenants they look after."""

from datetime import datetime

from backend.events.event import event
from backend.values.identifiers import TenantId, UserId


@event("tenant-opened", shows=("kind",))
class TenantOpened:
    """A federation was opened in this installation. Recorded by the platform; the federation's own journal begins
    with its tax rates."""

    opened_tenant_id: TenantId
    slug: str
    kind: str
    name: str
    time_zone: str


@event("platform-switch-turned", shows=("enabled", "reason"))
class PlatformSwitchTurned:
    """The kill switch of the whole platform: while it is off, nothing leaves any of its tenants; nothing is lost."""

    enabled: bool
    reason: str


@event("operator-looked", shows=("reason",), book="access")
class OperatorLooked:
    """An operator of the platform looked at what this tenant has, or may have, until `until`. Recorded at most once
    for one operator and period. In the platform's own journal: they looked at the figures of all its tenants."""

    operator_id: UserId
    reason: str
    until: datetime


@event("rebuild-requested")
class RebuildRequested:
    """An operator asked for a read model to be computed anew from the journal. Nothing of the record changes."""

    projection: str
