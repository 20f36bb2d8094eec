"""Mail about access: invitations, welcomes, password resets. Claimed, composed, handed over, and then forgotten: the
secret of a link lives no longer than its letter."""

from datetime import datetime, timedelta
from html import escape
from typing import Final

from backend.outbound.letter_words import WORDS, Wording
from backend.outbound.mail import Mail, MailRefused, compose
from backend.outbound.smtp import Accepted, Refused, SmtpPool, Unknown, send
from backend.rules.email_address import AddressRefused
from backend.runtime.logs import logger
from backend.services import Services
from backend.tenants.identity.letters import MAX_ATTEMPTS, Addressed, claim_letters, letter_context, settle_letter
from backend.tenants.identity.secrets import reveal
from backend.values.identifiers import TenantId

log = logger(__name__)

# Between attempts; somebody is waiting for this letter, and a link to reset a password ends in half an hour.
RETRY: Final = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=10),
)
PATHS: Final = {"invitation": "/invitation", "reset": "/reset", "welcome": "/"}


async def send_letters(services: Services, smtp: SmtpPool, tenant_id: TenantId) -> int:
    """Attempt one batch of due letters; answers how many were claimed."""
    claimed = await claim_letters(services.database, tenant_id, at=services.clock.now())
    if not claimed:
        return 0
    federation = await _name_of(services, tenant_id)
    for letter in claimed:
        again_at = await _attempt(services, smtp, tenant_id, letter, federation)
        await settle_letter(services.database, tenant_id, letter.letter.letter_id, again_at=again_at)
    return len(claimed)


async def _attempt(
    services: Services, smtp: SmtpPool, tenant_id: TenantId, addressed: Addressed, federation: str
) -> datetime | None:
    """When to try again, or `None` when this is done."""
    letter = addressed.letter
    try:
        mail = _mail(services, tenant_id, addressed, federation)
        outcome = await send(smtp, compose(mail, date=letter.written_at), mail)
    except (MailRefused, AddressRefused) as refused:
        log.warning("letter.refused", letter_id=str(letter.letter_id), reason=str(refused))
        return None
    match outcome:
        # A second copy of an unknown one would do no harm, but the first has probably arrived.
        case Accepted() | Unknown():
            return None
        case Refused(permanent=True):
            log.warning("letter.bounced", letter_id=str(letter.letter_id), code=outcome.code)
            return None
        case _:
            if letter.attempts >= MAX_ATTEMPTS:
                log.warning("letter.given_up", letter_id=str(letter.letter_id))
                return None
            return services.clock.now() + RETRY[min(letter.attempts, len(RETRY)) - 1]


def _mail(services: Services, tenant_id: TenantId, addressed: Addressed, federation: str) -> Mail:
    letter = addressed.letter
    language = addressed.language if addressed.language in WORDS else "en"
    words = WORDS[language][letter.kind]
    link = services.settings.public_url + PATHS[letter.kind]
    if letter.kind != "welcome":
        secret = reveal(services.keyring, letter.sealed, letter_context(tenant_id, letter.letter_id)).decode()
        # After the #, so that no server and no proxy on the way ever logs it.
        link += f"#token={secret}"
    return Mail(
        message_id=f"<{letter.letter_id}@{services.settings.sender_domain}>",
        from_name="Carreau",
        from_address=f"no-reply@{services.settings.sender_domain}",
        reply_to=None,
        to_address=addressed.email,
        to_name=addressed.name,
        subject=words.subject.format(federation=federation)[:200],
        text=_text(words, addressed.name, federation, link),
        html=_html(words, addressed.name, federation, link, language),
        language=language,
    )


def _text(words: Wording, name: str, federation: str, link: str) -> str:
    said = words.body.format(federation=federation)
    return f"{words.greeting.format(name=name)}\n\n{said}\n\n{link}\n\n{words.end}\n"


def _html(words: Wording, name: str, federation: str, link: str, language: str) -> str:
    greeting = escape(words.greeting.format(name=name))
    said, address = escape(words.body.format(federation=federation)), escape(link, quote=True)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(words.button)}</title>'
        f"</head><body><p>{greeting}</p><p>{said}</p>"
        f'<p><a href="{address}">{escape(words.button)}</a></p><p>{escape(words.end)}</p></body></html>'
    )


async def _name_of(services: Services, tenant_id: TenantId) -> str:
    async with services.database.scope(tenant_id) as connection:
        row = await (await connection.execute(b"SELECT name FROM directory_tenant(%b)", (tenant_id,))).fetchone()
    return str(row[0]) if row else "Carreau"
