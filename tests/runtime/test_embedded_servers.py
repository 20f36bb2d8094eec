"""The embedded servers are real, keep what they acknowledged, and are found by every command of ours."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from backend.runtime.embedded import EmbeddedServers
from backend.runtime.embedded.postgres import clear_stale_lock
from backend.runtime.embedded.processes import own_folder
from backend.runtime.settings import REPOSITORY, Settings

# A program that starts durable servers, says where they are, and waits to be killed.
HOLDER = """
import asyncio, json, sys
from pathlib import Path
from urllib.parse import urlsplit
from backend.runtime.embedded import EmbeddedServers
async def main():
    async with EmbeddedServers(Path(sys.argv[1])) as settings:
        print(json.dumps(settings.to_environ()), flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in list(os.environ):
        if name.startswith("CARREAU_") or name.endswith("_URL"):
            monkeypatch.delenv(name)
    # pytest's own folders are closed to nobody, as whom PostgreSQL runs when we are root.
    made = own_folder(Path(tempfile.mkdtemp(prefix="carreau-test-")), mode=0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def hold(folder: Path) -> tuple[subprocess.Popen[str], Settings]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Settings.from_environ(json.loads(process.stdout.readline()))


async def test_they_start_and_stop_and_keep_data_and_ports(folder: Path) -> None:
    async with EmbeddedServers(folder) as first:
        with psycopg.connect(first.owner_database_url, autocommit=True) as owner:
            owner.execute("create table kept (id int primary key)")
            owner.execute("insert into kept values (1)")
        redis.Redis.from_url(first.redis_url).set("kept", "yes")
    assert not await _answers(first)
    async with EmbeddedServers(folder) as second:
        with psycopg.connect(second.owner_database_url) as owner:
            assert owner.execute("select count(*) from kept").fetchone() == (1,)
        assert redis.Redis.from_url(second.redis_url).get("kept") == b"yes"
    assert second.database_url == first.database_url


async def test_the_application_role_is_nobody_special(folder: Path) -> None:
    async with EmbeddedServers(folder, durable=False) as settings:
        with psycopg.connect(settings.database_url) as app:
            rights = "rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication"
            found = app.execute(f"select {rights} from pg_roles where rolname = current_user").fetchone()
            assert found == (False,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute("create table mine (id int)")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(settings.database_url.replace("carreau_app:", "carreau_app:x"))
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=urlsplit(settings.redis_url).port or 0, retry=Retry(NoBackoff(), 0)).ping()


async def test_kill_minus_9_of_everything_loses_nothing_acknowledged(folder: Path) -> None:
    process, settings = hold(folder)
    with psycopg.connect(settings.owner_database_url, autocommit=True) as owner:
        owner.execute("create table kept (id int primary key)")
        for number in range(50):
            owner.execute("insert into kept values (%s)", (number,))
        postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split("\n")[0])
        os.kill(postmaster, signal.SIGKILL)
        process.kill()
        process.wait()
    async with EmbeddedServers(folder) as again:
        with psycopg.connect(again.owner_database_url) as owner:
            assert owner.execute("select count(*) from kept").fetchone() == (50,)


async def test_a_second_command_uses_the_servers_of_the_first(folder: Path) -> None:
    process, settings = hold(folder)
    try:
        async with EmbeddedServers(folder) as found:
            assert found.database_url == settings.database_url
        assert await _answers(settings), "the servers of the first are not ours to stop"
    finally:
        process.terminate()
        process.wait()


async def test_a_restarted_postmaster_comes_back_by_itself(folder: Path) -> None:
    servers = EmbeddedServers(folder, durable=False)
    settings = await servers.start()
    try:
        os.kill(servers.supervisor.pid("postgres"), signal.SIGKILL)
        async with asyncio.timeout(10):
            while servers.supervisor.restarts("postgres") == 0 or not await _answers(settings):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    finally:
        await servers.stop()


def test_a_stale_lock_file_that_names_a_stranger_is_removed_and_the_stranger_lives(tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], cwd="/")
    try:
        (tmp_path / "postmaster.pid").write_text(f"{stranger.pid}\n{tmp_path}\n")
        clear_stale_lock(tmp_path)
        assert not (tmp_path / "postmaster.pid").exists()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


async def _answers(settings: Settings) -> bool:
    try:
        async with await psycopg.AsyncConnection.connect(settings.owner_database_url, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False
