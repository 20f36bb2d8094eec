"""Letters about access: invitations, welcomes, password resets. A link's secret lives no longer than its letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args
from uuid import UUID

from backend.documents.letter import letter_mail
from backend.outbound.claims import Claim, do_again, is_done
from backend.outbound.mail import Mail
from backend.outbound.mailing import hand_over
from backend.outbound.smtp import SmtpPool
from backend.outbound.work import Never, NotNow, Outcome, Report, tell_fault
from backend.runtime.logs import logger
from backend.services import Services
from backend.tenants.identity.letters import Addressee, LetterKind, addressees, letter_context
from backend.tenants.identity.secrets import reveal
from backend.values.identifiers import TenantId

PATHS: Final = {"invitation": "/invitation", "reset": "/reset", "welcome": "/"}

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to go."""

    claim: Claim
    mail: Mail


@dataclass(frozen=True, slots=True)
class Letter:
    """The sender of letters about access."""

    services: Services
    smtp: SmtpPool
    kinds: frozenset[str] = frozenset(get_args(LetterKind))

    async def prepare(self, tenant_id: TenantId, claims: Sequence[Claim]) -> Mapping[UUID, Written | NotNow | Never]:
        async with self.services.database.scope(tenant_id) as connection:
            people = await addressees(connection, tenant_id, {claim.subject for claim in claims})
            row = await (await connection.execute(b"SELECT name FROM directory_tenant(%b)", (tenant_id,))).fetchone()
        federation = str(row[0]) if row else "Carreau"
        return {
            claim.work_id: self._written(tenant_id, claim, people.get(claim.subject), federation) for claim in claims
        }

    async def attempt(self, tenant_id: TenantId, prepared: Written) -> Outcome:
        return await hand_over(self.smtp, prepared.mail, date=prepared.claim.queued_at)

    async def record(self, tenant_id: TenantId, reports: Sequence[Report[Written]]) -> None:
        async with self.services.database.scope(tenant_id) as connection:
            for report in reports:
                if report.next_at is not None:
                    await do_again(connection, tenant_id, report.claim, due_at=report.next_at, failed=report.failed)
            await is_done(connection, tenant_id, [each.claim.work_id for each in reports if each.next_at is None])
        for report in reports:
            if report.next_at is None and report.ended != "sent":
                letter = {"letter_id": str(report.claim.work_id), "kind": report.claim.kind}
                log.warning("letter.given_up", tenant=str(tenant_id), ended=report.ended, code=report.code, **letter)

    def _written(
        self, tenant_id: TenantId, claim: Claim, person: Addressee | None, federation: str
    ) -> Written | NotNow | Never:
        if person is None:
            return Never("the user is not here any more")
        if claim.ends_at is not None and self.services.clock.now() >= claim.ends_at:
            return Never("its link has ended")
        try:
            return Written(claim, self._mail(tenant_id, claim, person, federation))
        except Exception as fault:
            # Ours, and about this letter alone: the others of the batch must go out.
            tell_fault("outbound.letter_fault", fault, tenant_id, claim)
            return NotNow(f"a fault of ours: {type(fault).__name__}")

    def _mail(self, tenant_id: TenantId, claim: Claim, person: Addressee, federation: str) -> Mail:
        settings = self.services.settings
        link = settings.public_url + PATHS[claim.kind]
        if claim.kind != "welcome":
            secret = reveal(
                self.services.keyring, claim.sealed or "", letter_context(tenant_id, claim.work_id)
            ).decode()
            # After the #, so that no server and no proxy on the way ever logs it.
            link += f"#token={secret}"
        written = letter_mail(claim.kind, name=person.name, federation=federation, link=link, language=person.language)
        return Mail(
            message_id=f"<{claim.work_id}@{settings.sender_domain}>",
            from_name=written.from_name,
            from_address=f"no-reply@{settings.sender_domain}",
            reply_to=None,
            to_address=person.email,
            to_name=person.name,
            subject=written.subject,
            text=written.text,
            html=written.html,
            language=written.language,
        )
