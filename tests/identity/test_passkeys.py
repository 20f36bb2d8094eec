"""Passkeys, with a software authenticator that really signs."""

from datetime import timedelta
from typing import Any

from starlette.applications import Starlette

from backend.runtime.clock import TravellingClock
from tests.given.authenticator import Authenticator
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.people import Person, a_person, what_happened


async def a_passkey(browser: Browser, **made: Any) -> Authenticator:
    """Registered in the session of this browser."""
    authenticator = Authenticator(**made)
    begun = (await browser.post("/auth/passkey/register/begin")).json()
    answer = await registered(browser, begun, authenticator)
    assert answer.status_code == 201, answer.text
    return authenticator


async def registered(browser: Browser, begun: dict[str, Any], authenticator: Authenticator) -> Any:
    credential = authenticator.registers(begun["public_key"])
    said = {"challenge": begun["challenge"], "credential": credential, "label": "My phone"}
    return await browser.post("/auth/passkey/register/finish", said)


async def begun(app: Starlette, slug: str) -> tuple[Browser, dict[str, Any]]:
    browser = Browser(app=app)
    answer = await browser.post("/auth/passkey/sign-in/begin", {"tenant": slug})
    assert answer.status_code == 200, answer.text
    return browser, answer.json()


async def finished(browser: Browser, said: dict[str, Any], credential: dict[str, Any]) -> Any:
    return await browser.post(
        "/auth/passkey/sign-in/finish", {"challenge": said["challenge"], "credential": credential}
    )


async def test_a_passkey_signs_in_without_a_name(app: Starlette, admin: Person) -> None:
    home = await admin.signs_in(app)
    authenticator = await a_passkey(home)
    browser, said = await begun(app, admin.federation.slug)
    assert said["public_key"].get("allowCredentials", []) == []
    answer = await finished(browser, said, authenticator.signs(said["public_key"]))
    assert answer.json()["session"]["method"] == "passkey"
    assert (await browser.session())["session"]["user"]["email"] == admin.email
    [listed] = (await home.get("/auth/passkeys")).json()["passkeys"]
    assert listed["label"] == "My phone"
    assert listed["last_used_at"] is not None
    assert "second-factor-added" in await what_happened(admin.federation)


async def test_an_answer_counts_once(app: Starlette, admin: Person) -> None:
    authenticator = await a_passkey(await admin.signs_in(app))
    browser, said = await begun(app, admin.federation.slug)
    credential = authenticator.signs(said["public_key"])
    assert (await finished(browser, said, credential)).status_code == 200
    assert (await finished(Browser(app=app), said, credential)).status_code == 401


async def test_what_an_authenticator_must_prove(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    """Its key, our challenge, our origin, a verified person, a count that grows, in time."""
    authenticator = await a_passkey(await admin.signs_in(app))
    slug = admin.federation.slug

    async def tried(**bent: Any) -> int:
        browser, said = await begun(app, slug)
        kept = {name: getattr(authenticator, name) for name in bent}
        for name, value in bent.items():
            setattr(authenticator, name, value)
        credential = authenticator.signs(said["public_key"])
        for name, value in kept.items():
            setattr(authenticator, name, value)
        status: int = (await finished(browser, said, credential)).status_code
        return status

    assert await tried(key=Authenticator().key) == 401
    assert await tried(origin="https://evil.example") == 401
    assert await tried(verifies=False) == 401
    assert await tried(credential_id=b"unknown credential") == 401
    browser, said = await begun(app, slug)
    other = (await begun(app, slug))[1]["public_key"]
    assert (await finished(browser, said, authenticator.signs(other))).status_code == 401
    browser, said = await begun(app, slug)
    clock.advance(timedelta(minutes=5))
    assert (await finished(browser, said, authenticator.signs(said["public_key"]))).status_code == 401
    assert await tried() == 200
    assert await tried(count=0) == 401, "a copied authenticator lags behind"
    assert (await finished(browser, said, {"rawId": 7})).status_code == 401


async def test_an_unknown_federation_looks_like_any_other(app: Starlette, admin: Person) -> None:
    _, known = await begun(app, admin.federation.slug)
    browser, unknown = await begun(app, "no-such-federation")
    assert known["public_key"].keys() == unknown["public_key"].keys()
    assert len(known["challenge"]) == len(unknown["challenge"])
    answer = await finished(browser, unknown, Authenticator().signs(unknown["public_key"]))
    assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_IN_REFUSED")


async def test_a_passkey_belongs_to_one_federation(app: Starlette, admin: Person, other_federation: Federation) -> None:
    authenticator = await a_passkey(await admin.signs_in(app))
    browser, said = await begun(app, other_federation.slug)
    assert (await finished(browser, said, authenticator.signs(said["public_key"]))).status_code == 401


async def test_registering_is_for_whoever_began_it(app: Starlette, admin: Person) -> None:
    mine = await admin.signs_in(app)
    other = await (await a_person(admin.federation)).signs_in(app)
    started = (await mine.post("/auth/passkey/register/begin")).json()
    assert (await registered(other, started, Authenticator())).status_code == 401


async def test_a_passkey_is_registered_by_a_fresh_sign_in_only(
    app: Starlette, admin: Person, clock: TravellingClock
) -> None:
    browser = await admin.signs_in(app)
    clock.advance(timedelta(minutes=16))
    started = (await browser.post("/auth/passkey/register/begin")).json()
    answer = await registered(browser, started, Authenticator())
    assert (answer.status_code, answer.json()["code"]) == (403, "FRESH_SIGN_IN_REQUIRED")


async def test_a_removed_passkey_opens_nothing(app: Starlette, admin: Person) -> None:
    home = await admin.signs_in(app)
    authenticator = await a_passkey(home)
    [listed] = (await home.get("/auth/passkeys")).json()["passkeys"]
    assert (await home.ask("DELETE", f"/auth/passkeys/{listed['id']}")).status_code == 204
    browser, said = await begun(app, admin.federation.slug)
    assert (await finished(browser, said, authenticator.signs(said["public_key"]))).status_code == 401
