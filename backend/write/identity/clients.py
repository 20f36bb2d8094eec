"""API clients: programs that act by a key of their own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from backend.events.access import AccessTokenIssued, ApiClientRegistered, ApiClientRevoked
from backend.tenants.actor import Actor, Forbidden
from backend.tenants.capabilities import ROLES, Capability, Role
from backend.tenants.identity import clients
from backend.tenants.nodes import existing_nodes
from backend.values.identifiers import OrgNodeId
from backend.values.why import Why
from backend.write.command import command
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from backend.write.states.aggregate import Aggregate
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterApiClient:
    """Let a program act with `capabilities` on `org_node_id` and below, for `days`. Nobody gives more than they
    have."""

    ASSIGNED: ClassVar = ("client_id", "public_jwk", "thumbprint")
    client_id: UUID
    name: str
    capabilities: tuple[str, ...]
    org_node_id: OrgNodeId
    public_jwk: str
    thumbprint: str
    days: int = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeApiClient:
    """Shut a program out, from the next request on."""

    client_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueAccessToken:
    """Give a program that proved itself a token for a few minutes. `jti` names the proof, which counts once."""

    client_id: UUID
    capabilities: tuple[str, ...]
    digest: bytes
    jti: str


MAX_NAME: Final = 100
MAX_CLIENT_DAYS: Final = 3 * 366
MAX_JWK: Final = 2_000

# What some role of a person allows can be lent to a program; what only our own workers may do cannot, and neither can
# the console, which sees many tenants.
LENDABLE: Final = frozenset(capability for role in Role for capability in ROLES[role]) - {Capability.PLATFORM_OPERATE}


def register_client(command: RegisterApiClient, giver: Actor, *, at: datetime) -> ApiClientRegistered:
    """The client. Raises `Forbidden` when the giver lacks any of it there."""
    if not 1 <= command.days <= MAX_CLIENT_DAYS:
        raise InvalidValue(Why.OUT_OF_RANGE, lowest=1, highest=MAX_CLIENT_DAYS, path=("days",))
    if len(command.public_jwk) > MAX_JWK:
        raise InvalidValue(Why.TOO_LONG, limit=MAX_JWK, path=("public_jwk",))
    if not command.capabilities or not set(command.capabilities) <= LENDABLE:
        raise InvalidValue(Why.CAPABILITIES_MISSING, path=("capabilities",))
    for name in sorted(set(command.capabilities)):
        if not giver.reach(Capability(name)).covers(command.org_node_id):
            raise Forbidden(Capability(name))
    return ApiClientRegistered(
        client_id=command.client_id,
        name=one_line(command.name, MAX_NAME, path=("name",)),
        capabilities=tuple(sorted(set(command.capabilities))),
        org_node_id=command.org_node_id,
        thumbprint=command.thumbprint,
        expires_at=at + timedelta(days=command.days),
    )


def narrowed(wanted: tuple[str, ...], granted: tuple[str, ...]) -> tuple[str, ...]:
    """What a token allows: what was asked for, and never more than the client has."""
    if not set(wanted) <= set(granted):
        raise InvalidValue(Why.CAPABILITIES_NOT_HELD, path=("scope",))
    return tuple(sorted(set(wanted or granted)))


# The rows decide; the stream is loaded for its version only.
_CLIENT: Final = Aggregate[bool]("API client", lambda state, event: True)


@command(Capability.ACCESS_MANAGE, dangerous=True, book="access")
async def register_api_client(command: RegisterApiClient, work: UnitOfWork) -> None:
    """Store the public key of an API client and record it."""
    work.authorise(command.org_node_id)
    if command.org_node_id not in await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)):
        raise InvalidValue(Why.ORG_NODE_UNKNOWN, path=("orgNodeId",))
    registered = register_client(command, work.actor, at=work.now)
    if len(await clients.clients_of(work.connection, work.tenant_id)) >= clients.MAX_CLIENTS:
        raise InvalidValue(Why.TOO_MANY, limit=clients.MAX_CLIENTS, path=("name",))
    await clients.add_client(
        work.connection,
        work.tenant_id,
        clients.ApiClient(
            client_id=registered.client_id,
            name=registered.name,
            capabilities=registered.capabilities,
            org_node_id=registered.org_node_id,
            public_jwk=command.public_jwk,
            registered_at=work.now,
            expires_at=registered.expires_at,
        ),
    )
    work.record(registered.client_id, registered)
    work.answer = {"client_id": str(registered.client_id)}


@command(Capability.ACCESS_MANAGE, dangerous=True, book="access")
async def revoke_api_client(command: RevokeApiClient, work: UnitOfWork) -> None:
    """Mark an API client as revoked and record it."""
    found = await clients.client_of(work.connection, work.tenant_id, command.client_id)
    if found is None:
        raise NotFound("there is no such API client", path=("clientId",))
    work.authorise(found.org_node_id)
    if found.revoked_at is not None:
        raise AlreadyExists("the API client was revoked before", path=("clientId",))
    await clients.revoke_client(work.connection, work.tenant_id, command.client_id, at=work.now)
    await work.load(_CLIENT, command.client_id)
    work.record(command.client_id, ApiClientRevoked(client_id=command.client_id, name=found.name))


@command(Capability.SYSTEM, book="access")
async def issue_access_token(command: IssueAccessToken, work: UnitOfWork) -> None:
    """Store the digest of an access token for an API client and record it."""
    work.authorise(None)
    found = await clients.client_of(work.connection, work.tenant_id, command.client_id)
    if found is None or not found.works(work.now):
        raise NotFound("there is no such API client", path=("clientId",))
    capabilities = narrowed(command.capabilities, found.capabilities)
    until = work.now + 2 * clients.MAX_ASSERTION_AGE
    if not await clients.use_assertion(
        work.connection, work.tenant_id, command.client_id, command.jti, until=until, at=work.now
    ):
        raise AlreadyExists("this assertion was used before", path=("jti",))
    expires_at = await clients.add_access_token(
        work.connection, work.tenant_id, command.client_id, capabilities, digest=command.digest, at=work.now
    )
    await work.load(_CLIENT, command.client_id)
    work.record(command.client_id, AccessTokenIssued(client_id=command.client_id, capabilities=capabilities))
    work.answer = {"scope": " ".join(capabilities), "expires_in": int((expires_at - work.now).total_seconds())}
