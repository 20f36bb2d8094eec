"""The bodies and queries of `/auth`. Every text has a limit, and unknown fields are refused."""

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
    """Federation, address and password."""

    tenant: Word
    email: Email
    password: Password


class SecondFactor(Body, frozen=True, kw_only=True):
    """The answer to a challenge: a code of now, or a recovery code."""

    challenge: Token
    code: Code


class Fresh(Body, frozen=True, kw_only=True):
    """The password once more, and the code where one is asked for."""

    password: Password
    code: Code = ""


class Language(Body, frozen=True, kw_only=True):
    """The language of the app, by its ISO 639-1 code."""

    language: Annotated[str, Meta(max_length=2)]


class ChangePassword(Body, frozen=True, kw_only=True):
    """The old password, and a new one."""

    current: Password
    new: Password


class AskReset(Body, frozen=True, kw_only=True):
    """Whose password is forgotten."""

    tenant: Word
    email: Email


class FinishReset(Body, frozen=True, kw_only=True):
    """The secret of the link, and a new password."""

    token: Token
    password: Password


class Invite(Body, frozen=True, kw_only=True):
    """Whom to ask to join, and their first role."""

    email: Email
    name: Word
    language: Annotated[str, Meta(max_length=2)]
    role: Word
    org_node_id: Token


class LookAtInvitation(Body, frozen=True, kw_only=True):
    """The secret of the link."""

    token: Token


class AcceptInvitation(Body, frozen=True, kw_only=True):
    """The secret of the link, and who accepts."""

    token: Token
    name: Word
    password: Password


class ConfirmTotp(Body, frozen=True, kw_only=True):
    """The code of now."""

    code: Code


class BeginPasskeySignIn(Body, frozen=True, kw_only=True):
    """Of which federation."""

    tenant: Word


class FinishPasskeySignIn(Body, frozen=True, kw_only=True):
    """What the authenticator signed, as the browser gives it."""

    challenge: Token
    credential: dict[str, Any]


class FinishPasskey(Body, frozen=True, kw_only=True):
    """The new passkey, as the browser gives it, and what its owner calls it."""

    challenge: Token
    credential: dict[str, Any]
    label: Word


class NewClient(Body, frozen=True, kw_only=True):
    """A program, what it may do and where, and its public key unless one is to be made."""

    name: Word
    capabilities: Annotated[list[Word], Meta(max_length=50)]
    org_node_id: Token
    days: int = 365
    public_jwk: dict[str, Any] | None = None


class NewProvider(Body, frozen=True, kw_only=True):
    """A provider, and what it knows us by."""

    name: Word
    issuer: Address
    client_id: Address
    client_secret: Address
