"""The legal identity of an issuer, as it is printed from now on."""

from dataclasses import dataclass

from backend.events.issuers import IssuerIdentityChanged
from backend.tenants.capabilities import Capability
from backend.values.identifiers import IssuerId
from backend.values.parties import Identity
from backend.write.command import command
from backend.write.issuers.register import authorised_issuer, record_change
from backend.write.parties import identity
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeIssuerIdentity:
    """Another name, address or registration, for invoices issued from now on."""

    issuer_id: IssuerId
    identity: Identity


def change_identity(command: ChangeIssuerIdentity) -> IssuerIdentityChanged:
    """The legal identity as it is recorded, cleaned."""
    return IssuerIdentityChanged(issuer_id=command.issuer_id, identity=identity(command.identity, path=("identity",)))


@command(Capability.ISSUERS_MANAGE)
async def change_issuer_identity(command: ChangeIssuerIdentity, work: UnitOfWork) -> None:
    """Load the issuer, and record its legal identity."""
    await authorised_issuer(work, command.issuer_id)
    record_change(work, command.issuer_id, change_identity(command))
