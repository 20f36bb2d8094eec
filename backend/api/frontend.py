"""The single-page app, as `npm run build` left it: files named by their content, one page for all its addresses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from backend.api.start_page import start_page
from backend.runtime.settings import REPOSITORY

DIST: Final = REPOSITORY / "frontend" / "dist"

# Scripts and styles are files of our own, so no nonce and no 'unsafe-…' is needed. Pages of invoices are shown from
# memory (blob:), and the browser's PDF viewer is a frame.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
    " connect-src 'self'; frame-src 'self' blob:; object-src 'self' blob:; manifest-src 'self';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
# A name holds a digest of the content, so what was fetched once is right for ever.
FOR_EVER: Final = "public, max-age=31536000, immutable"
# The page names the current files: it is asked for every time, and answered by 304 when it is the same.
REVALIDATED: Final = "no-cache"

# What the app's addresses begin with is decided by the app; these are never its own.
_NOT_PAGES: Final = ("api", "auth", "oauth", "graphql", "assets", "public", "invoice-link")


def frontend_routes(dist: Path = DIST) -> list[BaseRoute]:
    """The routes of the web app, to stand last: what no other route answers is a page of the app, or nothing."""

    async def page(request: Request) -> Response:
        path = request.url.path
        wanted = dist / path.lstrip("/")
        if _is_public_file(path) and wanted.is_file():
            return FileResponse(wanted, headers={"cache-control": REVALIDATED})
        if not _is_page(path):
            raise HTTPException(404)
        index = dist / "index.html"
        if index.is_file():
            return FileResponse(index, headers=_page_headers())
        if path == "/":
            return await start_page(request)
        raise HTTPException(404)

    return [
        Mount("/assets", app=_Assets(directory=dist / "assets", check_dir=False)),
        Route("/", page, methods=["GET"]),
        Route("/{path:path}", page, methods=["GET"]),
    ]


class _Assets(StaticFiles):
    """Hashed files; only what is there is kept for ever, never a 404."""

    def file_response(self, full_path: object, stat_result: object, scope: Scope, status_code: int = 200) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)  # type: ignore[arg-type]
        response.headers["cache-control"] = FOR_EVER
        return response


def _page_headers() -> Mapping[str, str]:
    return {"content-security-policy": POLICY, "cache-control": REVALIDATED}


def _is_page(path: str) -> bool:
    """`/invoices/…` is one; `/api/v1/nothing` and `/old.js` are not there."""
    first, last = path.lstrip("/").split("/", 1)[0], path.rsplit("/", 1)[-1]
    return first not in _NOT_PAGES and "." not in last


def _is_public_file(path: str) -> bool:
    """The few files beside the page (`/icon.svg`): one plain name, no folder, nothing hidden."""
    name = path.lstrip("/")
    return "/" not in name and "\\" not in name and not name.startswith(".") and "." in name and name != "index.html"
