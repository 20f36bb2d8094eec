"""The browser of `carreau test e2e`: Debian's Chromium, installed when it is missing and we may."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Final

from backend.runtime.settings import REPOSITORY, refuse_to_start

# Where the tests find it; without it they are not even collected.
VARIABLE: Final = "CARREAU_E2E_BROWSER"
# The small one first. A machine that has a whole Chromium needs nothing.
NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGE: Final = "chromium-headless-shell"
FRONTEND: Final = REPOSITORY / "frontend"


def browser() -> str:
    """The path of a Chromium; one line and exit code 2 where there is none and none can be installed."""
    named = os.environ.get(VARIABLE, "")
    if named:
        return named if shutil.which(named) else refuse_to_start(f"{VARIABLE} is {named!r}, which is not a program")
    return _found() or _installed()


def build_app_when_stale() -> None:
    """Build the single-page app when a source of it is newer than what is built."""
    built = FRONTEND / "dist" / "index.html"
    sources = [FRONTEND / "index.html", FRONTEND / "vite.config.ts", *(FRONTEND / "src").rglob("*.*")]
    if built.exists() and built.stat().st_mtime > max(each.stat().st_mtime for each in sources):
        return
    if not shutil.which("npm"):
        refuse_to_start("the end-to-end tests build the frontend, which needs Node.js 20 or later (node, npm)")
    print("carreau: building the frontend", flush=True)
    if not (FRONTEND / "node_modules" / "axe-core").is_dir():
        _npm("ci")
    # Beside the old one, then in its place: somebody may be looking at it.
    fresh, old = FRONTEND / f".dist.{os.getpid()}", FRONTEND / f".dist.old.{os.getpid()}"
    _npm("run", "build", CARREAU_FRONTEND_OUT=str(fresh))
    if built.parent.exists():
        built.parent.rename(old)
    fresh.rename(built.parent)
    shutil.rmtree(old, ignore_errors=True)


def _npm(*arguments: str, **environ: str) -> None:
    done = subprocess.run(
        ["npm", *arguments], cwd=FRONTEND, env={**os.environ, **environ}, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode != 0:
        refuse_to_start(f"`npm {' '.join(arguments)}` failed in frontend/:\n{done.stdout}")


def _found() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _installed() -> str:
    if not shutil.which("apt-get"):
        refuse_to_start(f"the end-to-end tests need Chromium: install it, or name it in {VARIABLE}")
    if os.geteuid() != 0:
        refuse_to_start(
            f"the end-to-end tests need Chromium. Type this, then try again:\n  sudo apt-get install -y {PACKAGE}"
        )
    print(f"carreau: installing {PACKAGE} (about a minute)", flush=True)
    if not _apt("install", "-y", "--no-install-recommends", PACKAGE):
        # A new machine has no package lists yet.
        _apt("update")
        _apt("install", "-y", "--no-install-recommends", PACKAGE)
    return _found() or refuse_to_start(f"apt-get could not install {PACKAGE}: install Chromium by hand")


def _apt(*arguments: str) -> bool:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", "-q", *arguments], env=environ, stdout=subprocess.DEVNULL, check=False)
    return done.returncode == 0
