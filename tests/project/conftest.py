import os
import tempfile
from pathlib import Path

import pytest

from layerforge.model.canvas import Canvas
from layerforge.project.project import Project

CANVAS = Canvas(width=320, height=240)


def names(folder):
    """What is in a folder."""
    return sorted(one.name for one in folder.iterdir())


def as_kill_leaves_it(folder):
    """The files in a folder now, by name, without the index that only running programs use."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if "-shm" not in one.name}


def put_back(folder, files):
    """Have these files in a folder, and no others."""
    for one in folder.iterdir():
        one.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


@pytest.fixture
def path(tmp_path):
    """A project at rest."""
    made = tmp_path / "p.layerforge"
    with Project.create(made, canvas=CANVAS) as project:
        project.decide("reset", [0])
    return made


@pytest.fixture
def nobody():
    """A folder for all, seen by a user without rights; only the superuser can become one."""
    if not hasattr(os, "setresuid") or os.getuid() != 0:
        pytest.skip("only the superuser can become another user")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)

        def become():
            os.setresuid(65534, 65534, 0)

        yield folder, become
        os.setresuid(0, 0, 0)
