"""Identity providers, whose word is enough, and the people they vouch for."""

from dataclasses import dataclass
from typing import ClassVar, Final
from urllib.parse import urlsplit
from uuid import UUID

from backend.events.access import IdentityLinked, IdentityProviderAdded, IdentityProviderRemoved
from backend.tenants.capabilities import Capability
from backend.tenants.grants import all_grants
from backend.tenants.identity import providers
from backend.values.identifiers import UserId
from backend.values.why import Why
from backend.write.access.roles import check_covers
from backend.write.command import command
from backend.write.identity.sessions import person, record_of
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from backend.write.states.aggregate import Aggregate
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class AddIdentityProvider:
    """Trust an OpenID provider to say who somebody is."""

    ASSIGNED: ClassVar = ("provider_id", "client_secret_sealed")
    provider_id: UUID
    name: str
    issuer: str
    client_id: str
    client_secret_sealed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveIdentityProvider:
    """Trust it no more."""

    provider_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkIdentity:
    """Remember whom the provider means by a subject."""

    user_id: UserId
    provider_id: UUID
    subject_digest: bytes


MAX_NAME: Final = 100
MAX_URL: Final = 300


def add_provider(command: AddIdentityProvider) -> IdentityProviderAdded:
    """The provider as it is recorded. Raises `InvalidValue` for an address no provider has."""
    issuer = one_line(command.issuer, MAX_URL, path=("issuer",))
    parts = urlsplit(issuer)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise InvalidValue(Why.NOT_A_PROVIDER_ADDRESS, path=("issuer",))
    one_line(command.client_id, MAX_URL, path=("client_id",))
    return IdentityProviderAdded(
        provider_id=command.provider_id, name=one_line(command.name, MAX_NAME, path=("name",)), issuer=issuer
    )


# The rows decide; the stream is loaded for its version only.
_CLIENT: Final = Aggregate[bool]("API client", lambda state, event: True)


@command(Capability.ACCESS_MANAGE, dangerous=True, book="access")
async def add_identity_provider(command: AddIdentityProvider, work: UnitOfWork) -> None:
    """Store an OpenID provider with its sealed secret and record it."""
    work.authorise(None)
    # Whoever chooses the provider could have it say that they are anybody here: so they must have what anybody has.
    check_covers(work.actor, await all_grants(work.connection, work.tenant_id))
    added = add_provider(command)
    if len(await providers.providers_of(work.connection, work.tenant_id)) >= providers.MAX_PROVIDERS:
        raise InvalidValue(Why.TOO_MANY, limit=providers.MAX_PROVIDERS, path=("name",))
    await providers.add_provider(
        work.connection,
        work.tenant_id,
        providers.Provider(
            provider_id=added.provider_id,
            name=added.name,
            issuer=added.issuer,
            client_id=command.client_id,
            client_secret_sealed=command.client_secret_sealed,
        ),
    )
    work.record(added.provider_id, added)
    work.answer = {"provider_id": str(added.provider_id)}


@command(Capability.ACCESS_MANAGE, dangerous=True, book="access")
async def remove_identity_provider(command: RemoveIdentityProvider, work: UnitOfWork) -> None:
    """Remove an OpenID provider from the rows and record it."""
    work.authorise(None)
    name = await providers.remove_provider(work.connection, work.tenant_id, command.provider_id)
    if name is None:
        raise NotFound("there is no such provider", path=("providerId",))
    await work.load(_CLIENT, command.provider_id)
    work.record(command.provider_id, IdentityProviderRemoved(provider_id=command.provider_id, name=name))


@command(Capability.SYSTEM, book="access")
async def link_identity(command: LinkIdentity, work: UnitOfWork) -> None:
    """Store which subject of a provider the user is, and record it."""
    work.authorise(None)
    await person(work, command.user_id)
    known = await providers.providers_of(work.connection, work.tenant_id)
    if command.provider_id not in {provider.provider_id for provider in known}:
        raise NotFound("there is no such provider", path=("providerId",))
    if not await providers.link_subject(
        work.connection, work.tenant_id, command.provider_id, command.subject_digest, command.user_id
    ):
        raise AlreadyExists("the provider means somebody else by this")
    await record_of(work, command.user_id, IdentityLinked(user_id=command.user_id, provider_id=command.provider_id))
