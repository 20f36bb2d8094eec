"""Previews of templates over REST: what they answer, what they store (nothing), and whom they refuse."""

import io
import struct
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from backend.api.rest.endpoint import Declined
from backend.api.rest.preview_turns import MAX_AT_ONCE, MAX_IN_A_MINUTE, PreviewTurns
from backend.documents.logo import kept_logo
from tests.api.caller import Caller
from tests.api.rest.conftest import API
from tests.api.rest.given import PNG, a_draft, an_invoice, caught_up
from tests.api.rest.probes import DESIGN
from tests.given.federation import Federation

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


async def previewed(
    rest: httpx.AsyncClient, federation: Federation, query: dict[str, Any] | None = None, **more: Any
) -> httpx.Response:
    asked = {"issuer_id": federation.issuer_id} | (query or {})
    return await rest.post("/templates/preview", params=asked, json=DESIGN | {"language": "sv"} | more)


async def recorded(federation: Federation) -> tuple[int, int]:
    """How far the journal is, and how many numbers were given."""
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute(
            "SELECT (SELECT sum(position) FROM journal_heads), (SELECT count(*) FROM inline_counters)"
        )
        row = await found.fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


async def test_a_sample_in_a_chosen_language_is_marked_and_leaves_nothing(
    rest: httpx.AsyncClient, federation: Federation
) -> None:
    """S002-15: before anybody is invoiced, in every language, without a number or an event."""
    await caught_up(federation)
    before = await recorded(federation)
    for language, word in (("sv", "FÖRHANDSVISNING"), ("fr", "APERÇU"), ("fi", "ESIKATSELU"), ("th", "PREVIEW")):
        answer = await previewed(rest, federation, language=language)
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert word in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert await recorded(federation) == before


async def test_a_page_as_a_picture(rest: httpx.AsyncClient, federation: Federation) -> None:
    """Phones show no PDF inside a page."""
    await caught_up(federation)
    answer = await previewed(rest, federation, {"format": "png", "page": 3, "dots": 72})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/png"
    assert (answer.headers["preview-page"], answer.headers["preview-pages"]) == ("1", "1")
    assert struct.unpack(">II", answer.content[16:24]) == (595, 842)
    for wrong in ({"dots": 1000}, {"page": 0}, {"format": "gif"}):
        assert (await previewed(rest, federation, wrong)).status_code == 400


async def test_an_issued_invoice_in_the_new_dress(rest: httpx.AsyncClient, federation: Federation) -> None:
    """The invoice somebody has, with the texts it would have got."""
    invoice = await an_invoice(federation, await federation.a_member("Åsa Öst"))
    answer = await previewed(rest, federation, {"invoice_id": invoice}, footer={"sv": "Ny sidfot"})
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Åsa Öst" in text
    assert "Ny sidfot" in text
    assert "FÖRHANDSVISNING" in text


async def test_only_issued_invoices_of_that_issuer(rest: httpx.AsyncClient, federation: Federation) -> None:
    draft = await a_draft(federation, await federation.a_member())
    await caught_up(federation)
    answer = await previewed(rest, federation, {"invoice_id": draft})
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")


async def test_what_is_wrong_says_where(rest: httpx.AsyncClient, federation: Federation) -> None:
    """The field of the form, by the rules that will save it."""
    await caught_up(federation)
    for more, pointer in (
        ({"primary_colour": "red"}, "#/primary_colour"),
        ({"header": {"xx": "?"}}, "#/header/xx"),
        ({"footer": {"sv": "x" * 1001}}, "#/footer/sv"),
        ({"language": "xx"}, "#/language"),
        ({"logo": "0" * 64, "logo_media_type": "image/png"}, "#/logo"),
    ):
        answer = await previewed(rest, federation, **more)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer), answer.text
    large = await previewed(rest, federation, name="x" * 300_000)
    assert large.status_code == 413


