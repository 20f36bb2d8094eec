"""Sessions: they end when they should, they can be seen and ended, and a stolen one is useless afterwards."""

from datetime import timedelta

from starlette.applications import Starlette

from backend.runtime.clock import TravellingClock
from backend.tenants.capabilities import Role
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.people import OTHER_PASSWORD, PASSWORD, Person, a_person, what_happened

GRAPHQL = {"query": "{ __typename }"}


async def test_a_session_opens_graphql_rest_and_files(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    assert (await browser.post("/graphql", GRAPHQL)).json() == {"data": {"__typename": "Query"}}
    assert (await browser.get("/api/v1/invoices")).status_code == 200


async def test_a_stolen_session_is_useless_after_sign_out(app: Starlette, admin: Person) -> None:
    """Issue 3, must show."""
    browser = await admin.signs_in(app)
    thief = browser.thief()
    assert (await thief.get("/api/v1/invoices")).status_code == 200
    assert (await browser.post("/auth/sign-out")).status_code == 204
    assert browser.cookie == ""
    assert (await thief.get("/api/v1/invoices")).status_code == 401
    assert (await thief.post("/graphql", GRAPHQL)).status_code == 401
    assert (await thief.session()) == {"signed_in": False}
    assert "signed-out" in await what_happened(admin.federation)


async def test_an_idle_session_ends(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    browser = await admin.signs_in(app)
    clock.advance(timedelta(hours=1, minutes=59))
    assert (await browser.get("/api/v1/invoices")).status_code == 200
    clock.advance(timedelta(hours=1, minutes=59))
    assert (await browser.get("/api/v1/invoices")).status_code == 200
    clock.advance(timedelta(hours=2))
    answer = await browser.get("/api/v1/invoices")
    assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHENTICATED")


async def test_no_session_lasts_longer_than_a_day_of_work(
    app: Starlette, admin: Person, clock: TravellingClock
) -> None:
    browser = await admin.signs_in(app)
    for _ in range(11):
        clock.advance(timedelta(hours=1))
        assert (await browser.session())["signed_in"]
    clock.advance(timedelta(hours=1))
    assert (await browser.session()) == {"signed_in": False}


async def test_sessions_are_listed_and_revoked(app: Starlette, admin: Person) -> None:
    first, second = await admin.signs_in(app), await admin.signs_in(app)
    listed = (await first.get("/auth/sessions")).json()["sessions"]
    assert len(listed) == 2
    assert [each["current"] for each in listed].count(True) == 1
    other = next(each["id"] for each in listed if not each["current"])
    assert (await first.ask("DELETE", f"/auth/sessions/{other}")).status_code == 204
    assert (await second.session()) == {"signed_in": False}
    assert (await first.ask("DELETE", f"/auth/sessions/{other}")).status_code == 404


async def test_nobody_ends_anothers_session(app: Starlette, admin: Person, federation: Federation) -> None:
    mine = await admin.signs_in(app)
    other = await (await a_person(federation)).signs_in(app)
    theirs = (await other.session())["session"]["id"]
    assert (await mine.ask("DELETE", f"/auth/sessions/{theirs}")).status_code == 404
    assert (await mine.ask("DELETE", "/auth/sessions/nonsense")).status_code == 404
    assert (await other.session())["signed_in"]


async def test_all_other_sessions_end_at_once(app: Starlette, admin: Person) -> None:
    browsers = [await admin.signs_in(app) for _ in range(3)]
    assert (await browsers[0].post("/auth/sessions/revoke-others")).json() == {"revoked": 2}
    assert [(await each.session())["signed_in"] for each in browsers] == [True, False, False]


async def test_a_new_password_ends_every_other_session_and_changes_the_cookie(app: Starlette, admin: Person) -> None:
    mine, other = await admin.signs_in(app), await admin.signs_in(app)
    before = mine.thief()
    answer = await mine.post("/auth/password", {"current": PASSWORD, "new": OTHER_PASSWORD})
    assert answer.status_code == 200, answer.text
    assert (await mine.session())["signed_in"]
    assert (await other.session()) == {"signed_in": False}
    assert (await before.session()) == {"signed_in": False}
    assert (await admin.tries(Browser(app=app))).status_code == 401
    assert (await admin.tries(Browser(app=app), password=OTHER_PASSWORD)).status_code == 200


async def test_changing_a_password_needs_the_old_one(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    answer = await browser.post("/auth/password", {"current": "something else", "new": OTHER_PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_IN_REFUSED")


async def test_weak_and_breached_passwords_are_refused(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    for weak in ("short", "password1234", "annika berg 1970", "qwertyuiopasdf", "a" * 40, "x" * 200):
        answer = await browser.post("/auth/password", {"current": PASSWORD, "new": weak})
        assert (answer.status_code, answer.json()["code"]) == (400, "PASSWORD_REFUSED"), weak
        assert weak not in answer.text or weak == "short"


async def test_a_role_that_was_taken_away_is_gone_at_once(app: Starlette, federation: Federation) -> None:
    auditor = await a_person(federation, Role.AUDITOR)
    browser = await auditor.signs_in(app)
    assert (await browser.get("/api/v1/reports/aging")).status_code == 200
    async with federation.write.database.scope(federation.tenant_id) as connection:
        await connection.execute(
            b"DELETE FROM grants WHERE tenant_id = %b AND user_id = %b", (federation.tenant_id, auditor.user_id)
        )
    assert (await browser.get("/api/v1/reports/aging")).status_code == 403


async def test_a_refusal_of_access_is_recorded_once_an_hour(app: Starlette, federation: Federation) -> None:
    """Issue 3: every refusal is in the activity log; nobody fills the journal by trying."""
    browser = await (await a_person(federation, Role.CLUB_ADMIN)).signs_in(app)
    for _ in range(3):
        assert (await browser.get("/api/v1/reports/aging")).status_code == 403
    assert (await what_happened(federation)).count("access-refused") == 1


async def test_a_language_is_remembered(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    assert (await browser.ask("PUT", "/auth/language", {"language": "fr"})).status_code == 204
    assert (await browser.session())["session"]["user"]["language"] == "fr"
    assert (await browser.ask("PUT", "/auth/language", {"language": "xx"})).status_code == 400
