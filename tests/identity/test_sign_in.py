"""Signing in by password: who is let in, who is not, and that nobody learns who exists."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette

from backend.runtime.clock import TravellingClock
from backend.tenants.identity.secrets import handle_of
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.people import PASSWORD, Person, a_person, what_happened


async def test_a_person_signs_in_and_learns_who_they_are(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    said = await browser.session()
    assert said["signed_in"]
    session = said["session"]
    assert session["user"]["email"] == admin.email
    assert session["tenant"]["slug"] == admin.federation.slug
    assert session["roles"][0]["role"] == "federation_admin"
    assert {"capability": "access.manage", "everywhere": True} in session["capabilities"]
    assert session["method"] == "password"
    assert "signed-in" in await what_happened(admin.federation)


async def test_a_stranger_is_nobody(app: Starlette) -> None:
    answer = await Browser(app=app).get("/auth/session")
    assert answer.json() == {"signed_in": False}
    assert (await Browser(app=app).get("/api/v1/invoices")).status_code == 401


async def test_the_cookie_is_for_the_browser_alone(app: Starlette, admin: Person) -> None:
    """E.8: no script reads it, no other site's form sends it, and nothing else holds its value."""
    answer = await admin.tries(Browser(app=app))
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert cookie.split("=")[1].split(";")[0] not in answer.text


async def test_nobody_learns_who_exists(app: Starlette, admin: Person) -> None:
    """A wrong password, an unknown address and an unknown federation: the same answer, to the byte."""
    wrong = await admin.tries(Browser(app=app), password="not the password at all")
    unknown = await Browser(app=app).post(
        "/auth/sign-in", {"tenant": admin.federation.slug, "email": "nobody@people.example", "password": PASSWORD}
    )
    nowhere = await Browser(app=app).post(
        "/auth/sign-in", {"tenant": "no-such-federation", "email": admin.email, "password": PASSWORD}
    )
    assert wrong.status_code == unknown.status_code == nowhere.status_code == 401
    assert wrong.json() == unknown.json() == nowhere.json()
    ignored = {"x-trace-id", "content-length"}
    shapes = [{k: v for k, v in each.headers.items() if k not in ignored} for each in (wrong, unknown, nowhere)]
    assert shapes[0] == shapes[1] == shapes[2]


async def test_the_same_work_is_done_for_nobody(app: Starlette, admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash is computed whoever is meant, so the time says nothing."""
    from backend.tenants.identity import hashing

    worked: list[bool] = []
    verify = hashing._verify

    def counted(password_hash: str | None, password: str) -> bool:
        worked.append(password_hash is not None)
        return verify(password_hash, password)

    monkeypatch.setattr(hashing, "_verify", counted)
    await admin.tries(Browser(app=app), password="wrong wrong wrong")
    await Browser(app=app).post("/auth/sign-in", {"tenant": "nowhere", "email": "x@y.example", "password": "z"})
    assert worked == [True, False]


async def test_an_account_is_locked_for_a_time(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    """Five guesses, from wherever they come; then even the right password waits, and the wait doubles."""
    for _ in range(5):
        assert (await admin.tries(Browser(app=app), password="guess guess guess")).status_code == 401
    locked = await admin.tries(Browser(app=app))
    assert locked.status_code == 429
    assert 1 <= int(locked.headers["retry-after"]) <= 31
    assert locked.json()["code"] == "TOO_MANY_ATTEMPTS"
    clock.advance(timedelta(seconds=31))
    assert (await admin.tries(Browser(app=app), password="guess guess guess")).status_code == 401
    clock.advance(timedelta(seconds=31))
    assert (await admin.tries(Browser(app=app))).status_code == 429
    clock.advance(timedelta(seconds=30))
    assert (await admin.tries(Browser(app=app))).status_code == 200
    assert (await admin.tries(Browser(app=app), password="guess guess guess")).status_code == 401


async def test_an_account_that_does_not_exist_is_locked_the_same_way(app: Starlette, federation: Federation) -> None:
    body = {"tenant": federation.slug, "email": "ghost@people.example", "password": "guess guess guess"}
    answers = [(await Browser(app=app).post("/auth/sign-in", body)).status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


async def test_an_address_that_tries_everybody_is_slowed_down(app: Starlette, admin: Person) -> None:
    """One password tried on many accounts: no account is locked, the address is."""
    browser = Browser(app=app)
    codes = set()
    for number in range(31):
        body = {"tenant": admin.federation.slug, "email": f"p{number}@people.example", "password": "spring spring"}
        codes.add((await browser.post("/auth/sign-in", body)).status_code)
    assert codes == {401, 429}
    assert (await admin.tries(Browser(app=app))).status_code == 200


async def test_failures_are_in_the_activity_log_and_nobodys_are_not(app: Starlette, admin: Person) -> None:
    await admin.tries(Browser(app=app), password="wrong wrong wrong")
    body = {"tenant": admin.federation.slug, "email": "nobody@people.example", "password": "wrong wrong wrong"}
    await Browser(app=app).post("/auth/sign-in", body)
    assert (await what_happened(admin.federation)).count("sign-in-refused") == 1


async def test_one_address_in_two_federations_is_two_accounts(
    app: Starlette, federation: Federation, other_federation: Federation
) -> None:
    first = await a_person(federation, email="same@people.example")
    second = await a_person(other_federation, email="same@people.example", password="violett-traktor-nio-segel")
    assert (await first.tries(Browser(app=app), password=second.password)).status_code == 401
    assert (await second.tries(Browser(app=app), password=first.password)).status_code == 401
    browser = await second.signs_in(app)
    assert (await browser.session())["session"]["tenant"]["slug"] == other_federation.slug


async def test_a_session_nobody_chose_cannot_be_fixed(app: Starlette, admin: Person, federation: Federation) -> None:
    """Session fixation: whatever cookie a browser brings, a sign-in makes a new one and ends the old one."""
    attacker = await (await a_person(federation)).signs_in(app)
    planted = attacker.cookie
    victim = attacker.thief()
    assert (await admin.tries(victim)).status_code == 200
    assert victim.cookie != planted
    assert handle_of(victim.cookie) is not None
    assert (await attacker.session()) == {"signed_in": False}


async def test_a_body_that_says_more_or_too_much_is_refused(app: Starlette) -> None:
    browser = Browser(app=app)
    more = await browser.post("/auth/sign-in", {"tenant": "a", "email": "b", "password": "c", "admin": True})
    long = await browser.post("/auth/sign-in", {"tenant": "a", "email": "b" * 300, "password": "c"})
    assert (more.status_code, long.status_code) == (400, 400)
