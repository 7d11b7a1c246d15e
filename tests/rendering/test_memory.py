"""How much memory there is, read from control groups laid out as the kernel documents them."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from layerforge.rendering import memory

GIB = 1024**3


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n", encoding="utf-8")


def test_version_2_the_groups_around_it_bind_too(tmp_path: Path) -> None:
    write(tmp_path / "own", "0::/user.slice/session-1.scope")
    write(tmp_path / "fs/memory.max", str(64 * GIB))
    write(tmp_path / "fs/user.slice/memory.max", str(2 * GIB))
    write(tmp_path / "fs/user.slice/session-1.scope/memory.max", "max")
    write(tmp_path / "memory.max", "1")  # outside the groups: none of ours
    limits = list(memory.group_limits(tmp_path / "own", tmp_path / "fs"))
    assert sorted(limits) == [2 * GIB, 64 * GIB]


def test_version_1_inside_a_container_that_hides_the_path(tmp_path: Path) -> None:
    write(tmp_path / "own", "5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n1:name=systemd:/x")
    write(tmp_path / "fs/memory/memory.limit_in_bytes", str(3 * GIB))
    assert list(memory.group_limits(tmp_path / "own", tmp_path / "fs")) == [3 * GIB]


def test_without_control_groups_there_are_no_limits(tmp_path: Path) -> None:
    assert list(memory.group_limits(tmp_path / "none", tmp_path)) == []
    write(tmp_path / "own", "0::/")
    assert list(memory.group_limits(tmp_path / "own", tmp_path / "none")) == []


def test_the_least_limit_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = psutil.virtual_memory().total
    monkeypatch.setattr(memory, "group_limits", lambda: iter([2 * whole]))
    assert memory.machine_bytes() == whole
    monkeypatch.setattr(memory, "group_limits", lambda: iter([GIB, 2 * whole]))
    assert memory.machine_bytes() == GIB
