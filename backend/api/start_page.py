"""The page at `/`: what this is and how to begin. Plain HTML without a script, because nothing here needs one."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from backend.api.authentication import services_of
from backend.runtime.settings import Settings

_STYLE: Final = (
    "body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}h1{line-height:1.2}code{background:#f0f0f0;padding:.1em .35em;border-radius:3px;"
    "overflow-wrap:anywhere}a{color:#0b4f8a}dt{font-weight:600;margin-top:1rem}dd{margin:0}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}code{background:#2a2a2a}a{color:#8cc4ff}}"
)
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


async def start_page(request: Request) -> Response:
    """The first thing a stranger sees."""
    page = _page(services_of(request).settings)
    return HTMLResponse(page, headers={"content-security-policy": _POLICY})


def _page(settings: Settings) -> str:
    embedded = settings.environment == "embedded"
    places = [
        ("GraphQL", "<code>POST /graphql</code>, the schema is <code>schema.graphql</code> in the repository"),
        ("REST", '<a href="/api/v1/openapi.json">/api/v1/openapi.json</a> describes it'),
        ("State of this process", '<a href="/readyz">/readyz</a>, <a href="/metrics">/metrics</a>'),
    ]
    if embedded and settings.mailbox_url:
        address = escape(settings.mailbox_url, quote=True)
        places.append(("Mailbox", f'<a href="{address}">{address}</a> holds every e-mail sent from here'))
    listed = "".join(f"<dt>{title}</dt><dd>{text}</dd>" for title, text in places)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Carreau</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        "<h1>Carreau</h1><p>Invoicing for sports federations, their districts and their clubs: licence renewals become"
        " numbered, branded, delivered invoices, and whoever owes money is refused the next renewal.</p>"
        "<h2>How to get a token</h2><p>On the machine that runs Carreau:"
        " <code>./carreau token --tenant TENANT --role ROLE</code>, then send it with every request as"
        " <code>Authorization: Bearer car_…</code></p>"
        f"<h2>Where things are</h2><dl>{listed}</dl></main></body></html>"
    )
