"""Issuers, templates, logos, deliveries and rules over REST."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from tests.api.rest.given import PNG, an_invoice
from tests.given.federation import Federation

ADDRESS = {"street": "Idrottsvägen 1", "postal_code": "111 22", "city": "Stockholm", "country": "SE"}
DESIGN = {"name": "standard", "primary_colour": "#123a6b", "secondary_colour": "#e0b040"}


async def test_an_issuer_from_nothing_to_its_first_number(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-18, S002-9, S000-7: register, account, season, series; then it issues under its own prefix."""
    identity = {"name": "Förbundet", "organisation_number": "802400-5678", "vat_number": "", "address": ADDRESS}
    made = await rest.post(
        "/issuers",
        json={
            "issuer_type": "tenant",
            "identity": identity,
            "jurisdiction": "SE",
            "currency": "SEK",
            "time_zone": "Europe/Stockholm",
            "language": "sv",
            "exempt_sport": True,
        },
    )
    assert made.status_code == 201, made.text
    issuer = made.json()["id"]
    account = {"account_id": "bg-9", "holder": "Förbundet", "bankgiro": "5050-1055", "iban": "SE4550000000058398257466"}
    season = {"code": "2026-27", "first_day": "2026-07-01", "last_day": "2027-06-30"}
    for path, body in (("account", {"account": account}), ("number-series", {"prefix": "SBF", "first_number": 1000})):
        assert (await rest.put(f"/issuers/{issuer}/{path}", json=body)).status_code == 200
    assert (await rest.post(f"/issuers/{issuer}/seasons", json=season)).status_code == 201
    refused = await rest.post(f"/issuers/{issuer}/seasons", json=season)
    assert (refused.json()["code"], refused.json()["errors"][0]["pointer"]) == ("ALREADY_EXISTS", "#/code")
    shown = (await rest.get(f"/issuers/{issuer}")).json()
    assert shown["number_series"] == {"prefix": "SBF", "width": 6, "first_number": 1000}
    assert [each["code"] for each in shown["seasons"]] == ["2026-27"]
    debtor = await federation.a_member()
    draft = await rest.post(
        "/invoices",
        json={
            "issuer_id": issuer,
            "debtor_id": str(debtor),
            "lines": [{"description": "Medlemskap", "unit_price": "100"}],
        },
    )
    issued = await rest.post(f"/invoices/{draft.json()['id']}/issue", headers={"Idempotency-Key": '"1"'})
    assert issued.json()["invoice_number"] == "SBF-2026-27-001000", issued.text
    assert {each["id"] for each in (await rest.get("/issuers")).json()} == {issuer, str(federation.issuer_id)}


