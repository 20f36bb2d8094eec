"""The two books of a tenant: what happens to its money, and who came in. Each is a journal with a head of its own."""

from typing import Final, Literal, get_args

# `money`: documents, payments, and whatever decisions about them depend on; kept for ever. `access`: sign-ins,
# sessions, grants and credentials; kept for a declared period.
Book = Literal["money", "access"]
# Whoever has to do with both goes through them in this order.
BOOKS: Final[tuple[Book, ...]] = get_args(Book)
