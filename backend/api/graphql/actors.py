"""Who did something, by the name people know."""

from enum import Enum

import strawberry

from backend.api.graphql.documented import output, words
from backend.api.graphql.identifiers import encoded
from backend.tenants.principals import Principal


@words
class ActorKind(Enum):
    """A person, a program with a key of its own, one of our processes, an operator of the platform, or whoever followed
    the link of an invoice."""

    PERSON = "person"
    PROGRAM = "program"
    SYSTEM = "system"
    OPERATOR = "operator"
    LINK = "link"


@output
class Actor:
    """Who did something. `principal` is as in the journal, and what a filter takes.

    `name` is null for our own processes (`id` says which), for former users, and for operators, whose names only the
    platform knows.
    """

    kind: ActorKind
    id: strawberry.ID
    name: str | None
    principal: str


def actor_of(principal: Principal) -> Actor:
    """A principal as clients see it."""
    kind = ActorKind(principal.kind)
    person = kind is ActorKind.PERSON or kind is ActorKind.OPERATOR
    return Actor(
        kind=kind,
        id=encoded("User", principal.id) if person else strawberry.ID(principal.id),
        name=principal.name,
        principal=principal.said,
    )
