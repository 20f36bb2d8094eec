"""The pure rules of identity: what a client may be given, what a link may still do, which words are allowed."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from backend.events.access import ApiClientRegistered, IdentityProviderAdded
from backend.rules.email_address import is_address
from backend.tenants.actor import Actor, Forbidden
from backend.tenants.capabilities import ROLES, Capability, Role
from backend.tenants.identity.challenges import Challenge
from backend.values.identifiers import UserId
from backend.write.identity.commands import AddIdentityProvider, InviteUser, RegisterApiClient
from backend.write.identity.refusals import LinkRefused
from backend.write.refusal import InvalidValue
from backend.write.wording import language, one_line

MAX_NAME: Final = 100
MAX_CLIENT_DAYS: Final = 3 * 366
MAX_JWK: Final = 2_000
MAX_URL: Final = 300
# What some role of a person allows can be lent to a program; what only our own workers may do cannot, and neither can
# the console, which sees many tenants.
LENDABLE: Final = frozenset(capability for role in Role for capability in ROLES[role]) - {Capability.PLATFORM_OPERATE}
METHODS: Final = frozenset({"password", "password+totp", "password+recovery_code", "passkey", "oidc", "invitation"})


def register_client(command: RegisterApiClient, giver: Actor, *, at: datetime) -> ApiClientRegistered:
    """The client. Raises `Forbidden` when the giver lacks any of it there."""
    if not 1 <= command.days <= MAX_CLIENT_DAYS:
        raise InvalidValue(f"a client lasts 1 to {MAX_CLIENT_DAYS} days", path=("days",))
    if len(command.public_jwk) > MAX_JWK:
        raise InvalidValue(f"a key has at most {MAX_JWK} characters", path=("public_jwk",))
    if not command.capabilities or not set(command.capabilities) <= LENDABLE:
        raise InvalidValue("name one or more capabilities that a role has", path=("capabilities",))
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
        raise InvalidValue("the client does not have these capabilities", path=("scope",))
    return tuple(sorted(set(wanted or granted)))


def add_provider(command: AddIdentityProvider) -> IdentityProviderAdded:
    issuer = one_line(command.issuer, MAX_URL, path=("issuer",))
    parts = urlsplit(issuer)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise InvalidValue("an issuer is an https address without a query", path=("issuer",))
    one_line(command.client_id, MAX_URL, path=("client_id",))
    return IdentityProviderAdded(
        provider_id=command.provider_id, name=one_line(command.name, MAX_NAME, path=("name",)), issuer=issuer
    )


def invitation(command: InviteUser) -> tuple[str, str, str]:
    """Name, address and language as they will be kept."""
    name = one_line(command.name, MAX_NAME, path=("name",))
    if not is_address(command.email):
        raise InvalidValue("this is not one e-mail address", path=("email",))
    return name, command.email, language(command.language, path=("language",))


def followed(link: Challenge | None, user_id: UserId) -> None:
    """A link may be followed once, in time, and for the person it was mailed to. Raises `LinkRefused`."""
    if link is None or link.user_id != user_id:
        raise LinkRefused("this link is not valid any more: ask for a new one")


def method_named(method: str) -> str:
    if method not in METHODS:
        raise InvalidValue(f"a method is one of {', '.join(sorted(METHODS))}", path=("method",))
    return method
