"""Handlers of the issuer's commands: load, authorise, decide, record."""

from typing import Any

from backend.inline.issuers import issuers_of
from backend.tenants.nodes import existing_nodes, kind_of_tenant
from backend.values.identifiers import IssuerId, OrgNodeId
from backend.write.issuers import branding, decisions
from backend.write.issuers.commands import (
    ChangeIssuerIdentity,
    ChooseDefaultTemplate,
    ConfigureNumberSeries,
    DefineSeason,
    DefineTemplate,
    RegisterIssuer,
    ReviseTemplate,
    SetAutoDelivery,
    SetPaymentAccount,
)
from backend.write.issuers.issuer import ISSUER, Issuer
from backend.write.issuers.template_book import TEMPLATE_BOOK, TemplateBook, template_stream
from backend.write.unit_of_work import UnitOfWork


async def register_issuer(command: RegisterIssuer, work: UnitOfWork) -> None:
    work.authorise(command.org_node_id)
    registered = decisions.register(
        command,
        tenant_id=work.tenant_id,
        tenant_kind=await kind_of_tenant(work.connection, work.tenant_id),
        nodes=await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)),
        earlier=await issuers_of(work.connection, work.tenant_id, work.generation),
    )
    _record(work, command.issuer_id, registered)


async def change_issuer_identity(command: ChangeIssuerIdentity, work: UnitOfWork) -> None:
    await _authorised(work, command.issuer_id)
    _record(work, command.issuer_id, decisions.change_identity(command))


async def set_payment_account(command: SetPaymentAccount, work: UnitOfWork) -> None:
    await _authorised(work, command.issuer_id)
    _record(work, command.issuer_id, decisions.set_account(command))


async def define_season(command: DefineSeason, work: UnitOfWork) -> None:
    issuer = await _authorised(work, command.issuer_id)
    _record(work, command.issuer_id, decisions.define_season(issuer, command))


async def configure_number_series(command: ConfigureNumberSeries, work: UnitOfWork) -> None:
    issuer = await _authorised(work, command.issuer_id)
    today = work.today(issuer.time_zone)
    taken = await work.counters(list(decisions.open_series(issuer, today)))
    _record(work, command.issuer_id, decisions.configure_series(issuer, command, today=today, taken=taken))


async def set_auto_delivery(command: SetAutoDelivery, work: UnitOfWork) -> None:
    await _authorised(work, command.issuer_id)
    _record(work, command.issuer_id, decisions.set_auto_delivery(command))


async def define_template(command: DefineTemplate, work: UnitOfWork) -> None:
    work.authorise(await _node_of(work, command.issuer_id))
    book = await _book(work)
    defined = branding.define(book, command.template_id, command.issuer_id, command.design)
    work.record(template_stream(work.tenant_id), defined)
    work.answer = {"template_id": str(command.template_id), "revision": defined.revision}


async def revise_template(command: ReviseTemplate, work: UnitOfWork) -> None:
    earlier = branding.template_named(await _book(work), command.template_id)
    work.authorise(await _node_of(work, earlier.issuer_id))
    revised = branding.revise(earlier, command.design, expected=command.expected_revision)
    work.record(template_stream(work.tenant_id), revised)
    work.answer = {"template_id": str(command.template_id), "revision": revised.revision}


async def choose_default_template(command: ChooseDefaultTemplate, work: UnitOfWork) -> None:
    work.authorise(None)
    work.record(template_stream(work.tenant_id), branding.choose_default(await _book(work), command.template_id))
    work.answer = {"template_id": str(command.template_id)}


async def _authorised(work: UnitOfWork, issuer_id: IssuerId) -> Issuer:
    issuer = await work.get(ISSUER, issuer_id, path=("issuerId",))
    work.authorise(issuer.node)
    return issuer


async def _node_of(work: UnitOfWork, issuer_id: IssuerId | None) -> OrgNodeId | None:
    """Where a template belongs: with its issuer, or with the tenant as a whole."""
    return None if issuer_id is None else (await work.get(ISSUER, issuer_id, path=("issuerId",))).node


async def _book(work: UnitOfWork) -> TemplateBook:
    return await work.load(TEMPLATE_BOOK, template_stream(work.tenant_id)) or TemplateBook()


def _record(work: UnitOfWork, issuer_id: IssuerId, event: Any) -> None:
    work.record(issuer_id, event)
    work.answer = {"issuer_id": str(issuer_id)}
