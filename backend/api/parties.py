"""Names, addresses and accounts of those who stand on an invoice, as clients see and send them."""

from backend.api.graphql.inputs import Input
from backend.api.mirror import Mirror
from backend.values import parties as values
from backend.values.parties import ReferenceKind


class Address(Mirror[values.Address], rest_as_it_is=True):
    """A postal address in parts. The country is ISO 3166-1 alpha-2."""


class AddressInput(Input[values.Address]):
    """A postal address in parts. The country is ISO 3166-1 alpha-2."""


class Identity(Mirror[values.Identity], rest_as_it_is=True):
    """The legal identity of an issuer, as printed."""


class IdentityInput(Input[values.Identity]):
    """The legal identity of an issuer, as it will be printed."""


class PrintedDebtor(Mirror[values.Particulars], rest_as_it_is=True):
    """Who owes it, as printed."""


class ParticularsInput(Input[values.Particulars]):
    """Name and address of a debtor."""


class PaymentAccount(Mirror[values.PaymentAccount], rest_as_it_is=True):
    """Where the money goes. Issuers with the same `accountId` share an account and its references."""

    reference: ReferenceKind


class PaymentAccountInput(Input[values.PaymentAccount]):
    """Where the money goes. Issuers with the same `accountId` share an account and its references."""

    reference: ReferenceKind = "rf"
