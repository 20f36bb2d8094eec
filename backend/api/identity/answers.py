"""The answers of `/auth`: sessions, people, factors, clients and providers, as the app reads them."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An answer. Instants are RFC 3339 in UTC, to the second; ids of users and org nodes are those of GraphQL."""


class TenantShown(Shown, frozen=True):
    """The federation somebody is at home in, and its wall clock as an IANA name."""

    id: str
    slug: str
    kind: str
    name: str
    time_zone: str


class OrgNodeShown(Shown, frozen=True):
    """A federation, a district or a club."""

    id: str
    name: str
    kind: str


class RoleShown(Shown, frozen=True):
    """What somebody may do, and where."""

    role: str
    org_node: OrgNodeShown


class SignedInUser(Shown, frozen=True):
    """Who is signed in."""

    id: str
    name: str
    email: str
    language: str


class CapabilityShown(Shown, frozen=True):
    """Something the session may do, in all of the federation or in parts of it."""

    capability: str
    everywhere: bool


class SecondFactors(Shown, frozen=True):
    """What is asked for beside the password, and how many passkeys and unused recovery codes there are."""

    totp: bool
    passkeys: int
    recovery_codes: int


class SessionShown(Shown, frozen=True):
    """A session as its own page sees it. The CSRF token changes whenever the session does."""

    csrf_token: str
    user: SignedInUser
    tenant: TenantShown
    roles: list[RoleShown]
    capabilities: list[CapabilityShown]
    second_factors: SecondFactors
    has_password: bool
    id: str
    method: str
    created_at: str
    fresh_until: str | None
    idle_expires_at: str
    expires_at: str


class WhoAmI(Shown, frozen=True):
    """Whether a session came along, and which."""

    signed_in: bool
    session: SessionShown | UnsetType = UNSET


class SignedIn(Shown, frozen=True, tag_field="status", tag="signed_in"):
    """A proof was good: the session, with a new secret in the cookie. Recovery codes are shown this once."""

    session: SessionShown
    recovery_codes: list[str] | UnsetType = UNSET


class SecondFactorWanted(Shown, frozen=True, tag_field="status", tag="second_factor"):
    """The password was good, and a second proof is wanted for this challenge."""

    challenge: str
    methods: list[str]
    expires_at: str


class OwnSession(Shown, frozen=True):
    """One of the caller's open sessions."""

    id: str
    current: bool
    method: str
    created_at: str
    last_seen_at: str
    expires_at: str
    ip: str | None
    agent: str


class Sessions(Shown, frozen=True):
    """The caller's open sessions, the newest first."""

    sessions: list[OwnSession]


class Revoked(Shown, frozen=True):
    """How many sessions ended."""

    revoked: int


class Accepted(Shown, frozen=True):
    """Nothing is told of whether there was anything to do."""


class Done(Shown, frozen=True):
    """It is done."""

    status: str = "done"


class UserShown(Shown, frozen=True):
    """A person of the federation."""

    id: str
    name: str
    email: str
    language: str
    invited: bool
    has_password: bool
    second_factor: bool
    roles: list[RoleShown]


class Users(Shown, frozen=True):
    """The people of the federation, in the order they came in."""

    users: list[UserShown]


class Invited(Shown, frozen=True):
    """Who was asked to join."""

    user_id: str


class InvitingTenant(Shown, frozen=True):
    """The federation that invites."""

    slug: str
    name: str


class InvitationShown(Shown, frozen=True):
    """What an invitation says before it is accepted."""

    tenant: InvitingTenant
    name: str
    email: str
    language: str
    expires_at: str


class TotpBegun(Shown, frozen=True):
    """A seed that asks for nothing until it is confirmed."""

    secret: str
    uri: str
    qr_svg: str


class RecoveryCodes(Shown, frozen=True):
    """New recovery codes, shown this once."""

    recovery_codes: list[str]


class Ceremony(Shown, frozen=True):
    """A challenge, and the options that the browser's WebAuthn call takes."""

    challenge: str
    public_key: dict[str, Any]


class Made(Shown, frozen=True):
    """The id of what was made."""

    id: str


class PasskeyShown(Shown, frozen=True):
    """One of the caller's passkeys."""

    id: str
    label: str
    created_at: str
    last_used_at: str | None


class Passkeys(Shown, frozen=True):
    """The caller's passkeys."""

    passkeys: list[PasskeyShown]


class ProviderButton(Shown, frozen=True):
    """A provider to sign in by."""

    id: str
    name: str


class ProviderButtons(Shown, frozen=True):
    """The buttons beside the password."""

    providers: list[ProviderButton]


class ProviderShown(Shown, frozen=True):
    """A provider as an administrator sees it; its secret is never shown."""

    id: str
    name: str
    issuer: str
    client_id: str
    redirect_uri: str


class Providers(Shown, frozen=True):
    """The federation's own OpenID providers."""

    providers: list[ProviderShown]


class ClientShown(Shown, frozen=True):
    """A program that may ask for access tokens."""

    id: str
    client_id: str
    name: str
    capabilities: list[str]
    org_node: OrgNodeShown
    created_at: str
    expires_at: str
    last_used_at: str | None
    revoked_at: str | None


class Clients(Shown, frozen=True):
    """The programs of the federation, and the address that they sign their assertions for."""

    clients: list[ClientShown]
    audience: str
    token_endpoint: str


class ClientMade(Shown, frozen=True):
    """A new program. The private key, where it was made here, is shown this once and not kept."""

    id: str
    client_id: str
    private_jwk: dict[str, Any] | None
