"""The table of contents of the door: method, path, handler, who may ask, and what they say."""

from typing import Final

from starlette.routing import BaseRoute, Route

from backend.api.identity import bodies, clients, codes, oidc, passkeys, passwords, people, sessions, sign_in
from backend.api.identity.token import ENDPOINT, issue_token
from backend.api.identity.visit import Handler, Who, served

_TABLE: Final[tuple[tuple[str, str, Handler, Who, type | None], ...]] = (
    ("GET", "/auth/session", sign_in.who_am_i, "anyone", None),
    ("POST", "/auth/sign-in", sign_in.sign_in, "anyone", bodies.SignIn),
    ("POST", "/auth/sign-in/totp", sign_in.sign_in_totp, "anyone", bodies.SecondFactor),
    ("POST", "/auth/sign-in/recovery-code", sign_in.sign_in_recovery_code, "anyone", bodies.SecondFactor),
    ("POST", "/auth/sign-out", sign_in.sign_out, "session", None),
    ("POST", "/auth/fresh", sign_in.fresh, "session", bodies.Fresh),
    ("PUT", "/auth/language", sessions.choose_language, "session", bodies.Language),
    ("GET", "/auth/sessions", sessions.listed, "session", None),
    ("POST", "/auth/sessions/revoke-others", sessions.revoke_others, "session", bodies.Nothing),
    ("DELETE", "/auth/sessions/{session_id}", sessions.revoke, "session", None),
    ("POST", "/auth/password", passwords.change, "session", bodies.ChangePassword),
    ("POST", "/auth/password/reset", passwords.ask_reset, "anyone", bodies.AskReset),
    ("POST", "/auth/password/reset/finish", passwords.finish_reset, "anyone", bodies.FinishReset),
    ("POST", "/auth/invitations", people.invite, "actor", bodies.Invite),
    ("POST", "/auth/invitations/look", people.look_at_invitation, "anyone", bodies.LookAtInvitation),
    ("POST", "/auth/invitations/accept", people.accept_invitation, "anyone", bodies.AcceptInvitation),
    ("GET", "/auth/users", people.listed, "actor", None),
    ("POST", "/auth/totp/begin", codes.begin, "session", bodies.Nothing),
    ("POST", "/auth/totp/confirm", codes.confirm, "session", bodies.ConfirmTotp),
    ("POST", "/auth/totp/remove", codes.remove, "session", bodies.Nothing),
    ("POST", "/auth/recovery-codes", codes.renew, "session", bodies.Nothing),
    ("POST", "/auth/passkey/sign-in/begin", passkeys.begin_sign_in, "anyone", bodies.BeginPasskeySignIn),
    ("POST", "/auth/passkey/sign-in/finish", passkeys.finish_sign_in, "anyone", bodies.FinishPasskeySignIn),
    ("POST", "/auth/passkey/register/begin", passkeys.begin, "session", bodies.Nothing),
    ("POST", "/auth/passkey/register/finish", passkeys.finish, "session", bodies.FinishPasskey),
    ("GET", "/auth/passkeys", passkeys.listed, "session", None),
    ("DELETE", "/auth/passkeys/{passkey_id}", passkeys.remove, "session", None),
    ("GET", "/auth/providers", oidc.providers, "anyone", None),
    ("GET", "/auth/oidc/start", oidc.start, "anyone", None),
    ("GET", "/auth/oidc/callback", oidc.callback, "anyone", None),
    ("GET", "/auth/provider-settings", oidc.settings_listed, "actor", None),
    ("POST", "/auth/provider-settings", oidc.add_provider, "actor", bodies.NewProvider),
    ("DELETE", "/auth/provider-settings/{provider_id}", oidc.remove_provider, "actor", None),
    ("GET", "/auth/clients", clients.listed, "actor", None),
    ("POST", "/auth/clients", clients.register, "actor", bodies.NewClient),
    ("DELETE", "/auth/clients/{client_id}", clients.revoke, "actor", None),
)

IDENTITY_ROUTES: Final[list[BaseRoute]] = [
    *(Route(path, served(handler, who, body), methods=[method]) for method, path, handler, who, body in _TABLE),
    Route(ENDPOINT, issue_token, methods=["POST"]),
]
