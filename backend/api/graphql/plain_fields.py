"""The short way for a field that is an attribute with a scalar or enum in it: most fields of every answer.

graphql-core builds resolver information and asks six questions of every leaf; a page of 50 invoices has 2,000 of them.
Whatever is not plain after all (an error, a null where none may be) takes the long way, which knows what to say.

It stands on the inside of strawberry and graphql-core: `tests/api/graphql` fails first with a new version of either.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from graphql import GraphQLEnumType, GraphQLNonNull, GraphQLObjectType, GraphQLScalarType, GraphQLSchema
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.base import StrawberryObjectDefinition

from backend.api.graphql.schema_types import camel

# What JSON carries as it is, by the scalar that holds it.
_AS_IT_IS: Final[dict[str, type]] = {"String": str, "ID": str, "Boolean": bool}


@dataclass(frozen=True, slots=True)
class PlainField:
    """How a leaf is read and written."""

    attribute: str
    write: Callable[[Any], Any]


PLAIN: Final[dict[str, dict[str, PlainField]]] = {}


class ShortWay(StrawberryGraphQLCoreExecutionContext):
    """Strawberry's executor, which looks first whether a field is plain."""

    def execute_field(
        self, parent_type: GraphQLObjectType, source: Any, field_details_list: Any, path: Any, position_context: Any
    ) -> Any:
        fields = PLAIN.get(parent_type.name)
        plain = fields.get(field_details_list[0].node.name.value) if fields else None
        if plain is not None:
            value = getattr(source, plain.attribute, None)
            if value is not None:
                try:
                    return plain.write(value)
                except (TypeError, ValueError, KeyError):
                    pass
        return super().execute_field(parent_type, source, field_details_list, path, position_context)


def remember_plain_fields(schema: GraphQLSchema) -> None:
    """Look once, when the schema is made, which fields are plain."""
    for name, kind in schema.type_map.items():
        definition = kind.extensions.get("strawberry-definition")
        if not isinstance(kind, GraphQLObjectType) or not isinstance(definition, StrawberryObjectDefinition):
            continue
        attributes = {
            definition_field.graphql_name or camel(definition_field.python_name): definition_field.python_name
            for definition_field in definition.fields
            if definition_field.is_basic_field
        }
        fields = {each: _writer(field.type) for each, field in kind.fields.items() if each in attributes}
        PLAIN[name] = {each: PlainField(attributes[each], write) for each, write in fields.items() if write}


def _writer(kind: Any) -> Callable[[Any], Any] | None:
    kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(kind, GraphQLEnumType):
        return _words(kind)
    if not isinstance(kind, GraphQLScalarType):
        return None
    as_it_is = _AS_IT_IS.get(kind.name)
    if as_it_is is None:
        coerced: Callable[[Any], Any] = kind.coerce_output_value
        return coerced

    def same(value: Any) -> Any:
        if type(value) is not as_it_is:
            raise TypeError(kind.name)
        return value

    return same


def _words(kind: GraphQLEnumType) -> Callable[[Any], Any]:
    names = {value.value: name for name, value in kind.values.items()}

    def name_of(member: Any) -> str:
        name: str = names[member.value if isinstance(member, Enum) else member]
        return name

    return name_of
