"""An operator opens a federation in an empty installation."""

from uuid import uuid4

import pytest

from backend.services import Services
from tests.cli.asking import carreau


async def test_a_federation_is_opened_once_and_gets_its_first_token(
    services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """S002-63: a production database begins without any tenant; this and a token are all it takes."""
    slug = f"t-{uuid4().hex[:12]}"
    assert await carreau(services, "tenant", "open", "--slug", slug, "--name", "Norges Pétanqueforbund") == 0
    assert f"./carreau token --tenant {slug} --role federation_admin" in capsys.readouterr().out
    assert await carreau(services, "token", "--tenant", slug, "--role", "federation_admin") == 0
    assert capsys.readouterr().out.startswith("car_")
    assert await carreau(services, "tenant", "open", "--slug", slug, "--name", "Again") == 1


async def test_a_slug_is_a_plain_word(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    assert await carreau(services, "tenant", "open", "--slug", "Not A Slug", "--name", "X") == 1
    assert "is no slug" in capsys.readouterr().err
