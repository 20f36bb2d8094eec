"""What Linux asks of someone who starts servers: ports, identities, and children that do not outlive their parent."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import socket
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1

# Loaded before any fork: between fork and exec nothing may allocate more than it must.
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Identity:
    """The user and group a server runs as."""

    uid: int
    gid: int


def unprivileged() -> Identity | None:
    """The identity that PostgreSQL runs as: `nobody` where we are root, which it refuses, otherwise ours."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Identity(nobody.pw_uid, nobody.pw_gid)


def dies_with_its_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends this signal when the thread that started the child is gone."""
    parent = os.getpid()

    def ask_the_kernel() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            # The parent died before the kernel was asked.
            os._exit(1)

    return ask_the_kernel


def free_port(*, preferred: int | None = None) -> int:
    """A TCP port nobody listens on: the preferred one where possible, so that addresses stay the same."""
    if preferred and is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server of ours could listen on this port now."""
    with socket.socket() as probe:
        # As servers do it: connections of a predecessor that are still closing are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def can_enter(folder: Path, who: Identity) -> bool:
    """Whether this user may walk down to the folder; root's own home, for one, is closed to nobody."""
    return all(_may_execute(step.stat(), who) for step in (folder, *folder.parents) if step.exists())


def own_folder(folder: Path, *, mode: int = 0o700, owner: Identity | None = None) -> Path:
    """Make the folder with this mode and owner."""
    folder.mkdir(parents=True, exist_ok=True)
    if owner is not None:
        os.chown(folder, owner.uid, owner.gid)
    folder.chmod(mode)
    return folder


def write_private(path: Path, text: str) -> None:
    """Replace a file that only its owner may read; a reader sees the old text or the new one, never a half."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def works_in(pid: int, folder: Path) -> bool:
    """Whether the process is alive and its working directory is this folder, as it is for a server of ours."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder
    except OSError:
        return False


def end(pid: int, *, gently: signal.Signals, seconds: float) -> None:
    """Stop a process that is not our child, and wait until it is gone."""
    for asked in (gently, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, asked)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not _is_alive(pid):
                return
            time.sleep(0.02)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _may_execute(status: os.stat_result, who: Identity) -> bool:
    if status.st_uid == who.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == who.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)
