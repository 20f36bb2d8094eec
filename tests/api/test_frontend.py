"""The built web app as the server gives it out: one page for all addresses, files for ever, nothing else."""

import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from backend.api.frontend import frontend_routes
from backend.runtime.settings import REPOSITORY
from backend.tenants.capabilities import Capability


@pytest.fixture
def built(tmp_path: Path) -> Starlette:
    """A server of a small `dist`."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Carreau</title>")
    (tmp_path / "icon.svg").write_text("<svg/>")
    (tmp_path / ".made-from").write_text("digest")
    (tmp_path / "assets" / "index-abc.js").write_text("1")
    return Starlette(routes=frontend_routes(tmp_path))


def stranger_to(app: Starlette) -> httpx.AsyncClient:
    """A client of the app without any credential."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://carreau.test")


async def test_every_address_of_the_app_is_its_page(built: Starlette) -> None:
    """A link to an invoice, a reload on any page: the app decides what it shows. The policy allows no inline script."""
    async with stranger_to(built) as client:
        for path in ("/", "/invoices", "/invoices/SW52b2ljZTox", "/invoices/1/edit", "/reset"):
            answer = await client.get(path)
            assert answer.status_code == 200
            assert "<title>Carreau</title>" in answer.text
            assert answer.headers["cache-control"] == "no-cache"
            policy = answer.headers["content-security-policy"]
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy


async def test_named_files_are_kept_for_ever_and_missing_ones_are_not(built: Starlette) -> None:
    """A name holds the content's digest; a 404 of an old file must not stick."""
    async with stranger_to(built) as client:
        kept = await client.get("/assets/index-abc.js")
        gone = await client.get("/assets/index-old.js")
        icon = await client.get("/icon.svg")
    assert (kept.status_code, kept.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert (gone.status_code, gone.headers.get("cache-control")) == (404, None)
    assert (icon.status_code, icon.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "path",
    ["/.made-from", "/api/v2/invoices", "/auth/nothing", "/nothing.js", "/%2e%2e/pyproject.toml", "/..%2fpackage.json"],
)
async def test_nothing_else_is_a_page(built: Starlette, path: str) -> None:
    """What is not there is 404, for programs too, and no file beside the app is given out."""
    async with stranger_to(built) as client:
        assert (await client.get(path)).status_code == 404


def test_the_app_knows_every_capability() -> None:
    """Its menu and its buttons are named by them: one the server does not have would hide a place from everybody."""
    source = (REPOSITORY / "frontend" / "src" / "app" / "capabilities.ts").read_text()
    assert set(re.findall(r'"([a-z_.]+)"', source)) == {each.value for each in Capability if each != Capability.SYSTEM}
