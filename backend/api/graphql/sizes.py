"""What a field costs beside its objects, said at the field: how long a list is, which statements it needs.

A list that is no connection says what it typically holds (for the price) and what it can hold at most; one that says
nothing fails when the schema is made, and with it every test and every start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import strawberry
from graphql import GraphQLInterfaceType, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema

# Every currency that has a reference rate, and the euro.
CURRENCIES: Final = 35
# What a field pays for each statement of its own on each object it stands on: dear in a list, cheap on one object.
STATEMENT: Final = 25
# What is decided whole, chunk by chunk under the tenant's lock, and not recorded.
REHEARSAL: Final = 1_000

_PRICE: Final = "price"


@dataclass(frozen=True, slots=True)
class Size:
    """`typical` is what a query pays for, `limit` what the rules or the query behind it allow."""

    typical: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """`statements` are its own, for each object it stands on; `work` is what takes longer than any list; of
    `rehearsal` nothing is given back, because a lock was held for it."""

    size: Size | None = None
    statements: int = 0
    work: int = 0
    rehearsal: int = 0

    @property
    def own(self) -> int:
        return self.statements * STATEMENT + self.work + self.rehearsal


FREE: Final = Price()


def priced(price: Price) -> Mapping[Any, Any]:
    """What strawberry keeps of a price with its field."""
    return MappingProxyType({_PRICE: price})


def listed(typical: int, limit: int) -> Any:
    """A list of an `output`: how long it is.

    lines: list[InvoiceLine] = listed(5, MAX_LINES)
    """
    return strawberry.field(metadata=priced(Price(size=Size(typical, limit))))


def prices_of(schema: GraphQLSchema) -> dict[str, Price]:
    """The price of every field that has one, by `Type.field`."""
    prices = {}
    for kind in schema.type_map.values():
        if kind.name.startswith("__") or not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            continue
        for name, field in kind.fields.items():
            declared = getattr(field.extensions.get("strawberry-definition"), "metadata", {}).get(_PRICE, FREE)
            plain = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
            if isinstance(plain, GraphQLList) and name != "edges" and declared.size is None:
                raise TypeError(f"{kind.name}.{name} is a list: say how long, by `size` or `listed`")
            prices[f"{kind.name}.{name}"] = declared
    return prices
