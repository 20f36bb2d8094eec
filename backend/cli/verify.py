"""`carreau verify`: is every journal whole, every number there, every sum right, every read model what it must be?

Names each offending row; exit code 1 when there is any.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.cli.with_services import CannotGoOn, run_with_services

if TYPE_CHECKING:
    from rich.progress import Progress

    from backend.cli import Commands
    from backend.journal.signing import Checkpoint
    from backend.services import Services
    from backend.values.books import Book


def register(commands: Commands) -> None:
    parser = commands.add_parser("verify", help="check journals, numbers, sums, deliveries, documents, read models")
    parser.add_argument("--tenant", metavar="SLUG", help="this one only")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--journal-only", action="store_true", help="leave out the comparison of read models")
    parser.add_argument(
        "--checkpoints", type=Path, metavar="FILE", help="signed checkpoints you kept elsewhere, one a line"
    )
    parser.set_defaults(run=lambda said: run_with_services(lambda services: verify(services, said)))


async def verify(services: Services, said: argparse.Namespace) -> int:
    """Verify the tenants one by one; 0 when nothing is wrong with any."""
    from backend.journal.keys import WrongKey

    try:
        return await _verify(services, said)
    except WrongKey as wrong:
        raise CannotGoOn(f"the keyring is not that of this database: {wrong}") from None


async def _verify(services: Services, said: argparse.Namespace) -> int:
    from backend.cli.tenants import tenants_of
    from backend.cli.verifying import verify_tenant
    from backend.journal.signing import Signer

    kept, faults, events = _kept(said.checkpoints), 0, 0
    trusted = Signer.known(services.settings.keyring_file)
    with _progress(quiet=said.json) as bar:
        for slug, tenant_id in await tenants_of(services, said.tenant):
            task = bar.add_task(slug, total=None)

            reached: dict[Book, int] = {}

            def show(book: Book, position: int, head: int, task: Any = task, reached: Any = reached) -> None:
                reached[book] = position
                done = sum(reached.values())
                bar.update(task, completed=done, total=done + head - position)

            found = 0
            async for finding in verify_tenant(
                services,
                tenant_id,
                progress=show,
                trusted=trusted,
                models=not said.journal_only,
                kept=tuple(each for each in kept if each.tenant == tenant_id),
            ):
                found += 1
                _tell(slug, finding, as_json=said.json)
            faults += found
            events += int(bar.tasks[task].completed)
            bar.update(task, description=f"{slug} {'is sound' if not found else f'has {_faults(found)}'}")
    if said.json:
        return 1 if faults else 0
    print(f"{events} events verified: " + (_faults(faults) if faults else "everything is sound"))
    return 1 if faults else 0


def _faults(count: int) -> str:
    return "1 fault" if count == 1 else f"{count} faults"


def _tell(slug: str, finding: Any, *, as_json: bool) -> None:
    import msgspec

    if as_json:
        print(msgspec.json.encode({"tenant": slug, **msgspec.to_builtins(finding)}).decode(), flush=True)
        return
    at = f" at position {finding.position} of the {finding.book} book" if finding.position is not None else ""
    where = f"{slug}: {finding.check}{at}: {finding.subject}"
    print(f"{where}: expected {finding.expected}, found {finding.found}", flush=True)


def _progress(*, quiet: bool) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # The bar goes to stderr, and only to a person: the findings on stdout can be kept in a file.
    return Progress(*columns, console=Console(stderr=True), disable=quiet or not sys.stderr.isatty())


def _kept(path: Path | None) -> tuple[Checkpoint, ...]:
    from backend.journal.signing import BadCheckpoint, Checkpoint

    if path is None:
        return ()
    try:
        return tuple(Checkpoint.read(line) for line in path.read_text().splitlines() if line.strip())
    except OSError as error:
        raise CannotGoOn(f"{path}: {error.strerror}") from None
    except BadCheckpoint as bad:
        raise CannotGoOn(f"{path}: {bad}") from None
