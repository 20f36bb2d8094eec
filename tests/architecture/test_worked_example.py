"""The worked example of docs/guides/add_a_capability.md: applied to a copy of the tree, it generates and passes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from backend.runtime.settings import REPOSITORY

PATCH = REPOSITORY / "docs/guides/remarks.patch"
COPIED = ("backend", "tests", "migrations", "templates", "docs", "frontend/src", ".importlinter", "pyproject.toml")
GENERATED = ("schema.graphql", "openapi.json", ".gitattributes")
# What the guide promises: its own tests, and those that look at everything that is declared.
TESTS = (
    "tests/write/debtors/test_remark.py",
    "tests/api/graphql/test_remarks.py",
    "tests/architecture/test_generated.py",
    "tests/architecture/test_golden.py",
    "tests/architecture/test_event_words.py",
    "tests/architecture/test_pure_tests.py",
    "tests/architecture/test_everything_happens.py",
    "tests/architecture/test_migrations.py",
    "tests/architecture/test_tables.py",
)
MAX_FILES, MAX_LINES = 15, 320


def test_the_guide_works(tmp_path: Path) -> None:
    """If this fails after a change of yours: apply the patch (`git apply -3`), repair it, and cut it again."""
    for name in COPIED + GENERATED:
        source, target = REPOSITORY / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    _run(tmp_path, "git", "apply", "-C1", "--recount", str(PATCH))
    carreau = (sys.executable, "-P", "-m", "backend")
    _run(tmp_path, *carreau, "generate", "--without-app")
    _run(tmp_path, *carreau, "test", *TESTS, "-n", "0", "-p", "no:cacheprovider")


def test_the_example_is_as_small_as_the_guide_says() -> None:
    lines = PATCH.read_text().splitlines()
    assert sum(line.startswith("diff --git") for line in lines) <= MAX_FILES
    assert sum(line.startswith("+") and not line.startswith("+++") for line in lines) <= MAX_LINES


def _run(folder: Path, *command: str) -> None:
    # Beside pytest's own workers, and in a folder that is no repository, whatever lies around it.
    told = {"PYTHONPATH": str(folder), "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CARREAU_", "GIT_"))}
    done = subprocess.run(command, cwd=folder, env=kept | told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-2_000:]
