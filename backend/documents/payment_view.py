"""The payment slip: where to pay, with which reference, and the QR code that fills both in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from backend.documents.formats import Formats
from backend.events.invoices import InvoiceIssued
from backend.values.money import Money
from backend.values.parties import PaymentAccount
from backend.values.references import InvalidPaymentCode, epc_payload, grouped, swish_payload

# The slip shows what must not break across lines: groups of an IBAN or a reference stay together.
_NO_BREAK_SPACE: Final = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentView:
    """`reference` is the one to print first, of kind `reference_kind`; the other one is kept for banks that want it.

    `qr_kind` says which application reads `qr`, and is empty where there is no code.
    """

    holder: str
    bankgiro: str
    iban: str
    bic: str
    swish: str
    reference_kind: Literal["ocr", "rf", ""]
    reference: str
    ocr: str
    rf: str
    amount: str
    due_on: str
    qr_kind: Literal["epc", "swish", ""]
    qr: str

    @property
    def payable(self) -> bool:
        """Whether there is an account to print a slip for."""
        return bool(self.bankgiro or self.iban or self.swish)


NOTHING_TO_PAY: Final = PaymentView(
    holder="",
    bankgiro="",
    iban="",
    bic="",
    swish="",
    reference_kind="",
    reference="",
    ocr="",
    rf="",
    amount="",
    due_on="",
    qr_kind="",
    qr="",
)


def payment_view(
    event: InvoiceIssued, show: Formats, printed: Callable[[str | None], str], *, due: Money | None = None
) -> PaymentView:
    """The slip of `event`: empty where the issuer has no account. `due` is what is left, if that is not the total."""
    due = due or event.total
    account = event.issuer.account or PaymentAccount(account_id="", holder=event.issuer.identity.name)
    # An OCR reference is a promise of Bankgirot, so it is printed only beside a bankgiro number.
    ocr = event.ocr_reference if account.bankgiro else ""
    rf = event.rf_reference
    first = _first(ocr, rf, account.reference)
    qr_kind, qr = _qr(event, account, due)
    return PaymentView(
        holder=printed(account.holder or event.issuer.identity.name),
        bankgiro=printed(account.bankgiro),
        iban=_grouped(account.iban),
        bic=account.bic,
        swish=printed(account.swish),
        reference_kind=first,
        reference=ocr if first == "ocr" else _grouped(rf),
        ocr=ocr,
        rf=_grouped(rf),
        amount=show.money(due.minor, due.currency),
        due_on=show.date(event.due_on),
        qr_kind=qr_kind,
        qr=qr,
    )


def _first(ocr: str, rf: str, preferred: str) -> Literal["ocr", "rf", ""]:
    if ocr and (preferred == "ocr" or not rf):
        return "ocr"
    return "rf" if rf else ""


def _qr(event: InvoiceIssued, account: PaymentAccount, due: Money) -> tuple[Literal["epc", "swish", ""], str]:
    """The text of the QR code. What the standards cannot express (nothing to pay, a name of 200 letters) gets none."""
    try:
        if event.currency == "EUR" and account.iban:
            holder = account.holder or event.issuer.identity.name
            reference = event.rf_reference or event.number
            return "epc", epc_payload(name=holder, iban=account.iban, bic=account.bic, amount=due, reference=reference)
        if event.currency == "SEK" and account.swish:
            reference = event.ocr_reference or event.number
            return "swish", swish_payload(number=account.swish, amount=due, message=reference)
    except InvalidPaymentCode:
        pass
    return "", ""


def _grouped(text: str) -> str:
    return grouped(text).replace(" ", _NO_BREAK_SPACE)
