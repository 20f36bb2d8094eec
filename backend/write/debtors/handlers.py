"""Handlers of the debtor's commands: load, authorise, decide, record."""

from backend.inline.attachment_uses import note_forgotten
from backend.inline.debtor_references import debtors_by_reference
from backend.inline.issuers import issuers_of
from backend.inline.newest_document import newest_due_on
from backend.inline.open_receivables import open_receivables_of
from backend.tenants.nodes import existing_nodes
from backend.write.debtors.commands import ErasePersonalData, ImportMembers, RegisterDebtor, ReviseDebtor
from backend.write.debtors.debtor import DEBTOR, Debtor
from backend.write.debtors.decisions import reference_of, register, revise
from backend.write.debtors.importing import import_members as decide_import
from backend.write.debtors.importing import references_of
from backend.write.debtors.retention import erase
from backend.write.unit_of_work import UnitOfWork


async def register_debtor(command: RegisterDebtor, work: UnitOfWork) -> None:
    work.authorise(command.org_node_id)
    registered = register(
        command,
        tenant_id=work.tenant_id,
        nodes=await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,)),
        taken=await debtors_by_reference(
            work.connection, work.tenant_id, work.generation, (reference_of(command.reference, path=("reference",)),)
        ),
    )
    work.record(command.debtor_id, registered)
    work.answer = {"debtor_id": str(command.debtor_id)}


async def revise_debtor(command: ReviseDebtor, work: UnitOfWork) -> None:
    debtor = await work.get(DEBTOR, command.debtor_id, path=("debtorId",))
    work.authorise(debtor.node)
    work.authorise(command.org_node_id)
    nodes = await existing_nodes(work.connection, work.tenant_id, (command.org_node_id,))
    if (revised := revise(debtor, command, nodes=nodes)) is not None:
        work.record(command.debtor_id, revised)
    work.answer = {"debtor_id": str(command.debtor_id)}


async def import_members(command: ImportMembers, work: UnitOfWork) -> None:
    references = references_of(command.members)
    taken = await debtors_by_reference(work.connection, work.tenant_id, work.generation, references)
    states = await work.load_many(DEBTOR, taken.values())
    known: dict[str, Debtor] = {state.reference: state for state in states.values() if state is not None}
    # A member who moves leaves one club and joins another: the sender must reach both.
    touched = {member.org_node_id for member in command.members}
    for node in touched | {debtor.node for debtor in known.values()}:
        work.authorise(node)
    imported = decide_import(
        command.members,
        known,
        tenant_id=work.tenant_id,
        nodes=await existing_nodes(work.connection, work.tenant_id, touched),
        new_id=work.new_id,
    )
    for registered in imported.registered:
        work.record(registered.debtor_id, registered)
    for revised in imported.revised:
        work.record(revised.debtor_id, revised)
    work.answer = {
        "created": len(imported.registered),
        "revised": len(imported.revised),
        "unchanged": imported.unchanged,
    }


async def erase_personal_data(command: ErasePersonalData, work: UnitOfWork) -> None:
    debtor = await work.get(DEBTOR, command.debtor_id, path=("debtorId",))
    work.authorise(debtor.node)
    scope = (work.connection, work.tenant_id, work.generation)
    erased = erase(
        debtor,
        command.ground,
        owed=(await open_receivables_of(*scope, (debtor.debtor_id,)))[debtor.debtor_id],
        newest_due_on=await newest_due_on(*scope, debtor.debtor_id),
        jurisdictions=[issuer.jurisdiction for issuer in await issuers_of(*scope)],
        today=work.now.date(),
    )
    work.record(debtor.debtor_id, erased)
    await note_forgotten(*scope, debtor.debtor_id)
    await work.connection.execute(
        b"UPDATE personal_keys SET wrapped = NULL, destroyed_at = %b WHERE tenant_id = %b AND subject_id = %b",
        (work.now, work.tenant_id, debtor.debtor_id),
    )
    work.answer = {"debtor_id": str(debtor.debtor_id)}
