"""Relay connections over our keyset pages (relay.dev/graphql/connections.htm)."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from backend.api.graphql.documented import output
from backend.read import paging

MAX_CURSOR_LENGTH: Final = paging.MAX_CURSOR

N = TypeVar("N")
R = TypeVar("R")


@output
class PageInfo:
    """Where this page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@output
class Edge(Generic[N]):
    """One item of a list, with the cursor it stands at."""

    cursor: str
    node: N


@output
class Connection(Generic[N]):
    """One page of a list: at most 100 items, 25 unless asked otherwise."""

    edges: list[Edge[N]]
    page_info: PageInfo


def connection(page: paging.Page[R], node: Callable[[R], N]) -> Connection[N]:
    """The connection of a page; `node` makes the item clients see."""
    return Connection(
        edges=[Edge(cursor=cursor, node=node(item)) for cursor, item in zip(page.cursors, page.items, strict=True)],
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.start_cursor,
            end_cursor=page.end_cursor,
        ),
    )


def page(first: int | None, after: str | None, last: int | None, before: str | None) -> paging.PageRequest:
    """The page these four arguments ask for."""
    return paging.PageRequest(first=first, after=after, last=last, before=before)


__all__ = ["Connection", "Edge", "PageInfo", "connection", "page"]
