"""Identifiers sort by the order in which they were made."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.runtime import ids
from backend.runtime.ids import Uuid7Generator, new_id


def test_they_are_version_7_and_strictly_increasing() -> None:
    made = [new_id() for _ in range(20_000)]
    assert {each.version for each in made} == {7}
    assert {each.variant for each in made} == {"specified in RFC 4122"}
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_they_increase_while_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([2_000_000_000_000_000_000, 1_000_000_000_000_000_000, 1_000_000_000_000_000_000])
    monkeypatch.setattr(ids.time, "time_ns", lambda: next(times))
    generate = Uuid7Generator()
    made = [generate() for _ in range(3)]
    assert made == sorted(made)
    assert len(set(made)) == 3


def test_threads_never_make_the_same_one() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id(), range(8_000)))
    assert len(set(made)) == len(made)


def test_a_forked_process_does_not_continue_our_count() -> None:
    before = new_id()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, new_id().bytes)
        os._exit(0)
    os.waitpid(child, 0)
    theirs = os.read(reading, 16)
    assert theirs not in (before.bytes, new_id().bytes)
