"""Who sits at the browser, and how they sign in."""

from dataclasses import dataclass
from typing import Any, Final

from playwright.async_api import BrowserContext, Page, expect

from tests.given.people import PASSWORD


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody of the demo."""

    tenant: str
    email: str
    language: str = "sv"


TORE: Final = Visitor(tenant="svenska-boule", email="tore@stockholm.boule.example")
SIV: Final = Visitor(tenant="svenska-boule", email="siv@skane.boule.example")
ANNIKA: Final = Visitor(tenant="svenska-boule", email="annika@boule.example")
MALIN: Final = Visitor(tenant="svenska-boule", email="malin@malmo.boule.example")
CLAIRE: Final = Visitor(tenant="boules-france", email="claire@boules.example", language="fr")
RUNE: Final = Visitor(tenant="svenska-boule", email="rune@revision.example")
OPERATOR: Final = Visitor(tenant="carreau", email="operator@carreau.example", language="en")


async def signs_in(page: Page, visitor: Visitor, *, path: str = "/") -> None:
    """By the sign-in form in Swedish, as the test browser speaks it; the app then speaks the visitor's language."""
    await page.goto(path)
    await fill_sign_in(page, visitor)
    # By its tag: the list of a combobox that is open from the start hides everything else from roles.
    await expect(page.locator("#content h1")).to_be_visible()


async def fill_sign_in(page: Page, visitor: Visitor) -> None:
    await page.get_by_label("Förbund").fill(visitor.tenant)
    await page.get_by_label("E-post").fill(visitor.email)
    await page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Logga in", exact=True).click()


async def signed_in_context(context: BrowserContext, url: str, visitor: Visitor) -> None:
    """The same without the form, where signing in is not what the test is about: the cookie of the same door."""
    answer = await context.request.post(
        f"{url}/auth/sign-in",
        data={"tenant": visitor.tenant, "email": visitor.email, "password": PASSWORD},
        headers={"origin": url},
    )
    assert answer.ok, await answer.text()
    assert (await answer.json())["status"] == "signed_in"


_ASK: Final = """async ([query, variables]) => {
  const session = (await (await fetch("/auth/session")).json()).session;
  const answer = await fetch("/graphql", {
    method: "POST",
    headers: {"content-type": "application/json", "x-carreau-csrf": session.csrf_token},
    body: JSON.stringify({query, variables}),
  });
  return {status: answer.status, body: await answer.json()};
}"""


async def asks(page: Page, query: str, **variables: Any) -> Any:
    """A GraphQL question from inside the page, with the session of whoever is signed in there: the `data` of it."""
    said = await page.evaluate(_ASK, [query, variables])
    assert said["status"] == 200, said
    assert not said["body"].get("errors"), said
    return said["body"]["data"]


async def knows(page: Page, query: str, **variables: Any) -> Any:
    """The same without a page: by the cookies of the browser alone."""
    session = await page.request.get("/auth/session")
    origin = session.url.removesuffix("/auth/session")
    headers = {"x-carreau-csrf": (await session.json())["session"]["csrf_token"], "origin": origin}
    answer = await page.request.post("/graphql", data={"query": query, "variables": variables}, headers=headers)
    said = await answer.json()
    assert answer.ok, said
    assert not said.get("errors"), said
    return said["data"]


async def asks_for_anything(page: Page, query: str, **variables: Any) -> Any:
    """The same, when a refusal is as good: the whole body."""
    return (await page.evaluate(_ASK, [query, variables]))["body"]
