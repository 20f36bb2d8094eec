"""Files that go with invoices: uploaded, named by drafts, downloaded by whoever may see the invoice."""

from hashlib import sha256

import httpx

from backend.tenants.capabilities import Role
from tests.api.caller import Caller, a_caller
from tests.api.rest.conftest import API
from tests.given.federation import Federation

PDF = b"%PDF-1.7\nStadgar"
PDF_TYPE = {"content-type": "application/pdf"}


async def uploaded(rest: httpx.AsyncClient) -> dict[str, str | int]:
    answer = await rest.post("/attachments", params={"name": "stadgar.pdf"}, content=PDF, headers=PDF_TYPE)
    assert answer.status_code == 201, answer.text
    found: dict[str, str | int] = answer.json()
    return found


def a_draft_with(federation: Federation, debtor: object, *attachments: object) -> dict[str, object]:
    return {
        "issuer_id": str(federation.issuer_id),
        "debtor_id": str(debtor),
        "lines": [{"description": "Licens", "unit_price": "400"}],
        "attachments": list(attachments),
    }


async def test_uploaded_named_and_downloaded(
    rest: httpx.AsyncClient, federation: Federation, app: object, stranger: Caller
) -> None:
    """Issue 2 item 6: attachments of a draft; a file is seen by whoever may see the invoice, and by nobody else."""
    stored = await uploaded(rest)
    assert stored == {
        "name": "stadgar.pdf",
        "media_type": "application/pdf",
        "digest": sha256(PDF).hexdigest(),
        "size": len(PDF),
    }
    debtor = await federation.a_member()
    drafted = await rest.post("/invoices", json=a_draft_with(federation, debtor, stored))
    assert drafted.status_code == 201, drafted.text
    path = f"/invoices/{drafted.json()['id']}/attachments/{stored['digest']}"
    found = await rest.get(path)
    assert (found.status_code, found.content, found.headers["content-type"]) == (200, PDF, "application/pdf")
    assert found.headers["content-disposition"].startswith("attachment")
    assert (await rest.get(path[:-1] + ("0" if path[-1] != "0" else "1"))).status_code == 404
    nobody = await a_caller(app, federation, Role.CLUB_ADMIN, node=federation.root)  # type: ignore[arg-type]
    for caller, status in ((stranger, 404), (nobody, 200)):
        async with caller.client() as client:
            client.base_url = httpx.URL(API)
            assert (await client.get(path)).status_code == status


async def test_a_draft_names_only_files_that_are_here(
    rest: httpx.AsyncClient, federation: Federation, stranger: Caller
) -> None:
    """C36: a digest of another tenant's store is one that nobody has; a file is what its bytes say."""
    stored, debtor = await uploaded(rest), await federation.a_member()
    for changes, pointer in (
        ({"digest": "0" * 64}, "#/attachments/0/digest"),
        ({"size": 7}, "#/attachments/0/size"),
        ({"media_type": "text/csv", "name": "x.csv"}, "#/attachments/0/media_type"),
        ({"name": "x.exe"}, "#/attachments/0/name"),
    ):
        answer = await rest.post("/invoices", json=a_draft_with(federation, debtor, stored | changes))
        assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_VALUE"), answer.text
        assert answer.json()["errors"][0]["pointer"] == pointer
    async with stranger.client() as client:
        client.base_url = httpx.URL(API)
        answer = await client.post("/invoices", json=a_draft_with(federation, debtor, stored))
    assert answer.status_code in (400, 404)


async def test_what_is_no_attachment_is_not_stored(rest: httpx.AsyncClient) -> None:
    """S000-30: the bytes decide, the name must fit, and the size has a limit."""
    for content, name, code in (
        (b"<html>", "page.csv", "ATTACHMENT_UNKNOWN_KIND"),
        (PDF, "stadgar.exe", "ATTACHMENT_NAME"),
        (b"%PDF-" + b"x" * (10 * 1024 * 1024), "large.pdf", "ATTACHMENT_TOO_LARGE"),
    ):
        answer = await rest.post("/attachments", params={"name": name}, content=content, headers=PDF_TYPE)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
