"""What may be said at the door. Every text has a limit; what we do not know is refused."""

from typing import Annotated, Any

from msgspec import Meta

from backend.api.rest.reading import Body

Word = Annotated[str, Meta(max_length=100)]
Email = Annotated[str, Meta(max_length=254)]
# Longer than what we accept, so that the answer can say so.
Password = Annotated[str, Meta(max_length=1_000)]
Token = Annotated[str, Meta(max_length=200)]
Code = Annotated[str, Meta(max_length=40)]
Address = Annotated[str, Meta(max_length=300)]


class Nothing(Body, frozen=True, kw_only=True):
    """An empty object."""


class SignIn(Body, frozen=True, kw_only=True):
    tenant: Word
    email: Email
    password: Password


class SecondFactor(Body, frozen=True, kw_only=True):
    challenge: Token
    code: Code


class Fresh(Body, frozen=True, kw_only=True):
    password: Password
    code: Code = ""


class Language(Body, frozen=True, kw_only=True):
    language: Annotated[str, Meta(max_length=2)]


class ChangePassword(Body, frozen=True, kw_only=True):
    current: Password
    new: Password


class AskReset(Body, frozen=True, kw_only=True):
    tenant: Word
    email: Email


class FinishReset(Body, frozen=True, kw_only=True):
    token: Token
    password: Password


class Invite(Body, frozen=True, kw_only=True):
    email: Email
    name: Word
    language: Annotated[str, Meta(max_length=2)]
    role: Word
    org_node_id: Token


class LookAtInvitation(Body, frozen=True, kw_only=True):
    token: Token


class AcceptInvitation(Body, frozen=True, kw_only=True):
    token: Token
    name: Word
    password: Password


class ConfirmTotp(Body, frozen=True, kw_only=True):
    code: Code


class BeginPasskeySignIn(Body, frozen=True, kw_only=True):
    tenant: Word


class FinishPasskeySignIn(Body, frozen=True, kw_only=True):
    challenge: Token
    credential: dict[str, Any]


class FinishPasskey(Body, frozen=True, kw_only=True):
    challenge: Token
    credential: dict[str, Any]
    label: Word


class NewClient(Body, frozen=True, kw_only=True):
    name: Word
    capabilities: Annotated[list[Word], Meta(max_length=50)]
    org_node_id: Token
    days: int = 365
    public_jwk: dict[str, Any] | None = None


class NewProvider(Body, frozen=True, kw_only=True):
    name: Word
    issuer: Address
    client_id: Address
    client_secret: Address
