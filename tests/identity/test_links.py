"""Invitations and password resets: links by mail that work once, in time, and tell nobody who exists."""

from datetime import timedelta

from starlette.applications import Starlette

from backend.api.graphql.identifiers import encoded
from backend.outbound.senders.letter import Letter
from backend.outbound.smtp import SmtpPool, SmtpSettings
from backend.outbound.work import send_due
from backend.runtime.clock import TravellingClock
from backend.services import Services
from backend.tenants.capabilities import Role
from tests.given.browser import Browser
from tests.given.federation import Federation
from tests.given.people import OTHER_PASSWORD, Person, a_person, the_letter, what_happened
from tests.given.smtp_faults import Fault, smtp_that


def an_invitation(federation: Federation, email: str = "new@people.example") -> dict[str, str]:
    return {
        "email": email,
        "name": "Nils Öberg",
        "language": "sv",
        "role": "club_admin",
        "org_node_id": encoded("OrgNode", federation.club),
    }


async def test_who_is_invited_chooses_a_password_and_is_in(app: Starlette, admin: Person) -> None:
    federation = admin.federation
    browser = await admin.signs_in(app)
    answer = await browser.post("/auth/invitations", an_invitation(federation))
    assert answer.status_code == 201, answer.text
    kind, token = await the_letter(federation)
    assert kind == "invitation"
    guest = Browser(app=app)
    seen = (await guest.post("/auth/invitations/look", {"token": token})).json()
    assert seen["tenant"]["slug"] == federation.slug
    assert (seen["name"], seen["email"], seen["language"]) == ("Nils Öberg", "new@people.example", "sv")
    said = {"token": token, "name": "Nils Ö", "password": "password1234"}
    assert (await guest.post("/auth/invitations/accept", said)).json()["code"] == "PASSWORD_REFUSED"
    said["password"] = OTHER_PASSWORD
    accepted = await guest.post("/auth/invitations/accept", said)
    assert accepted.json()["session"]["user"]["name"] == "Nils Ö"
    assert accepted.json()["session"]["roles"][0]["role"] == "club_admin"
    again = await Browser(app=app).post("/auth/invitations/accept", said)
    assert (again.status_code, again.json()["code"]) == (400, "LINK_REFUSED")
    happened = await what_happened(federation)
    assert happened[-5:] == ["user-invited", "role-granted", "password-changed", "invitation-accepted", "signed-in"]


