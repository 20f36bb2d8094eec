"""What happens at the door: sign-ins and what became of them, second factors, invitations, API clients, refusals.

No secret is ever here, and no digest of one. The caller's address stands sealed in the envelope.
"""

from datetime import date, datetime
from uuid import UUID

from backend.events.event import event
from backend.values.identifiers import OrgNodeId, UserId


@event("signed-in", about="user_id", book="access")
class SignedIn:
    """A session was opened. `method` is how the person proved who they are."""

    session_id: UUID
    user_id: UserId
    method: str


@event("signed-in-afresh", about="user_id", book="access")
class SignedInAfresh:
    """The person proved once more, in an open session, who they are."""

    session_id: UUID
    user_id: UserId
    method: str


@event("signed-out", about="user_id", shows=("cause",), book="access")
class SignedOut:
    """The session opens nothing any more. `cause`: `signed_out`, `revoked`, `replaced`, `password_changed`."""

    session_id: UUID
    user_id: UserId
    cause: str


@event("sign-in-refused", about="user_id", shows=("cause",), book="access")
class SignInRefused:
    """Somebody failed to prove that they are this user. `cause` never says how close they were to others."""

    user_id: UserId
    cause: str


@event("access-refused", shows=("capability",), book="access")
class AccessRefused:
    """Somebody tried what they may not do. Written at most once an hour for the same person and capability."""

    principal: str
    capability: str


@event("password-changed", about="user_id", shows=("cause",), book="access")
class PasswordChanged:
    """The user has a new password. `cause`: `changed`, `reset`, `invitation` or `operator`."""

    user_id: UserId
    cause: str


@event("password-reset-requested", about="user_id", book="access")
class PasswordResetRequested:
    """A link to choose a new password was mailed to the user's own address."""

    user_id: UserId


@event("second-factor-added", about="user_id", shows=("label",), book="access")
class SecondFactorAdded:
    """`kind` is `totp` or `passkey`."""

    user_id: UserId
    kind: str
    label: str


@event("second-factor-removed", about="user_id", shows=("label",), book="access")
class SecondFactorRemoved:
    """The factor proves nothing any more."""

    user_id: UserId
    kind: str
    label: str


@event("recovery-codes-renewed", about="user_id", book="access")
class RecoveryCodesRenewed:
    """New recovery codes were made; the former ones open nothing."""

    user_id: UserId


@event("user-invited", about="user_id", book="access", subject="user_id", personal=("name", "email"))
class UserInvited:
    """A person was asked to join, by mail to this address."""

    user_id: UserId
    language: str
    name: str | None
    email: str | None


@event("invitation-accepted", about="user_id", book="access")
class InvitationAccepted:
    """The person followed the link and chose a password."""

    user_id: UserId


@event("identity-linked", about="user_id", book="access")
class IdentityLinked:
    """From now on the provider's word is enough for this user."""

    user_id: UserId
    provider_id: UUID


@event("identity-provider-added", shows=("name",), book="access")
class IdentityProviderAdded:
    """The federation trusts this OpenID provider to say who somebody is."""

    provider_id: UUID
    name: str
    issuer: str


@event("identity-provider-removed", shows=("name",), book="access")
class IdentityProviderRemoved:
    """The provider's word counts no more."""

    provider_id: UUID
    name: str


@event("api-client-registered", about="client_id", shows=("name",), book="access")
class ApiClientRegistered:
    """A program may act with `capabilities` on `org_node_id` and below, by the key of this thumbprint (RFC 7638)."""

    client_id: UUID
    name: str
    capabilities: tuple[str, ...]
    org_node_id: OrgNodeId
    thumbprint: str
    expires_at: datetime


@event("api-client-revoked", about="client_id", shows=("name",), book="access")
class ApiClientRevoked:
    """Neither the key nor any token of the program opens anything any more."""

    client_id: UUID
    name: str


@event("access-token-issued", about="client_id", book="access")
class AccessTokenIssued:
    """The program proved itself and got a token for a few minutes."""

    client_id: UUID
    capabilities: tuple[str, ...]


@event("access-book-pruned", book="access")
class AccessBookPruned:
    """What this book recorded up to `until` was let go of, because its period was over. The chain begins there, with
    the hash (hexadecimal) that was signed on `signed_on`."""

    until: int
    hash: str
    signed_on: date
