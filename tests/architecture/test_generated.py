"""Files that are made from the code and committed are what the code says now."""

import subprocess
from pathlib import Path

import pytest

from backend.cli.generate import GENERATED, Generated
from backend.runtime.settings import REPOSITORY

# `npm run generate:check`, which `./carreau test` runs with the other checks of the app.
CHECKED_ELSEWHERE = "frontend/src/graphql/generated"


@pytest.mark.parametrize("generated", GENERATED, ids=lambda each: Path(each.path).name)
def test_a_generated_file_is_current(generated: Generated) -> None:
    """A change of schema, API or vocabulary is seen in review."""
    assert generated.is_current(), "./carreau generate"


def test_git_knows_which_files_are_generated() -> None:
    """The list for Git and the list for the command are the same."""
    paths = [each.path for each in GENERATED] + [f"{CHECKED_ELSEWHERE}/graphql.ts"]
    attribute = ["git", "check-attr", "linguist-generated", *paths]
    said = subprocess.run(attribute, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if said.returncode == 0:
        assert [line for line in said.stdout.splitlines() if not line.endswith(": set")] == []
    told = [line.split()[0] for line in (REPOSITORY / ".gitattributes").read_text().splitlines() if line[:1] != "#"]
    assert set(told) == {each.path for each in GENERATED} | {f"{CHECKED_ELSEWHERE}/*"}
