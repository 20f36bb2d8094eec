"""Importing members over REST: every bad row and column named, and never a file half imported."""

import httpx
import pytest
from starlette.applications import Starlette

from backend.tenants.capabilities import Role
from backend.tenants.onboarding import add_org_node
from backend.values.identifiers import OrgNodeId
from tests.api.caller import a_caller
from tests.api.rest.conftest import API
from tests.given.federation import Federation

HEADER = "member_no,first_name,last_name,email,club,district,street,postal_code,city,country,language,licence_type"
CLUB = "Stockholm Boule Club,Stockholms Bouledistrikt"
CSV = {"content-type": "text/csv"}


def row(number: str, *, club: str = CLUB, email: str = "", postal_code: str = "51884", name: str = "Måns") -> str:
    email = email or f"{number.lower()}@members.example"
    return f"{number},{name},Östlund,{email},{club},Backstigen 1,{postal_code},Norrköping,SE,sv,senior"


def sheet(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


async def sent(rest: httpx.AsyncClient, content: bytes, **query: str) -> httpx.Response:
    return await rest.post("/members/import", content=content, params=query, headers=CSV)


async def test_members_are_imported_and_importing_again_changes_nothing(
    rest: httpx.AsyncClient, federation: Federation
) -> None:
    """Issue 2, item 4: new members become debtors with their club; the same file once more does nothing."""
    content = sheet(*(row(f"M-{n}") for n in range(1, 601)))
    answer = await sent(rest, content)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["imported"], said["created"], said["problems"]) == (True, 600, [])
    again = (await sent(rest, content)).json()
    assert (again["created"], again["revised"], again["unchanged"]) == (0, 0, 600)
    changed = (await sent(rest, sheet(row("M-1", name="Mats")))).json()
    assert (changed["created"], changed["revised"]) == (0, 1)
    found = (await rest.get("/debtors", params={"search": "M-600"})).json()["items"]
    assert [(each["reference"], each["org_node_id"]) for each in found] == [("M-600", str(federation.club))]


async def test_a_preview_imports_nothing_and_names_everything(rest: httpx.AsyncClient) -> None:
    """Issue 2, item 4: row and column of each problem, as a spreadsheet counts them."""
    content = sheet(
        row("M-1"),
        row("M-2", email="nobody"),
        row("M-3", postal_code="12", name="=cmd()"),
        row("M-1"),
        row("M-4", club="Nowhere Boule,Stockholms Bouledistrikt"),
    )
    answer = await sent(rest, content, preview="true")
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["imported"], said["good_rows"], said["bad_rows"]) == (False, 1, 4)
    assert [(each["row"], each["column"], each["code"]) for each in said["problems"]] == [
        (3, "email", "email_malformed"),
        (4, "first_name", "formula"),
        (4, "postal_code", "postal_code_malformed"),
        (5, "member_no", "member_no_repeated"),
        (6, "club", "club_unknown"),
    ]
    assert (await rest.get("/debtors")).json()["items"] == []


async def test_clubs_that_are_missing_are_made_in_one_step(rest: httpx.AsyncClient, federation: Federation) -> None:
    """Issue 3 item 2: the preview says which clubs are missing and where they belong; made, all rows are good."""
    content = sheet(
        row("M-1"),
        row("M-2", club="Solna BC,Stockholms Bouledistrikt"),
        row("M-3", club="SOLNA BC,Stockholms Bouledistrikt"),
        row("M-4", club="Nowhere,No such district"),
    )
    said = (await sent(rest, content, preview="true")).json()
    (missing,) = said["missing_clubs"]
    assert (missing["parent_id"], missing["parent"]) == (str(federation.district), "Stockholms Bouledistrikt")
    assert (missing["name"].casefold(), missing["rows"]) == ("solna bc", 2)
    wanted = {"parent_id": missing["parent_id"], "name": missing["name"]}
    made = await rest.post("/org-nodes/clubs", json={"clubs": [wanted]})
    assert (made.status_code, made.json()) == (201, {"created": 1})
    said = (await sent(rest, content, preview="true")).json()
    assert (said["good_rows"], said["bad_rows"], said["missing_clubs"]) == (3, 1, [])


