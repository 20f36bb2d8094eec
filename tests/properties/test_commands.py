"""Random command sequences on one tenant, through two processes' front doors, against the books on paper.

`CARREAU_EXAMPLES=500 ./carreau test tests/properties` looks further, with other dice.
"""

import asyncio
import os
from collections.abc import Awaitable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, TypeVar
from uuid import uuid4

from hypothesis import HealthCheck, Phase
from hypothesis import settings as depth
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from backend.journal.keys import Keyring
from backend.journal.verify import verify_journal
from backend.read.catch_up import catch_up
from backend.read.compare import compare
from backend.read.gate import debt_check
from backend.read.ledger.queries import trial_balance
from backend.runtime.clock import TravellingClock
from backend.runtime.database import Database
from backend.runtime.settings import Settings
from backend.tenants.actor import Reader
from backend.values.identifiers import CreditNoteId, DebtorId, DeliveryId, InvoiceId, PaymentId, RunId, derived_id
from backend.write.credit_notes import CancelInvoice
from backend.write.deliveries.record import Dispatch, RecordDispatches
from backend.write.execute import Receipt, WriteSide, execute
from backend.write.invoices.discard import DiscardDraft
from backend.write.invoices.draft import DraftInvoice, WantedContent, WantedLine
from backend.write.invoices.issue import IssueInvoice
from backend.write.invoices.revise import ReviseDraft
from backend.write.payments import RegisterPayment
from backend.write.refusal import Refusal
from backend.write.renewals.issue_chunk import IssueRunChunk
from backend.write.renewals.start import StartRun, WantedComponent
from tests.conftest import A_DAY
from tests.given.federation import Federation, a_federation
from tests.properties.books import FEE, Books, Sheet

EXAMPLES = int(os.environ.get("CARREAU_EXAMPLES", "25"))
ACCOUNTS = {"receivables": "1510", "revenue": "3010", "tax": "2611", "bank": "1930", "credit": "2420"}
PRICES = st.lists(st.integers(min_value=1, max_value=99_999), min_size=1, max_size=3)
FURTHER = "CARREAU_EXAMPLES" in os.environ
# In the suite always the same dice, and a failure is shown as it was thrown: making it smaller takes minutes.
DEPTH = depth(
    max_examples=EXAMPLES,
    stateful_step_count=25,
    deadline=None,
    derandomize=not FURTHER,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=tuple(Phase) if FURTHER else (Phase.generate,),
)
# Which of those there are, and which of the two processes.
PICK, BY = st.integers(0, 99), st.integers(0, 1)
T = TypeVar("T")


