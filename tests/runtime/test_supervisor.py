"""Children are ready before anybody uses them, come back when they die, and leave nothing behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from backend.runtime.embedded.supervisor import Child, ChildFailed, Supervisor, together
from backend.runtime.settings import REPOSITORY

SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
WITH_GRANDCHILD = (
    sys.executable,
    "-c",
    "import subprocess,sys,time,pathlib; p=subprocess.Popen([sys.executable,'-c','import time; time.sleep(60)']);"
    "pathlib.Path(sys.argv[1]).write_text(str(p.pid)); time.sleep(60)",
)


@pytest.fixture
async def supervisor(tmp_path: Path) -> AsyncIterator[Supervisor]:
    lines: list[str] = []
    made = Supervisor(tmp_path / "logs", tell=lines.append)
    yield made
    await made.stop()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def until(condition: Callable[[], bool], *, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def appears(file: Path) -> Callable[[], Awaitable[bool]]:
    async def ready() -> bool:
        return os.path.exists(file)  # noqa: ASYNC240

    return ready


async def test_start_returns_when_the_child_is_ready(supervisor: Supervisor, tmp_path: Path) -> None:
    file = tmp_path / "ready"
    code = f"import time, pathlib; time.sleep(0.3); pathlib.Path({str(file)!r}).touch(); time.sleep(60)"
    await supervisor.start(Child(name="slow", command=(sys.executable, "-c", code), ready=appears(file)))
    assert file.exists()


async def test_a_child_that_ends_before_it_is_ready_fails_with_its_last_words(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    complains = (sys.executable, "-c", "print('no disk left'); exit(3)")
    child = Child(name="broken", command=complains, ready=appears(tmp_path / "never"))
    with pytest.raises(ChildFailed, match=r"broken ended with code 3\n  broken \| no disk left"):
        await together(supervisor.start(child))


async def test_a_killed_child_is_started_again_and_its_orphans_are_ended(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    file = tmp_path / "grandchild"
    await supervisor.start(Child(name="worker", command=(*WITH_GRANDCHILD, str(file)), ready=appears(file)))
    first, grandchild = supervisor.pid("worker"), int(file.read_text())
    os.kill(first, signal.SIGKILL)
    await until(lambda: not is_alive(grandchild))
    await until(lambda: supervisor.restarts("worker") == 1)
    assert supervisor.pid("worker") != first


async def test_stop_asks_first_and_then_insists(tmp_path: Path) -> None:
    file = tmp_path / "deaf"
    deaf = (
        "import signal, time, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"pathlib.Path({str(file)!r}).touch(); time.sleep(60)"
    )
    supervisor = Supervisor(tmp_path / "logs")
    await supervisor.start(
        Child(name="deaf", command=(sys.executable, "-c", deaf), ready=appears(file), stop_seconds=0.3)
    )
    await supervisor.start(Child(name="polite", command=SLEEPS))
    deaf_pid, polite_pid = supervisor.pid("deaf"), supervisor.pid("polite")
    await supervisor.stop()
    assert not is_alive(deaf_pid)
    assert not is_alive(polite_pid)


def test_children_die_with_a_killed_supervisor(tmp_path: Path) -> None:
    program = f"""
import asyncio, sys
from pathlib import Path
from backend.runtime.embedded.supervisor import Child, Supervisor
async def main():
    supervisor = Supervisor(Path({str(tmp_path)!r}))
    await supervisor.start(Child(name="child", command={SLEEPS!r}))
    print(supervisor.pid("child"), flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert is_alive(child)
        process.kill()
    for _ in range(200):
        if not is_alive(child):
            return
        time.sleep(0.02)
    pytest.fail("the child outlived its supervisor")
