"""The rules of the console: how a federation is called, how long a look lasts, what may be rebuilt. Pure."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from backend.events.platform import OperatorLooked, PlatformSwitchTurned, RebuildRequested, TenantOpened
from backend.rules.email_address import is_address
from backend.tenants.platform import Look
from backend.write.platform.commands import EnterTenant, OpenTenant, RequestRebuild, TurnPlatformSwitch
from backend.write.refusal import InvalidValue
from backend.write.wording import language, one_line, required_reason, text

MAX_NAME: Final = 200
MAX_PERSON: Final = 100
MAX_SWITCH_REASON: Final = 500
# One look, and one line in the tenant's journal, for this long.
LOOK: Final = timedelta(minutes=15)
KINDS: Final = ("national", "international")
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def open_tenant(command: OpenTenant) -> TenantOpened:
    """The federation as it will be registered. Raises `InvalidValue`; who will be asked to administer it is checked
    and not recorded."""
    if not _SLUG.fullmatch(command.slug):
        raise InvalidValue("small letters, digits and inner hyphens, at most 63", path=("slug",))
    if command.kind not in KINDS:
        raise InvalidValue(f"a federation is {' or '.join(KINDS)}", path=("kind",))
    one_line(command.admin_name, MAX_PERSON, path=("adminName",))
    if not is_address(command.admin_email):
        raise InvalidValue("this is not one e-mail address", path=("adminEmail",))
    language(command.language, path=("language",))
    return TenantOpened(
        opened_tenant_id=command.tenant_id,
        slug=command.slug,
        kind=command.kind,
        name=one_line(command.name, MAX_NAME, path=("name",)),
    )


def turn_switch(command: TurnPlatformSwitch, *, enabled: bool) -> PlatformSwitchTurned | None:
    """The switch as it is from now on; `None` when it stands so already."""
    if command.enabled == enabled:
        return None
    reason = (
        text(command.reason, MAX_SWITCH_REASON, path=("reason",), required=False)
        if command.enabled
        else required_reason(command.reason)
    )
    return PlatformSwitchTurned(enabled=command.enabled, reason=reason)


def enter(command: EnterTenant, current: Look | None, *, at: datetime) -> OperatorLooked | None:
    """The look that begins now; `None` while an earlier one lasts, whose reason stands."""
    reason = required_reason(command.reason)
    if current is not None and current.until > at:
        return None
    return OperatorLooked(operator_id=command.operator_id, reason=reason, until=at + LOOK)


def request_rebuild(command: RequestRebuild, known: Collection[str]) -> RebuildRequested:
    """What is to be rebuilt, of the read models that the tenant has."""
    if command.projection not in known:
        raise InvalidValue("there is no such read model", path=("projection",))
    return RebuildRequested(projection=command.projection)
