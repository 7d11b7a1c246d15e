"""A project opens wherever it is, under whatever name, by whatever path."""

import os
import shutil
import sys
from pathlib import Path, PureWindowsPath

import pytest

from layerforge.model.source import Source, source_id_of
from layerforge.project.errors import ProjectError
from layerforge.project.places import MAX_PATH_BYTES, address
from layerforge.project.project import Project
from tests.project.conftest import CANVAS, names

SOURCE = Source(id=source_id_of(b"bytes"), name="a.png", width=3, height=2)

NAMES = [
    "🌋 collage",
    "a#b",
    "100%20",
    "what?mode=memory&cache=shared",
    "'single' \"double\"",
    "  spaces  ",
    "-rf",
    "semi;colon",
    "new\nline",
    "é vs é",
    ":memory:",
    "file:x",
]


def make(path):
    with Project.create(path, canvas=CANVAS) as project:
        project.add_source(SOURCE, b"bytes")
        project.decide("reset", [0])


def check(path):
    """All is there, and it can be written."""
    with Project.open(path, read_only=True) as project:
        assert project.source_bytes(SOURCE.id) == b"bytes"
    with Project.open(path) as project:
        assert project.why_read_only == ""
        before = len(project.decisions())
        assert before >= 1
        project.decide("reset", [0])
        assert len(project.decisions()) == before + 1


def skip_where_impossible(path):
    if sys.platform == "win32" and ":" in path.name:
        pytest.skip("a colon names a stream there")
    try:
        path.touch()
        path.unlink()
    except OSError:
        pytest.skip("this system has no such names")


@pytest.mark.parametrize("name", NAMES)
def test_any_name(tmp_path, name):
    path = tmp_path / f"{name}.layerforge"
    skip_where_impossible(path)
    make(path)
    assert names(tmp_path) == [path.name]
    check(path)
    folder = tmp_path / name
    folder.mkdir()
    path = path.rename(folder / path.name)
    check(path)
    with Project.open(path) as project:
        project.copy_to(folder / f"again {name}")
    check(folder / f"again {name}")
    assert len(names(folder)) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="names are text here")
def test_a_name_that_is_no_text(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.layerforge")
    make(path)
    check(path)
    assert [os.fsencode(name) for name in names(tmp_path)] == [b"caf\xe9.layerforge"]


def test_moved_renamed_and_copied_at_rest(tmp_path):
    first = tmp_path / "first.layerforge"
    make(first)
    (tmp_path / "elsewhere").mkdir()
    second = first.rename(tmp_path / "elsewhere" / "second.layerforge")
    check(second)
    third = Path(shutil.copy(second, tmp_path / "third"))
    check(third)
    check(second)  # two files by now, each with a lock of its own
    with Project.open(second) as one, Project.open(third) as other:
        assert not one.read_only
        assert not other.read_only


def test_one_file_has_one_lock_by_whatever_path(tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "p.layerforge"
    make(path)
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    (tmp_path / "file").symlink_to(Path("link") / "p.layerforge")
    monkeypatch.chdir(folder)
    ways = [
        path,
        Path("p.layerforge"),
        Path("..") / "folder" / "p.layerforge",
        tmp_path / "link" / "p.layerforge",
        tmp_path / "file",
    ]
    other_case = folder / "P.LayerForge"
    if other_case.exists():  # as it does on macOS and Windows
        ways.append(other_case)
    for held in ways:
        with Project.open(held) as holder:
            assert not holder.read_only
            for way in ways:
                with Project.open(way) as second:
                    assert "another LayerForge" in second.why_read_only, (held, way)
        assert names(folder) == ["p.layerforge"]
    check(tmp_path / "file")
    assert (tmp_path / "file").is_symlink()


def test_a_link_to_nothing_is_filled(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "file")
    make(tmp_path / "link")
    check(tmp_path / "file")
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to(tmp_path / "link")
    for way in (make, check):
        with pytest.raises(ProjectError, match="link"):
            way(tmp_path / "link")


def deep(tmp_path, size):
    """A path of ``size`` bytes."""
    folder = tmp_path
    while len(os.fsencode(folder)) < size - 130:
        folder /= "d" * 100
    folder.mkdir(parents=True, exist_ok=True)
    return folder / ("f" * (size - len(os.fsencode(folder)) - 1))


@pytest.mark.skipif(os.name != "posix", reason="the limit is that of SQLite on POSIX systems")
def test_a_long_path_opens_or_its_length_is_told(tmp_path):
    longest = deep(tmp_path, MAX_PATH_BYTES)
    make(longest)
    check(longest)
    longer = deep(tmp_path, MAX_PATH_BYTES + 1)
    with pytest.raises(ProjectError, match=f"has {MAX_PATH_BYTES + 1} bytes") as caught:
        make(longer)
    assert f"at most {MAX_PATH_BYTES} are possible" in str(caught.value)
    longest.rename(longer)
    with pytest.raises(ProjectError, match=f"has {MAX_PATH_BYTES + 1} bytes"):
        check(longer)
    assert names(longer.parent) == [longer.name]


def test_a_name_too_long_for_the_disk_is_one_line(tmp_path):
    for size in (251, 255, 256, 3000):
        with pytest.raises(ProjectError) as caught:
            make(tmp_path / ("n" * size))
        assert "\n" not in str(caught.value)
        with pytest.raises(ProjectError):
            check(tmp_path / ("n" * size))
    assert names(tmp_path) == []


def test_addresses_on_windows():
    """By sqlite.org/uri.html: slashes, the drive after the third, and an empty host for shares."""
    drive = PureWindowsPath(r"C:\My Art\50% #1.layerforge")
    assert address(drive, "mode=rw") == "file:///C:/My%20Art/50%25%20%231.layerforge?mode=rw"
    share = PureWindowsPath(r"\\server\art\p.layerforge")
    assert address(share, "mode=ro") == "file:////server/art/p.layerforge?mode=ro"
