"""Every way in which a value can be wrong: a closed catalogue of names, each with its English sentence and parameters.

Programs and the app read the name and the parameters; the sentence is made from them and never parsed.
"""

from enum import Enum
from string import Formatter
from typing import Final

Param = int | str


class Why(Enum):
    """What is wrong with a value. The name is published; the value is the sentence, with its parameters in braces."""

    # Any text
    EMPTY = "this may not be empty"
    TOO_LONG = "this has at most {limit} characters"
    WRONG_LENGTH = "this has {lowest} to {highest} characters"
    CONTROL_CHARACTERS = "this contains control characters"
    NOT_ONE_LINE = "this is one line, without tabs"
    NOT_A_CODE = "this is made of letters, digits and . / - _"
    NOT_A_SLUG = "small letters, digits and inner hyphens, at most {limit}"
    NOT_A_DIGEST = "this is no SHA-256 in hexadecimal"
    NOT_ONE_OF = "this is one of {allowed}"
    NOT_A_LANGUAGE = "this is not an ISO 639-1 language, such as sv or fr"
    NOT_A_COUNTRY = "this is not an ISO 3166-1 country, such as SE or FR"
    NOT_A_TIME_ZONE = "this is not an IANA time zone, such as Europe/Stockholm"
    NOT_A_WEB_ADDRESS = "this is no web address"
    NOT_AN_EMAIL = "this is not exactly one e-mail address"
    NOT_A_COLOUR = "a colour is written #rrggbb"

    # Any number, any list
    NOT_A_NUMBER = "this is not a number"
    OUT_OF_RANGE = "this is {lowest} to {highest}"
    ASTRONOMICAL = "this is too large or too small"
    TOO_SMALL = "this is at least {lowest}"
    TOO_LARGE = "this is at most {limit}"
    NEGATIVE = "this is not negative"
    TOO_MANY_DECIMALS = "this has at most {limit} decimals"
    TOO_MANY = "at most {limit} of these are possible"
    WRONG_COUNT = "give {lowest} to {highest} of these at a time"
    NAMED_TWICE = "this is here twice"
    NUMBER_OF_ANOTHER_ROW = "this number is already that of member {row} of the chunk"

    # Parties and places
    ORG_NODE_UNKNOWN = "there is no such org node in this tenant"
    ORG_NODE_MISSING = "a club has an org node"
    ORG_NODE_MISPLACED = "a {parent} has no {kind} below it"
    TENANT_MISPLACED = "a debtor of kind tenant, and no other, names its tenant"
    TENANT_BILLS_ITSELF = "a tenant does not bill itself"
    NUMBER_OF_ANOTHER_KIND = "this number belongs to a {kind}, not to a member"

    # Invoices
    QUANTITY_OUT_OF_RANGE = "a quantity is not zero, and not astronomical"
    DISCOUNT_TOO_LARGE = "a discount is at most what is asked for"
    DRAFT_REVISED = "somebody revised this draft meanwhile (version {version}): reload it, then change it"
    NUMBER_TAKEN_OVER_TWICE = "this number is twice in the chunk"
    TOTAL_NOT_NET_PLUS_TAX = "the total is net plus tax"
    OPEN_MORE_THAN_TOTAL = "what is open is between 0 and the total"
    NOT_AN_OLD_INVOICE = "an old invoice was issued in the past, and is due later"
    LINKS_REVOKED_TOO_OFTEN = "the links of this invoice were revoked too often"

    # Files
    FILE_UNKNOWN = "there is no such file here: upload it first"
    FILE_OF_ANOTHER_SIZE = "the stored file has another size"
    FILE_OF_ANOTHER_KIND = "the stored file is of another kind"
    FILES_TOO_LARGE = "attachments have at most {limit} bytes together"
    ATTACHMENT_EMPTY = "the file is empty"
    ATTACHMENT_TOO_LARGE = "a file has at most {limit} MB"
    ATTACHMENT_UNKNOWN_KIND = "attach a PDF, a PNG or JPEG picture, or a CSV file"
    ATTACHMENT_NAME = (
        "a file name has 1 to {limit} characters, none of them / \\ or a quotation mark, and this one ends in {allowed}"
    )
    LOGO_UNKNOWN = "there is no such logo here: upload it first"
    LOGO_OF_ANOTHER_KIND = "the stored logo is of another kind"
    LOGO_UNUSABLE = "this file cannot be a logo ({problem})"
    LOGO_KIND_MISSING = "a logo is {allowed}, and named with it"

    # Issuers, their numbers and their accounts
    SEASON_DAYS_REVERSED = "a season ends after it begins, within four years"
    SEASON_CODE_UNPRINTABLE = (
        "a season code is made of A-Z, 0-9 and inner hyphens, and its numbers have at most {limit} characters"
    )
    PREFIX_UNPRINTABLE = "a prefix is 1 to {limit} of A-Z, 0-9 and inner hyphens"
    PAYMENT_ADDRESS_MISSING = "an account has an IBAN, a bankgiro or a Swish number"
    NOT_AN_IBAN = "this is not an IBAN: length or check digits are wrong"
    NOT_A_BIC = "a BIC has 8 or 11 letters and digits"
    NOT_A_BANKGIRO = "this is not a bankgiro number: its check digit is wrong"
    NOT_A_SWISH_NUMBER = "a Swish number is 123 and seven digits, or a mobile number"

    # Payments
    AMOUNT_NOT_POSITIVE = "a payment is more than nothing, and not astronomical"
    RECEIVED_IN_FUTURE = "money cannot have arrived on {received_on}: today is {today}"
    RECEIVED_TOO_EARLY = "money cannot have arrived more than a year before the invoice"

    # Tax
    TAX_PERCENT_IMPOSSIBLE = "{percent} % is no rate under the category code {category}"
    TAX_PERIOD_REVERSED = "a rate ends after it begins"

    # People, programs, and the platform
    CAPABILITIES_MISSING = "name one or more capabilities that a role has"
    CAPABILITIES_NOT_HELD = "the client does not have these capabilities"
    NOT_A_PROVIDER_ADDRESS = "an issuer is an https address without a query"
    READ_MODEL_UNKNOWN = "there is no such read model"

    @property
    def parameters(self) -> frozenset[str]:
        """The names of what varies in the sentence."""
        return PARAMETERS[self]

    def said(self, **params: Param) -> str:
        """The sentence with its parameters. Whoever leaves one out, or adds one, has made a mistake in the code."""
        assert params.keys() == self.parameters, f"{self.name} takes {sorted(self.parameters)}, not {sorted(params)}"
        return self.value.format(**params)


PARAMETERS: Final = {
    why: frozenset(name for _, name, _, _ in Formatter().parse(why.value) if name is not None) for why in Why
}


class InvalidByRule(ValueError):
    """A rule does not admit a value; the write side makes a refusal of it that says where the value stands.

    `field` names what is wrong where the rule looks at several things, in the words of a command.
    """

    def __init__(self, why: Why, *, field: str = "", **params: Param) -> None:
        super().__init__(why.said(**params))
        self.why = why
        self.field = field
        self.params = params
