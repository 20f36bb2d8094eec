"""What may be wanted at the door. Passwords, codes and tokens never come here: only hashes, digests, sealed bytes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backend.values.identifiers import OrgNodeId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """Let the person in: they proved by `method` who they are. A session they had in this browser ends."""

    session_id: UUID
    user_id: UserId
    digest: bytes
    method: str
    agent: str
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshSession:
    """The person proved once more who they are: the session is fresh, and its cookie a new one."""

    session_id: UUID
    user_id: UserId
    digest: bytes
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSessions:
    """End one session of a person, or all but `keep`."""

    user_id: UserId
    session_id: UUID | None = None
    keep: UUID | None = None
    cause: str = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseSignIn:
    """Write down that somebody failed to sign in as this person."""

    user_id: UserId
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAccess:
    """Write down that somebody tried what they may not do."""

    principal: str
    capability: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """The session that goes on, under a new secret: what it may do changed, so its old cookie opens nothing."""

    session_id: UUID
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword:
    """Give the person a new password. Every session but `keep` ends, and every link to reset it is void."""

    user_id: UserId
    password_hash: str
    cause: str
    keep: Rotation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTotp:
    """Ask this person for a time-based code from now on."""

    user_id: UserId
    recovery_digests: tuple[bytes, ...]
    keep: Rotation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTotp:
    """Ask for codes no more."""

    user_id: UserId
    keep: Rotation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewRecoveryCodes:
    """Replace the recovery codes."""

    user_id: UserId
    recovery_digests: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPasskey:
    """Let this authenticator speak for the person."""

    passkey_id: UUID
    user_id: UserId
    credential_id: bytes
    public_key: bytes
    sign_count: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePasskey:
    """Listen to this authenticator no more."""

    user_id: UserId
    passkey_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link about to be mailed: its digest, and its sealed secret for the letter."""

    letter_id: UUID
    digest: bytes
    sealed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteUser:
    """Ask a person to join with a role. Whoever is here already gets the role, and a letter that says so."""

    ASSIGNED: ClassVar = ("user_id", "link")
    user_id: UserId
    email: str
    name: str
    language: str
    role: str
    org_node_id: OrgNodeId
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation:
    """Join: the link with this digest was followed, and a password chosen."""

    user_id: UserId
    digest: bytes
    name: str
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPasswordReset:
    """Mail the person a link to choose a new password."""

    user_id: UserId
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword:
    """Set the password of whoever followed the link with this digest."""

    user_id: UserId
    digest: bytes
    password_hash: str


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
