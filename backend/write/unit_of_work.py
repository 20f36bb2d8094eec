"""What a handler works with: load, record, numbers, clock, ids. One unit of work is one transaction under one lock."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from backend.inline.counters import read_counters
from backend.journal.append import Head, Pending
from backend.journal.keys import PersonKeys
from backend.journal.load import events_of
from backend.rules.numbering import Counter
from backend.runtime.clock import Clock
from backend.runtime.database import Connection
from backend.tenants.actor import Actor, Forbidden
from backend.tenants.capabilities import Capability
from backend.values.books import Book
from backend.values.identifiers import OrgNodeId, TenantId
from backend.values.ledger import Entry
from backend.write.refusal import NotFound
from backend.write.states.aggregate import Aggregate

S = TypeVar("S")

# How many folded aggregates one process remembers; each is a small immutable value.
CACHED_AGGREGATES: Final = 20_000


@dataclass(slots=True)
class _Remembered:
    version: int
    state: Any
    # Equal to the tenant's count of what nobody could count while nothing was appended to the stream since.
    era: int


# A book of a tenant: what has a head, positions and one writer at a time.
Journal = tuple[TenantId, Book]


class AggregateCache:
    """Folded states by journal and stream, with the version they stand at.

    A journal has one writer at a time. So a state is current, and asks the database nothing, as long as this cache has
    heard of every append up to the journal's head, and none went to its stream. Forgetting one costs time only.
    """

    def __init__(self, size: int = CACHED_AGGREGATES) -> None:
        self._size = size
        self._states: OrderedDict[tuple[Journal, UUID], dict[str, _Remembered]] = OrderedDict()
        self._seen: dict[Journal, int] = {}
        self._era: defaultdict[Journal, int] = defaultdict(int)

    def seen(self, journal: Journal) -> int | None:
        """Up to which position of the journal this cache has heard of every append."""
        return self._seen.get(journal)

    def appended(self, journal: Journal, streams: Iterable[UUID] | None, *, until: int) -> None:
        """Mark the states of `streams` as outdated: events up to `until` went there. `None`: those of any stream."""
        if streams is None:
            self._era[journal] += 1
        for stream in streams or ():
            for remembered in self._states.get((journal, stream), {}).values():
                remembered.era = -1
        self._seen[journal] = until

    def forget_all(self, journal: Journal) -> None:
        """Drop every state of the journal: one may hold personal data that was erased, or rows that were pruned."""
        for key in [key for key in self._states if key[0] == journal]:
            del self._states[key]

    def get(self, journal: Journal, stream_id: UUID, name: str, *, at: int) -> tuple[int, Any, bool]:
        """Version and state, and whether that is all there is while the journal ends `at` this position."""
        found = self._states.get((journal, stream_id), {}).get(name)
        if found is None:
            return 0, None, False
        self._states.move_to_end((journal, stream_id))
        return found.version, found.state, found.era == self._era[journal] and self._seen.get(journal) == at

    def put(self, journal: Journal, stream_id: UUID, name: str, version: int, state: Any, *, at: int) -> None:
        """Remember what was read under the lock while the journal ended `at` this position."""
        era = self._era[journal] if self._seen.get(journal) == at else -1
        self._states.setdefault((journal, stream_id), {})[name] = _Remembered(version, state, era)
        self._states.move_to_end((journal, stream_id))
        while len(self._states) > self._size:
            self._states.popitem(last=False)


class UnitOfWork:
    """One command's transaction. Handlers load, decide and record; `execute` commits."""

    def __init__(
        self,
        *,
        connection: Connection,
        actor: Actor,
        capability: Capability,
        clock: Clock,
        head: Head,
        keys: PersonKeys,
        cache: AggregateCache,
        new_id: Callable[[], UUID],
    ) -> None:
        self.connection: Final = connection
        self.actor: Final = actor
        self.tenant_id: Final = actor.tenant_id
        self.journal: Final[Journal] = (actor.tenant_id, head.book)
        # Where the inline tables of this tenant are: what every question to them begins with.
        self.place: Final = (connection, actor.tenant_id, head.inline_generation)
        self.head_position: Final = head.position
        self.now: Final[datetime] = clock.now()
        self.new_id: Final = new_id
        self.keys: Final = keys
        self.answer: dict[str, str | int] = {}
        self.pending: list[Pending] = []
        self.authorised = False
        self._capability = capability
        self._clock = clock
        self._cache = cache
        self._versions: dict[UUID, int] = {}

    def authorise(self, node: OrgNodeId | None) -> None:
        """The actor's capability must cover `node` (`None`: the tenant as a whole), or nothing happens.

        What lies outside the actor's part of the org tree does not exist for them (`NotFound`); what concerns the
        whole tenant is `Forbidden`. `execute` rolls back a command whose handler never asked.
        """
        if not self.actor.reach(self._capability).covers(node):
            raise Forbidden(self._capability) if node is None else NotFound("there is no such thing here")
        self.authorised = True

    def today(self, zone: str) -> date:
        """The date by a wall clock: an issuer's for what it issues, the tenant's for a question over several."""
        return self._clock.today(zone)

    async def load_many(self, aggregate: Aggregate[S], streams: Iterable[UUID]) -> dict[UUID, S | None]:
        """The states of `streams`, in at most one round trip; `None` for a stream without events."""
        at = self.head_position
        known = {stream: self._cache.get(self.journal, stream, aggregate.name, at=at) for stream in streams}
        behind = {stream: version for stream, (version, _, current) in known.items() if not current}
        fresh = await events_of(self.connection, self.tenant_id, behind, self.keys) if behind else {}
        states: dict[UUID, S | None] = {}
        for stream, (version, state, current) in known.items():
            for recorded in fresh.get(stream, ()):
                state, version = aggregate.evolve(state, recorded.event), recorded.version
            if version and not current:
                self._cache.put(self.journal, stream, aggregate.name, version, state, at=at)
            self._versions[stream] = version
            states[stream] = cast("S | None", state)
        return states

    async def load(self, aggregate: Aggregate[S], stream: UUID) -> S | None:
        """The state of one stream, or `None`."""
        return (await self.load_many(aggregate, (stream,)))[stream]

    async def get(self, aggregate: Aggregate[S], stream: UUID, *, path: tuple[str | int, ...] = ()) -> S:
        """The state of one stream. Raises `NotFound`, pointing at `path`."""
        state = await self.load(aggregate, stream)
        if state is None:
            raise NotFound(f"there is no such {aggregate.name}", path=path)
        return state

    async def counters(self, names: Sequence[str]) -> Mapping[str, Counter]:
        """The last numbers of the series `names`; a series that never counted is absent."""
        return await read_counters(*self.place, names)

    def record(self, stream: UUID, event: Any, *, entry: Entry | None = None) -> None:
        """Add an event to a stream; `None`, by which a decision says that nothing changes, adds nothing.

        A stream that was not loaded is taken to be new; the database checks that.
        """
        if event is None:
            return
        version = self._versions.get(stream, 0) + 1
        self._versions[stream] = version
        self.pending.append(Pending(stream_id=stream, version=version, event=event, entry=entry))
