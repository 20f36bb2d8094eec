"""Why a debtor cannot be registered, revised or erased."""

from backend.write.refusal import Refusal, RefusalCode


class PersonErased(Refusal):
    """The debtor's personal data is gone for ever: nothing about them can be recorded any more."""

    code = RefusalCode.PERSON_ERASED
    status = 409


class RetentionNotExpired(Refusal):
    """The law still keeps a document of this debtor, or something is still owed (C48)."""

    code = RefusalCode.RETENTION_NOT_EXPIRED
    status = 409