class Treasurer(RuleBasedStateMachine):
    """Does anything in any order, through either of two processes, which remember different things."""

    loop: ClassVar[asyncio.AbstractEventLoop]
    processes: ClassVar[tuple[WriteSide, WriteSide]]
    servers: ClassVar[Settings]

    def __init__(self) -> None:
        super().__init__()
        self.books = Books()
        self.federation: Federation = self.wait(a_federation(self.processes[0], self.servers))
        self.members: list[DebtorId] = list(self.wait(self.federation.members(4)))

    def wait(self, work: Awaitable[T]) -> T:
        return self.loop.run_until_complete(work)  # type: ignore[arg-type]

    def do(self, command: Any, by: int, again: bool) -> Receipt | str:
        """The receipt, or the code of the refusal. With `again` the client repeats itself, elsewhere."""
        key = str(uuid4())
        try:
            receipt = self.wait(execute(self.processes[by], self.federation.system, command, idempotency_key=key))
        except Refusal as refusal:
            return refusal.code.value
        if again:
            other = self.processes[1 - by]
            repeated = self.wait(execute(other, self.federation.system, command, idempotency_key=key))
            assert repeated.replayed
            assert repeated.answer == receipt.answer
        return receipt

    def content(self, prices: list[int]) -> WantedContent:
        return WantedContent(
            lines=tuple(WantedLine(description="Licens", unit_price=Decimal(price) / 100) for price in prices)
        )

    def one_of(self, pick: int, *states: str) -> InvoiceId:
        found = self.books.of(*states)
        return found[pick % len(found)]

    @rule(member=st.integers(0, 3), prices=PRICES, by=BY, again=st.booleans())
    def draft(self, member: int, prices: list[int], by: int, again: bool) -> None:
        invoice_id, debtor = InvoiceId(uuid4()), self.members[member]
        command = DraftInvoice(
            invoice_id=invoice_id, issuer_id=self.federation.issuer_id, debtor_id=debtor, content=self.content(prices)
        )
        assert isinstance(self.do(command, by, again), Receipt)
        self.books.sheets[invoice_id] = Sheet(debtor=debtor, net=sum(prices))

    @precondition(lambda self: self.books.sheets)
    @rule(pick=PICK, prices=PRICES, by=BY, again=st.booleans())
    def revise(self, pick: int, prices: list[int], by: int, again: bool) -> None:
        invoice_id = self.one_of(pick, "draft", "discarded", "issued", "cancelled")
        sheet = self.books.sheets[invoice_id]
        done = self.do(ReviseDraft(invoice_id=invoice_id, content=self.content(prices)), by, again)
        self.expect(done, sheet, {"draft"}, {"discarded": "INVOICE_NOT_DRAFT"}, otherwise="INVOICE_ALREADY_POSTED")
        if isinstance(done, Receipt):
            sheet.net = sum(prices)

    @precondition(lambda self: self.books.sheets)
    @rule(pick=PICK, by=BY, again=st.booleans())
    def discard(self, pick: int, by: int, again: bool) -> None:
        invoice_id = self.one_of(pick, "draft", "discarded", "issued", "cancelled")
        sheet = self.books.sheets[invoice_id]
        done = self.do(DiscardDraft(invoice_id=invoice_id), by, again)
        self.expect(done, sheet, {"draft"}, {"discarded": "INVOICE_NOT_DRAFT"}, otherwise="INVOICE_ALREADY_POSTED")
        if isinstance(done, Receipt):
            sheet.state = "discarded"

    @precondition(lambda self: self.books.of("draft"))
    @rule(pick=PICK, deliver=st.booleans(), by=BY, again=st.booleans())
    def issue(self, pick: int, deliver: bool, by: int, again: bool) -> None:
        invoice_id = self.one_of(pick, "draft")
        done = self.do(IssueInvoice(invoice_id=invoice_id, deliver=deliver), by, again)
        assert isinstance(done, Receipt)
        sheet = self.books.issue(invoice_id)
        sheet.delivery = "queued" if deliver else ""
        assert (done.answer["number"], done.answer["total_minor"]) == (sheet.number, sheet.total)

    @precondition(lambda self: self.books.of("issued", "cancelled"))
    @rule(pick=PICK, share=st.integers(1, 12), by=BY, again=st.booleans(), over=st.booleans())
    def pay(self, pick: int, share: int, by: int, again: bool, over: bool) -> None:
        invoice_id = self.one_of(pick, "issued", "cancelled")
        sheet = self.books.sheets[invoice_id]
        # In tenths of the open balance, so that payments are parts, the whole, and sometimes too much.
        minor = max(1, sheet.open * share // 10)
        command = RegisterPayment(
            payment_id=PaymentId(uuid4()),
            invoice_id=invoice_id,
            amount_minor=minor,
            currency="SEK",
            method="bankgiro",
            received_on=A_DAY.date(),
            allow_overpayment=over,
        )
        done = self.do(command, by, again)
        if sheet.state == "cancelled":
            assert done == "INVOICE_CANCELLED"
        elif minor > sheet.open and not over:
            assert done == "PAYMENT_EXCEEDS_BALANCE"
        else:
            assert isinstance(done, Receipt)
            self.books.pay(invoice_id, minor)
            assert done.answer["balance_minor"] == sheet.open

    @precondition(lambda self: self.books.sheets)
    @rule(pick=PICK, by=BY, again=st.booleans())
    def cancel(self, pick: int, by: int, again: bool) -> None:
        invoice_id = self.one_of(pick, "draft", "discarded", "issued", "cancelled")
        sheet = self.books.sheets[invoice_id]
        command = CancelInvoice(credit_note_id=CreditNoteId(uuid4()), invoice_id=invoice_id, reason="wrong club")
        done = self.do(command, by, again)
        self.expect(done, sheet, {"issued"}, {"cancelled": "INVOICE_CANCELLED"}, otherwise="INVOICE_NOT_ISSUED")
        if isinstance(done, Receipt):
            self.books.cancel(invoice_id)
            assert done.answer["number"] == self.books.credit_notes[-1]

    @precondition(lambda self: self.books.of("issued"))
    @rule(pick=PICK, outcome=st.sampled_from(["sent", "bounced"]), by=BY)
    def report(self, pick: int, outcome: Any, by: int) -> None:
        invoice_id = self.one_of(pick, "issued")
        sheet = self.books.sheets[invoice_id]
        dispatch = Dispatch(
            delivery_id=DeliveryId(derived_id(invoice_id, "delivery")),
            invoice_id=invoice_id,
            attempt=1,
            outcome=outcome,
            reply="250 ok",
        )
        done = self.do(RecordDispatches(dispatches=(dispatch, dispatch)), by, again=False)
        assert isinstance(done, Receipt)
        # A bounce may follow an acceptance, and nothing follows a bounce; what was never queued is nobody's.
        news = sheet.delivery == "queued" or (sheet.delivery == "sent" and outcome == "bounced")
        assert done.answer["recorded"] == int(news)
        if news:
            sheet.delivery = outcome

    @rule(chosen=st.sets(st.integers(0, 3), min_size=1), deliver=st.booleans(), by=BY, again=st.booleans())
    def run(self, chosen: set[int], deliver: bool, by: int, again: bool) -> None:
        debtors = [self.members[member] for member in sorted(chosen)]
        run_id = RunId(uuid4())
        fee = WantedComponent(name="Licens", amount=Decimal(FEE) / 100, code="licence")
        start = StartRun(
            run_id=run_id,
            issuer_id=self.federation.issuer_id,
            kind="licence_renewal",
            components=(fee,),
            debtors=tuple(debtors),
            deliver=deliver,
        )
        assert isinstance(self.do(start, by, again), Receipt)
        expected = [debtor for debtor in debtors if not self.books.billed(debtor) and not self.books.owed(debtor)]
        done = self.do(IssueRunChunk(run_id=run_id, chunk=0), 1 - by, again)
        assert isinstance(done, Receipt)
        assert (done.answer["issued"], done.answer["refused"]) == (len(expected), len(debtors) - len(expected))
        known = self.books.sheets
        made = {debtor: invoice_id for invoice_id, debtor, *_ in self.receivables() if invoice_id not in known}
        assert set(made) == set(expected)
        for debtor in expected:
            self.books.sheets[made[debtor]] = Sheet(debtor=debtor, net=FEE, of_run=True)
            self.books.issue(made[debtor]).delivery = "queued" if deliver else ""

    @invariant()
    def balances_are_those_of_the_books(self) -> None:
        """I04: and so are the numbers, which nobody has twice."""
        found = {invoice_id: (number, minor) for invoice_id, _, number, minor in self.receivables()}
        expected = {
            invoice_id: (self.books.sheets[invoice_id].number, self.books.sheets[invoice_id].open)
            for invoice_id in self.books.of("issued", "cancelled")
        }
        assert found == expected

    @invariant()
    def the_gate_knows(self) -> None:
        """S002-44: blocked as long as anything is owed, and told how much clears it."""
        debtor = self.members[len(self.books.sheets) % 4]
        owed = self.books.owed(debtor)
        check = self.wait(self.gate(debtor))
        assert check.decision.blocked == (owed > 0)
        assert sum(amount.minor for amount in check.decision.cleared_by) == owed

    def teardown(self) -> None:
        """I01, I02, I05, I07, I16: numbers, the ledger to the öre, every read model, the whole journal."""
        self.wait(self.the_end())

    async def the_end(self) -> None:
        write, tenant = self.processes[0], self.federation.tenant_id
        await catch_up(write.database, write.keyring, tenant)
        async with write.database.snapshot(tenant) as connection:
            balance = await trial_balance(connection, Reader(tenant_id=tenant), on=date(2026, 12, 31))
        assert sum(row.balance_minor for row in balance) == 0
        found = {row.account: row.balance_minor for row in balance if row.balance_minor}
        assert found == {ACCOUNTS[name]: minor for name, minor in self.books.ledger.items() if minor}
        assert [finding async for finding in verify_journal(write.database, write.keyring, tenant)] == []
        assert await compare(write.database, write.keyring, tenant) == []

    def expect(
        self, done: Receipt | str, sheet: Sheet, allowed: set[str], refused: dict[str, str], *, otherwise: str
    ) -> None:
        """A receipt in the states that allow it, else the refusal that fits."""
        if sheet.state in allowed:
            assert isinstance(done, Receipt)
        else:
            assert done == refused.get(sheet.state, otherwise)

    def receivables(self) -> list[tuple[InvoiceId, DebtorId, str, int]]:
        return self.wait(self.read_receivables())

    async def read_receivables(self) -> Any:
        async with self.processes[0].database.scope(self.federation.tenant_id) as connection:
            found = await connection.execute(
                "SELECT invoice_id, debtor_id, number, open_minor FROM inline_open_receivables ORDER BY number"
            )
            return await found.fetchall()

    async def gate(self, debtor: DebtorId) -> Any:
        reader = Reader(tenant_id=self.federation.tenant_id)
        async with self.processes[0].database.snapshot(self.federation.tenant_id) as connection:
            return await debt_check(connection, reader, debtor, action="licence_renewal", on=A_DAY.date())


def test_any_order_of_commands_agrees_with_the_books(settings: Settings, keyring: Keyring) -> None:
    """Numbers, balances, gate, ledger and read models, whatever happens in whatever order."""
    with asyncio.Runner() as runner:
        database = Database(settings.database_url)
        runner.run(database.open())
        clock = TravellingClock(A_DAY)

        class Here(Treasurer):
            loop = runner.get_loop()
            servers = settings
            processes = (
                WriteSide(database=database, keyring=keyring, clock=clock),
                WriteSide(database=database, keyring=keyring, clock=clock),
            )

        try:
            run_state_machine_as_test(Here, settings=DEPTH)  # type: ignore[no-untyped-call]
        finally:
            runner.run(database.close())
