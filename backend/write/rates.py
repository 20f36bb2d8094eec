"""The ECB's reference rate of the invoice date, captured at issue (S002-28).

Days and directions are in the field names.
"""

from collections.abc import Mapping
from datetime import date

from backend.events.parts import ReferenceRate
from backend.inline.reference_rates import ask_for_publications, publications_from
from backend.rules.reference_rate import ECB, ExchangeRateMissing, Publication, reference_rate
from backend.write.refusal import Refusal, RefusalCode
from backend.write.unit_of_work import UnitOfWork


class ExchangeRateUnavailable(Refusal):
    """No ECB publication of the last seven days. Nothing is issued with a guessed rate."""

    code = RefusalCode.EXCHANGE_RATE_MISSING


def captured(
    publications: Mapping[str, Publication], *, invoice_currency: str, accounting_currency: str, on: date
) -> ReferenceRate:
    """The rate as it will be frozen on an invoice dated `on`. Refuses when one of the two currencies has none of the
    last seven days: no rate is ever guessed."""
    try:
        pair = reference_rate(
            publications, invoice_currency=invoice_currency, accounting_currency=accounting_currency, on=on
        )
    except ExchangeRateMissing as missing:
        raise ExchangeRateUnavailable(
            f"{missing}: fetch the rates, or issue on a day that has one", path=("issuedOn",)
        ) from None
    # The demo carries old publications forward, and says so; nobody else has another source than the ECB.
    source = next((each.source for each in publications.values() if each.source != ECB), ECB)
    return ReferenceRate(
        source=source,
        requested_on=on,
        published_on=pair.eur_to_invoice_published_on,
        eur_to_invoice=pair.eur_to_invoice,
        accounting_currency=accounting_currency,
        accounting_published_on=pair.invoice_to_accounting_published_on,
        invoice_to_accounting=pair.invoice_to_accounting,
    )


async def capture_rate(work: UnitOfWork, *, invoice_currency: str, accounting_currency: str, on: date) -> ReferenceRate:
    """Look up what was published, and capture it."""
    asked = await ask_for_publications(work.connection, (invoice_currency, accounting_currency), on)
    published = await publications_from(asked)
    return captured(published, invoice_currency=invoice_currency, accounting_currency=accounting_currency, on=on)
