"""Shapes that many answers share: amounts of money, pages of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from backend.api.rest.endpoint import Answer, Call
from backend.api.rest.reading import Body, Query
from backend.read import paging
from backend.values.money import MAX_MINOR
from backend.values.money import Money as MoneyValue

T = TypeVar("T")
R = TypeVar("R")

Text60 = Annotated[str, Meta(max_length=60)]
Text250 = Annotated[str, Meta(max_length=250)]
Reason = Annotated[str, Meta(max_length=500, description="Why, for the record")]
Minor = Annotated[int, Meta(ge=-MAX_MINOR, le=MAX_MINOR, description="In the currency's minor unit: öre, cents")]
CurrencyCode = Annotated[str, Meta(pattern="^[A-Z]{3}$", description="ISO 4217", examples=["SEK"])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount. `decimal` says the same in major units, for people and for decimal types."""

    amount_minor: int
    currency: str
    decimal: str


def money(minor: int, currency: str) -> Money:
    """The amount of a row that says `*_minor` beside `currency`."""
    return Money(amount_minor=minor, currency=currency, decimal=str(MoneyValue(minor, currency).decimal))


class MoneySent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An amount as a client sends it: whole minor units, so that nothing is ever rounded on the way."""

    amount_minor: Minor
    currency: CurrencyCode


class PageQuery(Query, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which page: the `first` after a cursor, or the `last` before one. 25 unless said otherwise."""

    first: Annotated[int, Meta(ge=0, le=paging.PAGE_LIMIT)] | None = None
    after: Annotated[str, Meta(max_length=paging.MAX_CURSOR)] | None = None
    last: Annotated[int, Meta(ge=0, le=paging.PAGE_LIMIT)] | None = None
    before: Annotated[str, Meta(max_length=paging.MAX_CURSOR)] | None = None

    @property
    def page(self) -> paging.PageRequest:
        return paging.PageRequest(first=self.first, after=self.after, last=self.last, before=self.before)


class Page(Struct, Generic[T], frozen=True, kw_only=True):
    """Some of a list, in its order. The cursors are opaque; the `Link` header has the addresses ready to use."""

    items: tuple[T, ...]
    has_next: bool
    has_previous: bool
    start_cursor: str | None
    end_cursor: str | None


def paged(call: Call, found: paging.Page[R], shape: Callable[[R], T]) -> Answer[Page[T]]:
    """The page of a list, with links to its neighbours (RFC 8288)."""
    here = call.url.remove_query_params(["first", "after", "last", "before"])
    size = len(found.items) or paging.DEFAULT_PAGE
    size = int(call.query.get("first") or call.query.get("last") or size)
    links = []
    if found.has_next and found.end_cursor:
        following = here.include_query_params(first=size, after=found.end_cursor)
        links.append(f'<{following.path}?{following.query}>; rel="next"')
    if found.has_previous and found.start_cursor:
        earlier = here.include_query_params(last=size, before=found.start_cursor)
        links.append(f'<{earlier.path}?{earlier.query}>; rel="prev"')
    return Answer(
        Page(
            items=tuple(shape(item) for item in found.items),
            has_next=found.has_next,
            has_previous=found.has_previous,
            start_cursor=found.start_cursor,
            end_cursor=found.end_cursor,
        ),
        headers={"Link": ", ".join(links)} if links else {},
    )
