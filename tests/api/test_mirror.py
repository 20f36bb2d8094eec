"""A mirror: one declaration, and both edges show the same row by the same rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest
import strawberry
from strawberry.schema.config import StrawberryConfig

from backend.api.forms import form_of
from backend.api.graphql.identifiers import encoded
from backend.api.graphql.money import money
from backend.api.graphql.scalars import SCALARS
from backend.api.mirror import Mirror, derived
from backend.api.rest import shapes
from backend.api.shown import Shown, shape, shape_of
from backend.values.identifiers import DebtorId, InvoiceId, PaymentId
from backend.values.payments import PaymentMethod

A_DEBTOR, AN_INVOICE, A_PAYMENT = DebtorId(UUID(int=1)), InvoiceId(UUID(int=2)), PaymentId(UUID(int=3))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A part of it, which has no currency of its own."""

    invoice_id: InvoiceId
    amount_minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingRow:
    """A row with one field of each kind. `paid_on` may be None."""

    payment_id: PaymentId
    position: int
    debtor_id: DebtorId | None
    method: PaymentMethod
    paid_on: date | None
    currency: str
    net_minor: int
    reference: str
    season: str
    secret: str
    parts: tuple[PartRow, ...]


class MirroredPart(Mirror[PartRow]):
    """A part."""


class MirroredThing(
    Mirror[ThingRow],
    key="payment_id",
    names={"paid_on": "received_on"},
    rest={"method": "payment_method"},
    leave_out=("secret",),
    only_rest=("position",),
    only_graphql=("reference",),
    or_null=("season",),
):
    """`receivedOn` is when; `method` how."""

    label: str = derived(lambda row: f"{row.method}!", "What is said of it.")


ROW = ThingRow(
    payment_id=A_PAYMENT,
    position=7,
    debtor_id=A_DEBTOR,
    method="bankgiro",
    paid_on=None,
    currency="SEK",
    net_minor=12_345,
    reference="R",
    season="",
    secret="s",
    parts=(PartRow(invoice_id=AN_INVOICE, amount_minor=5), PartRow(invoice_id=AN_INVOICE, amount_minor=None)),
)


def test_graphql_shows_opaque_ids_money_and_words() -> None:
    """X1: ids carry their kind, amounts their currency, also those of the rows within."""
    made: Any = MirroredThing.of(ROW)
    assert made.id == encoded("Payment", A_PAYMENT)
    assert made.debtor_id == encoded("Debtor", A_DEBTOR)
    assert (made.method, made.received_on, made.label) == ("bankgiro", None, "bankgiro!")
    assert made.net == money(12_345, "SEK")
    assert [part.amount for part in made.parts] == [money(5, "SEK"), None]
    assert made.row is ROW
    assert not {"secret", "position", "currency"} & set(vars(made))


def test_the_schema_says_what_it_is() -> None:
    """Style 3.3: the docstring is the description, and a Literal its enum."""

    @strawberry.type
    class Query:
        thing: MirroredThing

    schema = strawberry.Schema(query=Query, config=StrawberryConfig(scalar_map=SCALARS)).as_str()
    assert "method: PaymentMethod!" in schema
    assert "debtorId: ID\n" in schema
    assert "parts: [MirroredPart!]!" in schema
    assert '"""What is said of it."""\n  label: String!' in schema
    assert '"""`receivedOn` is when; `method` how."""' in schema


def test_rest_shows_the_names_of_the_field() -> None:
    """S002: `subtotal`, UUIDs, null for an empty text; the description speaks of its own names."""
    assert msgspec.json.decode(msgspec.json.encode(MirroredThing.shown(ROW))) == {
        "id": str(A_PAYMENT),
        "position": 7,
        "debtor_id": str(A_DEBTOR),
        "payment_method": "bankgiro",
        "received_on": None,
        "subtotal": {"amount_minor": 12_345, "currency": "SEK", "decimal": "123.45"},
        "season": None,
        "parts": [
            {"invoice_id": str(AN_INVOICE), "amount": {"amount_minor": 5, "currency": "SEK", "decimal": "0.05"}},
            {"invoice_id": str(AN_INVOICE), "amount": None},
        ],
        "label": "bankgiro!",
    }
    assert MirroredThing.SHAPE.__doc__ == "`received_on` is when; `payment_method` how."


def test_annotations_of_rest_stand_for_the_shape() -> None:
    """What reads annotations at run time finds no `Shown`."""

    @shape
    class Around:
        """A shape around one."""

        thing: Shown[MirroredThing] | None
        page: shapes.Page[Shown[MirroredThing]]

    assert shape_of(tuple[Shown[MirroredThing], ...]) == tuple[MirroredThing.SHAPE, ...]
    assert Around.__annotations__["thing"] == MirroredThing.SHAPE | None
    assert Around.__annotations__["page"] == shapes.Page[MirroredThing.SHAPE]


def test_what_is_within_must_be_mirrored_first() -> None:
    """A class that nobody declared would be published as it is."""

    @dataclass(frozen=True)
    class Unknown:
        """Not mirrored."""

    with pytest.raises(AssertionError, match="is not mirrored"):
        form_of(tuple[Unknown, ...])
