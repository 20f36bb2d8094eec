"""What an operation may cost: objects times the sizes of the lists they stand in, known before anything is executed.

A scalar costs nothing, an object 1, a page its size times what one item costs. Told in `extensions.cost`, together
with what is left of the caller's budget; what was asked for and not found is given back.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
)
from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

from backend.api.budget import CODE, GRAPHQL, Throttled, spend, spender
from backend.api.graphql.document_limits import root_fields
from backend.api.graphql.sizes import FREE, Price
from backend.read.paging import DEFAULT_PAGE, PAGE_LIMIT

MAX_COST: Final = 5_000
# A mutation takes the lock of its tenant; a document full of them should be several requests.
MUTATION_COST: Final = 200
# Parts of a page and plain values: they come with their row and cost nothing by themselves.
PARTS: Final = ("Edge", "PageInfo", "Money")
# By `Type.field`, once the schema is made.
PRICES: Final[dict[str, Price]] = {}


class Cost(SchemaExtension):
    """Refuses what is too expensive, and tells everybody the price."""

    requested = kept = actual = available = 0

    async def on_execute(self) -> AsyncIterator[None]:
        context = self.execution_context
        assert context.graphql_document is not None
        self.requested, self.kept = price_of(
            context.schema._schema, context.graphql_document, context.operation_name, context.variables or {}
        )
        if self.requested > MAX_COST:
            raise GraphQLError(
                f"this would cost {self.requested}, and {MAX_COST} is the most: ask for smaller pages or fewer lists",
                extensions={"code": "TOO_EXPENSIVE"},
            )
        await self._spend()
        yield
        await self._settle()

    def get_results(self) -> dict[str, Any]:
        return {"cost": self._told()} if self.requested else {}

    async def _spend(self) -> None:
        context = self.execution_context.context
        try:
            left = await spend(context.services.budgets, GRAPHQL, spender(context.actor), max(self.requested, 1))
        except Throttled as throttled:
            self.available = throttled.left.available
            raise GraphQLError(
                str(throttled), extensions={"code": CODE, "retryAfterSeconds": throttled.left.retry_seconds}
            ) from None
        self.available = left.available

    async def _settle(self) -> None:
        """Compute what the answer really cost, and give the rest of the price back. A mutation keeps its price, and a
        rehearsal what its lock cost, whatever it answers."""
        context = self.execution_context.context
        self.actual = min(_objects(getattr(self.execution_context.result, "data", None)) + self.kept, self.requested)
        if self.execution_context.operation_type is OperationType.MUTATION:
            self.actual = max(self.actual, self.requested)
        unused = self.requested - self.actual
        if unused > 0:
            self.available = await context.services.budgets.give_back(GRAPHQL, spender(context.actor), unused)

    def _told(self) -> dict[str, Any]:
        return {
            "requestedQueryCost": self.requested,
            "actualQueryCost": self.actual,
            "maximumCost": MAX_COST,
            "throttleStatus": {
                "maximumAvailable": GRAPHQL.size,
                "currentlyAvailable": self.available,
                "restoreRate": GRAPHQL.per_second,
            },
        }


def price_of(schema: GraphQLSchema, document: Any, name: str | None, variables: Mapping[str, Any]) -> tuple[int, int]:
    """The price of one operation of a document that is valid, and how much of it is never given back."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode) and (name is None or (each.name and each.name.value == name)):
            pricing = _Pricing(schema, fragments, variables)
            return pricing.operation(each), pricing.kept
    return 0, 0


class _Pricing:
    def __init__(
        self, schema: GraphQLSchema, fragments: dict[str, FragmentDefinitionNode], variables: Mapping[str, Any]
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables
        self.kept = 0
        self._defaults: dict[str, Any] = {}
        self._known: dict[str, int] = {}

    def operation(self, node: OperationDefinitionNode) -> int:
        root = self._schema.get_root_type(node.operation)
        self._defaults = {
            each.variable.name.value: self._value(each.default_value)
            for each in node.variable_definitions or ()
            if each.default_value is not None
        }
        each = MUTATION_COST if root is self._schema.mutation_type else 0
        return self._selections(node.selection_set, root) + each * root_fields(node.selection_set, self._fragments)

    def _selections(self, selections: SelectionSetNode | None, parent: Any) -> int:
        return sum(self._selection(each, parent) for each in (selections.selections if selections else ()))

    def _selection(self, node: Any, parent: Any) -> int:
        match node:
            case FieldNode() if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
                return self._field(node, parent)
            case InlineFragmentNode():
                named = node.type_condition
                return self._selections(
                    node.selection_set, self._schema.type_map[named.name.value] if named else parent
                )
            case FragmentSpreadNode():
                return self._fragment(node.name.value)
        return 0

    def _fragment(self, name: str) -> int:
        if name not in self._known:
            fragment = self._fragments[name]
            self._known[name] = self._selections(
                fragment.selection_set, self._schema.type_map[fragment.type_condition.name.value]
            )
        return self._known[name]

    def _field(self, node: FieldNode, parent: GraphQLObjectType | GraphQLInterfaceType) -> int:
        definition = parent.fields.get(node.name.value)
        if definition is None:
            # `__typename` and introspection.
            return 0
        kind = get_named_type(definition.type)
        if is_leaf_type(kind):
            return 0
        inner, name = self._selections(node.selection_set, kind), f"{parent.name}.{node.name.value}"
        price = PRICES.get(name, FREE)
        self.kept += price.rehearsal
        if kind.name.endswith("Connection"):
            return price.own + 1 + self._page_size(node) * inner
        each = inner + (0 if kind.name.endswith(PARTS) else 1)
        return price.own + each * self._list_size(node, price)

    def _page_size(self, node: FieldNode) -> int:
        said = [self._value(each.value) for each in node.arguments or () if each.name.value in ("first", "last")]
        sizes = [size for size in said if isinstance(size, int)]
        return min(max(sizes, default=DEFAULT_PAGE), PAGE_LIMIT)

    def _list_size(self, node: FieldNode, price: Price) -> int:
        if price.size is None:
            return 1
        for argument in node.arguments or ():
            if argument.name.value == "ids":
                said = self._value(argument.value)
                return len(said) if isinstance(said, list) else 1
        return price.size.typical

    def _value(self, node: Any) -> Any:
        match node:
            case VariableNode():
                name = node.name.value
                said = self._variables[name] if name in self._variables else self._defaults.get(name)
                # JSON knows one kind of number: GraphQL takes 100.0 for the integer it is.
                return int(said) if isinstance(said, float) and said.is_integer() else said
            case IntValueNode():
                return int(node.value)
            case ListValueNode():
                return list(node.values)
        return None


def _objects(data: Any) -> int:
    """How many objects an answer really has."""
    count, waiting = 0, [data]
    while waiting:
        match waiting.pop():
            case dict() as found:
                count += 1
                waiting.extend(found.values())
            case list() as found:
                waiting.extend(found)
    return max(count - 1, 0)
