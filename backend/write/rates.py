"""The ECB's reference rate of the invoice date, captured at issue (S002-28).

Days and directions are in the field names.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from backend.events.invoice_parts import ReferenceRate
from backend.inline.reference_rates import ECB
from backend.rules.reference_rate import MAX_AGE_DAYS, ExchangeRateMissing, Publication, reference_rate
from backend.runtime.database import Asked, Connection
from backend.write.refusal import Refusal, RefusalCode


class ExchangeRateUnavailable(Refusal):
    """No ECB publication of the last seven days. Nothing is issued with a guessed rate."""

    code = RefusalCode.EXCHANGE_RATE_MISSING


_MAX_AGE: Final = timedelta(days=MAX_AGE_DAYS)


async def capture_rate(
    connection: Connection, *, invoice_currency: str, accounting_currency: str, on: date
) -> ReferenceRate:
    """The last publication on or before `on`, as it will be frozen on the invoice. Refuses when there is none of the
    last seven days: no rate is ever guessed."""
    return await captured(
        await ask_for_rates(
            connection, invoice_currency=invoice_currency, accounting_currency=accounting_currency, on=on
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRates:
    """What was asked for which currencies and day, and not read yet."""

    invoice_currency: str
    accounting_currency: str
    on: date
    asked: Asked


async def ask_for_rates(
    connection: Connection, *, invoice_currency: str, accounting_currency: str, on: date
) -> AskedRates:
    """Ask, and do not wait: `captured` reads the answer."""
    wanted = [currency for currency in {invoice_currency, accounting_currency} if currency != "EUR"]
    asked = await connection.execute(
        b"SELECT DISTINCT ON (currency) currency, per_euro, published_on, source FROM reference_rates"
        b" WHERE currency = ANY(%b) AND published_on BETWEEN %b AND %b"
        b" ORDER BY currency, published_on DESC, source <> %b",
        # No day is before the first of the calendar, whatever day somebody asks for.
        (wanted, max(on, date.min + _MAX_AGE) - _MAX_AGE, on, ECB),
    )
    return AskedRates(invoice_currency=invoice_currency, accounting_currency=accounting_currency, on=on, asked=asked)


async def captured(rates: AskedRates) -> ReferenceRate:
    """The rate among what was asked for. Refuses as `capture_rate` does."""
    on, accounting_currency = rates.on, rates.accounting_currency
    rows = await rates.asked.fetchall()
    publications = {
        currency: Publication(currency=currency, per_euro=Decimal(rate), published_on=published)
        for currency, rate, published, _ in rows
    }
    try:
        pair = reference_rate(
            publications, invoice_currency=rates.invoice_currency, accounting_currency=accounting_currency, on=on
        )
    except ExchangeRateMissing as missing:
        raise ExchangeRateUnavailable(
            f"{missing}: fetch the rates, or issue on a day that has one", path=("issuedOn",)
        ) from None
    # The demo carries old publications forward, and says so; nobody else has another source than the ECB.
    source = next((source for *_, source in rows if source != ECB), ECB)
    return ReferenceRate(
        source=source,
        requested_on=on,
        published_on=pair.eur_to_invoice_published_on,
        eur_to_invoice=pair.eur_to_invoice,
        accounting_currency=accounting_currency,
        accounting_published_on=pair.invoice_to_accounting_published_on,
        invoice_to_accounting=pair.invoice_to_accounting,
    )