async def test_another_tenants_logo_issuer_and_invoice_are_not_there(
    rest: httpx.AsyncClient, federation: Federation, stranger: Caller, other_federation: Federation
) -> None:
    """C36: content is addressed within a tenant; a digest opens nothing elsewhere, neither to look at nor to save."""
    digest = (await rest.post("/logos", content=PNG, headers={"content-type": "image/png"})).json()["digest"]
    invoice = await an_invoice(federation, await federation.a_member())
    await caught_up(other_federation)
    with_logo = {"logo": digest, "logo_media_type": "image/png"}
    mine = await previewed(rest, federation, **with_logo)
    assert mine.status_code == 200, mine.text
    async with stranger.client() as client:
        client.base_url = httpx.URL(API)
        logo = await previewed(client, other_federation, **with_logo)
        assert (logo.status_code, logo.json()["errors"][0]["pointer"]) == (400, "#/logo")
        for where, query in ((federation, {}), (other_federation, {"invoice_id": invoice})):
            assert (await previewed(client, where, query)).status_code == 404
        saved = await client.post("/templates", json=DESIGN | with_logo)
        assert (saved.status_code, saved.json()["errors"][0]["pointer"]) == (400, "#/logo")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


async def test_of_a_logo_only_the_picture_is_kept(rest: httpx.AsyncClient) -> None:
    """S002-12: a PNG that is a ZIP behind its end, or carries notes and a place, becomes a PNG and nothing else."""
    notes = PNG[:33] + chunk(b"tEXt", b"Author\0Anna") + chunk(b"eXIf", b"MM\0*") + PNG[33:]
    for upload in (PNG + b"PK\x03\x04<script>alert(1)</script>", notes):
        assert kept_logo(upload) == PNG
        answer = await rest.post("/logos", content=upload, headers={"content-type": "image/png"})
        assert (answer.status_code, answer.json()["size"]) == (201, len(PNG)), answer.text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SVG + b"<script>alert(1)</script>", "LOGO_UNSAFE_SVG"),
        (SVG.replace(b"<path", b'<path onload="alert(1)"'), "LOGO_UNSAFE_SVG"),
        (SVG.replace(b"<path", b'<image href="http://x.example/"/><path'), "LOGO_UNSAFE_SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "LOGO_UNSAFE_SVG"),
        (b"%PDF-1.7\n" + SVG, "LOGO_UNSAFE_SVG"),
        (b"\xff\xd8\xff\xe0 a photograph", "LOGO_UNKNOWN_KIND"),
        (PNG[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", 4200, 9, 8, 0, 0, 0, 0)), "LOGO_TOO_MANY_PIXELS"),
        (PNG[:33] + chunk(b"IDAT", b"not a picture") + PNG[-12:], "LOGO_DAMAGED"),
    ],
)
async def test_what_is_no_logo_says_what_to_do(rest: httpx.AsyncClient, content: bytes, code: str) -> None:
    """S002-12: by its bytes, whatever it claims to be, with a code and a place."""
    answer = await rest.post("/logos", content=content, headers={"content-type": "image/png"})
    assert (answer.status_code, answer.json().get("code")) == (422, code), answer.text
    assert answer.json()["errors"] == [{"detail": answer.json()["detail"], "pointer": "#/logo"}]


def test_nobody_previews_without_end() -> None:
    """C38: so many a minute for each person, so many at once for all."""
    turns, now = PreviewTurns(), datetime(2026, 11, 21, tzinfo=UTC)
    for _ in range(MAX_IN_A_MINUTE):
        with turns.turn("user:anna", now):
            pass
    with pytest.raises(Declined) as refused, turns.turn("user:anna", now):
        pass
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (429, "10")
    with turns.turn("user:bo", now), turns.turn("user:anna", now + timedelta(seconds=61)):
        pass
    held = [turns.turn(f"user:{number}", now) for number in range(MAX_AT_ONCE)]
    for each in held:
        each.__enter__()
    with pytest.raises(Declined) as busy, turns.turn("user:late", now):
        pass
    assert busy.value.status == 503
    for each in held:
        each.__exit__(None, None, None)
    with turns.turn("user:late", now):
        pass
