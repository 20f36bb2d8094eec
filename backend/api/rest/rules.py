"""The rules a federation sets: what its debt gate blocks, and which VAT rates are in force."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.api.gate import rules_of
from backend.api.problems import Fault, Malformed
from backend.api.rest.endpoint import Call, needs
from backend.api.rest.reading import Body, Query
from backend.api.rest.shapes import Text60, Text250
from backend.read.gate import gate_policy
from backend.read.issuers.queries import tax_rates_in_force
from backend.values.gate import GateAction
from backend.values.tax import CategoryCode, InvalidTaxRate, TaxCategory, TaxRate
from backend.write.gate import SetGatePolicy, WantedRule
from backend.write.tax import AdoptTaxRates


class GateRuleSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What blocks one action. As it stands: any outstanding amount, due or not.

    `overdue_only` counts an invoice only when it is more than `grace_days` overdue; less than `minimum_minor` in sum
    does not block.
    """

    action: GateAction
    blocks: bool = True
    overdue_only: bool = False
    grace_days: int = 0
    minimum_minor: int = 0
    exclude_disputed: bool = False
    exclude_paying_invoice: bool = True


class GatePolicySent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole policy. An action that is not named has the default rule."""

    rules: Annotated[tuple[GateRuleSent, ...], Meta(max_length=20)]


class TaxRateSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rate. `percent` is 25 for 25 %; `en16931` the category code of BT-151; `source` names the law."""

    code: Text60
    jurisdiction: Annotated[str, Meta(max_length=2)]
    category: TaxCategory
    percent: Decimal
    en16931: CategoryCode
    valid_from: date
    source: Text250
    valid_to: date | None = None
    exemption_reason: Text250 = ""
    exemption_code: Text60 = ""


class TaxRatesSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rates to charge by as well. A later rate closes the open-ended one before it."""

    rates: Annotated[tuple[TaxRateSent, ...], Meta(min_length=1, max_length=1_000)]


class TaxRatesQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rates of which day (today) and which country (all)."""

    on: date | None = None
    jurisdiction: Annotated[str, Meta(max_length=2)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePolicyShown:
    """The policy in force, by its version: every decision quotes it."""

    version: int
    rules: tuple[GateRuleSent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRatesAdopted:
    """How many rates were adopted."""

    adopted: int


@needs(gate_policy)
async def show_gate_policy(call: Call) -> GatePolicyShown:
    """The policy in force, with a rule for every action: where the federation set none, the default."""
    policy = await call.ask(gate_policy)
    rules = tuple(GateRuleSent(action=action, **rule) for action, rule in rules_of(policy).items())
    return GatePolicyShown(version=policy.version, rules=rules)


@needs(SetGatePolicy)
async def set_gate_policy(call: Call, body: GatePolicySent) -> GatePolicyShown:
    """Let the gate decide by these rules from now on."""
    wanted = tuple(msgspec.convert(msgspec.to_builtins(rule), WantedRule) for rule in body.rules)
    receipt = await call.carry_out(SetGatePolicy(rules=wanted))
    return GatePolicyShown(version=int(receipt.answer["version"]), rules=body.rules)


@needs(tax_rates_in_force)
async def list_tax_rates(call: Call, query: TaxRatesQuery) -> tuple[TaxRate, ...]:
    """The VAT rates that hold on a day, by jurisdiction and category."""
    return await call.ask(tax_rates_in_force, on=query.on or call.today(), jurisdiction=query.jurisdiction)


@needs(AdoptTaxRates)
async def adopt_tax_rates(call: Call, body: TaxRatesSent) -> TaxRatesAdopted:
    """Charge VAT by these rates as well. What is issued keeps the rate of its day."""
    await call.carry_out(AdoptTaxRates(rates=tuple(_rate(each, index) for index, each in enumerate(body.rates))))
    return TaxRatesAdopted(adopted=len(body.rates))


def _rate(sent: TaxRateSent, index: int) -> TaxRate:
    if not sent.percent.is_finite():
        raise Malformed(Fault(detail="a finite number", path=("rates", index, "percent")))
    try:
        return TaxRate(**{each.name: getattr(sent, each.name) for each in msgspec.structs.fields(TaxRateSent)})
    except InvalidTaxRate as error:
        raise Malformed(Fault(detail=str(error), path=("rates", index))) from None
