"""Payment references and the texts inside payment QR codes: OCR (Bankgirot), RF (ISO 11649), EPC069-12 and Swish."""

import re
from typing import Final
from urllib.parse import quote

from stdnum import iban, luhn
from stdnum.iso7064 import mod_97_10

from backend.values.money import Money

# Bankgirot, "Bankgiro Inbetalningar" user manual: an OCR reference has 2 to 25 digits, check digit included.
MAX_OCR: Final = 25
# ISO 11649: `RF`, two check digits and 1 to 21 letters or digits.
MAX_RF_BODY: Final = 21
# EPC069-12: QR version 13 with error correction M holds 331 bytes; the other limits are those of its table of elements.
MAX_EPC_BYTES: Final = 331
MAX_EPC_NAME: Final = 70
MAX_EPC_TEXT: Final = 140
MAX_EPC_MINOR: Final = 99_999_999_999
# Swish: a message of 50 characters, and amounts of at most 999 999 999 999.99 kronor.
MAX_SWISH_MESSAGE: Final = 50
MAX_SWISH_MINOR: Final = 99_999_999_999_999

# The countries of the SEPA schemes (EPC409-09): an account elsewhere cannot be paid by a credit transfer.
_SEPA: Final = (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE"
    " SI SK SM VA"
)
SEPA: Final = frozenset(_SEPA.split())
# Outside the European Economic Area a bank may still need the BIC (EPC069-12, element AT-23 in version 002).
_BIC_REQUIRED: Final = frozenset({"AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA"})

