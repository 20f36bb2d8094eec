"""Every answer of the read side is shown by a mirror, or is named here with the reason why not."""

from dataclasses import is_dataclass
from inspect import signature
from typing import Any, Final, get_args, get_type_hints

from backend.api.forms import FORMS
from backend.api.graphql.schema import schema
from backend.api.rest.table import ENDPOINTS
from backend.read.query import QUERIES

BY_HAND: Final = {
    "a decision and the policy it was taken by, which each edge lays out in its own way": {
        "GateCheck",
        "GateDecision",
        "GatePolicy",
        "GateRule",
    },
    "columns that are known by their place, and whose days are those of the question": {
        "AgingReport",
        "AgingRow",
        "DebtorAging",
    },
    "what a document is printed from": {"PrintableDocument", "InvoiceIssued", "IssuedLine", "BuyerReferences"},
    "rows of a file": {"ListedInvoice", "AgedDebt"},
    "how a tenant stands, which the console compares with the clock": {"TenantStanding", "ProjectionStanding"},
}


def unmirrored(hint: Any) -> set[str]:
    """The dataclasses within an annotation that no mirror shows. What one shows, it shows with everything in it."""
    found: dict[type, None] = {}
    waiting = [hint]
    while waiting:
        each = waiting.pop()
        waiting += get_args(each)
        if isinstance(each, type) and is_dataclass(each) and each not in FORMS and each not in found:
            found[each] = None
            waiting += get_type_hints(each).values()
    return {each.__name__ for each in found}


def test_every_answer_is_mirrored() -> None:
    """House rule: no answer is written a second time. A new one that is not mirrored gives its reason."""
    assert schema is not None, "the mirrors are declared by what GraphQL shows"
    assert ENDPOINTS, "and by what REST shows"
    found = set().union(*(unmirrored(signature(each.function).return_annotation) for each in QUERIES.values()))
    assert found == set().union(*BY_HAND.values())
