"""Subscriptions are opened by the same session as everything else, and only from a page of ours."""

from starlette.applications import Starlette

from tests.api.graphql.live import a_connection
from tests.given.browser import ORIGIN
from tests.given.people import Person

OURS = "http://carreau.test"


async def test_a_session_opens_a_socket_from_our_page_with_its_token(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    async with a_connection(app, origin=OURS, cookie=f"carreau_session={browser.cookie}") as live:
        await live.say("connection_init", payload={"csrf": browser.csrf})
        assert (await live.heard())["type"] == "connection_ack"


async def test_no_other_page_opens_a_socket_with_our_cookie(app: Starlette, admin: Person) -> None:
    """Cross-site WebSocket hijacking: browsers send the cookie along, and no same-origin policy stops them."""
    browser = await admin.signs_in(app)
    cookie = f"carreau_session={browser.cookie}"
    for origin, said in (
        ("https://evil.example", {"csrf": browser.csrf}),
        (OURS, {}),
        (OURS, {"csrf": "guessed"}),
        (ORIGIN, {"csrf": ""}),
    ):
        async with a_connection(app, origin=origin, cookie=cookie) as live:
            await live.say("connection_init", payload=said)
            assert "closed" in await live.heard(), (origin, said)


async def test_a_socket_outlives_no_session(app: Starlette, admin: Person) -> None:
    """A subscription is authorised at every answer; after sign-out the next one is an error."""
    browser = await admin.signs_in(app)
    cookie, token = f"carreau_session={browser.cookie}", browser.csrf
    assert (await browser.post("/auth/sign-out")).status_code == 204
    async with a_connection(app, origin=OURS, cookie=cookie) as live:
        await live.say("connection_init", payload={"csrf": token})
        assert "closed" in await live.heard()