async def test_one_bad_row_keeps_the_whole_file_out(rest: httpx.AsyncClient) -> None:
    """Issue 2, item 4: never half imported, unless the good rows were asked for."""
    content = sheet(row("M-1"), row("M-2", email="nobody"))
    refused = await sent(rest, content)
    assert (refused.status_code, refused.json()["code"]) == (422, "MEMBER_FILE_HAS_PROBLEMS")
    assert refused.json()["report"]["problems"][0]["row"] == 3
    assert (await rest.get("/debtors")).json()["items"] == []
    taken = await sent(rest, content, good_rows_only="true")
    assert (taken.status_code, taken.json()["created"], taken.json()["bad_rows"]) == (200, 1, 1)


async def test_what_only_the_write_side_knows_is_named_by_row_too(
    rest: httpx.AsyncClient, federation: Federation
) -> None:
    """Issue 2, item 4: a number that belongs to a club is found before the first member is recorded."""
    body = {
        "kind": "club",
        "reference": "M-300",
        "org_node_id": str(federation.club),
        "particulars": {"name": "Stockholm Boule Club", "address": {"country": "SE"}},
    }
    assert (await rest.post("/debtors", json=body)).status_code == 201
    answer = await sent(rest, sheet(*(row(f"M-{n}") for n in range(1, 401))))
    assert answer.status_code == 422, answer.text
    assert [(each["row"], each["column"]) for each in answer.json()["report"]["problems"]] == [(301, "member_no")]
    assert len((await rest.get("/debtors")).json()["items"]) == 1


async def test_a_treasurer_imports_for_their_own_part_only(app: Starlette, federation: Federation) -> None:
    """C36: a club of another district is none of theirs to know of, and neither are its members."""
    other = OrgNodeId(federation.write.new_id())
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await add_org_node(
            connection, federation.tenant_id, other, parent=federation.root, kind="district", name="Skåne", code="SK"
        )
    theirs = await federation.a_member()
    treasurer = await a_caller(app, federation, Role.DISTRICT_TREASURER, node=other)
    admin = await a_caller(app, federation)
    async with admin.client() as client:
        client.base_url = httpx.URL(API)
        number = (await client.get(f"/debts/check/{theirs}")).json()["debtor_id"]
        assert number == str(theirs)
    async with treasurer.client() as client:
        client.base_url = httpx.URL(API)
        answer = await sent(client, sheet(row("M-1"), row("M-2", club="Stockholm Boule Club,")), preview="true")
    assert [(each["row"], each["code"]) for each in answer.json()["problems"]] == [
        (2, "club_unknown"),
        (3, "club_unknown"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "MEMBER_FILE_EMPTY"),
        (b"PK\x03\x04rest", "MEMBER_FILE_SPREADSHEET_FILE"),
        (b"a,b\n1,2\n", "MEMBER_FILE_COLUMNS_MISSING"),
        (b"x" * (8 * 1024 * 1024 + 1), "MEMBER_FILE_TOO_LARGE"),
    ],
)
async def test_what_is_no_member_file_says_why(rest: httpx.AsyncClient, content: bytes, code: str) -> None:
    """Issue 2, item 4."""
    answer = await sent(rest, content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_excel_writes_latin_1_with_semicolons(rest: httpx.AsyncClient) -> None:
    """Issue 2, item 4: what a Swedish Excel saves is read as it was meant."""
    content = sheet(row("M-1")).decode().replace(",", ";").encode("cp1252")
    answer = await sent(rest, content)
    assert (answer.json()["created"], answer.json()["encoding"], answer.json()["delimiter"]) == (1, "windows-1252", ";")
    assert (await rest.get("/debtors")).json()["items"][0]["name"] == "Måns Östlund"
