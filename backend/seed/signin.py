"""How a visitor gets into the demo: one password for all demo users and a bearer token for each, made up for this
installation and kept in a private file of the data folder. The demo shows its own keys; it is never in production."""

import base64
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from backend.rules.passwords import normal
from backend.runtime.embedded.processes import write_private
from backend.runtime.settings import Settings
from backend.seed.planting import demo_tenant_id
from backend.seed.world import DemoTenant, DemoUser
from backend.services import Services
from backend.tenants.actor import door_actor, system_actor
from backend.tenants.directory import new_token, token_digest
from backend.tenants.identity.accounts import keep_language
from backend.tenants.identity.hashing import hash_password
from backend.values.identifiers import TokenId, UserId, derived_id
from backend.write.access.tokens import CreateToken
from backend.write.execute import execute
from backend.write.identity.passwords import SetPassword

TOKEN_DAYS: Final = 180
# A token about to expire is replaced at the next start.
RENEW_BEFORE: Final = timedelta(days=14)
FILE: Final = "demo-tokens.json"
# A member file that comes with the repository: 120 members of the Stockholm district.
EXAMPLE: Final = "tests/data/renewals_stockholm_2026.csv"
# The users that `up` names; the others are in the file.
SHOWN: Final = (
    "tore@stockholm.boule.example",
    "annika@boule.example",
    "malin@malmo.boule.example",
    "rune@revision.example",
    "paul@cd13.boules.example",
    "operator@carreau.example",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoToken:
    """A demo user and the token that acts as them."""

    email: str
    name: str
    role: str
    tenant: str
    token: str

    @property
    def title(self) -> str:
        return f"{self.name}, {self.role.replace('_', ' ')} of {self.tenant}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTokens:
    """What the file holds."""

    until: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    users: tuple[DemoToken, ...] = ()
    password: str = ""


async def ensure_tokens(services: Services, tenants: Iterable[DemoTenant], *, prefix: str, anew: bool) -> None:
    """A token for every demo user, in the file; made anew where the demo is new or the old ones run out."""
    path = services.settings.data_dir / FILE
    now = services.clock.now()
    found = demo_tokens(services.settings)
    if not anew and found.password and found.until > now + RENEW_BEFORE:
        return
    password = found.password or _made_up()
    password_hash = await hash_password(normal(password))
    users = tuple(
        [
            DemoToken(
                email=user.email,
                name=user.name,
                role=user.role.value,
                tenant=prefix + tenant.slug,
                token=await _token(
                    services,
                    prefix + tenant.slug,
                    user,
                    password_hash=password_hash,
                    language=tenant.issuers[0].language,
                ),
            )
            for tenant in tenants
            for user in tenant.users
        ]
    )
    kept = DemoTokens(until=now + timedelta(days=TOKEN_DAYS), users=users, password=password)
    write_private(path, msgspec.json.format(msgspec.json.encode(kept), indent=1).decode())


def demo_tokens(settings: Settings) -> DemoTokens:
    """The tokens made for the demo users; none where there is no demo."""
    try:
        return msgspec.json.decode((settings.data_dir / FILE).read_bytes(), type=DemoTokens)
    except (FileNotFoundError, msgspec.DecodeError):
        return DemoTokens()


def signin_lines(settings: Settings) -> tuple[str, ...]:
    """What `up` prints below the address."""
    shown = [user for user in demo_tokens(settings).users if user.email in SHOWN]
    if not shown:
        return ()
    shown.sort(key=lambda user: SHOWN.index(user.email))
    width = max(len(user.title) for user in shown)
    return (
        f"Every demo user signs in with the password  {demo_tokens(settings).password}",
        *(f"  {user.title:<{width}}  {user.email}" for user in shown),
        "Scripts use a token (send it as `Authorization: Bearer car_…`):",
        *(f"  {user.title:<{width}}  {user.token}" for user in shown),
        f"All of them are in {settings.data_dir / FILE}; more: ./carreau token --tenant TENANT --role ROLE",
        f"First thing to try, in another terminal: ./carreau run renewals {EXAMPLE}",
    )


async def _token(services: Services, slug: str, user: DemoUser, *, password_hash: str, language: str) -> str:
    tenant_id = demo_tenant_id(slug)
    user_id = UserId(derived_id(tenant_id, f"user:{user.email}"))
    async with services.database.scope(tenant_id) as connection:
        await keep_language(connection, tenant_id, user_id, language)
    await execute(
        services.write,
        door_actor(tenant_id, user_id),
        SetPassword(user_id=user_id, password_hash=password_hash, cause="operator"),
    )
    token = new_token()
    await execute(
        services.write,
        system_actor(tenant_id, "seed"),
        CreateToken(
            token_id=TokenId(services.write.new_id()),
            user_id=user_id,
            digest=token_digest(token),
            label="the demo",
            days=TOKEN_DAYS,
        ),
    )
    return token


def _made_up() -> str:
    """Easy to copy, and as good as any: 60 random bits."""
    word = base64.b32encode(os.urandom(8)).decode("ascii").lower()[:12]
    return f"boule-{word[:4]}-{word[4:8]}-{word[8:]}"
