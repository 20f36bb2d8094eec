"""Starting a run: everything about it is frozen here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import ClassVar, Final

import msgspec

from backend.events.renewals import FeeComponent, RunMembersListed, RunStarted
from backend.rules.invoice_kinds import INVOICE_KINDS
from backend.rules.totals import InvalidLine, exact_ratio
from backend.tenants.capabilities import Capability
from backend.values.documents import InvoiceType
from backend.values.identifiers import DebtorId, IssuerId, RunId
from backend.values.why import Why
from backend.write.command import command
from backend.write.invoices.circumstances import issue_date, issuer_and_template, season_code
from backend.write.invoices.draft import MAX_CODE, MAX_DESCRIPTION
from backend.write.invoices.numbers import counters_of, not_before_last
from backend.write.issuers.series import invoice_series
from backend.write.rates import capture_rate
from backend.write.refusal import InvalidValue, Refusal, RefusalCode
from backend.write.states.issuer import Issuer
from backend.write.states.run import RUN, Run, chunk_stream
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import MAX_REASON, text


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedComponent:
    """One part of the fee: `amount` is net, in major units of the issuer's currency. `recipient` says who earns it.

    `code` tells components apart when duplicates are looked for; it defaults to the name. An empty `tax_category`
    means the template's (S002-8).
    """

    name: str
    amount: Decimal
    recipient: str = "issuer"
    code: str = ""
    tax_category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRun:
    """Bill `debtors` for `season`: one invoice each, with the components as its lines. Everything is frozen here.

    `kind` is `licence_renewal`, which the debt gate guards, or `affiliation`. `allow_blocked` and `override_reason`
    belong together: a reason admits debtors the duplicate check would refuse.
    """

    ASSIGNED: ClassVar = ("run_id",)
    run_id: RunId
    issuer_id: IssuerId
    kind: str
    components: tuple[WantedComponent, ...]
    debtors: tuple[DebtorId, ...]
    season: str | None = None
    issued_on: date | None = None
    deliver: bool | None = None
    override_reason: str = ""


class RunAlreadyStarted(Refusal):
    """A run of this id was started before."""

    code = RefusalCode.RUN_ALREADY_STARTED
    status = 409


MAX_MEMBERS: Final = 120_000
MAX_COMPONENTS: Final = 20

# The tenant's other commands wait for one chunk at most. On two idle cores 250 hold the lock for 50 ms and issue 4,500
# invoices a second, 100 for 22 ms and 3,900, 50 for 19 ms and 2,400; on cores that others use it is several times that.
CHUNK_SIZE: Final = 250

KINDS: Final[dict[str, InvoiceType]] = {kind: kind for kind, facts in INVOICE_KINDS.items() if facts.by_run}

_canonical: Final = msgspec.json.Encoder(order="sorted", decimal_format="string")


def start(command: StartRun, issuer: Issuer, *, default_category: str, season: str, on: date) -> RunStarted:
    """The frozen run. Refuses an unknown kind, no or too many members or components, and a debtor named twice."""
    if command.kind not in KINDS:
        raise InvalidValue(Why.NOT_ONE_OF, allowed=", ".join(KINDS), path=("kind",))
    if not 0 < len(command.debtors) <= MAX_MEMBERS:
        raise InvalidValue(Why.WRONG_COUNT, lowest=1, highest=MAX_MEMBERS, path=("members",))
    if len(set(command.debtors)) != len(command.debtors):
        raise InvalidValue(Why.NAMED_TWICE, path=("members",))
    if not 0 < len(command.components) <= MAX_COMPONENTS:
        raise InvalidValue(Why.WRONG_COUNT, lowest=1, highest=MAX_COMPONENTS, path=("feeComponents",))
    components = tuple(_component(wanted, i, default_category) for i, wanted in enumerate(command.components))
    if len({component.code for component in components}) != len(components):
        raise InvalidValue(Why.NAMED_TWICE, path=("feeComponents",))
    frozen = (command.issuer_id, command.kind, season, on, components, command.debtors, issuer.currency)
    return RunStarted(
        run_id=command.run_id,
        issuer_id=command.issuer_id,
        kind=KINDS[command.kind],
        season=season,
        components=components,
        issued_on=on,
        currency=issuer.currency,
        members=len(command.debtors),
        chunks=-(-len(command.debtors) // CHUNK_SIZE),
        chunk_size=CHUNK_SIZE,
        digest=sha256(_canonical.encode(frozen)).hexdigest(),
        deliver=issuer.auto_delivery if command.deliver is None else command.deliver,
        override_reason=text(command.override_reason, MAX_REASON, path=("overrideReason",), required=False),
    )


def never_started(earlier: Run | None) -> None:
    """A run is frozen once: what was started under the same id may be another one. Raises `RunAlreadyStarted`."""
    if earlier is not None:
        raise RunAlreadyStarted("this run was started before")


def chunks_of(command: StartRun, size: int) -> Iterator[RunMembersListed]:
    """The debtors of the run, chunk by chunk, in the order given."""
    debtors: Sequence[DebtorId] = command.debtors
    for chunk, first in enumerate(range(0, len(debtors), size)):
        yield RunMembersListed(run_id=command.run_id, chunk=chunk, debtor_ids=tuple(debtors[first : first + size]))


def _component(wanted: WantedComponent, index: int, default_category: str) -> FeeComponent:
    path = ("feeComponents", index)
    try:
        exact_ratio(wanted.amount)
    except InvalidLine as wrong:
        raise InvalidValue.by_rule(wrong, path=(*path, "amount")) from None
    if wanted.amount < 0:
        raise InvalidValue(Why.NEGATIVE, path=(*path, "amount"))
    name = text(wanted.name, MAX_DESCRIPTION, path=(*path, "name"))
    return FeeComponent(
        code=text(wanted.code or name, MAX_CODE, path=(*path, "code")),
        name=name,
        amount=wanted.amount,
        recipient=text(wanted.recipient, MAX_CODE, path=(*path, "recipientType")),
        tax_category=wanted.tax_category or default_category,
    )


@command(Capability.RUNS_START, once=True)
async def start_run(command: StartRun, work: UnitOfWork) -> None:
    """Load issuer, debtors and last number, and record the frozen run with the lists of its chunks."""
    issuer, template = await issuer_and_template(work, command.issuer_id)
    work.authorise(issuer.node)
    earlier = await work.load(RUN, command.run_id)
    never_started(earlier)
    on = issue_date(command.issued_on, work.today(issuer.time_zone))
    season = season_code(issuer, command.season, on)
    started = start(command, issuer, default_category=template.tax_category, season=season, on=on)
    # What would refuse every single invoice refuses the run instead, before anything is frozen.
    not_before_last(await counters_of(work, issuer, season), invoice_series(issuer.issuer_id, season), on)
    await capture_rate(work, invoice_currency=issuer.currency, accounting_currency=issuer.accounting_currency, on=on)
    work.record(command.run_id, started)
    for listed in chunks_of(command, started.chunk_size):
        work.record(chunk_stream(command.run_id, listed.chunk), listed)
    work.answer = {
        "run_id": str(command.run_id),
        "members": started.members,
        "chunks": started.chunks,
        "digest": started.digest,
    }
