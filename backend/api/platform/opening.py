"""After a federation was entered in the directory: the root of its tree, the tax rates, its first administrator.

Each step may be repeated: ids follow from the tenant and commands have keys, so that sending the same request again
after a crash adds only what is missing.
"""

from typing import Final

from backend.api.graphql.context import Info
from backend.api.identity.links import link_of
from backend.api.platform.looking import acting_in
from backend.rules.tax_history import DEFAULT_RATES
from backend.tenants.capabilities import ROLES, Role
from backend.tenants.identity.secrets import new_handle
from backend.tenants.onboarding import plant_root
from backend.values.identifiers import OrgNodeId, TenantId, UserId, derived_id
from backend.write.execute import execute
from backend.write.identity.invitations import InviteUser
from backend.write.platform import OpenTenant
from backend.write.tax import AdoptTaxRates

ADMIN: Final = Role.FEDERATION_ADMIN


async def furnish(info: Info, tenant_id: TenantId, opened: OpenTenant) -> None:
    """Everything a federation needs so that its own people can go on."""
    services = info.context.services
    root = OrgNodeId(derived_id(tenant_id, "node:"))
    async with services.database.scope(tenant_id) as connection:
        await plant_root(connection, tenant_id, root, name=opened.name.strip(), code=opened.slug)
    # To invite an administrator one must have what they will have; the operator has it here for this purpose only.
    acting = acting_in(info, tenant_id, *sorted(ROLES[ADMIN]))
    await execute(services.write, acting, AdoptTaxRates(rates=DEFAULT_RATES), idempotency_key="opening:tax")
    invitation = InviteUser(
        user_id=UserId(derived_id(tenant_id, "first administrator")),
        email=opened.admin_email,
        name=opened.admin_name,
        language=opened.language,
        role=ADMIN.value,
        org_node_id=root,
        link=link_of(services, new_handle(tenant_id)),
    )
    await execute(services.write, acting, invitation, idempotency_key="opening:administrator")
