"""Command -> handler and capability: the table of contents of the product."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from backend.tenants.capabilities import Capability
from backend.write.invoices import commands as invoices
from backend.write.invoices.handlers import discard_draft, draft_invoice, issue_invoice, revise_draft
from backend.write.renewals import commands as renewals
from backend.write.renewals.handlers import issue_run_chunk, start_run, stop_run
from backend.write.unit_of_work import UnitOfWork

Handler = Callable[[Any, UnitOfWork], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Handled:
    """Who carries a command out, and what its sender must be allowed to do."""

    handler: Handler
    capability: Capability


COMMANDS: Final[dict[type, Handled]] = {
    invoices.DraftInvoice: Handled(draft_invoice, Capability.INVOICES_DRAFT),
    invoices.ReviseDraft: Handled(revise_draft, Capability.INVOICES_DRAFT),
    invoices.DiscardDraft: Handled(discard_draft, Capability.INVOICES_DRAFT),
    invoices.IssueInvoice: Handled(issue_invoice, Capability.INVOICES_ISSUE),
    renewals.StartRun: Handled(start_run, Capability.RUNS_START),
    renewals.IssueRunChunk: Handled(issue_run_chunk, Capability.SYSTEM),
    renewals.StopRun: Handled(stop_run, Capability.RUNS_START),
}
