"""The browser of the end-to-end tests: Debian's Chromium, installed when it is missing and we may."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Final

from backend.runtime.settings import refuse_to_start

# Where the tests find it; without it they are not even collected.
VARIABLE: Final = "CARREAU_E2E_BROWSER"
# Somebody who cannot have a browser says so, and is told what was not run.
NONE: Final = "none"
# The small one first. A machine that has a whole Chromium needs nothing.
NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGE: Final = "chromium-headless-shell"


def browser() -> str:
    """The path of a Chromium; one line and exit code 2 where there is none and none can be installed."""
    named = os.environ.get(VARIABLE, "")
    if named:
        return named if shutil.which(named) else refuse_to_start(f"{VARIABLE} is {named!r}, which is not a program")
    return _found() or _installed()


def unwanted() -> bool:
    return os.environ.get(VARIABLE) == NONE


def _found() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _installed() -> str:
    if not shutil.which("apt-get"):
        refuse_to_start(f"the end-to-end tests need Chromium: install it, or name it in {VARIABLE}")
    if os.geteuid() != 0:
        refuse_to_start(
            f"the end-to-end tests need Chromium. Type this, then try again:\n  sudo apt-get install -y {PACKAGE}\n"
            f"(or {VARIABLE}={NONE} ./carreau test, which leaves them out)"
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
