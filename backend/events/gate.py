"""What happens to the debt gate's policy."""

from backend.events.event import event
from backend.values.gate import GatePolicy


@event("gate-policy-set")
class GatePolicySet:
    """The gate decides by this policy from now on."""

    policy: GatePolicy
