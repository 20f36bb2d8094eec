"""Whether an issuer's invoices are e-mailed at once."""

from dataclasses import dataclass

from backend.events.issuers import AutoDeliverySet
from backend.tenants.capabilities import Capability
from backend.values.identifiers import IssuerId
from backend.write.command import command
from backend.write.issuers.register import authorised_issuer, record_change
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAutoDelivery:
    """Whether invoices of the issuer are e-mailed as soon as they are issued."""

    issuer_id: IssuerId
    enabled: bool


@command(Capability.ISSUERS_MANAGE)
async def set_auto_delivery(command: SetAutoDelivery, work: UnitOfWork) -> None:
    """Load the issuer, and record whether its invoices are e-mailed at once."""
    await authorised_issuer(work, command.issuer_id)
    record_change(work, command.issuer_id, AutoDeliverySet(issuer_id=command.issuer_id, enabled=command.enabled))
