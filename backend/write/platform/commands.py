"""What operators of the platform want. The first two are carried out in the platform's own tenant, the others in the
tenant they are about."""

from dataclasses import dataclass
from typing import ClassVar

from backend.values.identifiers import TenantId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTenant:
    """Open a federation in this installation. Its first administrator is invited afterwards; whether that can be done
    is checked here, so that no federation is opened without one."""

    ASSIGNED: ClassVar = ("tenant_id",)
    tenant_id: TenantId
    slug: str
    name: str
    kind: str
    admin_name: str
    admin_email: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPlatformSwitch:
    """Stop everything outgoing of every tenant now, or let it go on. Stopping needs a reason."""

    enabled: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterTenant:
    """Let an operator look into the tenant for a while, and let the tenant know."""

    operator_id: UserId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRebuild:
    """Have a read model of the tenant computed anew, beside the live one."""

    projection: str
