"""Who is here and who is asked to join."""

from uuid import UUID

from backend.api.dispatch import carry_out
from backend.api.graphql.identifiers import encoded, the
from backend.api.identity.answers import InvitationShown, Invited, InvitingTenant, SignedIn, Users, UserShown
from backend.api.identity.bodies import AcceptInvitation, Invite, LookAtInvitation, Token
from backend.api.identity.door import knock, let_in
from backend.api.identity.links import Followed, followed_by, link_of
from backend.api.identity.passwords import accepted
from backend.api.identity.view import instant, roles_view, tenant_view
from backend.api.rest.endpoint import Answer, Call, Declined
from backend.api.rest.reading import Query
from backend.tenants.actor import Forbidden, door_actor
from backend.tenants.capabilities import Capability
from backend.tenants.identity.accounts import MAX_USERS, accounts_after
from backend.tenants.identity.challenges import invited
from backend.tenants.identity.secrets import new_handle
from backend.tenants.people import roles_by_user
from backend.values.identifiers import OrgNodeId, UserId
from backend.write.identity.invitations import AcceptInvitation as AcceptInvitationCommand
from backend.write.identity.invitations import InviteUser


class PeopleQuery(Query, frozen=True, kw_only=True):
    """Where to go on: the id of the last person of the page before."""

    after: Token | None = None


async def list_people(call: Call, query: PeopleQuery) -> Users:
    """The people of the federation, in the order they came in; with `after`, the next ones."""
    actor, at = call.actor, call.services.clock.now()
    if actor.reach(Capability.ACCESS_MANAGE).nodes is not None:
        raise Forbidden(Capability.ACCESS_MANAGE)
    after: UUID | None = the("User", query.after, "after") if query.after else None
    async with call.services.database.scope(actor.tenant_id) as connection:
        accounts = await accounts_after(connection, actor.tenant_id, after, limit=MAX_USERS)
        roles = await roles_by_user(connection, actor.tenant_id, [account.user_id for account in accounts])
        open_invitations = {
            account.user_id
            for account in accounts
            if account.password_hash is None and await invited(connection, actor.tenant_id, account.user_id, at=at)
        }
    return Users(
        users=[
            UserShown(
                id=encoded("User", account.user_id),
                name=account.name,
                email=account.email,
                language=account.language,
                invited=account.user_id in open_invitations,
                has_password=account.password_hash is not None,
                second_factor=account.totp_confirmed,
                roles=roles_view(roles.get(account.user_id, ())),
            )
            for account in accounts
        ]
    )


async def invite_user(call: Call, body: Invite) -> Invited:
    """Ask somebody by e-mail to join, with a first role."""
    services = call.services
    command = InviteUser(
        user_id=UserId(services.write.new_id()),
        email=body.email.strip(),
        name=body.name,
        language=body.language,
        role=body.role,
        org_node_id=OrgNodeId(the("OrgNode", body.org_node_id, "org_node_id")),
        link=link_of(services, new_handle(call.actor.tenant_id)),
    )
    receipt = await carry_out(services, call.actor, command)
    return Invited(user_id=encoded("User", receipt.answer["user_id"]))


async def look_at_invitation(call: Call, body: LookAtInvitation) -> InvitationShown:
    """What an invitation says, before it is accepted."""
    link = await followed_by(call, body.token, "invitation", await knock(call))
    async with call.services.database.scope(link.tenant_id) as connection:
        tenant = await tenant_view(connection, link.tenant_id)
    account = link.account
    return InvitationShown(
        tenant=InvitingTenant(slug=tenant.slug, name=tenant.name),
        name=account.name,
        email=account.email,
        language=account.language,
        expires_at=instant(link.challenge.expires_at),
    )


async def accept_invitation(call: Call, body: AcceptInvitation) -> Answer[SignedIn]:
    """Accept an invitation: choose a name and a password, and be signed in."""
    link: Followed = await followed_by(call, body.token, "invitation", await knock(call))
    user_id = link.account.user_id
    if link.account.totp_confirmed:
        # Who has a second factor has a way in; a mail is no way around it.
        raise Declined(400, "LINK_REFUSED", "this link is not valid any more: sign in as usual")
    password_hash = await accepted(
        call, link.tenant_id, link.account, body.password, pointer="password", name=body.name
    )
    command = AcceptInvitationCommand(user_id=user_id, digest=link.digest, name=body.name, password_hash=password_hash)
    await carry_out(call.services, door_actor(link.tenant_id, user_id, ip=call.ip), command)
    return await let_in(call, link.tenant_id, user_id, "invitation")
