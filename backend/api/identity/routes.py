"""The endpoints of `/auth`: method, path, handler, and who may ask."""

from typing import Final

from backend.api.identity import clients, codes, oidc, passkeys, passwords, people, sessions, sign_in
from backend.api.rest.endpoint import Endpoint, delete, get, post, put
from backend.tenants.capabilities import Capability

IDENTITY_ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    get("/auth/session", sign_in.who_am_i, None, who="anyone"),
    post("/auth/sign-in", sign_in.sign_in, None, who="anyone"),
    post("/auth/sign-in/totp", sign_in.sign_in_totp, None, who="anyone"),
    post("/auth/sign-in/recovery-code", sign_in.sign_in_recovery_code, None, who="anyone"),
    post("/auth/sign-out", sign_in.sign_out, None, who="session", status=204),
    post("/auth/fresh", sign_in.fresh, None, who="session"),
    put("/auth/language", sessions.choose_language, None, who="session", status=204),
    get("/auth/sessions", sessions.list_sessions, None, who="session"),
    post("/auth/sessions/revoke-others", sessions.revoke_other_sessions, None, who="session"),
    delete("/auth/sessions/{session_id}", sessions.revoke_session, None, who="session"),
    post("/auth/password", passwords.change_password, None, who="session"),
    post("/auth/password/reset", passwords.ask_password_reset, None, who="anyone", status=202),
    post("/auth/password/reset/finish", passwords.finish_password_reset, None, who="anyone"),
    post("/auth/invitations", people.invite_user, Capability.ACCESS_MANAGE, status=201),
    post("/auth/invitations/look", people.look_at_invitation, None, who="anyone"),
    post("/auth/invitations/accept", people.accept_invitation, None, who="anyone"),
    get("/auth/users", people.list_people, Capability.ACCESS_MANAGE),
    post("/auth/totp/begin", codes.begin_totp, None, who="session"),
    post("/auth/totp/confirm", codes.confirm_totp, None, who="session"),
    post("/auth/totp/remove", codes.remove_totp, None, who="session"),
    post("/auth/recovery-codes", codes.renew_recovery_codes, None, who="session"),
    post("/auth/passkey/sign-in/begin", passkeys.begin_passkey_sign_in, None, who="anyone"),
    post("/auth/passkey/sign-in/finish", passkeys.finish_passkey_sign_in, None, who="anyone"),
    post("/auth/passkey/register/begin", passkeys.begin_passkey, None, who="session"),
    post("/auth/passkey/register/finish", passkeys.finish_passkey, None, who="session", status=201),
    get("/auth/passkeys", passkeys.list_passkeys, None, who="session"),
    delete("/auth/passkeys/{passkey_id}", passkeys.remove_passkey, None, who="session"),
    get("/auth/providers", oidc.list_provider_buttons, None, who="anyone"),
    get("/auth/oidc/start", oidc.start_oidc, None, who="anyone", status=303),
    get("/auth/oidc/callback", oidc.finish_oidc, None, who="anyone", status=303),
    get("/auth/provider-settings", oidc.list_providers, Capability.ACCESS_MANAGE),
    post("/auth/provider-settings", oidc.add_provider, Capability.ACCESS_MANAGE, status=201),
    delete("/auth/provider-settings/{provider_id}", oidc.remove_provider, Capability.ACCESS_MANAGE),
    get("/auth/clients", clients.list_clients, Capability.ACCESS_MANAGE),
    post("/auth/clients", clients.register_client, Capability.ACCESS_MANAGE, status=201),
    delete("/auth/clients/{client_id}", clients.revoke_client, Capability.ACCESS_MANAGE),
)
