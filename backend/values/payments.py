"""How money comes."""

from typing import Literal

PaymentMethod = Literal["bank_transfer", "bankgiro", "swish", "card", "cash", "check", "other"]
