"""Who is here and who is asked to join."""

from uuid import UUID

from backend.api.dispatch import carry_out
from backend.api.graphql.identifiers import encoded, the
from backend.api.identity.bodies import AcceptInvitation, Invite, LookAtInvitation
from backend.api.identity.door import knock, let_in
from backend.api.identity.links import Followed, followed_by, link_of
from backend.api.identity.passwords import accepted
from backend.api.identity.view import instant, roles_by_user, tenant_view
from backend.api.identity.visit import Answer, TurnedAway, Visit
from backend.tenants.actor import Forbidden, door_actor
from backend.tenants.capabilities import Capability
from backend.tenants.identity.accounts import MAX_USERS, accounts_after
from backend.tenants.identity.challenges import invited
from backend.tenants.identity.secrets import new_handle
from backend.values.identifiers import OrgNodeId, UserId
from backend.write.identity.invitations import AcceptInvitation as AcceptInvitationCommand
from backend.write.identity.invitations import InviteUser


async def listed(visit: Visit) -> Answer:
    """The people of the federation, by the order they came in; with `after`, the next ones."""
    actor, at = visit.actor, visit.services.clock.now()
    if actor.reach(Capability.ACCESS_MANAGE).nodes is not None:
        raise Forbidden(Capability.ACCESS_MANAGE)
    said = visit.request.query_params.get("after")
    after: UUID | None = the("User", said, "after") if said else None
    async with visit.services.database.scope(actor.tenant_id) as connection:
        accounts = await accounts_after(connection, actor.tenant_id, after, limit=MAX_USERS)
        roles = await roles_by_user(connection, actor.tenant_id, [account.user_id for account in accounts])
        open_invitations = {
            account.user_id
            for account in accounts
            if account.password_hash is None and await invited(connection, actor.tenant_id, account.user_id, at=at)
        }
    shown = [
        {
            "id": encoded("User", account.user_id),
            "name": account.name,
            "email": account.email,
            "language": account.language,
            "invited": account.user_id in open_invitations,
            "has_password": account.password_hash is not None,
            "second_factor": account.totp_confirmed,
            "roles": roles.get(account.user_id, []),
        }
        for account in accounts
    ]
    return Answer(body={"users": shown})


async def invite(visit: Visit, said: Invite) -> Answer:
    services = visit.services
    command = InviteUser(
        user_id=UserId(services.write.new_id()),
        email=said.email.strip(),
        name=said.name,
        language=said.language,
        role=said.role,
        org_node_id=OrgNodeId(the("OrgNode", said.org_node_id, "org_node_id")),
        link=link_of(services, new_handle(visit.actor.tenant_id)),
    )
    receipt = await carry_out(services, visit.actor, command)
    return Answer(body={"user_id": encoded("User", receipt.answer["user_id"])}, status=201)


async def look_at_invitation(visit: Visit, said: LookAtInvitation) -> Answer:
    link = await followed_by(visit, said.token, "invitation", await knock(visit))
    async with visit.services.database.scope(link.tenant_id) as connection:
        tenant = await tenant_view(connection, link.tenant_id)
    account = link.account
    return Answer(
        body={
            "tenant": {"slug": tenant["slug"], "name": tenant["name"]},
            "name": account.name,
            "email": account.email,
            "language": account.language,
            "expires_at": instant(link.challenge.expires_at),
        }
    )


async def accept_invitation(visit: Visit, said: AcceptInvitation) -> Answer:
    link: Followed = await followed_by(visit, said.token, "invitation", await knock(visit))
    user_id = link.account.user_id
    if link.account.totp_confirmed:
        # Who has a second factor has a way in; a mail is no way around it.
        raise TurnedAway(400, "LINK_REFUSED", "this link is not valid any more: sign in as usual")
    password_hash = await accepted(
        visit, link.tenant_id, link.account, said.password, pointer="password", name=said.name
    )
    command = AcceptInvitationCommand(user_id=user_id, digest=link.digest, name=said.name, password_hash=password_hash)
    await carry_out(visit.services, door_actor(link.tenant_id, user_id, ip=visit.ip), command)
    return await let_in(visit, link.tenant_id, user_id, "invitation")
