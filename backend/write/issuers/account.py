"""What a payment account must be, so that every slip and QR code printed from it can be paid. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from backend.events.issuers import PaymentAccountSet
from backend.tenants.capabilities import Capability
from backend.values.identifiers import IssuerId
from backend.values.parties import PaymentAccount
from backend.values.references import MAX_EPC_NAME, is_iban, is_ocr
from backend.values.why import Why
from backend.write.command import command
from backend.write.issuers.register import authorised_issuer, record_change
from backend.write.refusal import InvalidValue
from backend.write.unit_of_work import UnitOfWork
from backend.write.wording import code, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPaymentAccount:
    """Where debtors of this issuer pay from now on."""

    issuer_id: IssuerId
    account: PaymentAccount


MAX_ACCOUNT_ID: Final = 40
_BIC: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_BANKGIRO: Final = re.compile(r"[0-9]{7,8}")
_SWISH: Final = re.compile(r"(?:123|07[0-9])[0-9]{7}")


def checked_account(account: PaymentAccount) -> PaymentAccount:
    """The account in one spelling: IBAN and BIC in capitals without spaces, bankgiro as 123-4567 or 1234-5678."""
    if not (account.iban or account.bankgiro or account.swish):
        raise InvalidValue(Why.PAYMENT_ADDRESS_MISSING, path=("account",))
    if account.reference not in ("ocr", "rf"):
        raise InvalidValue(Why.NOT_ONE_OF, allowed="ocr, rf", path=("account", "reference"))
    return PaymentAccount(
        account_id=code(account.account_id, MAX_ACCOUNT_ID, path=("account", "accountId")),
        holder=one_line(account.holder, MAX_EPC_NAME, path=("account", "holder")),
        iban=_iban(account.iban),
        bic=_bic(account.bic),
        bankgiro=_bankgiro(account.bankgiro),
        swish=_swish(account.swish),
        reference=account.reference,
    )


def _iban(value: str) -> str:
    compact = "".join(value.split()).upper()
    if compact and not is_iban(compact):
        raise InvalidValue(Why.NOT_AN_IBAN, path=("account", "iban"))
    return compact


def _bic(value: str) -> str:
    compact = "".join(value.split()).upper()
    if compact and not _BIC.fullmatch(compact):
        raise InvalidValue(Why.NOT_A_BIC, path=("account", "bic"))
    return compact


def _bankgiro(value: str) -> str:
    digits = "".join(value.split()).replace("-", "")
    # A bankgiro number ends in the same check digit as an OCR reference (modulus 10).
    if digits and not (_BANKGIRO.fullmatch(digits) and is_ocr(digits)):
        raise InvalidValue(Why.NOT_A_BANKGIRO, path=("account", "bankgiro"))
    return f"{digits[:-4]}-{digits[-4:]}" if digits else ""


def _swish(value: str) -> str:
    digits = "".join(value.split()).replace("-", "")
    if digits and not _SWISH.fullmatch(digits):
        raise InvalidValue(Why.NOT_A_SWISH_NUMBER, path=("account", "swish"))
    return digits


def set_account(command: SetPaymentAccount) -> PaymentAccountSet:
    """The payment account as it is recorded, checked."""
    return PaymentAccountSet(issuer_id=command.issuer_id, account=checked_account(command.account))


@command(Capability.ISSUERS_MANAGE)
async def set_payment_account(command: SetPaymentAccount, work: UnitOfWork) -> None:
    """Load the issuer, and record its payment account."""
    await authorised_issuer(work, command.issuer_id)
    record_change(work, command.issuer_id, set_account(command))
