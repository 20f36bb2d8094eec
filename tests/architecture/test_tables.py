"""Whose table it is: contracts see imports, but SQL is text. A table is named by its owner, or with a reason."""

import ast
import re
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path

import backend.schema
from backend.read.registry import projections, queries

REPOSITORY = Path(__file__).parents[2]
BACKEND = REPOSITORY / "backend"
NAMED = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+([a-z_]+)")
DECLARES = {"tenant_table", "read_table", "rollup", "Table"}

# What folds and rebuilds every read model; it has tables of no model, and knows where each stands.
FOLDING = "positions are what following, rebuilding and comparing are about"
IN_FORCE = "the generation of the inline tables is joined in the one statement that reads them"
HEAD = "one statement is one snapshot: where the journal ends belongs to the answer"
PLAIN = "plain rows are asked within reach, as read models are"
MEASURED = "a measurement builds its world, or its floor, by hand"
# Table -> the rooms outside its owner's that name it in SQL, each with the reason. Nothing else may.
NEIGHBOURS: dict[str, dict[str, str]] = {
    "checkpoints": {
        "bench": MEASURED,
        "read": FOLDING,
        "read/platform": "an operator is shown where each projection stands",
    },
    "grants": {"read/access": PLAIN},
    "inline_debtors": {"bench": MEASURED, "read/gate": HEAD},
    "inline_delivery_switch": {
        "outbound": "a claim and the switch are one statement: nothing is claimed while it is off",
        "read/deliveries": "the switch as it is, not as it was folded a moment ago",
    },
    "inline_gate_policies": {"read/gate": HEAD},
    "inline_open_receivables": {"read/gate": HEAD},
    "inline_open_runs": {"worker": "runs are carried on with a lease on their row"},
    "journal_events": {
        "bench": MEASURED,
        "read": "batches are bounded in bytes while they are read",
        "read/platform": "when the last event was recorded, and the first that waits",
    },
    "journal_heads": {
        "inline": IN_FORCE,
        "outbound": IN_FORCE,
        "read": "a switch of generations happens under the lock of the head",
        "read/deliveries": IN_FORCE,
        "read/gate": HEAD,
        "read/platform": HEAD,
        "worker": "who has something due is one statement over all tenants",
    },
    "journal_receipts": {
        "seed": "a second planting is recognised by its receipts",
        "write": "a repetition is recognised under the lock of the head",
    },
    "org_closure": {"read/org": PLAIN},
    "org_nodes": {"read/org": PLAIN},
    "outbound_work": {"outbound": "leases are taken and given back where documents and letters are sent"},
    "personal_keys": {"policies": "a page is deleted because the key of its person is destroyed"},
    "read_invoices": {"policies": "which pages are the erased person's stands in the list of invoices"},
    "read_receivables_entries": {"bench": MEASURED},
    "read_receivables_open": {"bench": MEASURED},
    "reference_rates": {"outbound": "what the ECB published is written where it is fetched"},
    "users": {"seed": "the demo looks whether its people are there"},
}


def room_of(path: Path) -> str:
    """The folder of `backend`; in `read`, the model: a file or a package. Its machinery is one room of its own."""
    parts = path.relative_to(BACKEND).with_suffix("").parts
    if parts[0] != "read":
        return parts[0]
    return f"read/{parts[1]}" if parts[1] in models() else "read"


@cache
def models() -> set[str]:
    """The read models by what they declare: a projection, or a query."""
    declared = {query.function.__module__ for query in queries().values()}
    declared |= {type(each).__module__ for each in projections()} - {"backend.read.projection"}
    return {module.split(".")[2] for module in declared}


def statements(tree: ast.Module) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            if isinstance(node.value, str):
                yield node.value
            elif isinstance(node.value, bytes):
                yield node.value.decode("utf-8", "replace")


def declared_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DECLARES and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value


def test_a_table_is_named_by_its_owner_or_with_a_reason() -> None:
    """Rule 2: a read model does not read another's table, and nobody ties two rooms together in a text unseen."""
    trees = {path: ast.parse(path.read_text()) for path in BACKEND.rglob("*.py")}
    owners = {name: room_of(path) for path, tree in trees.items() for name in declared_in(tree)}
    assert set(backend.schema.metadata.tables) <= set(owners)
    found: dict[str, set[str]] = {}
    for path, tree in trees.items():
        for text in statements(tree):
            for name in NAMED.findall(text):
                if name in owners and room_of(path) != owners[name]:
                    found.setdefault(name, set()).add(room_of(path))
    assert found == {name: set(rooms) for name, rooms in NEIGHBOURS.items()}


def test_every_read_model_is_in_the_contract() -> None:
    """`.importlinter` cannot be told "all": a new one that is forgotten there is found here."""
    contracts = ConfigParser()
    contracts.read(REPOSITORY / ".importlinter")
    named = contracts["importlinter:contract:read-models"]["modules"].split()
    assert named == [f"backend.read.{name}" for name in sorted(models())]
