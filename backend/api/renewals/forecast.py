"""A run before it is started: decided chunk by chunk by the very handlers that would issue it, and nothing recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import strawberry

from backend.api.graphql.context import Info
from backend.api.graphql.documented import output
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import Money, money
from backend.api.graphql.sizes import listed
from backend.api.problems import Fault, Malformed
from backend.api.renewals.commands import StartRunInput
from backend.read.debtors.queries import debtors_by_references
from backend.read.runs.forecast import MAX_LISTED, Forecast, ForecastRefusal, forecast_of
from backend.tenants.actor import system_actor
from backend.values.documents import RunKind
from backend.values.identifiers import DebtorId, RunId
from backend.write.execute import preview
from backend.write.refusal import RefusalCode
from backend.write.renewals.issue_chunk import IssueRunChunk

# As many as one request may name. Each chunk holds the tenant's lock as long as it would when it is issued.
MAX_FORECAST: Final = 10_000


@output
class RunForecastCount:
    """How many would get no invoice for one reason."""

    code: RefusalCode
    count: int


@output
class RunForecastRefusal:
    """One who would get no invoice, by its row (from 1) in the list that was sent. Null: nobody has this number."""

    row: int
    debtor_id: strawberry.ID | None
    code: RefusalCode
    message: str


@output
class RunForecast:
    """What the run would come to if it were started now. `refusals` lists the first of those that `refused` counts."""

    members: int
    season: str
    invoices: int
    net: Money
    tax: Money
    total: Money
    refused: list[RunForecastCount] = listed(4, len(RefusalCode))
    refusals: list[RunForecastRefusal] = listed(20, MAX_LISTED)


async def forecast_run(info: Info, input: StartRunInput, kind: RunKind) -> RunForecast:
    """Decide the whole run. Raises `Refusal` where it could not be started at all."""
    context = info.context
    named = await _named(info, input)
    if len(named) > MAX_FORECAST:
        raise Malformed(Fault(detail=f"a forecast is of at most {MAX_FORECAST} debtors", path=("references",)))
    rows = {debtor_id: row for row, debtor_id in named if debtor_id is not None}
    start = input.start(info, kind, tuple(rows), deliver=False)
    # Whether the caller may start it, and whether it could be started.
    forecast = forecast_of(await preview(context.services.write, context.actor, start), len(named))
    for row, debtor_id in named:
        if debtor_id is None:
            message = "nobody has this number here"
            forecast.refuse(ForecastRefusal(row=row, debtor_id=None, code=RefusalCode.NOT_FOUND.value, message=message))
    # Chunks are issued by our own workers, whoever started the run; between them other commands get their turn.
    worker = system_actor(context.actor.tenant_id, "forecast")
    for debtors in _chunks(start.debtors, forecast.chunk_size):
        part = replace(start, run_id=RunId(context.new_id()), debtors=debtors)
        issue = IssueRunChunk(run_id=part.run_id, chunk=0)
        forecast.add(await preview(context.services.write, worker, part, issue), rows)
    return _shown(forecast)


async def _named(info: Info, input: StartRunInput) -> list[tuple[int, DebtorId | None]]:
    match input.debtor_ids, input.references:
        case list() as ids, None:
            return list(enumerate(ids, start=1))
        case None, list() as references:
            known = await info.context.ask(debtors_by_references, references=references)
            return [(row, known.get(reference)) for row, reference in enumerate(references, start=1)]
    raise Malformed(Fault(detail="name the debtors either by debtorIds or by references", path=("debtorIds",)))


def _chunks(debtors: Sequence[DebtorId], size: int) -> Iterator[tuple[DebtorId, ...]]:
    for first in range(0, len(debtors), size):
        yield tuple(debtors[first : first + size])


def _shown(forecast: Forecast) -> RunForecast:
    currency = forecast.currency
    return RunForecast(
        members=forecast.members,
        season=forecast.season,
        invoices=forecast.invoices,
        net=money(forecast.net_minor, currency),
        tax=money(forecast.tax_minor, currency),
        total=money(forecast.total_minor, currency),
        refused=[
            RunForecastCount(code=RefusalCode(code), count=count) for code, count in forecast.refused.most_common()
        ],
        refusals=[
            RunForecastRefusal(
                row=each.row,
                debtor_id=encoded("Debtor", each.debtor_id) if each.debtor_id else None,
                code=RefusalCode(each.code),
                message=each.message,
            )
            for each in sorted(forecast.listed, key=lambda refusal: refusal.row)
        ],
    )
