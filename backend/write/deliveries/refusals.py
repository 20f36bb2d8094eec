"""Why an invoice cannot be dispatched."""

from backend.write.refusal import Refusal, RefusalCode


class DeliveryHasNoAddress(Refusal):
    """Neither the debtor nor the command has an e-mail address."""

    code = RefusalCode.DELIVERY_NO_ADDRESS


class DeliveryNotPossible(Refusal):
    """The invoice is a draft, cancelled, or from before our time."""

    code = RefusalCode.DELIVERY_NOT_POSSIBLE
    status = 409


class DeliveryInProgress(Refusal):
    """A dispatch of this invoice is still on its way: a second one would send the same mail twice."""

    code = RefusalCode.DELIVERY_IN_PROGRESS
    status = 409
