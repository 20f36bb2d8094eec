"""A page of another site can make a browser send its cookie, and gets nothing for it."""

import pytest
from starlette.applications import Starlette

from tests.given.browser import Browser
from tests.given.people import Person

GRAPHQL = {"query": "{ __typename }"}


@pytest.mark.parametrize("path", ["/graphql", "/auth/sessions/revoke-others", "/api/v1/invoices"])
async def test_a_cookie_alone_changes_nothing(app: Starlette, admin: Person, path: str) -> None:
    """One rule for GraphQL, REST and the door."""
    browser = await admin.signs_in(app)
    for headers in (
        {"x_carreau_csrf": ""},
        {"x_carreau_csrf": "guessed"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        answer = await browser.post(path, GRAPHQL, **headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "CSRF_REFUSED"), headers


async def test_the_token_belongs_to_one_session(app: Starlette, admin: Person) -> None:
    first, second = await admin.signs_in(app), await admin.signs_in(app)
    answer = await first.post("/graphql", GRAPHQL, x_carreau_csrf=second.csrf)
    assert answer.json()["code"] == "CSRF_REFUSED"


async def test_reading_needs_no_token(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    assert (await browser.get("/api/v1/invoices", x_carreau_csrf="")).status_code == 200


async def test_nobody_is_made_to_sign_in_as_somebody_else(app: Starlette, admin: Person) -> None:
    """Login CSRF: another site's form, or its script."""
    body = {"tenant": admin.federation.slug, "email": admin.email, "password": admin.password}
    answer = await Browser(app=app).post("/auth/sign-in", body, origin="https://evil.example")
    assert (answer.status_code, answer.json()["code"]) == (403, "CSRF_REFUSED")
    as_text = await Browser(app=app).post("/auth/sign-in", body, content_type="text/plain")
    assert as_text.status_code == 415


async def test_a_bearer_token_needs_no_csrf_token(app: Starlette, admin: Person) -> None:
    """A page cannot make a browser send a header it does not know."""
    from tests.api.caller import a_caller

    caller = await a_caller(app, admin.federation)
    assert (await caller.post("{ __typename }"))["data"] == {"__typename": "Query"}
