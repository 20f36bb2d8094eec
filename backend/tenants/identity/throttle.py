"""How often something may be tried: by account, by address, by anything with a name. Known to the directory only as
digests, and counted before the attempt, so that a hundred guesses at once are a hundred and not one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import Final

from backend.runtime.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`allowed` attempts are free; each one after them closes the door for a time that doubles from `first` to
    `longest`. Everything is forgotten `memory` after the last attempt."""

    name: str
    allowed: int
    first: timedelta
    longest: timedelta
    memory: timedelta


ACCOUNT: Final = Limit(
    name="account", allowed=5, first=timedelta(seconds=30), longest=timedelta(hours=1), memory=timedelta(days=1)
)
ADDRESS: Final = Limit(
    name="address", allowed=30, first=timedelta(seconds=30), longest=timedelta(minutes=30), memory=timedelta(hours=1)
)
LETTERS: Final = Limit(
    name="letters", allowed=3, first=timedelta(minutes=5), longest=timedelta(hours=6), memory=timedelta(days=1)
)
# Programs ask for a token every few minutes; a loop that asks all the time is slowed down and does no harm.
TOKENS: Final = Limit(
    name="tokens", allowed=120, first=timedelta(seconds=5), longest=timedelta(minutes=1), memory=timedelta(minutes=10)
)
# Links to invoices: by address, where a good one gives its attempt back, and by the link itself.
LINKS: Final = Limit(
    name="links", allowed=30, first=timedelta(seconds=30), longest=timedelta(minutes=30), memory=timedelta(hours=1)
)
LINK: Final = Limit(
    name="link", allowed=30, first=timedelta(seconds=30), longest=timedelta(minutes=10), memory=timedelta(hours=1)
)
# Looking at the open page again and again, with its PDF.
VIEWS: Final = Limit(
    name="views", allowed=120, first=timedelta(seconds=10), longest=timedelta(minutes=1), memory=timedelta(minutes=10)
)
# One line in the journal an hour says that somebody keeps trying what they may not do.
NOTES: Final = Limit(
    name="notes", allowed=1, first=timedelta(hours=1), longest=timedelta(hours=1), memory=timedelta(hours=2)
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that is being tried, under one limit."""

    limit: Limit
    what: str

    @property
    def key(self) -> bytes:
        return sha256(f"{self.limit.name}\0{self.what}".encode()).digest()


async def attempt(database: Database, *tried: Tried, at: datetime) -> datetime | None:
    """Count an attempt. Answers until when it is forbidden, or `None` when it may go on.

    Name the address before the account: what an address is forbidden must not count against its victims.
    """
    async with database.unscoped() as connection:
        for each in tried:
            limit = each.limit
            found = await connection.execute(
                b"SELECT directory_throttle(%b, %b, %b, %b, %b, %b)",
                (each.key, at, limit.allowed, limit.first, limit.longest, limit.memory),
            )
            row = await found.fetchone()
            if row is not None and row[0] is not None:
                until: datetime = row[0]
                return until
    return None


async def succeeded(database: Database, *, account: Tried | None = None, address: Tried | None = None) -> None:
    """Take an attempt back that was right: the account begins anew, the address gets back this one attempt only,
    because whoever owns one account must not buy free guesses at others with it."""
    async with database.unscoped() as connection:
        for each, everything in ((account, True), (address, False)):
            if each is not None:
                await connection.execute(b"SELECT directory_forgive(%b, %b)", (each.key, everything))


def network_of(ip: str | None) -> str:
    """What counts as one address: an IPv4 address, or the /64 that every IPv6 customer has to themselves."""
    try:
        address = ip_address(ip or "")
    except ValueError:
        return "unknown"
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else str(address)
