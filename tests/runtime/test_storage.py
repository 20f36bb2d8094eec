"""The document store: what goes in comes out, or we say so."""

import asyncio
import hashlib
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from backend.runtime.storage import (
    MAX_DOCUMENT_BYTES,
    DocumentCorrupt,
    DocumentMissing,
    DocumentStore,
    DocumentTooLarge,
    NotADigest,
    StorageUnavailable,
    StorageUrlRefused,
    as_digest,
)
from tests.given.s3_server import S3Server, an_s3_server

ONE, TWO = UUID(int=1), UUID(int=2)
PDF = b"%PDF-1.7 an invoice"
DIGEST = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(params=["file", "memory", "s3"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[DocumentStore]:
    match request.param:
        case "file":
            yield DocumentStore.from_url(f"file://{tmp_path}/with%20space")
        case "memory":
            yield DocumentStore.from_url("memory:///")
        case "s3":
            credentials(monkeypatch)
            async with an_s3_server() as server:
                yield on_s3(server)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


def on_s3(server: S3Server) -> DocumentStore:
    return DocumentStore.from_url(f"s3://bucket/docs?endpoint=http://127.0.0.1:{server.port}&region=eu-north-1")


async def test_what_goes_in_comes_out(store: DocumentStore) -> None:
    """S002-29, S000-27: content-addressed, idempotent, and gone when deleted."""
    assert not await store.exists(ONE, DIGEST)
    assert await store.put(ONE, PDF, media_type="application/pdf") == DIGEST
    assert await store.put(ONE, PDF, media_type="application/pdf") == DIGEST
    assert await store.exists(ONE, DIGEST)
    assert await store.get(ONE, DIGEST) == PDF
    await store.delete(ONE, DIGEST)
    await store.delete(ONE, DIGEST)
    with pytest.raises(DocumentMissing):
        await store.get(ONE, DIGEST)


async def test_a_tenant_reaches_only_its_own(store: DocumentStore) -> None:
    """S002-8, issue 2: the digest of another tenant's document opens nothing."""
    await store.put(ONE, PDF, media_type="application/pdf")
    assert not await store.exists(TWO, DIGEST)
    with pytest.raises(DocumentMissing):
        await store.get(TWO, DIGEST)
    await store.delete(TWO, DIGEST)
    assert await store.get(ONE, DIGEST) == PDF


async def test_the_empty_document_and_the_limit(store: DocumentStore) -> None:
    """S002-29: no bytes are a document too; one byte too many is not."""
    assert await store.get(ONE, await store.put(ONE, b"", media_type="text/plain")) == b""
    with pytest.raises(DocumentTooLarge):
        await store.put(ONE, bytes(MAX_DOCUMENT_BYTES + 1), media_type="text/plain")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "../" * 20 + "etc",
        DIGEST[:-1],
        DIGEST + "0",
        DIGEST.upper(),
        DIGEST[:-1] + "\n",
        DIGEST[:-1] + "/",
        "٣" * 64,
    ],
)
async def test_only_a_digest_reaches_a_path(store: DocumentStore, text: str) -> None:
    """S002-29: no path traversal by any of the four doors."""
    for call in (store.get(ONE, text), store.exists(ONE, text), store.delete(ONE, text)):
        with pytest.raises(NotADigest):
            await call
    with pytest.raises(NotADigest):
        as_digest(text)


@pytest.mark.parametrize("damage", [b"", PDF[:-1], PDF.replace(b"invoice", b"INVOICE"), PDF * 9])
async def test_damage_is_seen_and_repaired_by_putting_again(tmp_path: Path, damage: bytes) -> None:
    """F26, I12: truncated, emptied or altered files are never served."""
    store = DocumentStore.from_url(f"file://{tmp_path}")
    await store.put(ONE, PDF, media_type="application/pdf")
    path = tmp_path / str(ONE) / DIGEST[:2] / DIGEST
    path.write_bytes(damage)
    with pytest.raises(DocumentCorrupt):
        await store.get(ONE, DIGEST)
    await store.put(ONE, PDF, media_type="application/pdf")
    assert await store.get(ONE, DIGEST) == PDF


async def test_the_folder_is_ours_alone_and_holds_nothing_else(tmp_path: Path) -> None:
    """S002-29: many writers of the same bytes leave one file and no remains."""
    store = DocumentStore.from_url(f"file://{tmp_path}/documents")
    await asyncio.gather(*(store.put(ONE, PDF, media_type="application/pdf") for _ in range(50)))
    files = files_in(tmp_path)
    assert files == [tmp_path / "documents" / str(ONE) / DIGEST[:2] / DIGEST]
    assert (tmp_path / "documents").stat().st_mode & 0o777 == 0o700


FULL_DISK = """
import asyncio, resource, sys
from uuid import UUID
from backend.runtime.storage import DocumentStore, StorageUnavailable
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
async def main():
    store = DocumentStore.from_url("file://" + sys.argv[1])
    try:
        await store.put(UUID(int=1), b"x" * 100_000, media_type="application/pdf")
    except StorageUnavailable:
        await store.put(UUID(int=1), b"y" * 10_000, media_type="application/pdf")
        print("refused, then stored")
asyncio.run(main())
"""


def test_a_full_disk_leaves_no_truncated_document(tmp_path: Path) -> None:
    """F26: the write fails as a whole, and a smaller one after it succeeds."""
    ran = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout == "refused, then stored\n", ran.stderr
    whole = hashlib.sha256(b"y" * 10_000).hexdigest()
    assert [path.name for path in files_in(tmp_path)] == [whole]


async def test_a_place_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    """S002-29: said in our words, not in a trace."""
    store = DocumentStore.from_url(f"file://{tmp_path}")
    (tmp_path / str(ONE)).write_bytes(b"a file where a folder should be")
    with pytest.raises(StorageUnavailable):
        await store.put(ONE, PDF, media_type="application/pdf")


async def test_s3_requests_are_signed_and_carry_the_media_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """Issue 2, item 7: the key layout and the type of what a browser would download."""
    credentials(monkeypatch)
    async with an_s3_server() as server:
        store = on_s3(server)
        await store.put(ONE, PDF, media_type="application/pdf")
        assert server.objects == {f"/bucket/docs/{ONE}/{DIGEST[:2]}/{DIGEST}": PDF}
        assert set(server.media_types.values()) == {"application/pdf"}
        assert server.unsigned == 0
        server.fails_with = 403
        for call in (store.get(ONE, DIGEST), store.put(ONE, PDF, media_type="a/b"), store.delete(ONE, DIGEST)):
            with pytest.raises(StorageUnavailable):
                await call


@pytest.mark.parametrize(
    "url", ["", "file://relative/path", "ftp://x/y", "s3://", "s3://key:secret@bucket", "s3://bucket?acl=public"]
)
def test_a_bad_url_is_refused(url: str) -> None:
    """S002-29: and its secret is not repeated."""
    with pytest.raises(StorageUrlRefused) as refusal:
        DocumentStore.from_url(url)
    assert "secret" not in str(refusal.value)
