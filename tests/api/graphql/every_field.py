"""Documents made from the schema itself: every query and mutation, with ids where it takes ids, everything selected.

So a new field is tried against the walls without anybody remembering to.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)

from backend.api.graphql.identifiers import encoded
from backend.api.graphql.schema import schema
from tests.given.every_command import Scene

CORE: Final = schema._schema
MAX_DEPTH: Final = 3
# An id that only one kind of debtor may have: with it, every other kind is refused before its club is looked at.
LEFT_OUT: Final = frozenset({"billedTenantId"})

# The kind of thing an argument names; `id` and `ids` follow the field.
KINDS: Final = {
    "debtorId": "Debtor",
    "debtorIds": "Debtor",
    "invoiceId": "Invoice",
    "payingInvoiceId": "Invoice",
    "issuerId": "Issuer",
    "runId": "Run",
    "orgNodeId": "OrgNode",
    "billedTenantId": "Tenant",
    "userId": "User",
    "tokenId": "Token",
    "templateId": "Template",
    "subjectId": "Invoice",
    "belowId": "OrgNode",
    "parentId": "OrgNode",
    "tenantId": "Tenant",
}
BY_FIELD: Final = {
    "invoice": "Invoice",
    "explainInvoice": "Invoice",
    "debtor": "Debtor",
    "issuer": "Issuer",
    "run": "Run",
    "delivery": "Delivery",
    "receivedDocument": "ReceivedDocument",
    "platformTenant": "Tenant",
    "node": "Invoice",
    "nodes": "Debtor",
}
TEXTS: Final = {
    "currency": "SEK",
    "account": "1510",
    "language": "sv",
    "country": "SE",
    "jurisdiction": "SE",
    "timeZone": "Europe/Stockholm",
    "primaryColour": "#123456",
    "secondaryColour": "#123456",
    "method": "BANKGIRO",
    "taxCategory": "standard",
    "issuerType": "ORG_NODE",
}
VALUES: Final[dict[str, Any]] = {
    "Date": "2026-11-20",
    "DateTime": "2026-11-20T00:00:00Z",
    "Boolean": True,
    "Int": 5,
    "BigInt": "100",
    "Decimal": "1",
}


def ids_of(scene: Scene, *, draft: bool) -> dict[str, UUID]:
    """What a scene has of each kind."""
    return {
        "Invoice": scene.draft_id if draft else scene.issued_id,
        "Debtor": scene.debtor_id,
        "Issuer": scene.issuer_id,
        "Run": scene.run_id,
        "Delivery": scene.delivery_id,
        "Template": scene.template_id,
        "OrgNode": scene.node,
        "User": scene.user_id,
        "Token": scene.token_id,
        "Tenant": scene.node,
        "ReceivedDocument": scene.issued_id,
    }


def root_fields(kind: str) -> dict[str, GraphQLField]:
    root = CORE.type_map[kind]
    assert isinstance(root, GraphQLObjectType)
    return dict(root.fields)


def takes_ids(field: GraphQLField) -> bool:
    """Whether one of its arguments, or of their fields, is an id."""
    return any(_has_id(argument.type) for argument in field.args.values())


def document(operation: str, name: str, ids: Mapping[str, UUID]) -> tuple[str, dict[str, Any]]:
    """The operation with one root field, and its variables."""
    field = root_fields(operation.capitalize())[name]
    taken = {
        each: argument
        for each, argument in field.args.items()
        if isinstance(argument.type, GraphQLNonNull) or _has_id(argument.type) or each == "first"
    }
    declared = ", ".join(f"${each}: {argument.type}" for each, argument in taken.items())
    passed = ", ".join(f"{each}: ${each}" for each in taken)
    variables = {each: _value(argument.type, each, name, ids) for each, argument in taken.items()}
    head = f"{operation}{f'({declared})' if declared else ''}"
    return f"{head} {{ {name}{f'({passed})' if passed else ''} {_selection(field.type, 0)} }}", variables


def _selection(kind: Any, depth: int) -> str:
    kind = get_named_type(kind)
    match kind:
        case GraphQLUnionType():
            parts = " ".join(f"... on {each.name} {_selection(each, depth)}" for each in kind.types)
            return f"{{ __typename {parts} }}"
        case GraphQLObjectType() | GraphQLInterfaceType():
            wanted = {name: field for name, field in kind.fields.items() if _wanted(field, depth)}
            return "{ __typename" + "".join(f" {name}{_inner(field, depth)}" for name, field in wanted.items()) + " }"
    return ""


def _inner(field: GraphQLField, depth: int) -> str:
    first = "(first: 3)" if "first" in field.args else ""
    leaf = is_leaf_type(get_named_type(field.type))
    return first if leaf else f"{first} {_selection(field.type, depth + 1)}"


def _wanted(field: GraphQLField, depth: int) -> bool:
    return is_leaf_type(get_named_type(field.type)) or depth < MAX_DEPTH


def _value(kind: Any, name: str, field: str, ids: Mapping[str, UUID]) -> Any:
    kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    match kind:
        case GraphQLList():
            return [_value(kind.of_type, name, field, ids)]
        case GraphQLEnumType():
            return TEXTS.get(name) if TEXTS.get(name) in kind.values else next(iter(kind.values))
        case GraphQLInputObjectType():
            return {
                each: _value(inner.type, each, field, ids)
                for each, inner in kind.fields.items()
                if isinstance(inner.type, GraphQLNonNull) or (_has_id(inner.type) and each not in LEFT_OUT)
            }
    if kind.name == "ID":
        named = KINDS.get(name) or BY_FIELD[field]
        return encoded(named, ids[named])
    if name == "idempotencyKey":
        return str(uuid4())
    return VALUES.get(kind.name) if kind.name in VALUES else TEXTS.get(name, "x")


def _has_id(kind: Any) -> bool:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        return any(_has_id(inner.type) for inner in named.fields.values())
    return bool(named.name == "ID")
