"""Why a run cannot start, go on or be stopped."""

from backend.write.refusal import Refusal, RefusalCode


class RunNotOpen(Refusal):
    code = RefusalCode.RUN_NOT_OPEN
    status = 409


class RunAlreadyStarted(Refusal):
    code = RefusalCode.RUN_ALREADY_STARTED
    status = 409
