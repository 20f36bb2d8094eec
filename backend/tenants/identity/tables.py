"""The rows behind identity. Of every secret only a digest is kept, or its bytes sealed with the keyring (`secrets.py`).

Row-level security walls all of them: a person with one address in two tenants has two accounts.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY

from backend.runtime.tables import metadata, tenant_table


def _of_user(*, name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(("tenant_id", "user_id"), ("users.tenant_id", "users.user_id"), name=name)


# Counts attempts by the digest of what was tried, so that it can be asked before any tenant or person is known.
directory_throttles: Table = Table(
    "directory_throttles",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Column("blocked_until", DateTime(timezone=True)),
    info={"tenant": False, "privileges": ()},
)
Index("directory_throttles_age", directory_throttles.c.last_at)

accounts = tenant_table(
    "identity_accounts",
    Column("user_id", Uuid, nullable=False),
    Column("language", Text, nullable=False, server_default="en"),
    Column("password_hash", Text),
    Column("password_changed_at", DateTime(timezone=True)),
    Column("totp_sealed", Text),
    Column("totp_confirmed", Boolean, nullable=False, server_default="false"),
    # The last time step whose code was accepted: a code opens the door once.
    Column("totp_step", BigInteger, nullable=False, server_default="0"),
    _of_user(name="identity_accounts_user"),
    key=("user_id",),
)

recovery_codes = tenant_table(
    "identity_recovery_codes",
    Column("user_id", Uuid, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    _of_user(name="identity_recovery_codes_user"),
    key=("user_id", "digest"),
)

# A session that ended has no row: what is not here opens nothing. The journal remembers that it was.
sessions = tenant_table(
    "identity_sessions",
    Column("session_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("method", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("fresh_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    # Address and browser, sealed with the person's key.
    Column("device", Text, nullable=False),
    _of_user(name="identity_sessions_user"),
    key=("session_id",),
)
Index("identity_sessions_digest", sessions.c.tenant_id, sessions.c.digest, unique=True)
Index("identity_sessions_user_id", sessions.c.tenant_id, sessions.c.user_id)

# What was promised for a while and can be redeemed once: second factors, passkey ceremonies, OIDC states, links.
challenges = tenant_table(
    "identity_challenges",
    Column("digest", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("user_id", Uuid),
    Column("data", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("length(data) <= 4000", name="identity_challenges_data"),
    key=("digest",),
)
Index("identity_challenges_age", challenges.c.tenant_id, challenges.c.expires_at)
Index("identity_challenges_user", challenges.c.tenant_id, challenges.c.user_id, challenges.c.kind)

passkeys = tenant_table(
    "identity_passkeys",
    Column("passkey_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("credential_id", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("label", Text, nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    _of_user(name="identity_passkeys_user"),
    key=("passkey_id",),
)
Index("identity_passkeys_credential", passkeys.c.tenant_id, passkeys.c.credential_id, unique=True)
Index("identity_passkeys_user_id", passkeys.c.tenant_id, passkeys.c.user_id)

clients = tenant_table(
    "identity_clients",
    Column("client_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("capabilities", ARRAY(Text), nullable=False),
    Column("org_node_id", Uuid, nullable=False),
    Column("public_jwk", Text, nullable=False),
    Column("registered_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    ForeignKeyConstraint(("tenant_id", "org_node_id"), ("org_nodes.tenant_id", "org_nodes.org_node_id")),
    key=("client_id",),
)

access_tokens = tenant_table(
    "identity_access_tokens",
    Column("digest", LargeBinary, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("capabilities", ARRAY(Text), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(("tenant_id", "client_id"), ("identity_clients.tenant_id", "identity_clients.client_id")),
    key=("digest",),
)
Index("identity_access_tokens_age", access_tokens.c.tenant_id, access_tokens.c.expires_at)

# The `jti` of every assertion that was accepted, until it would have expired anyway.
assertions = tenant_table(
    "identity_assertions",
    Column("client_id", Uuid, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    key=("client_id", "digest"),
)

providers = tenant_table(
    "identity_providers",
    Column("provider_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("client_secret_sealed", Text, nullable=False),
    key=("provider_id",),
)

subjects = tenant_table(
    "identity_subjects",
    Column("provider_id", Uuid, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("user_id", Uuid, nullable=False),
    _of_user(name="identity_subjects_user"),
    ForeignKeyConstraint(
        ("tenant_id", "provider_id"),
        ("identity_providers.tenant_id", "identity_providers.provider_id"),
        ondelete="CASCADE",
    ),
    key=("provider_id", "digest"),
)