async def test_an_invitation_ends_after_a_week(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    await (await admin.signs_in(app)).post("/auth/invitations", an_invitation(admin.federation))
    _, token = await the_letter(admin.federation)
    clock.advance(timedelta(days=7))
    answer = await Browser(app=app).post("/auth/invitations/look", {"token": token})
    assert answer.json()["code"] == "LINK_REFUSED"


async def test_inviting_somebody_who_is_here_looks_the_same(app: Starlette, admin: Person) -> None:
    """No enumeration: the answer has the same shape; the person gets the role and a letter that says so."""
    federation = admin.federation
    known = await a_person(federation, Role.AUDITOR)
    browser = await admin.signs_in(app)
    answer = await browser.post("/auth/invitations", an_invitation(federation, known.email))
    assert answer.status_code == 201
    assert answer.json() == {"user_id": encoded("User", known.user_id)}
    kind, _ = await the_letter(federation)
    assert kind == "welcome"
    assert (await known.tries(Browser(app=app))).status_code == 200, "the password stays"


async def test_nobody_invites_to_more_than_they_have(app: Starlette, federation: Federation) -> None:
    browser = await (await a_person(federation, Role.DISTRICT_TREASURER)).signs_in(app)
    answer = await browser.post("/auth/invitations", an_invitation(federation))
    assert (answer.status_code, answer.json()["code"]) == (403, "FORBIDDEN")
    assert (await browser.get("/auth/users")).status_code == 403


async def test_the_list_of_people_says_who_has_not_come_yet(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    await browser.post("/auth/invitations", an_invitation(admin.federation))
    users = (await browser.get("/auth/users")).json()["users"]
    assert [(each["name"], each["invited"]) for each in users] in (
        [("Annika Berg", False), ("Nils Öberg", True)],
        [("Nils Öberg", True), ("Annika Berg", False)],
    )


async def test_inviting_once_more_sends_a_new_link_and_ends_the_old(app: Starlette, admin: Person) -> None:
    browser = await admin.signs_in(app)
    await browser.post("/auth/invitations", an_invitation(admin.federation))
    _, old = await the_letter(admin.federation)
    answer = await browser.post("/auth/invitations", an_invitation(admin.federation))
    assert answer.status_code == 201
    users = (await browser.get("/auth/users")).json()["users"]
    assert sorted((each["invited"], each["has_password"]) for each in users) == [(False, True), (True, False)]
    looked = await Browser(app=app).post("/auth/invitations/look", {"token": old})
    assert looked.json()["code"] == "LINK_REFUSED"


async def test_a_reset_answers_the_same_for_everybody(app: Starlette, admin: Person) -> None:
    asked = [
        (admin.federation.slug, admin.email),
        (admin.federation.slug, "nobody@people.example"),
        ("no-such-federation", admin.email),
    ]
    answers = [
        await Browser(app=app).post("/auth/password/reset", {"tenant": slug, "email": email}) for slug, email in asked
    ]
    assert {(each.status_code, each.text) for each in answers} == {(202, "{}")}
    kind, _ = await the_letter(admin.federation)
    assert kind == "reset"


async def test_a_reset_sets_the_password_and_ends_every_session(
    app: Starlette, admin: Person, clock: TravellingClock
) -> None:
    thief = await admin.signs_in(app)
    await Browser(app=app).post("/auth/password/reset", {"tenant": admin.federation.slug, "email": admin.email.upper()})
    _, token = await the_letter(admin.federation)
    said = {"token": token, "password": OTHER_PASSWORD}
    assert (await Browser(app=app).post("/auth/password/reset/finish", said)).json() == {"status": "done"}
    assert (await thief.session()) == {"signed_in": False}
    assert (await admin.tries(Browser(app=app))).status_code == 401
    assert (await admin.tries(Browser(app=app), password=OTHER_PASSWORD)).status_code == 200
    assert (await Browser(app=app).post("/auth/password/reset/finish", said)).json()["code"] == "LINK_REFUSED"


async def test_only_the_newest_reset_link_works_and_not_for_long(
    app: Starlette, admin: Person, clock: TravellingClock
) -> None:
    tokens = []
    for _ in range(2):
        said = {"tenant": admin.federation.slug, "email": admin.email}
        await Browser(app=app).post("/auth/password/reset", said)
        _, token = await the_letter(admin.federation)
        tokens.append(token)
        async with admin.federation.write.database.scope(admin.federation.tenant_id) as connection:
            await connection.execute(b"DELETE FROM outbound_work WHERE generation = 0")
    for token in (tokens[0], "nonsense", tokens[1] + "x"):
        said = {"token": token, "password": OTHER_PASSWORD}
        assert (await Browser(app=app).post("/auth/password/reset/finish", said)).json()["code"] == "LINK_REFUSED"
    clock.advance(timedelta(minutes=30))
    said = {"token": tokens[1], "password": OTHER_PASSWORD}
    assert (await Browser(app=app).post("/auth/password/reset/finish", said)).json()["code"] == "LINK_REFUSED"


async def test_nobody_fills_a_mailbox(app: Starlette, admin: Person) -> None:
    for _ in range(6):
        said = {"tenant": admin.federation.slug, "email": admin.email}
        assert (await Browser(app=app).post("/auth/password/reset", said)).status_code == 202
    assert (await what_happened(admin.federation)).count("password-reset-requested") == 3


async def test_the_letter_is_sent_and_its_secret_forgotten(app: Starlette, admin: Person, services: Services) -> None:
    browser = await admin.signs_in(app)
    await browser.post("/auth/invitations", an_invitation(admin.federation))
    _, token = await the_letter(admin.federation)
    async with smtp_that(Fault.NONE) as server, SmtpPool(SmtpSettings.from_url(server.url)) as smtp:
        assert await send_due(services, [Letter(services, smtp)], admin.federation.tenant_id) == 1
        assert await send_due(services, [Letter(services, smtp)], admin.federation.tenant_id) == 0
        [raw] = server.stored
    text = raw.decode().replace("=\r\n", "").replace("=3D", "=")
    assert f"/invitation#token={token}" in text
    assert "Testf" in text
    async with admin.federation.write.database.scope(admin.federation.tenant_id) as connection:
        found = await connection.execute(b"SELECT count(*) FROM outbound_work")
        assert (await found.fetchone()) == (0,)
