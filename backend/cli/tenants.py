"""All tenants of an installation, or the one that was named: for commands that go through them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli.with_services import CannotGoOn

if TYPE_CHECKING:
    from backend.services import Services
    from backend.values.identifiers import TenantId


async def tenants_of(services: Services, only: str | None) -> list[tuple[str, TenantId]]:
    """Slug and id, by slug. Only the sweep role may list them; the application role cannot, on purpose.

    Raises `CannotGoOn`.
    """
    from backend.runtime.database import connect
    from backend.tenants.directory import every_tenant

    if not services.settings.sweep_database_url:
        raise CannotGoOn("this goes through all tenants, for which it needs SWEEP_DATABASE_URL")
    async with await connect(services.settings.sweep_database_url) as connection:
        tenants = await every_tenant(connection)
    chosen = [each for each in tenants if only in (None, each[0])]
    if not chosen:
        raise CannotGoOn(f"there is no tenant {only!r}" if only else "there are no tenants yet: ./carreau tenant open")
    return chosen
