"""Who did something, by the name people know."""

from dataclasses import dataclass
from typing import Literal

from backend.tenants.principals import Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorShown:
    """Who did something. `principal` is as in the journal. `name` is null for our own processes (`id` says which), for
    former users, and for operators, whose names only the platform knows."""

    kind: Literal["person", "program", "system", "operator", "link"]
    id: str
    name: str | None
    principal: str


def actor_shown(principal: Principal) -> ActorShown:
    return ActorShown(kind=principal.kind, id=principal.id, name=principal.name, principal=principal.said)