async def test_a_second_issuer_in_the_same_seat_is_refused(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-21: the validators' codes and pointers."""
    body = {
        "issuer_type": "org_node",
        "identity": {"name": "X", "address": ADDRESS},
        "jurisdiction": "SE",
        "currency": "SEK",
        "time_zone": "Mars/Olympus",
        "language": "sv",
        "org_node_id": str(federation.club),
    }
    refused = await rest.post("/issuers", json=body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "#/time_zone")
    body |= {"time_zone": "Europe/Stockholm", "org_node_id": str(federation.district)}
    assert (await rest.post("/issuers", json=body)).json()["code"] == "ALREADY_EXISTS"


async def test_a_logo_becomes_part_of_a_template(rest: httpx.AsyncClient) -> None:
    """S002-12, S002-13, S002-17: uploaded, named in a design; exactly one template is the default."""
    logo = await rest.post("/logos", content=PNG, headers={"content-type": "image/png"})
    assert logo.status_code == 201, logo.text
    design = DESIGN | {
        "logo": logo.json()["digest"],
        "logo_media_type": "image/png",
        "footer": {"sv": "Tack", "en": "Thank you"},
    }
    made = await rest.post("/templates", json=design)
    assert made.status_code == 201, made.text
    template = made.json()["id"]
    assert (await rest.post(f"/templates/{template}/default")).status_code == 200
    listed = (await rest.get("/templates")).json()
    assert [each["id"] for each in listed if each["is_default"]] == [template]
    assert next(each for each in listed if each["id"] == template)["footer"]["sv"] == "Tack"
    revised = await rest.put(f"/templates/{template}", json=design | {"primary_colour": "red"})
    assert (revised.status_code, revised.json()["errors"][0]["pointer"]) == (400, "#/primary_colour")


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (b"", "image/png", "LOGO_EMPTY"),
        (b"GIF89a", "image/png", "LOGO_UNKNOWN_KIND"),
        (PNG[:-4], "image/png", "LOGO_DAMAGED"),
        (b"x" * (512 * 1024 + 1), "image/png", "LOGO_TOO_LARGE"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "image/svg+xml", "LOGO_UNSAFE_SVG"),
    ],
)
async def test_what_could_harm_a_document_is_no_logo(
    rest: httpx.AsyncClient, content: bytes, media_type: str, code: str
) -> None:
    """S002-12: the treasurer learns at upload what is wrong."""
    answer = await rest.post("/logos", content=content, headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_delivery_is_queued_followed_and_not_doubled(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-30, S004-54: 202 and an address to follow; while it is under way, a second one is refused."""
    invoice = await an_invoice(federation, await federation.a_member())
    asked = await rest.post(f"/invoices/{invoice}/deliver", json={"to_address": "someone@else.example"})
    assert asked.status_code == 202, asked.text
    delivery = (await rest.get("http://carreau.test" + asked.headers["location"])).json()
    assert (delivery["state"], delivery["to_address"]) == ("queued", "someone@else.example")
    again = await rest.post(f"/invoices/{invoice}/send")
    assert (again.status_code, again.json()["code"]) == (409, "DELIVERY_IN_PROGRESS")
    queued = (await rest.get("/deliveries", params={"state": "queued"})).json()["items"]
    assert [each["id"] for each in queued] == [delivery["id"]]
    assert (await rest.get("/deliveries", params={"state": "bounced,failed"})).json()["items"] == []
    assert (await rest.get("/deliveries", params={"state": "lost"})).json()["errors"][0]["pointer"] == "#/state"


async def test_the_switch_stops_all_dispatching(rest: httpx.AsyncClient) -> None:
    """Issue 2, item 7: the kill switch, with its reason."""
    answer = await rest.put("/deliveries/switch", json={"enabled": False, "reason": "wrong template"})
    assert (answer.status_code, answer.json()) == (200, {"enabled": False})
    malformed = await rest.put("/deliveries/switch", json={"enabled": "no", "reason": "x"})
    assert malformed.json()["errors"][0]["pointer"] == "#/enabled"


async def test_the_gate_follows_its_policy(rest: httpx.AsyncClient, federation: Federation) -> None:
    """X16: overdue only, from now on; every answer quotes the version that decided."""
    debtor = await federation.a_member()
    await an_invoice(federation, debtor)
    rules: list[Mapping[str, Any]] = [{"action": "licence_renewal", "overdue_only": True, "grace_days": 10}]
    answer = await rest.put("/gate/policy", json={"rules": rules})
    assert answer.status_code == 200, answer.text
    check = (await rest.get(f"/debts/check/{debtor}")).json()
    assert (check["decision"], check["rule"]["overdue_only"]) == ("clear", True)
    assert check["rule"]["policy_version"] == answer.json()["version"]
    assert (await rest.get(f"/debts/check/{debtor}", params={"action": "club_transfer"})).json()["blocked"]
    refused = await rest.put("/gate/policy", json={"rules": [rules[0], rules[0]]})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "#/rules/1/action")


async def test_tax_rates_are_listed_and_adopted(rest: httpx.AsyncClient) -> None:
    """S000-27, S000-28: the rate of the day; a later one closes it; one that overlaps is refused."""
    rate = {
        "code": "SE-30",
        "jurisdiction": "SE",
        "category": "standard",
        "percent": "30",
        "en16931": "S",
        "valid_from": "2030-01-01",
        "source": "a test",
    }
    assert (await rest.post("/tax-rates", json={"rates": [rate]})).status_code == 201
    for day, percent in (("2026-11-20", "25"), ("2030-01-01", "30")):
        found = (await rest.get("/tax-rates", params={"on": day, "jurisdiction": "SE"})).json()
        assert [each["percent"] for each in found if each["category"] == "standard"] == [percent]
    for change, pointer in ({"percent": "130"}, "#/rates/0"), ({"percent": "NaN"}, "#/rates/0/percent"):
        answer = await rest.post("/tax-rates", json={"rates": [rate | change]})
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert (await rest.post("/tax-rates", json={"rates": [rate]})).json()["code"] == "TAX_RATES_OVERLAP"


async def test_debtors_are_registered_found_and_revised(rest: httpx.AsyncClient, federation: Federation) -> None:
    """S002-19: by number, name and club; the number stays, the particulars change; a taken number is 409."""
    body = {
        "kind": "member",
        "reference": "M-17",
        "org_node_id": str(federation.club),
        "language": "fi",
        "particulars": {"name": "Orvokki Parviainen", "email": "o@members.example", "address": ADDRESS},
    }
    made = await rest.post("/debtors", json=body)
    assert made.status_code == 201, made.text
    address = made.headers["location"].removeprefix("/api/v1")
    assert [each["id"] for each in (await rest.get("/debtors", params={"search": "parv"})).json()["items"]] == [
        made.json()["id"]
    ]
    changed = {"particulars": body["particulars"] | {"name": "Orvokki Niemi"}, "org_node_id": body["org_node_id"]}
    revised = await rest.put(address, json=changed)
    assert (revised.json()["name"], revised.json()["reference"]) == ("Orvokki Niemi", "M-17")
    taken = await rest.post("/debtors", json=body)
    assert (taken.status_code, taken.json()["code"]) == (409, "ALREADY_EXISTS")
    assert taken.json()["errors"][0]["pointer"] == "#/reference"
    wrong = body | {"reference": "M-18", "particulars": body["particulars"] | {"address": {"country": "Sweden"}}}
    refused = await rest.post("/debtors", json=wrong)
    assert refused.json()["errors"][0]["pointer"] == "#/particulars/address/country", refused.text
