"""The second proof: codes of now, each once; recovery codes, each once; and guesses that are counted."""

from datetime import timedelta

import pyotp
from starlette.applications import Starlette

from backend.runtime.clock import TravellingClock
from tests.given.browser import Browser
from tests.given.people import PASSWORD, Person, what_happened


class Phone:
    """An authenticator app, by the clock of the test."""

    def __init__(self, secret: str, clock: TravellingClock) -> None:
        self._totp, self._clock = pyotp.TOTP(secret), clock

    @property
    def code(self) -> str:
        return self._totp.at(self._clock.now())


async def enrolled(browser: Browser, clock: TravellingClock) -> tuple[Phone, list[str]]:
    begun = (await browser.post("/auth/totp/begin")).json()
    assert begun["uri"].startswith("otpauth://totp/")
    assert begun["qr_svg"].startswith("<svg")
    phone = Phone(begun["secret"], clock)
    answer = await browser.post("/auth/totp/confirm", {"code": phone.code})
    assert answer.status_code == 200, answer.text
    clock.advance(timedelta(seconds=60))
    return phone, answer.json()["recovery_codes"]


async def test_a_code_is_asked_for_once_it_was_confirmed(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    browser = await admin.signs_in(app)
    await browser.post("/auth/totp/begin")
    assert (await admin.tries(Browser(app=app))).json()["status"] == "signed_in", "begun is not confirmed"
    phone, codes = await enrolled(browser, clock)
    assert len(codes) == len(set(codes)) == 10
    again = Browser(app=app)
    said = (await admin.tries(again)).json()
    assert said["status"] == "second_factor"
    assert again.cookie == ""
    assert (await again.session()) == {"signed_in": False}
    answer = await again.post("/auth/sign-in/totp", {"challenge": said["challenge"], "code": phone.code})
    assert answer.json()["session"]["method"] == "password+totp"
    assert (await again.session())["session"]["second_factors"] == {"totp": True, "passkeys": 0, "recovery_codes": 10}
    assert "second-factor-added" in await what_happened(admin.federation)


async def test_confirming_changes_the_secret_of_the_session(
    app: Starlette, admin: Person, clock: TravellingClock
) -> None:
    browser = await admin.signs_in(app)
    before = browser.thief()
    await enrolled(browser, clock)
    assert (await browser.session())["signed_in"]
    assert (await before.session()) == {"signed_in": False}


async def test_a_code_that_was_seen_opens_nothing_a_second_time(
    app: Starlette, admin: Person, clock: TravellingClock
) -> None:
    """RFC 6238 5.2: accepted once, also within its thirty seconds and in another browser."""
    phone, _ = await enrolled(await admin.signs_in(app), clock)
    code = phone.code
    first, second = Browser(app=app), Browser(app=app)
    challenges = [(await admin.tries(each)).json()["challenge"] for each in (first, second)]
    assert (await first.post("/auth/sign-in/totp", {"challenge": challenges[0], "code": code})).status_code == 200
    replayed = await second.post("/auth/sign-in/totp", {"challenge": challenges[1], "code": code})
    assert (replayed.status_code, replayed.json()["code"]) == (401, "SIGN_IN_REFUSED")


async def test_a_challenge_is_redeemed_once_and_ends(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    phone, _ = await enrolled(await admin.signs_in(app), clock)
    browser = Browser(app=app)
    challenge = (await admin.tries(browser)).json()["challenge"]
    said = {"challenge": challenge, "code": phone.code}
    assert (await browser.post("/auth/sign-in/totp", said)).status_code == 200
    clock.advance(timedelta(seconds=60))
    said["code"] = phone.code
    assert (await Browser(app=app).post("/auth/sign-in/totp", said)).status_code == 401
    late = (await admin.tries(Browser(app=app))).json()["challenge"]
    clock.advance(timedelta(minutes=5))
    said = {"challenge": late, "code": phone.code}
    assert (await Browser(app=app).post("/auth/sign-in/totp", said)).status_code == 401


async def test_codes_are_not_guessed(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    """Five guesses for a person, whatever challenge and address they come with."""
    phone, _ = await enrolled(await admin.signs_in(app), clock)
    codes = []
    for _ in range(6):
        browser = Browser(app=app)
        challenge = (await admin.tries(browser)).json()["challenge"]
        wrong = f"{(int(phone.code) + 1) % 1_000_000:06}"
        codes.append((await browser.post("/auth/sign-in/totp", {"challenge": challenge, "code": wrong})).status_code)
    assert codes == [401] * 5 + [429]


async def test_a_recovery_code_works_once(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    _, codes = await enrolled(await admin.signs_in(app), clock)
    for status in (200, 401):
        browser = Browser(app=app)
        challenge = (await admin.tries(browser)).json()["challenge"]
        said = {"challenge": challenge, "code": codes[0].upper().replace("-", " ")}
        assert (await browser.post("/auth/sign-in/recovery-code", said)).status_code == status
    browser = await signed_in(app, admin, codes[1])
    fresh = (await browser.post("/auth/recovery-codes")).json()["recovery_codes"]
    assert not set(fresh) & set(codes)
    await signed_in(app, admin, fresh[0])


async def test_codes_are_kept_as_digests_and_the_seed_sealed(
    app: Starlette, admin: Person, clock: TravellingClock
) -> None:
    browser = await admin.signs_in(app)
    secret = (await browser.post("/auth/totp/begin")).json()["secret"]
    async with admin.federation.write.database.scope(admin.federation.tenant_id) as connection:
        found = await connection.execute(b"SELECT totp_sealed, password_hash FROM identity_accounts")
        [(sealed, password_hash)] = await found.fetchall()
    assert secret not in sealed
    assert sealed.startswith("1:")
    assert password_hash.startswith("$argon2id$")


async def test_fresh_asks_for_the_code_too(app: Starlette, admin: Person, clock: TravellingClock) -> None:
    browser = await admin.signs_in(app)
    phone, _ = await enrolled(browser, clock)
    assert (await browser.post("/auth/fresh", {"password": PASSWORD})).status_code == 401
    assert (await browser.post("/auth/fresh", {"password": PASSWORD, "code": phone.code})).status_code == 200
    removed = await browser.post("/auth/totp/remove")
    assert removed.json()["session"]["second_factors"]["totp"] is False
    assert (await admin.tries(Browser(app=app))).json()["status"] == "signed_in"


async def signed_in(app: Starlette, person: Person, recovery_code: str) -> Browser:
    browser = Browser(app=app)
    challenge = (await person.tries(browser)).json()["challenge"]
    said = {"challenge": challenge, "code": recovery_code}
    assert (await browser.post("/auth/sign-in/recovery-code", said)).status_code == 200
    return browser
