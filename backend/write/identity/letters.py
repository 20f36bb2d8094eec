"""The letters that carry a link: what is promised by it, and that it is followed once."""

from dataclasses import dataclass
from uuid import UUID

from backend.inline.outbound_work import put_letter
from backend.tenants.identity import challenges
from backend.tenants.identity.challenges import Challenge
from backend.tenants.identity.letters import LetterKind
from backend.values.identifiers import UserId
from backend.write.refusal import Refusal, RefusalCode
from backend.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link about to be mailed: its digest, and its sealed secret for the letter."""

    letter_id: UUID
    digest: bytes
    sealed: str


class LinkRefused(Refusal):
    """The link is unknown, was used, or has expired: nobody learns which."""

    code = RefusalCode.LINK_REFUSED


def followed(link: Challenge | None, user_id: UserId) -> None:
    """A link may be followed once, in time, and for the person it was mailed to. Raises `LinkRefused`."""
    if link is None or link.user_id != user_id:
        raise LinkRefused("this link is not valid any more: ask for a new one")


async def write_letter(work: UnitOfWork, user_id: UserId, link: Link, kind: LetterKind) -> None:
    """The letter, and the promise behind its link. After the link has ended the letter is not worth sending."""
    ends_at = None
    if kind != "welcome":
        ends_at = await challenges.promise_digest(
            work.connection, work.tenant_id, link.digest, kind, at=work.now, user_id=user_id
        )
    await put_letter(
        work.connection,
        work.tenant_id,
        link.letter_id,
        kind=kind,
        user_id=user_id,
        sealed=link.sealed,
        at=work.now,
        ends_at=ends_at,
    )
