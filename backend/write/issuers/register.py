"""Registering an issuer: who may issue in a tenant, on a seat of its own."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from backend.events.issuers import IssuerRegistered
from backend.inline.issuers import issuers_of
from backend.rules.issuer_seats import KnownIssuer
from backend.rules.payment_terms import MAX_TERMS_DAYS
from backend.tenants.capabilities import Capability
from backend.tenants.nodes import existing_nodes, kind_of_tenant
from backend.values.currency import EXPONENTS
from backend.values.identifiers import IssuerId, OrgNodeId, TenantId
from backend.values.parties import Identity, IssuerType
from backend.values.why import Why
from backend.write.command import command
from backend.write.parties import country, identity
from backend.write.refusal import AlreadyExists, InvalidValue, Refusal, RefusalCode
from backend.write.states.issuer import ISSUER, Issuer
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import Path, language, time_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterIssuer:
    """Let a legal entity issue invoices: the platform, the tenant, or one of its org nodes (S002-18).

    `jurisdiction` is the country whose VAT it charges, `accounting_currency` defaults to `currency`, `time_zone` is an
    IANA name.
    """

    ASSIGNED: ClassVar = ("issuer_id",)
    issuer_id: IssuerId
    issuer_type: IssuerType
    identity: Identity
    jurisdiction: str
    currency: str
    time_zone: str
    language: str
    org_node_id: OrgNodeId | None = None
    accounting_currency: str | None = None
    terms_days: int = 30
    exempt_sport: bool = False


class IssuerInconsistent(Refusal):
    """Type, tenant and org node of the issuer contradict each other (S002-21)."""

    code = RefusalCode.ISSUER_INCONSISTENT


def register(
    command: RegisterIssuer,
    *,
    tenant_id: TenantId,
    tenant_kind: str | None,
    nodes: Container[OrgNodeId],
    earlier: Sequence[KnownIssuer],
) -> IssuerRegistered:
    """The issuer, on a seat of its own. `nodes` are the org nodes of the tenant, as far as the command names them."""
    _consistent(command, tenant_kind, nodes)
    if any((known.issuer_type, known.node) == (command.issuer_type, command.org_node_id) for known in earlier):
        raise AlreadyExists("there is an issuer of this kind here already: change it instead", path=("issuerType",))
    accounting = command.accounting_currency or command.currency
    return IssuerRegistered(
        issuer_id=command.issuer_id,
        issuer_type=command.issuer_type,
        issuer_tenant_id=tenant_id,
        issuer_org_node_id=command.org_node_id,
        identity=identity(command.identity, path=("identity",)),
        jurisdiction=country(command.jurisdiction, path=("jurisdiction",)),
        currency=_currency(command.currency, path=("currency",)),
        accounting_currency=_currency(accounting, path=("accountingCurrency",)),
        time_zone=time_zone(command.time_zone, path=("timeZone",)),
        language=language(command.language, path=("language",)),
        terms_days=terms(command.terms_days),
        exempt_sport=command.exempt_sport,
    )


def terms(days: int) -> int:
    """The days to pay. Raises `InvalidValue` beyond `MAX_TERMS_DAYS`."""
    if not 0 <= days <= MAX_TERMS_DAYS:
        raise InvalidValue(Why.OUT_OF_RANGE, lowest=0, highest=MAX_TERMS_DAYS, path=("termsDays",))
    return days


def _consistent(command: RegisterIssuer, tenant_kind: str | None, nodes: Container[OrgNodeId]) -> None:
    """Type, tenant and org node agree (S002-21)."""
    if (command.issuer_type == "platform") != (tenant_kind == "platform"):
        raise IssuerInconsistent(
            "the platform issues in its own tenant, and nobody else does there", path=("issuerType",)
        )
    if command.issuer_type != "org_node" and command.org_node_id is not None:
        raise IssuerInconsistent("only an issuer of type org_node has an org node", path=("orgNodeId",))
    if command.issuer_type == "org_node" and command.org_node_id is None:
        raise IssuerInconsistent("an issuer of type org_node names its org node", path=("orgNodeId",))
    if command.org_node_id is not None and command.org_node_id not in nodes:
        raise IssuerInconsistent("there is no such org node in this tenant", path=("orgNodeId",))


def _currency(value: str, *, path: Path) -> str:
    if value not in EXPONENTS:
        raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(EXPONENTS), path=path)
    return value


@command(Capability.ISSUERS_MANAGE)
async def register_issuer(command: RegisterIssuer, work: UnitOfWork) -> None:
    """Load the tenant and the org nodes, and record the issuer."""
    work.authorise(command.org_node_id)
    registered = register(
        command,
        tenant_id=work.tenant_id,
        tenant_kind=await kind_of_tenant(work.connection, work.tenant_id),
        nodes=await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)),
        earlier=await issuers_of(*work.place),
    )
    record_change(work, command.issuer_id, registered)


async def authorised_issuer(work: UnitOfWork, issuer_id: IssuerId) -> Issuer:
    """Load an issuer whose org node the actor may act on. Raises `NotFound` or `Forbidden`."""
    issuer = await work.get(ISSUER, issuer_id, path=("issuerId",))
    work.authorise(issuer.node)
    return issuer


def record_change(work: UnitOfWork, issuer_id: IssuerId, event: Any) -> None:
    """Record an event of the issuer, and answer its id."""
    work.record(issuer_id, event)
    work.answer = {"issuer_id": str(issuer_id)}
