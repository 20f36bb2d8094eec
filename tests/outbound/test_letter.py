"""Letters about access go the one way out: same schedule, same single further copy, all six languages."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from uuid import UUID, uuid4

import pytest

from backend.documents.letter import letter_mail
from backend.inline.outbound_work import DOCUMENT_MAIL, put_letter
from backend.outbound.claims import claim_due
from backend.outbound.senders.letter import Letter
from backend.outbound.smtp import SmtpPool, SmtpSettings
from backend.outbound.work import send_due
from backend.runtime.clock import TravellingClock
from backend.runtime.settings import Settings
from backend.services import Services
from backend.tenants.identity.letters import letter_context
from backend.tenants.identity.secrets import hide
from backend.values.languages import TRANSLATED
from tests.given.federation import Federation
from tests.given.invoices import an_issued_invoice
from tests.given.people import a_person
from tests.given.smtp_faults import Fault, SmtpFaults, smtp_that
from tests.outbound.test_document_mail import services_of

MINUTES = timedelta(minutes=2)


async def a_letter(federation: Federation, *, user_id: UUID | None = None, lives: timedelta | None = None) -> UUID:
    """An invitation to somebody of the federation; answers its id."""
    write, letter_id = federation.write, uuid4()
    person = user_id or (await a_person(federation)).user_id
    sealed = hide(write.keyring, b"secret", letter_context(federation.tenant_id, letter_id))
    async with write.database.scope(federation.tenant_id) as connection:
        await put_letter(
            connection,
            federation.tenant_id,
            letter_id,
            kind="invitation",
            user_id=person,
            sealed=sealed,
            at=write.clock.now(),
            ends_at=write.clock.now() + lives if lives else None,
        )
    return letter_id


async def left(federation: Federation) -> int:
    async with federation.write.database.scope(federation.tenant_id) as connection:
        found = await connection.execute("SELECT count(*) FROM outbound_work WHERE generation = 0")
        row = await found.fetchone()
    assert row is not None
    return int(row[0])


async def attempt(services: Services, server: SmtpFaults, federation: Federation) -> int:
    async with SmtpPool(SmtpSettings.from_url(server.url)) as smtp:
        return await send_due(services, [Letter(services, smtp)], federation.tenant_id)


@pytest.fixture
def services(federation: Federation, settings: Settings, clock: TravellingClock) -> Services:
    return services_of(federation, settings, clock)


async def test_a_letter_of_unknown_fate_goes_out_once_more_and_never_again(
    federation: Federation, services: Services, clock: TravellingClock
) -> None:
    """I06: the same rule as for invoices, and the same Message-ID."""
    letter_id = await a_letter(federation)
    async with smtp_that(Fault.STORED_DROPS) as server:
        for _ in range(4):
            await attempt(services, server, federation)
            clock.advance(MINUTES)
        mails = [message_from_bytes(bytes(each), policy=default) for each in server.stored]
    assert len(mails) == 2
    assert {str(mail["Message-ID"]).strip("<>").partition("@")[0] for mail in mails} == {str(letter_id)}
    assert await left(federation) == 0


async def test_a_letter_waits_for_a_mail_system_that_is_busy(
    federation: Federation, services: Services, clock: TravellingClock
) -> None:
    await a_letter(federation)
    async with smtp_that(Fault.RECIPIENT_450) as server:
        assert await attempt(services, server, federation) == 1
        assert await attempt(services, server, federation) == 0
        server.fault = Fault.NONE
        clock.advance(MINUTES)
        assert await attempt(services, server, federation) == 1
        assert len(server.stored) == 1
    assert await left(federation) == 0


async def test_a_letter_whose_link_has_ended_is_not_sent(
    federation: Federation, services: Services, clock: TravellingClock
) -> None:
    """Its secret goes with its row."""
    await a_letter(federation, lives=timedelta(minutes=30))
    clock.advance(timedelta(minutes=31))
    async with smtp_that() as server:
        assert await attempt(services, server, federation) == 1
        assert server.stored == []
    assert await left(federation) == 0


async def test_a_letter_to_somebody_who_left_is_not_sent(federation: Federation, services: Services) -> None:
    await a_letter(federation, user_id=uuid4())
    async with smtp_that() as server:
        await attempt(services, server, federation)
        assert server.stored == []
    assert await left(federation) == 0


async def test_letters_go_before_invoices(federation: Federation, services: Services) -> None:
    """Somebody waits for a letter to sign in; it goes before any number of invoices."""
    for _ in range(3):
        await an_issued_invoice(federation, deliver=True)
    await a_letter(federation)
    kinds = {"invitation", DOCUMENT_MAIL}
    now = services.clock.now()
    claims = await claim_due(services.database, federation.tenant_id, kinds, lease=uuid4(), now=now, limit=2)
    assert [claim.kind for claim in claims] == ["invitation", DOCUMENT_MAIL]


async def test_nobody_claims_what_they_cannot_send(federation: Federation, services: Services) -> None:
    """F41: an older worker leaves a new kind of work to a newer one."""
    await an_issued_invoice(federation, deliver=True)
    now = services.clock.now()
    assert await claim_due(services.database, federation.tenant_id, {"webhook"}, lease=uuid4(), now=now, limit=9) == ()


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kind", ["invitation", "welcome", "reset"])
def test_every_letter_in_every_language(kind: str, language: str) -> None:
    """S002-23: the languages of the documents are those of the letters."""
    link = "https://carreau.example/invitation#token=abc"
    written = letter_mail(kind, name="Åsa <b>", federation="Boule & Co", link=link, language=language)
    assert written.language == language
    assert "Åsa <b>" in written.text
    assert "Åsa &lt;b&gt;" in written.html
    assert "Boule &amp; Co" in written.html
    assert written.text.count(link) == written.html.count(link) == 1
    assert f'lang="{language}"' in written.html
    assert "\n" not in written.subject


def test_a_reader_of_another_language_gets_english() -> None:
    written = letter_mail("reset", name="Nok", federation="F", link="x", language="th")
    assert written.language == "en"
