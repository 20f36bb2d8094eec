"""Handlers for programs and providers: who may act by a key of their own, and whose word is enough."""

from typing import Final

from backend.events.access import AccessTokenIssued, ApiClientRevoked, IdentityProviderRemoved
from backend.tenants.grants import all_grants
from backend.tenants.identity import clients, providers
from backend.tenants.nodes import existing_nodes
from backend.write.access.decisions import check_covers
from backend.write.identity import decisions
from backend.write.identity.commands import (
    AddIdentityProvider,
    IssueAccessToken,
    RegisterApiClient,
    RemoveIdentityProvider,
    RevokeApiClient,
)
from backend.write.refusal import AlreadyExists, InvalidValue, NotFound
from backend.write.unit_of_work import Aggregate, UnitOfWork

# The rows decide; the stream is loaded for its version only.
_CLIENT: Final = Aggregate[bool]("API client", lambda state, event: True)


async def register_api_client(command: RegisterApiClient, work: UnitOfWork) -> None:
    work.authorise(command.org_node_id)
    if command.org_node_id not in await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)):
        raise InvalidValue("there is no such org node in this tenant", path=("orgNodeId",))
    registered = decisions.register_client(command, work.actor, at=work.now)
    if len(await clients.clients_of(work.connection, work.tenant_id)) >= clients.MAX_CLIENTS:
        raise InvalidValue(f"at most {clients.MAX_CLIENTS} API clients", path=("name",))
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


async def revoke_api_client(command: RevokeApiClient, work: UnitOfWork) -> None:
    found = await clients.client_of(work.connection, work.tenant_id, command.client_id)
    if found is None:
        raise NotFound("there is no such API client", path=("clientId",))
    work.authorise(found.org_node_id)
    if found.revoked_at is not None:
        raise AlreadyExists("the API client was revoked before", path=("clientId",))
    await clients.revoke_client(work.connection, work.tenant_id, command.client_id, at=work.now)
    await work.load(_CLIENT, command.client_id)
    work.record(command.client_id, ApiClientRevoked(client_id=command.client_id, name=found.name))


async def issue_access_token(command: IssueAccessToken, work: UnitOfWork) -> None:
    work.authorise(None)
    found = await clients.client_of(work.connection, work.tenant_id, command.client_id)
    if found is None or not found.works(work.now):
        raise NotFound("there is no such API client", path=("clientId",))
    capabilities = decisions.narrowed(command.capabilities, found.capabilities)
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


async def add_identity_provider(command: AddIdentityProvider, work: UnitOfWork) -> None:
    work.authorise(None)
    # Whoever chooses the provider could have it say that they are anybody here: so they must have what anybody has.
    check_covers(work.actor, await all_grants(work.connection, work.tenant_id))
    added = decisions.add_provider(command)
    if len(await providers.providers_of(work.connection, work.tenant_id)) >= providers.MAX_PROVIDERS:
        raise InvalidValue(f"at most {providers.MAX_PROVIDERS} providers", path=("name",))
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


async def remove_identity_provider(command: RemoveIdentityProvider, work: UnitOfWork) -> None:
    work.authorise(None)
    name = await providers.remove_provider(work.connection, work.tenant_id, command.provider_id)
    if name is None:
        raise NotFound("there is no such provider", path=("providerId",))
    await work.load(_CLIENT, command.provider_id)
    work.record(command.provider_id, IdentityProviderRemoved(provider_id=command.provider_id, name=name))
