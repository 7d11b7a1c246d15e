"""What happens where a project can't be written: nothing is lost, and one line says why."""

import sqlite3
from contextlib import closing

import pytest

from layerforge.model.source import Source, source_id_of
from layerforge.project import opening
from layerforge.project.errors import NotKept, ProjectError, not_written
from layerforge.project.project import Project
from tests.project.conftest import CANVAS, names


def source(number, size):
    """A source of so many bytes."""
    content = bytes([number]) * size
    return Source(id=source_id_of(content), name=f"{number}.png", width=1, height=1), content


def add_many(project):
    """Add sources until that fails; the numbers of those kept, and the failure."""
    for number in range(100):
        try:
            project.add_source(*source(number, 50_000))
        except NotKept as error:
            return list(range(number)), error
    raise AssertionError("it never failed")


def check_whole(path):
    """What SQLite itself says of the file."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_disk_that_fills_up_and_gets_room_again(mounted, remount):
    folder = mounted("size=600k")
    path = folder / "p.layerforge"
    project = Project.create(path, canvas=CANVAS)
    kept, failure = add_many(project)
    assert len(kept) >= 3
    assert failure.kind == "full"
    line = str(failure)
    assert line.startswith(f"{path} can't be written: the disk is full: about 166 KB are needed, ")
    assert "KB are free; make room there" in line
    assert [one.name for one in project.sources()] == [f"{number}.png" for number in kept]

    with pytest.raises(NotKept):
        project.add_source(*source(len(kept), 50_000))
    remount(folder, "size=4m")
    assert project.add_source(*source(len(kept), 50_000))
    project.close()
    assert project.journal_left is None
    assert names(folder) == ["p.layerforge"]
    check_whole(path)
    with Project.open(path) as project:
        assert len(project.sources()) == len(kept) + 1


def test_what_a_full_disk_leaves_in_the_journal_is_taken_in_later(mounted, remount):
    folder = mounted("size=600k")
    path = folder / "p.layerforge"
    with Project.create(path, canvas=CANVAS) as project:
        add_many(project)
        kept = project.sources()
    assert project.journal_left == folder / "p.layerforge-wal"
    with Project.open(path, read_only=True) as reader:
        assert reader.sources() == kept
    remount(folder, "size=4m")
    with Project.open(path) as project:
        assert project.sources() == kept
    assert names(folder) == ["p.layerforge"]
    check_whole(path)


def test_a_project_on_a_full_disk_opens_to_be_read(mounted, fill):
    folder = mounted("size=1m")
    path = folder / "p.layerforge"
    with Project.create(path, canvas=CANVAS) as project:
        project.add_source(*source(1, 50_000))
    ballast = fill(folder)
    with Project.open(path) as project:
        assert "the disk is full" in project.why_read_only
        assert len(project.sources()) == 1
    with pytest.raises(ProjectError, match="the disk is full"):
        Project.create(folder / "q.layerforge", canvas=CANVAS)
    assert names(folder) == ["ballast", "p.layerforge"]
    ballast.unlink()
    with Project.open(path) as project:
        assert not project.read_only
    check_whole(path)


def test_a_copy_to_a_full_disk_leaves_what_was_there(path, mounted):
    folder = mounted("size=300k")
    with Project.create(folder / "old.layerforge", canvas=CANVAS) as old:
        old.add_source(*source(1, 1000))
    with Project.open(path) as project:
        project.add_source(*source(2, 500_000))
        with pytest.raises(NotKept, match=r"old\.layerforge can't be written: the disk is full"):
            project.copy_to(folder / "old.layerforge")
    assert names(folder) == ["old.layerforge"]
    with Project.open(folder / "old.layerforge") as old:
        assert [one.name for one in old.sources()] == ["1.png"]


def test_a_read_only_disk(mounted, remount):
    folder = mounted("size=2m")
    path = folder / "p.layerforge"
    Project.create(path, canvas=CANVAS).close()
    remount(folder, "ro")
    for read_only in (False, True):
        with Project.open(path, read_only=read_only) as project:
            assert len(project.branches()) == 1
            assert project.read_only
    with Project.open(path) as project:
        assert project.why_read_only
    with pytest.raises(ProjectError, match="can't be made: its folder can't be written"):
        Project.create(folder / "q.layerforge", canvas=CANVAS)


def test_a_project_that_was_not_closed_on_a_read_only_disk(mounted, remount):
    folder = mounted("size=2m")
    path = folder / "p.layerforge"
    Project.create(path, canvas=CANVAS).close()
    with closing(sqlite3.connect(path)) as connection:  # closes, but stays in journal mode
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE project SET created_at = 'then'")
        connection.commit()
    assert names(folder) == ["p.layerforge"]
    remount(folder, "ro")
    with Project.open(path) as project:
        assert len(project.branches()) == 1
    remount(folder, "rw")
    (folder / "p.layerforge-wal").write_bytes(b"as a killed one leaves it")
    remount(folder, "ro")
    with pytest.raises(ProjectError, match=r"copy it together with p\.layerforge-wal"):
        Project.open(path)


def test_another_program_that_writes_it(path, monkeypatch):
    monkeypatch.setattr(opening, "WAIT_S", 0.1)
    with Project.open(path) as project:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotKept, match="another program writes it") as caught:
                project.decide("reset", [0])
            assert caught.value.kind == "busy"
            assert len(project.decisions()) == 1
            other.execute("ROLLBACK")
            project.decide("reset", [0])
        assert len(project.decisions()) == 2


@pytest.mark.skipif("sys.platform == 'win32'", reason="open files can't be moved there")
def test_a_file_that_is_moved_while_it_is_open(path):
    away = path.with_name("away.layerforge")
    with Project.open(path) as project:
        project.decide("reset", [0])
        path.rename(away)
        with pytest.raises(NotKept, match="it was moved, renamed or deleted") as caught:
            project.decide("reset", [0])
        assert caught.value.kind == "moved"
        assert len(project.decisions()) == 2
        away.rename(path)
        project.decide("reset", [0])  # it is back
        path.rename(away)
    assert names(path.parent) == ["away.layerforge"]
    check_whole(away)
    with Project.open(away) as project:
        assert len(project.decisions()) == 3


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, "full"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "busy"),
        (sqlite3.SQLITE_IOERR_WRITE, "disk"),
        (sqlite3.SQLITE_IOERR_FSYNC, "disk"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "disk"),
        (sqlite3.SQLITE_CANTOPEN, "disk"),
    ],
)
def test_kinds_of_failure(tmp_path, code, kind):
    error = sqlite3.OperationalError("it says why")
    error.sqlite_errorcode = code
    found = not_written(tmp_path / "p", error, needed_bytes=1)
    assert isinstance(found, NotKept)
    assert found.kind == kind
    assert str(found).startswith(f"{tmp_path / 'p'} can't be written: ")


def test_an_index_that_finds_no_room_is_a_full_disk(tmp_path):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert not_written(tmp_path, error, needed_bytes=1 << 60).kind == "full"


def test_a_damaged_file_is_no_matter_of_trying_again(path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(ProjectError, match="is damaged") as caught, Project.open(path) as project:
        project.decide("reset", [0])
    assert not isinstance(caught.value, NotKept)
