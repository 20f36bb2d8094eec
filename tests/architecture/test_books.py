"""Each event stands in one of the tenant's two books, and whoever asks for rows of a journal says of which."""

import ast
import re
from pathlib import Path

import pytest

from backend.events.event import BY_NAME
from backend.journal.projection import books_of
from backend.policies.forgetting import FORGETTING
from backend.policies.mirroring import MIRRORING
from backend.read.registry import projections
from backend.write.registry import COMMANDS

BACKEND = Path(__file__).parents[2] / "backend"
ASKS = re.compile(r"\b(FROM|JOIN|UPDATE|INTO)\s+(journal_heads|journal_events|signed_checkpoints)\b")
# A statement about streams needs none: a stream stands in one book.
SAYS = re.compile(r"\bbook\b|\bstream_id\b")


def statements(path: Path) -> list[str]:
    """The texts of a module that ask for rows of a journal."""
    tree = ast.parse(path.read_text())
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    texts = [value.decode(errors="replace") if isinstance(value, bytes) else value for value in constants]
    return [text for text in texts if isinstance(text, str) and ASKS.search(text)]


@pytest.mark.parametrize("path", sorted(BACKEND.rglob("*.py")), ids=lambda path: str(path.relative_to(BACKEND)))
def test_a_statement_about_a_journal_says_of_which_book(path: Path) -> None:
    """ADR 0017: two heads a tenant. Without the book a statement would count twice, or lock what it does not need."""
    assert [text for text in statements(path) if not SAYS.search(text)] == []


def test_what_concerns_access_and_nothing_of_money_is_in_the_access_book() -> None:
    """ADR 0017: a new event of these files that forgets its book is found here."""
    for name, kind in BY_NAME.items():
        room = kind.cls.__module__.removeprefix("backend.events.")
        assert (kind.book == "access") == (room in ("access", "grants") or name == "operator-looked"), name


def test_commands_of_identity_and_access_record_into_the_access_book() -> None:
    """ADR 0017: what a handler records is checked when it runs; that nobody signs in under the lock of money, here."""
    for command, handled in COMMANDS.items():
        room = handled.handler.__module__.removeprefix("backend.write.").split(".")[0]
        assert (handled.book == "access") == (room in ("access", "identity") or command.__name__ == "EnterTenant")


def test_every_consumer_reads_the_books_of_its_events() -> None:
    """ADR 0017: the books follow from the events; only the list of activity shows both."""
    both = {projection.name for projection in projections() if len(books_of(projection)) == 2}
    assert both == {"activity"}
    assert {FORGETTING.book, MIRRORING.book} == {"money"}
