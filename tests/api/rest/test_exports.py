"""Lists as files: every format is opened again and says what the list says, within the same walls."""

import asyncio
import base64
import csv
import io
import json
from datetime import datetime
from hashlib import sha256
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from starlette.applications import Starlette

from backend.api.rest import exports
from backend.read import whole
from backend.tenants.capabilities import Role
from backend.tenants.onboarding import add_org_node
from backend.values.identifiers import OrgNodeId
from tests.api.caller import a_caller
from tests.api.rest.conftest import API
from tests.api.rest.given import a_draft, an_invoice, caught_up
from tests.given.federation import Federation

PERIOD = {"from_day": "2026-01-01", "to_day": "2026-12-31"}
HOSTILE = '=HYPERLINK("http://x";"Åsa")'


async def test_csv_for_machines(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.7, C46: RFC 4180 with ids as heads, codes, decimal points; formulas in names are disarmed, amounts are not."""
    await an_invoice(federation, await federation.a_member(HOSTILE))
    answer = await rest.get("/invoices/export")
    assert answer.headers["content-type"].startswith("text/csv")
    heads, row = csv.reader(io.StringIO(answer.content.decode()))
    said = dict(zip(heads, row, strict=True))
    assert said["debtor"] == f"'{HOSTILE}"
    assert (said["status"], said["total"], said["credited"], said["currency"]) == ("issued", "500.00", "0.00", "SEK")
    assert answer.content.endswith(b"\r\n")


async def test_csv_for_excel(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.7: mark, separator and comma of the language, no `sep=` line; heads say label and id, states are words."""
    await an_invoice(federation, await federation.a_member("Åsa; Öst"))
    swedish = (await rest.get("/invoices/export", params={"format": "excel", "language": "sv"})).content
    assert swedish.startswith("\ufeffNummer [number];Slag [type];".encode())
    assert ';"Åsa; Öst";'.encode() in swedish
    assert b";500,00;" in swedish
    assert "Utställd".encode() in swedish
    english = (await rest.get("/invoices/export", params={"format": "excel"})).content
    assert b",500.00," in english


async def test_workbook_with_typed_cells(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.7: amounts are numbers, dates are dates, names are texts even where they look like a formula."""
    await an_invoice(federation, await federation.a_member(HOSTILE))
    answer = await rest.get("/invoices/export", params={"format": "xlsx", "language": "sv"})
    book = load_workbook(io.BytesIO(answer.content))
    page, about = book.worksheets
    ids, labels, row = ([cell.value for cell in each] for each in page.iter_rows())
    assert page.row_dimensions[1].hidden
    assert (ids[0], labels[0], labels[-1]) == ("number", "Nummer", "Utestående")
    cells = dict(zip(ids, page[3], strict=True))
    assert (cells["total"].value, cells["total"].data_type, cells["total"].number_format) == (500, "n", "#,##0.00")
    assert isinstance(cells["issued_on"].value, datetime)
    assert (cells["debtor"].value, cells["debtor"].data_type) == (HOSTILE, "s")
    assert cells["debtor"].quotePrefix
    facts = {name.value: value.value for name, value in about.iter_rows(max_col=2)}
    assert facts["Summa SEK"] == 500
    assert facts["SHA-256 över raderna"] == manifest(answer)["rows_sha256"]
    assert row[ids.index("status")] == "Utställd"


async def test_report_on_paper(rest: httpx.AsyncClient, federation: Federation) -> None:
    """A board reads: whose list, what was asked for, the sums, page numbers, and the head on every page."""
    debtor = await federation.a_member("Måns Östlund")
    for _ in range(45):
        await a_draft(federation, debtor)
    await an_invoice(federation, debtor)
    answer = await rest.get("/invoices/export", params={"format": "pdf", "language": "sv", "search": "Måns"})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(pages) > 1
    assert all("Fakturadatum" in page for page in pages)
    assert f"Sida 2 av {len(pages)}" in pages[1]
    assert "Sökning: Måns" in pages[0]
    assert "500,00" in pages[0]


async def test_the_manifest_proves_the_file(rest: httpx.AsyncClient, federation: Federation) -> None:
    """E.7: rows, sums by currency, hash of the file, hash of the rows in whatever format, the place in the journal."""
    debtor = await federation.a_member()
    await an_invoice(federation, debtor)
    await an_invoice(federation, debtor)
    answers = {form: await rest.get("/invoices/export", params={"format": form}) for form in ("csv", "excel", "xlsx")}
    for answer in answers.values():
        said = manifest(answer)
        assert said["sha256"] == sha256(answer.content).hexdigest()
        digest = base64.b64encode(sha256(answer.content).digest()).decode()
        assert answer.headers["repr-digest"] == f"sha-256=:{digest}:"
        assert said["rows_sha256"] == sha256(answers["csv"].content).hexdigest()
        assert said["rows"] == 2
        assert said["sums"] == [
            {
                "currency": "SEK",
                "rows": 2,
                "minor": {"net": 80_000, "tax": 20_000, "total": 100_000, "credited": 0, "open": 100_000},
            }
        ]


async def test_a_file_shows_one_position_and_a_later_one_a_later(
    rest: httpx.AsyncClient, federation: Federation
) -> None:
    """The position in the manifest is that of the rows: what happens later is in the next file and not in this one."""
    debtor = await federation.a_member()
    await an_invoice(federation, debtor)
    before = await rest.get("/invoices/export")
    again = await rest.get("/invoices/export")
    assert before.content == again.content
    await an_invoice(federation, debtor)
    after = await rest.get("/invoices/export")
    assert manifest(after)["journal_position"] > manifest(before)["journal_position"]
    assert (manifest(before)["rows"], manifest(after)["rows"]) == (1, 2)


async def test_filters_order_and_name(rest: httpx.AsyncClient, federation: Federation) -> None:
    """The file holds what the list shows, in its order; its name says whose it is, of when and made when."""
    for name in ("Anna", "Bo", "Cia"):
        await an_invoice(federation, await federation.a_member(name))
    await a_draft(federation, await federation.a_member("Draft"))
    await caught_up(federation)
    asked = {"status": "issued", "sort": "-debtor", "issuer_id": str(federation.issuer_id), "season": "2026"}
    answer = await rest.get("/invoices/export", params=asked)
    assert [row["debtor"] for row in csv.DictReader(io.StringIO(answer.text))] == ["Cia", "Bo", "Anna"]
    name = answer.headers["content-disposition"].split('"')[1]
    assert name.endswith(".csv")
    assert "_invoices_2026_20" in name
    assert (await rest.get("/invoices/export", params={"status": "lost"})).json()["errors"][0]["pointer"] == "#/status"


async def test_chunks_join_without_a_gap(
    rest: httpx.AsyncClient, federation: Federation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C33: rows of equal sort value fall on the edge of a chunk; each is there once."""
    monkeypatch.setattr(whole, "CHUNK_ROWS", 2)
    debtor = await federation.a_member()
    for _ in range(5):
        await an_invoice(federation, debtor)
    for sort in ("total", "-total", "-due_on", "number"):
        answer = await rest.get("/invoices/export", params={"sort": sort})
        numbers = [row["number"] for row in csv.DictReader(io.StringIO(answer.text))]
        assert len(numbers) == len(set(numbers)) == 5


async def test_a_list_that_is_too_long_is_refused_by_code(
    rest: httpx.AsyncClient, federation: Federation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every list has a limit: the answer names it, and says what to do."""
    monkeypatch.setattr(exports, "MAX_WHOLE_ROWS", 1)
    for name in ("Anna", "Bo"):
        await an_invoice(federation, await federation.a_member(name))
    for path in ("/invoices/export", "/reports/aging/export", "/debts/export"):
        answer = await rest.get(path)
        assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (422, "EXPORT_TOO_LARGE", 1)


@pytest.mark.parametrize("form", ["csv", "excel", "xlsx", "pdf"])
async def test_receivables_and_statement(rest: httpx.AsyncClient, federation: Federation, form: str) -> None:
    """S000-35, S002-60: aging, debts and the statement agree to the öre in every format."""
    debtor = await federation.a_member("Anna Andersson")
    await an_invoice(federation, debtor)
    asked = {"format": form, "language": "sv"}
    late = asked | {"as_of": "2027-02-01"}
    aging = manifest(await rest.get("/reports/aging/export", params=late))["sums"][0]["minor"]
    assert (aging["31-60"], aging["total"], aging["overdue"]) == (50_000, 50_000, 50_000)
    debts = manifest(await rest.get("/debts/export", params=late | {"only_overdue": "true"}))["sums"][0]["minor"]
    assert debts == {"open": 50_000, "overdue": 50_000}
    statement = await rest.get(f"/debtors/{debtor}/statement/export", params=asked | PERIOD)
    assert manifest(statement)["sums"][0]["minor"] == {"amount": 50_000}
    other = await rest.get("/debts/export", params=asked | {"issuer_id": "00000000-0000-4000-8000-000000000000"})
    assert manifest(other)["rows"] == 0


async def test_a_club_sees_its_own_invoices_only(app: Starlette, federation: Federation) -> None:
    """S002-30: the file ends at the walls that the list ends at."""
    theirs = await federation.a_member("Anna Andersson")
    other_club = OrgNodeId(federation.write.new_id())
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await add_org_node(
            connection,
            federation.tenant_id,
            other_club,
            parent=federation.district,
            kind="club",
            name="Other",
            code="STO-2",
        )
    await an_invoice(federation, theirs)
    for node, rows in ((federation.club, 1), (other_club, 0)):
        caller = await a_caller(app, federation, Role.CLUB_ADMIN, node=node)
        async with caller.client() as client:
            client.base_url = httpx.URL(API)
            assert manifest(await client.get("/invoices/export"))["rows"] == rows
            statement = await client.get(f"/debtors/{theirs}/statement/export", params=PERIOD)
            assert statement.status_code == (200 if rows else 404)
            assert (await client.get("/debts/export")).status_code == 403


def manifest(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(json.loads(answer.headers["export-manifest"]))


async def test_no_more_than_one_list_is_held_at_a_time(
    rest: httpx.AsyncClient, federation: Federation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S002-30: many requests for the whole list are one list in memory; one too many is asked to come back."""
    await an_invoice(federation, await federation.a_member())
    held, most, read = 0, 0, exports._whole

    async def watched(*said: Any, **named: Any) -> Any:
        nonlocal held, most
        held += 1
        most = max(most, held)
        try:
            await asyncio.sleep(0.02)
            return await read(*said, **named)
        finally:
            held -= 1

    monkeypatch.setattr(exports, "_whole", watched)
    asked = exports.MAX_OF_TENANT + 4
    answers = await asyncio.gather(*(rest.get("/invoices/export") for _ in range(asked)))
    assert most == 1
    codes = sorted(each.status_code for each in answers)
    assert codes == [200] * exports.MAX_OF_TENANT + [503] * 4
    refused = next(each for each in answers if each.status_code == 503)
    assert refused.json()["code"] == "DOCUMENT_UNAVAILABLE"
    assert int(refused.headers["retry-after"]) >= 1
    assert (await rest.get("/invoices/export")).status_code == 200
