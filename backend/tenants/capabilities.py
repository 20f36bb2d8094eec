"""What a role allows. A grant is (user, role, org node) and covers the node's whole subtree."""

from enum import StrEnum
from typing import Final


class Capability(StrEnum):
    """One thing somebody may be allowed to do. Commands and queries each name exactly one."""

    ISSUERS_MANAGE = "issuers.manage"
    ISSUERS_READ = "issuers.read"
    DEBTORS_MANAGE = "debtors.manage"
    DEBTORS_READ = "debtors.read"
    TAX_MANAGE = "tax.manage"
    INVOICES_DRAFT = "invoices.draft"
    INVOICES_ISSUE = "invoices.issue"
    INVOICES_CANCEL = "invoices.cancel"
    INVOICES_READ = "invoices.read"
    RUNS_START = "runs.start"
    PAYMENTS_REGISTER = "payments.register"
    DELIVERIES_SEND = "deliveries.send"
    DELIVERIES_SWITCH = "deliveries.switch"
    GATE_CHECK = "gate.check"
    GATE_MANAGE = "gate.manage"
    REPORTS_READ = "reports.read"
    ACTIVITY_READ = "activity.read"
    ACCESS_MANAGE = "access.manage"
    PERSONAL_DATA_ERASE = "personal_data.erase"
    HISTORY_IMPORT = "history.import"
    # Counts only in the tenant of the platform itself: elsewhere a role that includes it gives nothing of it.
    PLATFORM_OPERATE = "platform.operate"
    # Held by our own workers only: no role of a person includes it.
    SYSTEM = "system"


class Role(StrEnum):
    """What a person may be made, for one org node and everything below it."""

    FEDERATION_ADMIN = "federation_admin"
    DISTRICT_TREASURER = "district_treasurer"
    CLUB_ADMIN = "club_admin"
    AUDITOR = "auditor"
    LICENCE_SYSTEM = "licence_system"
    PLATFORM_OPERATOR = "platform_operator"


_READ: Final = frozenset(
    {
        Capability.ISSUERS_READ,
        Capability.DEBTORS_READ,
        Capability.INVOICES_READ,
        Capability.GATE_CHECK,
        Capability.REPORTS_READ,
    }
)
_TREASURER: Final = _READ | {
    Capability.DEBTORS_MANAGE,
    Capability.INVOICES_DRAFT,
    Capability.INVOICES_ISSUE,
    Capability.INVOICES_CANCEL,
    Capability.RUNS_START,
    Capability.PAYMENTS_REGISTER,
    Capability.DELIVERIES_SEND,
    Capability.ACTIVITY_READ,
    Capability.ISSUERS_MANAGE,
}
_ADMIN: Final = _TREASURER | {
    Capability.TAX_MANAGE,
    Capability.DELIVERIES_SWITCH,
    Capability.GATE_MANAGE,
    Capability.ACCESS_MANAGE,
    Capability.PERSONAL_DATA_ERASE,
}

ROLES: Final[dict[Role, frozenset[Capability]]] = {
    Role.FEDERATION_ADMIN: _ADMIN,
    Role.DISTRICT_TREASURER: _TREASURER,
    Role.CLUB_ADMIN: frozenset({Capability.INVOICES_READ, Capability.DEBTORS_READ, Capability.GATE_CHECK}),
    Role.AUDITOR: _READ | {Capability.ACTIVITY_READ},
    Role.LICENCE_SYSTEM: frozenset({Capability.GATE_CHECK, Capability.DEBTORS_READ}),
    Role.PLATFORM_OPERATOR: _ADMIN | {Capability.HISTORY_IMPORT, Capability.PLATFORM_OPERATE},
}
