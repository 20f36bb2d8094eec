"""The tenant's kill switch of deliveries: while it is off, nothing is sent and nothing is lost."""

from dataclasses import dataclass
from typing import Final

from backend.events.deliveries import DeliverySwitchTurned
from backend.tenants.capabilities import Capability
from backend.write.command import command
from backend.write.states.delivery import SWITCH, switch_stream
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import required_reason, text


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnDeliverySwitch:
    """The kill switch: while it is off, nothing is dispatched and nothing is lost. Turning it off needs a reason."""

    enabled: bool
    reason: str = ""


MAX_SWITCH_REASON: Final = 500


def turn(command: TurnDeliverySwitch, *, enabled: bool) -> DeliverySwitchTurned | None:
    """The switch as it is from now on; `None` when it stands so already."""
    if command.enabled == enabled:
        return None
    reason = (
        text(command.reason, MAX_SWITCH_REASON, path=("reason",), required=False)
        if command.enabled
        else required_reason(command.reason)
    )
    return DeliverySwitchTurned(enabled=command.enabled, reason=reason)


@command(Capability.DELIVERIES_SWITCH, dangerous=True)
async def turn_delivery_switch(command: TurnDeliverySwitch, work: UnitOfWork) -> None:
    """Load the tenant's delivery switch, and record how it stands from now on."""
    work.authorise(None)
    stream = switch_stream(work.tenant_id)
    work.record(stream, turn(command, enabled=await work.load(SWITCH, stream) is not False))
    work.answer = {"enabled": int(command.enabled)}
