"""A store of bytes under the SHA-256 of the bytes: a local folder or an object store, chosen by STORAGE_URL.

What is written never changes, so writing twice is harmless, and what is read is checked against its name.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NewType, Self
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

if TYPE_CHECKING:
    from obstore.store import S3Config

MAX_DOCUMENT_BYTES: Final = 25 * 1024 * 1024

Digest = NewType("Digest", str)

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}")
_S3_OPTIONS: Final = frozenset({"endpoint", "region"})
_REQUEST_TIMEOUT: Final = timedelta(seconds=20)
_RETRY_FOR: Final = timedelta(seconds=30)
_MAX_RETRIES: Final = 3


class StorageUrlRefused(ValueError):
    """STORAGE_URL is not one that we can use. It is not repeated: it may hold a secret."""


class NotADigest(ValueError):
    """The text is not 64 lower-case hexadecimal digits. Nothing else ever reaches a path."""


class DocumentTooLarge(ValueError):
    """The content exceeds `MAX_DOCUMENT_BYTES`."""


class DocumentMissing(LookupError):
    """Nothing is stored under this digest for this tenant."""


class DocumentCorrupt(Exception):
    """The stored bytes do not have the digest they are stored under. Putting the right bytes again repairs it."""


class StorageUnavailable(Exception):
    """The disk or object store failed or is full. Nothing is half-written; try again later."""


def as_digest(text: str) -> Digest:
    """`text`, which came from outside, as a digest. Raises `NotADigest`."""
    if not _DIGEST.fullmatch(text):
        raise NotADigest("a digest is 64 lower-case hexadecimal digits")
    return Digest(text)


class DocumentStore:
    """Documents of all tenants, each under `<tenant>/<first two digits>/<digest>`: no tenant reaches another's."""

    def __init__(self, store: ObjectStore, *, root: Path | None) -> None:
        self._store = store
        self._root = root

    @classmethod
    def from_url(cls, url: str) -> Self:
        """A store for `file:///folder`, `memory:///` or `s3://bucket/prefix?endpoint=…&region=…`.

        S3 credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the machine's role. A missing folder is
        made, readable by us alone. Raises `StorageUrlRefused`.
        """
        parts = urlsplit(url)
        match parts.scheme:
            case "file" if not parts.netloc and parts.path.startswith("/"):
                root = Path(unquote(parts.path))
                root.mkdir(mode=0o700, parents=True, exist_ok=True)
                return cls(LocalStore(root), root=root)
            case "memory":
                return cls(MemoryStore(), root=None)
            case "s3" if parts.netloc and "@" not in parts.netloc:
                return cls(_s3(parts.netloc, unquote(parts.path).strip("/"), parts.query), root=None)
        raise StorageUrlRefused("a storage URL is file:///folder or s3://bucket/prefix")

    async def put(self, tenant_id: UUID, content: bytes, *, media_type: str) -> Digest:
        """Store `content` durably and return its digest. Storing it again changes nothing, and repairs damage.

        A local folder does not keep `media_type`. Raises `DocumentTooLarge`, `StorageUnavailable`.
        """
        if len(content) > MAX_DOCUMENT_BYTES:
            raise DocumentTooLarge(f"{len(content)} bytes, at most {MAX_DOCUMENT_BYTES} are stored")
        if not _MEDIA_TYPE.fullmatch(media_type):
            raise ValueError("malformed media type")
        digest = Digest(hashlib.sha256(content).hexdigest())
        key = _key(tenant_id, digest)
        # A local folder cannot keep attributes, and obstore refuses them there.
        attributes = None if self._root else {"Content-Type": media_type}
        try:
            # One request, never parts: it happens or it does not. Locally obstore writes beside and renames.
            await obstore.put_async(self._store, key, content, attributes=attributes, use_multipart=False)
            if self._root:
                await asyncio.to_thread(_flush_to_disk, self._root, key)
        except (BaseError, OSError) as error:
            raise StorageUnavailable(_reason(error)) from error
        return digest

    async def get(self, tenant_id: UUID, digest: str) -> bytes:
        """The bytes stored under `digest`, verified.

        Raises `NotADigest`, `DocumentMissing`, `DocumentCorrupt`, `StorageUnavailable`.
        """
        try:
            result = await obstore.get_async(self._store, _key(tenant_id, digest))
            if result.meta["size"] > MAX_DOCUMENT_BYTES:
                raise DocumentCorrupt(digest)
            content = bytes(await result.bytes_async())
        except FileNotFoundError:
            raise DocumentMissing(digest) from None
        except (BaseError, OSError) as error:
            raise StorageUnavailable(_reason(error)) from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise DocumentCorrupt(digest)
        return content

    async def exists(self, tenant_id: UUID, digest: str) -> bool:
        """Whether something is stored under `digest`; only `get` says whether it is whole. Raises like `get`."""
        try:
            await obstore.head_async(self._store, _key(tenant_id, digest))
        except FileNotFoundError:
            return False
        except (BaseError, OSError) as error:
            raise StorageUnavailable(_reason(error)) from error
        return True

    async def delete(self, tenant_id: UUID, digest: str) -> None:
        """Remove what is stored under `digest`; if there is nothing, all is well.

        Raises `NotADigest`, `StorageUnavailable`.
        """
        try:
            await obstore.delete_async(self._store, _key(tenant_id, digest))
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise StorageUnavailable(_reason(error)) from error


def _key(tenant_id: UUID, digest: str) -> str:
    # Both parts are checked types, so no text from outside can climb out of the tenant's folder.
    if not isinstance(tenant_id, UUID):
        raise TypeError("tenant_id is a UUID")
    return f"{tenant_id}/{as_digest(digest)[:2]}/{digest}"


def _flush_to_disk(root: Path, key: str) -> None:
    """Force the file and the folders above it to disk, so that a power cut cannot leave an empty file behind."""
    path = root / key
    for each in (path, *list(path.parents)[:3]):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _s3(bucket: str, prefix: str, query: str) -> S3Store:
    options = dict(parse_qsl(query))
    if not options.keys() <= _S3_OPTIONS:
        raise StorageUrlRefused("an S3 URL takes the options endpoint and region")
    # One document at a time is deleted, and not every server that speaks S3 knows the bulk request.
    config: S3Config = {"disable_bulk_delete": True}
    if "endpoint" in options:
        config["endpoint"] = options["endpoint"]
    if "region" in options:
        config["region"] = options["region"]
    return S3Store(
        bucket,
        prefix=prefix or None,
        config=config,
        client_options={"timeout": _REQUEST_TIMEOUT, "allow_http": options.get("endpoint", "").startswith("http://")},
        retry_config={"max_retries": _MAX_RETRIES, "retry_timeout": _RETRY_FOR},
    )


def _reason(error: Exception) -> str:
    # obstore adds a debug dump after the first paragraph, with addresses and headers in it.
    return f"{type(error).__name__}: {str(error).split(chr(10), 1)[0]}"
