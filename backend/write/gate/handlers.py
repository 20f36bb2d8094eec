"""The handler of the gate's policy: load, authorise, decide, record."""

from backend.rules.gate import DEFAULT_POLICY
from backend.write.gate.commands import SetGatePolicy
from backend.write.gate.decisions import set_policy
from backend.write.gate.policy import GATE_POLICY, gate_stream
from backend.write.unit_of_work import UnitOfWork


async def set_gate_policy(command: SetGatePolicy, work: UnitOfWork) -> None:
    work.authorise(None)
    earlier = await work.load(GATE_POLICY, gate_stream(work.tenant_id)) or DEFAULT_POLICY
    event = set_policy(earlier, command)
    work.record(gate_stream(work.tenant_id), event)
    work.answer = {"version": event.policy.version}
