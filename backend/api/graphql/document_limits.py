"""Before a document is executed: parsed within limits, measured, validated; the verdict is remembered by its text.

Every measure counts a fragment once and multiplies, so that measuring a hostile document costs no more than reading it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    specified_rules,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document

MAX_QUERY_LENGTH: Final = 20_000
MAX_TOKENS: Final = 1_000
MAX_DEPTH: Final = 8
MAX_ALIASES: Final = 15
MAX_DIRECTIVES: Final = 20
MAX_OPERATIONS: Final = 5
MAX_ROOT_FIELDS: Final = 20
# Of what clients send beside the document: no list and no text in their variables is longer than this.
MAX_INPUT_LIST: Final = 10_000
MAX_INPUT_TEXT: Final = 20_000
REMEMBERED: Final = 256

# PostgreSQL has no NUL in its texts, and a lone surrogate is no text at all.
_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")
_NUL_ESCAPE: Final = re.compile(r"\\u(?:0000|\{0+\})")


class Prepared(SchemaExtension):
    """Parses, measures and validates, each document once."""

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        if context.query:
            context.graphql_document = _parsed(context.query)
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        assert context.graphql_document is not None
        faults = _faults(context.schema._schema, context.graphql_document)
        context.pre_execution_errors = list(faults) or _too_long(context.variables)
        yield


@dataclass(slots=True)
class Measures:
    """What a selection amounts to, its fragments included."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0


@lru_cache(maxsize=REMEMBERED)
def _parsed(query: str) -> DocumentNode:
    if len(query) > MAX_QUERY_LENGTH:
        raise GraphQLError(f"a document has at most {MAX_QUERY_LENGTH} characters")
    if _NO_TEXT.search(query) or _NUL_ESCAPE.search(query):
        raise GraphQLError("a document holds what is no Unicode character, or NUL")
    return parse(query, max_tokens=MAX_TOKENS)


@lru_cache(maxsize=REMEMBERED)
def _faults(schema: GraphQLSchema, document: DocumentNode) -> tuple[GraphQLError, ...]:
    # The measures come first: validating a hostile document may cost more than executing it.
    return tuple(_beyond(document)) or tuple(validate_document(schema, document, tuple(specified_rules)))


def _beyond(document: DocumentNode) -> Iterator[GraphQLError]:
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    if len(operations) > MAX_OPERATIONS:
        yield GraphQLError(f"a document has at most {MAX_OPERATIONS} operations")
        return
    measuring = _Measuring(fragments)
    for operation in operations:
        found = measuring.of(operation.selection_set)
        # The root field itself is no depth: `{ invoice { number } }` is one deep.
        limits = (
            ("levels of fields", found.depth - 1, MAX_DEPTH),
            ("aliases", found.aliases, MAX_ALIASES),
            ("directives", found.directives + len(operation.directives or ()), MAX_DIRECTIVES),
            ("root fields", root_fields(operation.selection_set, fragments), MAX_ROOT_FIELDS),
        )
        for name, value, limit in limits:
            if value > limit:
                yield GraphQLError(f"an operation has at most {limit} {name}", nodes=[operation])


def root_fields(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> int:
    """How many fields an operation begins with, those of its fragments included."""
    known: dict[str, int] = {}

    def count(found: SelectionSetNode) -> int:
        return sum(map(of_one, found.selections))

    def of_one(selection: Any) -> int:
        match selection:
            case FragmentSpreadNode():
                name = selection.name.value
                if name not in known:
                    # In a circle it counts nothing; validation refuses it.
                    known[name] = 0
                    known[name] = count(fragments[name].selection_set) if name in fragments else 0
                return known[name]
            case InlineFragmentNode():
                return count(selection.selection_set)
        return 1

    return count(selections)


class _Measuring:
    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, Measures] = {}

    def of(self, selections: SelectionSetNode | None) -> Measures:
        total = Measures()
        for selection in selections.selections if selections else ():
            inner, own = self._inner(selection), 1 if isinstance(selection, FieldNode) else 0
            total.depth = max(total.depth, inner.depth + own)
            total.aliases += inner.aliases + (1 if isinstance(selection, FieldNode) and selection.alias else 0)
            total.directives += inner.directives + len(selection.directives or ())
            total.fields += inner.fields + own
        return total

    def _inner(self, selection: Any) -> Measures:
        match selection:
            case FragmentSpreadNode():
                return self._fragment(selection.name.value)
            case FieldNode() if selection.name.value.startswith("__"):
                # Introspection nests deeply by nature; graphql-core limits the lists in it.
                return Measures()
            case FieldNode() | InlineFragmentNode():
                return self.of(selection.selection_set)
        return Measures()

    def _fragment(self, name: str) -> Measures:
        if name not in self._known:
            # While it is being measured it counts nothing, so that a circle ends; validation then refuses it.
            self._known[name] = Measures()
            if name in self._fragments:
                self._known[name] = self.of(self._fragments[name].selection_set)
        return self._known[name]


def _too_long(said: Any) -> list[GraphQLError]:
    """Whether a list or a text in the variables is longer than anything we ever need."""
    waiting = [said]
    while waiting:
        match waiting.pop():
            case str() as text if len(text) > MAX_INPUT_TEXT:
                return [GraphQLError(f"a text in the variables has at most {MAX_INPUT_TEXT} characters")]
            case str() as text if _NO_TEXT.search(text):
                return [GraphQLError("a text in the variables holds what is no Unicode character, or NUL")]
            case list() as items if len(items) > MAX_INPUT_LIST:
                return [GraphQLError(f"a list in the variables has at most {MAX_INPUT_LIST} items")]
            case list() as items:
                waiting.extend(items)
            case dict() as items:
                waiting.extend(items.values())
    return []
