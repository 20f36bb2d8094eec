"""Every command, carried out once with success: a tenant's past as it is made through the front door.

It is the second half of "everything happens once" (`story` is the first): what read models must fold the same, however
the batches fall. It is also the proof of the samples: one that is refused for a reason of its own would let the walls
pass without trying them.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from backend.read.catch_up import catch_up
from backend.runtime.settings import Settings
from backend.tenants.identity.accounts import keep_totp
from backend.values.identifiers import DeliveryId, InvoiceId, IssuerId, derived_id
from backend.write.access.roles import GrantRole
from backend.write.debtors.erase import ErasePersonalData
from backend.write.deliveries.record import RecordDispatches
from backend.write.execute import WriteSide, execute
from backend.write.identity.invitations import AcceptInvitation
from backend.write.identity.passwords import RequestPasswordReset, ResetPassword
from backend.write.invoices.issue import IssueInvoice
from backend.write.issuers.series import ConfigureNumberSeries
from tests.given.every_command import OWN_TENANT_ONLY, SAMPLES, a_link, a_scene
from tests.given.federation import Federation, a_federation
from tests.given.scene import Scene

# Only the platform's own tenant can do these.
PLATFORM: Final = ("ImportHistoricalInvoices", "OpenTenant", "TurnPlatformSwitch")
# An invoice can be delivered again once its first dispatch has ended.
FIRST: Final = ("RecordDispatches",)
# What ends a thing is tried on a second one of its kind, so that all else still finds the first.
ON_ANOTHER: Final = ("DiscardDraft", "CancelInvoice", "StopRun", "RevokeApiClient", "RevokeToken", "CloseSessions")
# What needs something that no scene holds; `_prepared` makes it, and carries these out.
PREPARED: Final = (
    "RegisterIssuer",
    "ConfigureNumberSeries",
    "ErasePersonalData",
    "RequestPasswordReset",
    "ResetPassword",
    "InviteUser",
    "AcceptInvitation",
    "ConfirmTotp",
    "RenewRecoveryCodes",
    "RemoveTotp",
)
OUTCOMES: Final = ("deferred", "unknown", "bounced", "failed", "delivered")
ALL: Final = SAMPLES | OWN_TENANT_ONLY


@dataclass(frozen=True, slots=True)
class Deeds:
    """Two tenants and what was carried out in them, by the names of the commands."""

    federation: Federation
    platform: Federation
    done: frozenset[str]


async def every_deed(write: WriteSide, settings: Settings) -> Deeds:
    """Carry out every command: the platform's in its own tenant, all others in a federation's that it looks after."""
    platform = await a_federation(write, settings, kind="platform", issuer_type="platform")
    federation = await a_federation(write, settings, platform=platform)
    done = set[str]()
    one, another = await a_scene(federation), await a_scene(federation)
    # What can be rebuilt is known once it was folded.
    await catch_up(write.database, write.keyring, federation.tenant_id)
    for name in FIRST + tuple(each for each in ALL if each not in FIRST + PREPARED + PLATFORM):
        await _do(federation, ALL[name](another if name in ON_ANOTHER else one), done)
    async for command in _prepared(federation, one):
        await _do(federation, command, done)
    async for command in _dispatches(federation, one):
        await _do(federation, command, done)
    scene = await a_scene(platform)
    for name in PLATFORM:
        await _do(platform, ALL[name](scene), done)
    return Deeds(federation, platform, frozenset(done))


async def _do(federation: Federation, command: Any, done: set[str]) -> None:
    await execute(federation.write, federation.system, command)
    done.add(type(command).__name__)


async def _prepared(federation: Federation, scene: Scene) -> AsyncIterator[Any]:
    """Commands that need more than a scene holds, each after what it needs."""
    issuer = IssuerId(uuid4())
    yield replace(SAMPLES["RegisterIssuer"](scene), issuer_id=issuer, org_node_id=scene.club)
    yield ConfigureNumberSeries(issuer_id=issuer, prefix="NY")
    yield ErasePersonalData(debtor_id=await federation.a_member(), ground="GDPR 17")
    link = a_link()
    yield RequestPasswordReset(user_id=scene.user_id, link=link)
    yield ResetPassword(user_id=scene.user_id, digest=link.digest, password_hash="x")
    invited = SAMPLES["InviteUser"](scene)
    yield invited
    yield AcceptInvitation(user_id=invited.user_id, digest=invited.link.digest, name="New", password_hash="x")
    yield GrantRole(user_id=invited.user_id, role="auditor", org_node_id=scene.club)
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await keep_totp(connection, federation.tenant_id, scene.user_id, "sealed")
    for name in ("ConfirmTotp", "RenewRecoveryCodes", "RemoveTotp"):
        yield SAMPLES[name](scene)


async def _dispatches(federation: Federation, scene: Scene) -> AsyncIterator[Any]:
    """An invoice for each way in which a dispatch can end."""
    for outcome in OUTCOMES:
        draft = SAMPLES["DraftInvoice"](scene)
        yield draft
        yield IssueInvoice(invoice_id=draft.invoice_id, deliver=True)
        yield _report(
            scene, draft.invoice_id, DeliveryId(derived_id(draft.invoice_id, "delivery")), outcome, federation
        )


def _report(
    scene: Scene, invoice_id: InvoiceId, delivery_id: DeliveryId, outcome: str, federation: Federation
) -> RecordDispatches:
    sample: RecordDispatches = SAMPLES["RecordDispatches"](scene)
    (sent,) = sample.dispatches
    later = federation.write.clock.now() + timedelta(hours=1) if outcome in ("deferred", "unknown") else None
    said = replace(sent, invoice_id=invoice_id, delivery_id=delivery_id, next_at=later)
    first = (said,) if outcome == "delivered" else ()
    return replace(sample, dispatches=(*first, replace(said, outcome=outcome)))  # type: ignore[arg-type]
