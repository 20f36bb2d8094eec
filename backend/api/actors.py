"""Who did something, by the name people know."""

import strawberry

from backend.api.graphql.identifiers import encoded
from backend.api.mirror import Mirror, derived
from backend.tenants.principals import Principal


def _id(principal: Principal) -> strawberry.ID:
    person = principal.kind in ("person", "operator")
    return encoded("User", principal.id) if person else strawberry.ID(principal.id)


class Actor(Mirror[Principal], names={"said": "principal"}, only_rest=("id",)):
    """Who did something. `principal` is as in the journal, and what a filter takes.

    `name` is null for our own processes (`id` says which), for former users, and for operators, whose names only the
    platform knows.
    """

    id: strawberry.ID = derived(_id, only="graphql")
