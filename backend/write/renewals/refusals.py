"""Why a run cannot start, go on or be stopped."""

from backend.write.refusal import Refusal, RefusalCode


class RunNotOpen(Refusal):
    code = RefusalCode.RUN_NOT_OPEN
    status = 409


class RunAlreadyStarted(Refusal):
    code = RefusalCode.RUN_ALREADY_STARTED
    status = 409


class RenewalBlockedByDebt(Refusal):
    """The debtor owes money; the renewal is refused until a payment or a credit note clears it (S002-45, S002-47)."""

    code = RefusalCode.RENEWAL_BLOCKED_BY_DEBT
    status = 403
