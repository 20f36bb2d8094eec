"""The launcher explains what is missing, and prepares the environment once per lock file."""

import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from backend.runtime.settings import REPOSITORY

LAUNCHER = REPOSITORY / "carreau"


@pytest.fixture
def launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The launcher as a module, in a folder of its own with two small lock files."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = importlib.machinery.SourceFileLoader("launcher", str(LAUNCHER))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    places = {"VENV": ".venv", "MARKER": ".venv/.made-from", "TOOLS": ".launcher", "PYTHON": ".venv/bin/python"}
    files = {"LOCK": "requirements.lock", "UV_LOCK": "requirements-uv.lock", "UV": ".launcher/uv/bin/uv"}
    for name, path in (places | files).items():
        monkeypatch.setattr(module, name, str(tmp_path / path))
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.lock").write_text("one==1\n")
    (tmp_path / "requirements-uv.lock").write_text("uv==0.0.1 \\\n")
    return module


def test_it_prepares_once_and_again_when_the_lock_changes(
    launcher: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(launcher, "install_uv", lambda: prepared.append("uv"))
    monkeypatch.setattr(launcher, "install_packages", lambda: prepared.append("packages"))
    launcher.prepare()
    launcher.prepare()
    assert prepared == ["uv", "packages"]
    (tmp_path / "requirements.lock").write_text("one==2\n")
    assert launcher.made_from() != launcher.wanted()
    launcher.prepare()
    assert prepared == ["uv", "packages"] * 2


def test_a_failed_step_is_not_marked_as_done_and_shows_its_last_lines(
    launcher: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = [sys.executable, "-c", "print('no route to host'); exit(1)"]
    monkeypatch.setattr(launcher, "install_uv", lambda: launcher.run("fetching uv", fails))
    with pytest.raises(SystemExit):
        launcher.prepare()
    assert "fetching uv failed:\n  no route to host" in capsys.readouterr().err
    assert launcher.made_from() == ""


def test_without_ensurepip_it_says_exactly_what_to_type(
    launcher: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "output_of", lambda _command: "")
    monkeypatch.setattr(launcher.shutil, "which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr(launcher.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit):
        launcher.have_venv()
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert f"  sudo apt-get install -y {package}\n" in capsys.readouterr().err


def test_an_old_python_is_told_so(
    launcher: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "OLDEST", (99, 0))
    monkeypatch.setattr(launcher.shutil, "which", lambda _name: None)
    with pytest.raises(SystemExit):
        launcher.use_new_python()
    assert "Carreau needs Python 3.11 or newer" in capsys.readouterr().err


def test_a_fresh_clone_prints_help_without_preparing_anything(tmp_path: Path) -> None:
    for name in ("carreau", "requirements.lock", "requirements-uv.lock"):
        (tmp_path / name).write_bytes((REPOSITORY / name).read_bytes())
    done = subprocess.run([sys.executable, str(tmp_path / "carreau")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split("\n")[0]) == (0, "usage: ./carreau COMMAND")
    assert not (tmp_path / ".venv").exists()
