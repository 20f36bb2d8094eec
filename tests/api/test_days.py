"""What day it is: an issuer's wall clock for what it issues, the federation's for a question over several issuers.

The clock of these tests stands at 23:30 in Greenwich on 20 November: it is tomorrow in Stockholm and Auckland, and not
in Los Angeles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

import httpx
import pytest
from starlette.applications import Starlette

from backend.runtime.clock import TravellingClock
from backend.runtime.settings import Settings
from backend.values.identifiers import DebtorId, InvoiceId, RunId
from backend.write.execute import WriteSide, execute
from backend.write.gate import SetGatePolicy, WantedRule
from backend.write.invoices.draft import DraftInvoice, InvoiceType, WantedContent, WantedLine
from backend.write.invoices.gate import RenewalBlockedByDebt
from backend.write.invoices.issue import IssueInvoice
from backend.write.renewals.issue_chunk import IssueRunChunk
from backend.write.renewals.start import StartRun, WantedComponent
from tests.api.caller import Caller, a_caller
from tests.api.rest.conftest import API
from tests.api.rest.given import caught_up
from tests.given.federation import Federation, a_federation

LATE_EVENING: Final = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
DUE: Final = date(2026, 11, 20)
TODAY: Final = {
    "Pacific/Auckland": date(2026, 11, 21),
    "Europe/Stockholm": date(2026, 11, 21),
    "America/Los_Angeles": DUE,
}
ZONES: Final = sorted(TODAY)


@dataclass(frozen=True, kw_only=True)
class Evening:
    """A debtor with an invoice due on 20 November, late in the evening of that day in Greenwich."""

    federation: Federation
    caller: Caller
    debtor_id: DebtorId
    invoice_id: InvoiceId

    async def rest(self, path: str, **query: str) -> dict[str, Any]:
        async with self.caller.client() as client:
            client.base_url = httpx.URL(API)
            answer = await client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


async def an_evening(
    app: Starlette, write_side: WriteSide, settings: Settings, clock: TravellingClock, *, zone: str, issuer_zone: str
) -> Evening:
    federation = await a_federation(write_side, settings, time_zone=zone, issuer_zone=issuer_zone)
    policy = SetGatePolicy(rules=(WantedRule(action="licence_renewal", overdue_only=True),))
    await execute(write_side, federation.system, policy)
    debtor_id = await federation.a_member()
    invoice_id = await drafted(federation, debtor_id, "standard")
    await execute(write_side, federation.system, IssueInvoice(invoice_id=invoice_id))
    clock.travel_to(LATE_EVENING)
    await caught_up(federation)
    return Evening(
        federation=federation, caller=await a_caller(app, federation), debtor_id=debtor_id, invoice_id=invoice_id
    )


async def drafted(federation: Federation, debtor_id: DebtorId, kind: InvoiceType) -> InvoiceId:
    invoice_id = InvoiceId(federation.write.new_id())
    line = WantedLine(description="Licens", unit_price=Decimal("400"))
    draft = DraftInvoice(
        invoice_id=invoice_id,
        issuer_id=federation.issuer_id,
        debtor_id=debtor_id,
        content=WantedContent(lines=(line,), terms_days=0),
        type=kind,
    )
    await execute(federation.write, federation.system, draft)
    return invoice_id


async def blocked_by_hand(evening: Evening) -> bool:
    """Whether `issueInvoice` lets a renewal through."""
    renewal = await drafted(evening.federation, evening.debtor_id, "licence_renewal")
    try:
        await execute(evening.federation.write, evening.federation.system, IssueInvoice(invoice_id=renewal))
    except RenewalBlockedByDebt:
        return True
    return False


async def blocked_in_a_run(evening: Evening) -> bool:
    """Whether a run bills them."""
    write, system = evening.federation.write, evening.federation.system
    run_id = RunId(write.new_id())
    start = StartRun(
        run_id=run_id,
        issuer_id=evening.federation.issuer_id,
        kind="licence_renewal",
        debtors=(evening.debtor_id,),
        components=(WantedComponent(name="Tävlingslicens", amount=Decimal("100")),),
    )
    await execute(write, system, start)
    return (await execute(write, system, IssueRunChunk(run_id=run_id, chunk=0))).answer["refused"] == 1


GATE = """query($reference: String!) { debtCheck(reference: $reference) { on blocked } }"""


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("issuer_zone", ZONES)
async def test_the_gate_has_one_day_whoever_asks(
    app: Starlette, write_side: WriteSide, settings: Settings, clock: TravellingClock, zone: str, issuer_zone: str
) -> None:
    """C22, H8: REST, GraphQL, a run and an invoice by hand stop at the same moment, that of the federation."""
    evening = await an_evening(app, write_side, settings, clock, zone=zone, issuer_zone=issuer_zone)
    today = TODAY[zone]
    said = await evening.rest(f"/debts/check/{evening.debtor_id}")
    assert (said["checked_on"], said["blocked"]) == (str(today), today > DUE)
    reference = (await evening.rest(f"/debtors/{evening.debtor_id}"))["reference"]
    assert (await evening.caller.ask(GATE, reference=reference))["debtCheck"] == {
        "on": str(today),
        "blocked": today > DUE,
    }
    assert await blocked_in_a_run(evening) is (today > DUE)
    assert await blocked_by_hand(evening) is (today > DUE)


INVOICES = """{ invoices(filter: {status: [OVERDUE]}) { edges { node { status } } } invoiceCounts { status count } }"""


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/Los_Angeles"])
@pytest.mark.parametrize("issuer_zone", ZONES)
async def test_an_invoice_is_overdue_where_its_issuer_is(
    app: Starlette, write_side: WriteSide, settings: Settings, clock: TravellingClock, zone: str, issuer_zone: str
) -> None:
    """C44, X17: the federation's clock and the reader's have no say in it."""
    evening = await an_evening(app, write_side, settings, clock, zone=zone, issuer_zone=issuer_zone)
    late = TODAY[issuer_zone] > DUE
    assert (await evening.rest(f"/invoices/{evening.invoice_id}"))["overdue"] is late
    found = await evening.caller.ask(INVOICES)
    assert len(found["invoices"]["edges"]) == late
    assert {each["status"]: each["count"] for each in found["invoiceCounts"]}["OVERDUE"] == late


REPORTS = """{ dashboard { asOf } trialBalance { account } viewer { tenant { timeZone } } }"""


@pytest.mark.parametrize("zone", ZONES)
async def test_a_report_over_several_issuers_is_of_the_federations_day(
    app: Starlette, write_side: WriteSide, settings: Settings, clock: TravellingClock, zone: str
) -> None:
    """H8: where nobody says a day, it is the federation's; and a federation that moves has the other day at once."""
    evening = await an_evening(app, write_side, settings, clock, zone=zone, issuer_zone="Europe/Stockholm")
    found = await evening.caller.ask(REPORTS)
    assert found["dashboard"] == {"asOf": str(TODAY[zone])}
    assert found["viewer"] == {"tenant": {"timeZone": zone}}
    assert (await evening.rest("/reports/aging"))["as_of"] == str(TODAY[zone])
    moved = await evening.caller.ask(MOVE, zone="Pacific/Pago_Pago")
    assert moved["setTimeZone"] == {"timeZone": "Pacific/Pago_Pago"}
    assert (await evening.rest("/reports/aging"))["as_of"] == str(DUE)


MOVE = """mutation($zone: String!) { setTimeZone(input: {timeZone: $zone}) {
  ... on TimeZoneSuccess { timeZone } ... on Refused { code path } } }"""


async def test_a_clock_that_is_none_is_refused(admin: Caller) -> None:
    said: Mapping[str, Any] = (await admin.ask(MOVE, zone="Mars/Olympus"))["setTimeZone"]
    assert said == {"code": "INVALID_VALUE", "path": ["timeZone"]}
