"""A browser in a test: keeps cookies, says where its requests come from, and sends the session's CSRF token."""

import os
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette

ORIGIN = "http://localhost:8000"


@dataclass(kw_only=True)
class Browser:
    """One browser of one person, at an address of its own, so that no test waits for another's throttle."""

    app: Starlette
    csrf: str = ""
    ip: str = field(default_factory=lambda: f"10.{'.'.join(str(each) for each in os.urandom(3))}")
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """One request as a page of ours would send it. Headers with an empty value are left out."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(self.ip, 1234))
        wanted = {"origin": ORIGIN, "sec-fetch-site": "same-origin", "x-carreau-csrf": self.csrf}
        wanted |= {name.replace("_", "-"): value for name, value in headers.items()}
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=self.cookies) as client:
            answer = await client.request(
                method, path, json=body, headers={name: value for name, value in wanted.items() if value}
            )
            self.cookies = client.cookies
        if answer.headers.get("content-type", "").startswith("application/json"):
            session = answer.json().get("session") if isinstance(answer.json(), dict) else None
            if isinstance(session, dict):
                self.csrf = session["csrf_token"]
        return answer

    async def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return await self.ask("POST", path, {} if body is None else body, **headers)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.ask("GET", path, **headers)

    async def session(self) -> dict[str, Any]:
        """What the app asks first."""
        answer = await self.get("/auth/session")
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        return found

    @property
    def cookie(self) -> str:
        """The session's secret, as a thief would take it."""
        return self.cookies.get("carreau_session") or ""

    def thief(self) -> "Browser":
        """Somebody else's browser with the same cookie and token."""
        cookies = httpx.Cookies()
        # The domain under which Python keeps what `localhost` set, so that a later cookie replaces this one.
        cookies.set("carreau_session", self.cookie, domain="localhost.local")
        return Browser(app=self.app, csrf=self.csrf, cookies=cookies)
