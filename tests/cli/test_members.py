"""`carreau import members`: the preview changes nothing, the import changes what the preview said."""

import pytest

from backend.services import Services
from tests.cli.asking import EXCEL, HOSTILE, carreau


async def test_a_preview_tells_everything_and_changes_nothing(
    services: Services, demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("import", "members", HOSTILE, "--tenant", demo + "svenska-boule")
    for _ in range(2):
        assert await carreau(services, *words, "--preview") == 1
        said = capsys.readouterr().out
        assert "row 21, club: club is empty" in said
        assert "An import would add 23 members and look at 0 that are known." in said
        assert "Nothing was changed." in said


async def test_an_import_is_repeatable(services: Services, demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Excel's semicolons and Latin-1 are recognised; the second import finds every member as before."""
    words = ("import", "members", EXCEL, "--tenant", demo + "svenska-boule")
    assert await carreau(services, *words) == 0
    said = capsys.readouterr().out
    assert "windows-1252, semicolons" in said
    assert "25 new members, 0 changed, 0 as before" in said
    assert await carreau(services, *words) == 0
    assert "0 new members, 0 changed, 25 as before" in capsys.readouterr().out
    assert await carreau(services, *words, "--preview") == 0
    assert "would add 0 members and look at 25 that are known" in capsys.readouterr().out
