"""What clients send to start and stop runs."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

import strawberry

from backend.api.graphql.documented import given
from backend.api.graphql.results import Once
from backend.write.renewals.start import WantedComponent


@given
class FeeComponentInput:
    """One part of the fee: a line of every invoice. `amount` is net, in major units of the issuer's currency;
    `recipientType` says who earns it; `code` tells components apart when duplicates are looked for."""

    name: str
    amount: Decimal
    recipient_type: str = "issuer"
    code: str = ""
    tax_category: str = ""

    def value(self) -> WantedComponent:
        return WantedComponent(
            name=self.name,
            amount=self.amount,
            recipient=self.recipient_type,
            code=self.code,
            tax_category=self.tax_category,
        )


@given
class StartRunInput(Once):
    """Whom to bill, for which season, with which components. Name the debtors by id or by their member or club
    numbers (at most 10,000 at once; larger runs come as a file). Everything is frozen when the run starts."""

    PATHS: ClassVar = {"members": ("debtorIds",)}
    issuer_id: strawberry.ID
    fee_components: list[FeeComponentInput]
    debtor_ids: list[strawberry.ID] | None = None
    references: list[str] | None = None
    season: str | None = None
    issued_on: date | None = None
    deliver: bool | None = None
    override_reason: str = ""


@given
class StopRunInput(Once):
    """`reason` is required, and stands in the journal for ever."""

    run_id: strawberry.ID
    reason: str
