"""The schema as a promise: current in the repository, documented, closed where it must be, limited everywhere."""

import ast
import inspect
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    get_named_type,
)

import backend.api
from backend.api.graphql.document import MAX_INPUT_LIST
from backend.api.graphql.schema import schema
from backend.api.graphql.sizes import LIST_SIZES, STATEMENTS
from backend.api.invoices import actions, states
from backend.rules import status
from backend.tenants.capabilities import Capability, Role
from backend.write.refusal import RefusalCode
from backend.write.registry import COMMANDS

CORE = schema._schema
TYPES = {name: kind for name, kind in CORE.type_map.items() if not name.startswith("__")}

# Commands without a mutation of their own: members come as a file (REST, command line); and history is imported there.
BY_FILE = {"ImportMembers", "ImportHistoricalInvoices"}


def output_fields() -> list[tuple[str, GraphQLField]]:
    return [
        (f"{kind.name}.{name}", field)
        for kind in TYPES.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
    ]


def is_list(kind: Any) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def test_refusal_codes_are_exactly_the_registry() -> None:
    """G: the front end translates a closed enum."""
    kind = TYPES["RefusalCode"]
    assert isinstance(kind, GraphQLEnumType)
    assert set(kind.values) == {code.name for code in RefusalCode}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (states.InvoiceStatus, status.Status),
        (states.DocumentState, status.DocumentState),
        (states.PaymentState, status.PaymentState),
        (states.DeliveryState, status.DeliveryState),
        (actions.InvoiceAction, status.ActionName),
    ],
)
def test_words_are_those_of_the_rules(ours: type[Enum], theirs: Any) -> None:
    """X1: an enum of the schema has exactly the words of its rule."""
    assert {member.value for member in ours} == set(get_args(theirs))


def test_reasons_of_actions_are_those_of_the_rules() -> None:
    """C50: and one more, for what the caller has no right to."""
    words = {reason for reason in get_args(status.ActionReason) if reason} | {"FORBIDDEN"}
    assert {member.value for member in actions.InvoiceActionReason} == words
    assert set(actions.NEEDS) == set(get_args(status.ActionName))


def test_roles_are_all_there() -> None:
    """S000-12: every role can be given."""
    kind = TYPES["Role"]
    assert isinstance(kind, GraphQLEnumType)
    assert set(kind.values) == {role.name for role in Role}


def test_everything_is_described() -> None:
    """Style 3.3: every type, query and mutation says what it is."""
    missing = [name for name, kind in TYPES.items() if not kind.description and not plain(kind)]
    for root in ("Query", "Mutation", "Subscription"):
        kind = TYPES[root]
        assert isinstance(kind, GraphQLObjectType)
        missing += [f"{root}.{name}" for name, field in kind.fields.items() if not field.description]
    assert missing == []


def plain(kind: Any) -> bool:
    return (isinstance(kind, GraphQLScalarType) and kind.name in ("String", "Int", "Boolean", "ID")) or isinstance(
        kind, GraphQLUnionType
    )


def test_there_is_no_float() -> None:
    """E.1: money and rates are strings; Float does not exist here."""
    assert "Float" not in TYPES


def test_every_list_has_a_limit() -> None:
    """Architecture 5: lists are connections (at most 100 a page), or their limit is written down."""
    lists = {name for name, field in output_fields() if is_list(field.type) and not name.endswith("Connection.edges")}
    assert lists == set(LIST_SIZES)
    assert all(0 < size.typical <= size.limit for size in LIST_SIZES.values())
    assert {name for name, _ in output_fields()} >= STATEMENTS
    assert MAX_INPUT_LIST == 10_000


def test_every_connection_is_paged_the_relay_way() -> None:
    """E.1: first, after, last, before; edges and pageInfo."""
    for name, field in output_fields():
        kind = get_named_type(field.type)
        if kind.name.endswith("Connection"):
            assert set(field.args) >= {"first", "after", "last", "before"}, name
            assert isinstance(kind, GraphQLObjectType)
            assert set(kind.fields) == {"edges", "pageInfo"}, name


def test_every_mutation_has_one_input_and_may_be_refused() -> None:
    """E.1: one input object with clientMutationId, and a union of success and Refused."""
    kind = TYPES["Mutation"]
    assert isinstance(kind, GraphQLObjectType)
    for name, field in kind.fields.items():
        assert set(field.args) == {"input"}, name
        given = get_named_type(field.args["input"].type)
        assert isinstance(given, GraphQLInputObjectType)
        assert "clientMutationId" in given.fields, name
        result = get_named_type(field.type)
        assert isinstance(result, GraphQLUnionType)
        assert "Refused" in {each.name for each in result.types}, name


def test_what_issues_or_moves_money_needs_a_key() -> None:
    """S001-3, E.1: `idempotencyKey` is required where repeating would hurt."""
    kind = TYPES["Mutation"]
    assert isinstance(kind, GraphQLObjectType)
    must = {
        "issueInvoice",
        "cancelInvoice",
        "registerPayment",
        "startRenewalRun",
        "startAffiliationRun",
        "deliverInvoice",
        "stopRun",
    }
    required = set()
    for name, field in kind.fields.items():
        given = get_named_type(field.args["input"].type)
        assert isinstance(given, GraphQLInputObjectType)
        key = given.fields.get("idempotencyKey")
        if key is not None and isinstance(key.type, GraphQLNonNull):
            required.add(name)
    assert required == must


def test_every_command_can_be_reached() -> None:
    """Architecture 5: one word from intention to button. What no person may do is for our workers only."""
    used = commands_made_in(backend.api)
    internal = {command.__name__ for command, handled in COMMANDS.items() if handled.capability is Capability.SYSTEM}
    # Signing in and what belongs to it has an edge of its own (`api/identity`): cookies have no place in GraphQL.
    every = {each.__name__ for each in COMMANDS if not each.__module__.startswith("backend.write.identity")}
    assert every - used - internal - BY_FILE == set()
    # A forecast rehearses what a worker would do, and records nothing.
    assert used & internal & every == {"IssueRunChunk"}


def commands_made_in(package: ModuleType) -> set[str]:
    """The names of the commands that modules outside `rest` construct."""
    names = {command.__name__ for command in COMMANDS}
    folder, found = Path(inspect.getfile(package)).parent, set()
    for module in folder.rglob("*.py"):
        # What the pages behind a link report is for nobody to send, like what the workers do.
        if {"rest", "public"} & set(module.relative_to(folder).parts):
            continue
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                found.add(called)
    return found & names
