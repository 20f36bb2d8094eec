"""A refusal: the business says no. Raised in a decision, caught once at the edge, never logged as an error."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Self

from backend.values.why import InvalidByRule, Param, Why

Path = tuple[str | int, ...]


class RefusalCode(StrEnum):
    """Every way the business says no. Closed: clients translate each of them."""

    # Seen in the field under these very names (S003, S002): they are published as they stand.
    INVOICE_NO_LINES = "INVOICE_NO_LINES"
    INVOICE_ALREADY_POSTED = "INVOICE_ALREADY_POSTED"
    PAYMENT_EXCEEDS_BALANCE = "PAYMENT_EXCEEDS_BALANCE"
    TRANSFER_BLOCKED_BY_DEBT = "TRANSFER_BLOCKED_BY_DEBT"
    RENEWAL_BLOCKED_BY_DEBT = "RENEWAL_BLOCKED_BY_DEBT"
    EXCHANGE_RATE_MISSING = "EXCHANGE_RATE_MISSING"
    TAX_UNDETERMINED = "TAX_UNDETERMINED"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    # Ours.
    FRESH_SIGN_IN_REQUIRED = "FRESH_SIGN_IN_REQUIRED"
    LINK_REFUSED = "LINK_REFUSED"
    LAST_ADMIN = "LAST_ADMIN"
    NOT_FOUND = "NOT_FOUND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    INVALID_VALUE = "INVALID_VALUE"
    INVOICE_NOT_DRAFT = "INVOICE_NOT_DRAFT"
    INVOICE_NOT_ISSUED = "INVOICE_NOT_ISSUED"
    INVOICE_CANCELLED = "INVOICE_CANCELLED"
    INVOICE_TOO_MANY_LINES = "INVOICE_TOO_MANY_LINES"
    INVOICE_TOTAL_NOT_POSITIVE = "INVOICE_TOTAL_NOT_POSITIVE"
    INVOICE_DATE_BEFORE_LAST = "INVOICE_DATE_BEFORE_LAST"
    INVOICE_DATE_IN_FUTURE = "INVOICE_DATE_IN_FUTURE"
    REASON_REQUIRED = "REASON_REQUIRED"
    ALREADY_BILLED = "ALREADY_BILLED"
    SEASON_UNKNOWN = "SEASON_UNKNOWN"
    SEASON_OVERLAPS = "SEASON_OVERLAPS"
    SERIES_IN_USE = "SERIES_IN_USE"
    TEMPLATE_CHANGED = "TEMPLATE_CHANGED"
    ISSUER_INCONSISTENT = "ISSUER_INCONSISTENT"
    ISSUER_INCOMPLETE = "ISSUER_INCOMPLETE"
    TEMPLATE_MISSING = "TEMPLATE_MISSING"
    CURRENCY_UNKNOWN = "CURRENCY_UNKNOWN"
    CURRENCY_MISMATCH = "CURRENCY_MISMATCH"
    PERSON_ERASED = "PERSON_ERASED"
    RETENTION_NOT_EXPIRED = "RETENTION_NOT_EXPIRED"
    RUN_ALREADY_STARTED = "RUN_ALREADY_STARTED"
    RUN_NOT_OPEN = "RUN_NOT_OPEN"
    DELIVERY_NO_ADDRESS = "DELIVERY_NO_ADDRESS"
    DELIVERY_NOT_POSSIBLE = "DELIVERY_NOT_POSSIBLE"
    DELIVERY_IN_PROGRESS = "DELIVERY_IN_PROGRESS"
    TAX_RATES_OVERLAP = "TAX_RATES_OVERLAP"


# Codes that the sources publish under a name no GraphQL enum may have.
PUBLISHED: dict[RefusalCode, str] = {RefusalCode.TRANSFER_BLOCKED_BY_DEBT: "PL-301"}


class Refusal(Exception):
    """A rule that forbids what was asked. Subclasses fix the code and the HTTP status.

    `message` says what is wrong and what to do next, in English, without personal data; `path` points into the
    command, GraphQL style (`("lines", 0, "quantity")`).
    """

    code: ClassVar[RefusalCode]
    status: ClassVar[int] = 400
    why: Why | None = None
    params: Mapping[str, Param] = MappingProxyType({})

    def __init__(self, message: str, *, path: Path = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path

    def below(self, *steps: str | int) -> Self:
        """This refusal, of a part of a larger command that stands at `steps` there."""
        self.path = (*steps, *self.path)
        return self

    @property
    def published_code(self) -> str:
        """The code REST clients see."""
        return PUBLISHED.get(self.code, self.code.value)


class NotFound(Refusal):
    """The tenant has no such thing. A thing of another tenant is refused in the same words as one that never was."""

    code = RefusalCode.NOT_FOUND
    status = 404


class FreshSignInRequired(Refusal):
    """The command is dangerous, and the sender proved who they are too long ago. A fresh sign-in helps."""

    code = RefusalCode.FRESH_SIGN_IN_REQUIRED
    status = 403


class AlreadyExists(Refusal):
    """There is such a thing already."""

    code = RefusalCode.ALREADY_EXISTS
    status = 409


class InvalidValue(Refusal):
    """A value the rules do not admit: `why` and `params` say what is wrong with it, the path says where it stands."""

    code = RefusalCode.INVALID_VALUE

    def __init__(self, why: Why, *, path: Path = (), **params: Param) -> None:
        super().__init__(why.said(**params), path=path)
        self.why = why
        self.params = params

    @classmethod
    def by_rule(cls, wrong: InvalidByRule, *, path: Path = ()) -> Self:
        """What a rule found wrong with the value at `path`, or with the field of it that the rule names."""
        return cls(wrong.why, path=(*path, wrong.field) if wrong.field else path, **wrong.params)


class ReasonRequired(Refusal):
    """The command needs a reason and has none."""

    code = RefusalCode.REASON_REQUIRED


class IdempotencyKeyReused(Refusal):
    """The idempotency key was used for another command before."""

    code = RefusalCode.IDEMPOTENCY_KEY_REUSED
    status = 422
