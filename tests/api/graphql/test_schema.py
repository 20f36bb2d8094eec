"""The schema as a promise: current in the repository, documented, closed where it must be, limited everywhere."""

import ast
import inspect
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import strawberry
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
from backend.api.graphql.cost import PRICES
from backend.api.graphql.document_limits import MAX_INPUT_LIST
from backend.api.graphql.inputs import INPUTS
from backend.api.graphql.schema import schema
from backend.api.graphql.sizes import prices_of
from backend.api.invoices.actions import NEEDS
from backend.api.words import ENUMS, ActionReason
from backend.rules import status
from backend.tenants.capabilities import Capability, Role
from backend.write.command import Handled
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


def test_words_are_those_of_the_rules() -> None:
    """X1: an enum of the schema has exactly the words of its Literal, whichever fields hold it."""
    for literal, made in ENUMS.items():
        kind = TYPES[made.__name__]
        assert isinstance(kind, GraphQLEnumType)
        assert {value.value for value in kind.values.values()} == set(get_args(literal)), made.__name__


def test_every_enum_is_published_once_from_its_words() -> None:
    """House rule: no enum of the schema is written a second time."""
    of_their_own = {"Capability", "RefusalCode", "Role", "Why"}
    enums = {name for name, kind in TYPES.items() if isinstance(kind, GraphQLEnumType)}
    assert enums == {made.__name__ for made in ENUMS.values()} | of_their_own


def test_reasons_of_actions_are_those_of_the_rules() -> None:
    """C50: and one more, for what the caller has no right to."""
    reasons = {reason for reason in get_args(status.ActionReason) if reason} | {"FORBIDDEN"}
    assert set(get_args(ActionReason)) == reasons
    assert set(NEEDS) == set(get_args(status.ActionName))


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
    """Architecture 5: lists are connections (at most 100 a page), or their limit is written down at the field."""
    lists = {name for name, field in output_fields() if is_list(field.type) and not name.endswith("Connection.edges")}
    sizes = {name: price.size for name, price in PRICES.items() if price.size}
    assert lists == set(sizes)
    assert all(0 < size.typical <= size.limit for size in sizes.values())
    assert MAX_INPUT_LIST == 10_000


def test_a_list_that_says_no_size_fails_when_the_schema_is_made() -> None:
    """Architecture 5: nobody can forget it, neither in a test nor at the start."""

    @strawberry.type
    class Query:
        numbers: list[int]

    with pytest.raises(TypeError, match="numbers is a list"):
        prices_of(strawberry.Schema(query=Query)._schema)


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
    required = set()
    for field in kind.fields.values():
        given = get_named_type(field.args["input"].type)
        assert isinstance(given, GraphQLInputObjectType)
        key = given.fields.get("idempotencyKey")
        if key is not None and isinstance(key.type, GraphQLNonNull):
            required.add(given.name.removesuffix("Input"))
    # What is mailed twice, or stopped by mistake, cannot be taken back either: here, where people press buttons.
    once = {command.__name__ for command, handled in COMMANDS.items() if handled.once and not is_internal(handled)}
    assert required == once - BY_FILE | {"DeliverInvoice", "StopRun"}


def is_internal(handled: Handled) -> bool:
    """What only our own workers carry out."""
    return handled.capability is Capability.SYSTEM


def test_every_command_can_be_reached() -> None:
    """Architecture 5: one word from intention to button. What no person may do is for our workers only."""
    used = commands_made_in(backend.api) | {each.__name__ for each in INPUTS}
    internal = {command.__name__ for command, handled in COMMANDS.items() if is_internal(handled)}
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