_OCR: Final = re.compile(rf"[0-9]{{2,{MAX_OCR}}}")
_RF: Final = re.compile(rf"RF[0-9]{{2}}([A-Z0-9]{{1,{MAX_RF_BODY}}})")
_RF_BODY: Final = re.compile(rf"[A-Z0-9]{{1,{MAX_RF_BODY}}}")
_IBAN: Final = re.compile(r"([A-Z]{2})[0-9]{2}[A-Z0-9]{11,30}")
_BIC: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
# The numbers Swish gives to organisations begin with 123; a small club may still receive on a mobile number.
_SWISH_NUMBER: Final = re.compile(r"(?:123|07[0-9])[0-9]{7}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class InvalidReference(ValueError):
    """The counter or text cannot become a reference of this kind."""


class InvalidPaymentCode(ValueError):
    """The payment cannot be written as this kind of QR code. The message names the part that does not fit."""


def ocr_reference(counter: int, *, length_digit: bool = True) -> str:
    """The OCR reference of `counter`, checked by modulus 10 (Bankgirot): 123 becomes `12351`.

    With `length_digit` the second last digit is the total length modulo 10, and is itself covered by the check digit:
    the variant "variable length". Raises `InvalidReference` below zero and beyond 25 digits.
    """
    if counter < 0:
        raise InvalidReference(f"counter {counter} is negative")
    digits = str(counter)
    if length_digit:
        digits += str((len(digits) + 2) % 10)
    if len(digits) >= MAX_OCR:
        raise InvalidReference(f"counter {counter} needs more than {MAX_OCR} digits")
    return digits + luhn.calc_check_digit(digits)


def is_ocr(text: str) -> bool:
    """Whether `text` is 2 to 25 digits that end in the right check digit: the soft check, of any variant."""
    digits = _compact(text)
    return _OCR.fullmatch(digits) is not None and luhn.is_valid(digits)


def rf_reference(counter_or_text: int | str) -> str:
    """The ISO 11649 creditor reference: `RF`, two check digits (modulus 97), then the text: `RF18539007547034`.

    Spaces and hyphens are dropped and letters made capital. Raises `InvalidReference` unless 1 to 21 letters A-Z or
    digits remain.
    """
    body = _compact(str(counter_or_text)).replace("-", "").upper()
    if not _RF_BODY.fullmatch(body):
        raise InvalidReference(f"{counter_or_text!r} is not 1 to {MAX_RF_BODY} letters or digits")
    return f"RF{_rf_check_digits(body)}{body}"


def is_rf(text: str) -> bool:
    """Whether `text` is an ISO 11649 reference with the right check digits. Spaces and small letters are accepted."""
    reference = _compact(text).upper()
    match = _RF.fullmatch(reference)
    return match is not None and reference[2:4] == _rf_check_digits(match[1])


def is_iban(text: str) -> bool:
    """Whether `text` is an IBAN of a SEPA country: its shape there, and its check digits. Spaces are accepted."""
    match = _IBAN.fullmatch(_compact(text).upper())
    # Not `check_country`: it refuses accounts of Belgian banks that its list does not have, and the registry's example.
    return match is not None and match[1] in SEPA and iban.is_valid(match[0], check_country=False)


def grouped(text: str) -> str:
    """`text` in groups of four, as people read and retype a reference or an IBAN: `RF18 5390 0754 7034`."""
    compact = _compact(text)
    return " ".join(compact[start : start + 4] for start in range(0, len(compact), 4))


def epc_payload(*, name: str, iban: str, bic: str, amount: Money, reference: str) -> str:
    """The text of an EPC QR code ("GiroCode") for a SEPA credit transfer: EPC069-12, version 002, in UTF-8.

    An RF reference goes into the structured element, any other into the text element. Encode it with error correction
    M. Raises `InvalidPaymentCode` for another currency than EUR and for whatever the standard would not accept.
    """
    account, bank = _compact(iban).upper(), _compact(bic).upper()
    if amount.currency != "EUR" or not 1 <= amount.minor <= MAX_EPC_MINOR:
        raise InvalidPaymentCode(f"amount {amount} is not between 0.01 and 999999999.99 EUR")
    if not is_iban(account):
        raise InvalidPaymentCode("the IBAN is not valid")
    if bank and not _BIC.fullmatch(bank):
        raise InvalidPaymentCode("the BIC is not 8 or 11 characters")
    if not bank and account[:2] in _BIC_REQUIRED:
        raise InvalidPaymentCode(f"an account in {account[:2]} needs a BIC")
    holder = _one_line(name, limit=MAX_EPC_NAME, part="name")
    if not holder:
        raise InvalidPaymentCode("the name is missing")
    # Either the structured element or the text, never both (purpose code and structured element come before the text).
    structured, text = _compact(reference).upper(), ""
    if not is_rf(reference):
        structured, text = "", _one_line(reference, limit=MAX_EPC_TEXT, part="text")
    elements = ["BCD", "002", "1", "SCT", bank, holder, account, f"EUR{amount.decimal}", "", structured, text]
    # The standard ends the text with the last element that is given.
    payload = "\n".join(elements).rstrip("\n")
    if len(payload.encode()) > MAX_EPC_BYTES:
        raise InvalidPaymentCode(f"the code would exceed {MAX_EPC_BYTES} bytes")
    return payload


def swish_payload(*, number: str, amount: Money, message: str) -> str:
    """The text of a Swish QR code of type C: `C1231234567;119,00;12351;0`, where 0 locks every field for the payer.

    Source: Swish "QR code encoding specification" section 6.1 (amount in kronor with a comma and two decimals, message
    URL-encoded). Raises `InvalidPaymentCode`.
    """
    payee = _compact(number).replace("-", "")
    if not _SWISH_NUMBER.fullmatch(payee):
        raise InvalidPaymentCode("the Swish number is neither 123 and seven digits nor a mobile number")
    if amount.currency != "SEK" or not 1 <= amount.minor <= MAX_SWISH_MINOR:
        raise InvalidPaymentCode(f"amount {amount} cannot be paid by Swish")
    text = _one_line(message, limit=MAX_SWISH_MESSAGE, part="message")
    return f"C{payee};{str(amount.decimal).replace('.', ',')};{quote(text, safe='')};0"


def _rf_check_digits(body: str) -> str:
    # Compared as text, so that 00, 01 and 99, which satisfy the congruence too, are not accepted.
    return mod_97_10.calc_check_digits(f"{body}RF")


def _compact(text: str) -> str:
    return "".join(text.split())


def _one_line(text: str, *, limit: int, part: str) -> str:
    # A line break inside an element would shift every element after it: a debtor's text could then name the account.
    stripped = text.strip()
    if len(stripped) > limit or _CONTROL.search(stripped):
        raise InvalidPaymentCode(f"the {part} exceeds {limit} characters or holds a control character")
    return stripped
