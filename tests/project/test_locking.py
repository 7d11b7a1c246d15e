import errno
import getpass
import json
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from layerforge.project import locking
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from tests.project.conftest import CANVAS, names

HOLD = """
import sys, time
from pathlib import Path
from layerforge.project.project import Project

with Project.open(Path(sys.argv[1]), program="app"):
    print("held", flush=True)
    time.sleep(60)
"""

COME_AND_GO = """
import sys, time
from pathlib import Path
from layerforge.project.project import Project

path, came, end = Path(sys.argv[1]), 0, time.monotonic() + 1
inside = path.with_name("inside")
while time.monotonic() < end:
    with Project.open(path) as project:
        if not project.read_only:
            inside.touch(exist_ok=False)  # raises where another is inside
            project.decide("reset", [0])
            inside.unlink()
            came += 1
print(came)
"""


def run(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


@pytest.fixture
def held(path):
    """A project that another process writes; gives the process."""
    with run(HOLD, path) as holder:
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.kill()


def lock_of(path):
    return path.with_name("p.layerforge-lock")


def test_a_second_opener_is_told_who_holds_it_until_that_one_is_killed(path, held):
    with Project.open(path) as second:
        assert second.read_only
        assert len(second.branches()) == 1
        why = second.why_read_only
        with pytest.raises(ProjectError, match="read-only") as caught:
            second.decide("reset", [0])
    assert why in str(caught.value)
    told = re.fullmatch(
        r"it is open in another LayerForge \(the app, by (.+) on (.+), process (\d+), "
        r"since (\d{4}-\d\d-\d\d \d\d:\d\d)\); close it there first",
        why,
    )
    assert told, why
    assert told.groups()[:3] == (getpass.getuser(), platform.node(), str(held.pid))
    since = datetime.strptime(told[4], "%Y-%m-%d %H:%M").astimezone(UTC)
    assert abs((datetime.now(UTC) - since).total_seconds()) < 300

    held.kill()
    held.wait()
    assert lock_of(path).exists()
    with Project.open(path) as after:
        assert not after.read_only
        after.decide("reset", [0])
        assert len(after.decisions()) == 2
    assert names(path.parent) == [path.name]


def test_a_process_id_used_again_holds_nothing(path):
    """The file of a killed holder names a process that lives: this one."""
    holder = {
        "program": "the app",
        "user": getpass.getuser(),
        "host": platform.node(),
        "process": os.getpid(),
        "since": "2020-01-01T00:00:00+00:00",
    }
    lock_of(path).write_text("\n" + json.dumps(holder))
    with Project.open(path) as project:
        assert not project.read_only
        with Project.open(path) as second:
            assert "2020" not in second.why_read_only
            assert f"process {os.getpid()}" in second.why_read_only


@pytest.mark.parametrize(
    "content",
    [b"", b"\n{", b"\xff" * 9000, b'\n{"program": 7}', b"\n" + b"[" * 100_000],
)
def test_what_does_not_say_who_holds_it_is_no_matter(path, content):
    with Project.open(path):
        lock_of(path).write_bytes(content)
        with Project.open(path) as second:
            assert second.read_only
            assert "another LayerForge; close" in second.why_read_only


def test_what_a_stranger_wrote_is_fit_for_a_terminal(path):
    with Project.open(path):
        holder = {
            "program": "\x1b[2J" + "a" * 500,
            "user": "eve\nlayerforge: all is well",
            "host": "\u202e",
            "process": 1,
            "since": "\x07",
        }
        lock_of(path).write_text("\n" + json.dumps(holder))
        with Project.open(path) as second:
            assert second.why_read_only.isprintable()
            assert len(second.why_read_only) < 300


def test_only_who_wants_to_write_takes_the_lock(path):
    with Project.open(path, read_only=True) as reader:
        assert not lock_of(path).exists()
        assert reader.why_read_only == ""
        with pytest.raises(ProjectError, match="opened only to be read"):
            reader.decide("reset", [0])
        with Project.open(path) as writer:
            assert not writer.read_only


def test_nothing_is_left_beside_a_closed_project(path):
    with Project.open(path) as project:
        assert lock_of(path).exists()
        assert not project.read_only
    assert names(path.parent) == [path.name]


def test_a_lock_that_is_a_link_is_not_followed(path):
    precious = path.with_name("precious")
    precious.write_text("dear")
    lock_of(path).symlink_to(precious)
    with Project.open(path) as project:
        assert project.read_only
        assert "p.layerforge-lock" in project.why_read_only
    lock_of(path).unlink()
    lock_of(path).hardlink_to(precious)
    with Project.open(path) as project:
        assert "p.layerforge-lock beside it is in the way" in project.why_read_only
    assert precious.read_text() == "dear"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_lock_that_is_no_file_is_in_the_way(path):
    os.mkfifo(lock_of(path))
    with Project.open(path) as project:
        assert "beside it is in the way" in project.why_read_only


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_disk_without_locks(path, monkeypatch, code):
    def refuse(handle, *, blocking):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(locking, "lock_descriptor", refuse)
    with Project.open(path) as project:
        assert project.read_only
        assert project.why_read_only == (
            f"its disk has no locks ({os.strerror(code)}); copy it to another disk"
        )
        assert len(project.branches()) == 1
    with pytest.raises(ProjectError, match=r"q\.layerforge can't be made: its disk has no locks"):
        Project.create(path.with_name("q.layerforge"), canvas=CANVAS)


def test_many_who_come_and_go_are_never_two(path):
    """Each takes the lock's file away when it leaves, while others are about to lock it."""
    running = [run(COME_AND_GO, path) for _ in range(3)]
    came = [int(one.communicate()[0]) for one in running]
    assert [one.returncode for one in running] == [0, 0, 0]
    assert sum(came) > 10
    with Project.open(path) as project:
        assert len(project.decisions()) == 1 + sum(came)


def test_another_users_lock(nobody):
    folder, become = nobody
    path = folder / "p.layerforge"
    Project.create(path, canvas=CANVAS).close()
    path.chmod(0o666)
    lock_of(path).touch(mode=0o644)
    become()
    with Project.open(path) as project:
        assert not project.read_only
        assert lock_of(path).stat().st_uid == 65534
        assert lock_of(path).stat().st_mode & 0o777 == 0o666
    assert names(folder) == [path.name]


def test_another_users_lock_that_is_held(nobody):
    folder, become = nobody
    path = folder / "p.layerforge"
    with Project.create(path, canvas=CANVAS):
        path.chmod(0o666)
        lock_of(path).chmod(0o644)
        for one in folder.iterdir():
            if one != lock_of(path):
                one.chmod(0o666)
        become()
        with Project.open(path) as project:
            assert "open in another LayerForge (the command line, by " in project.why_read_only
        os.setresuid(0, 0, 0)


def test_a_write_protected_file(nobody):
    folder, become = nobody
    path = folder / "p.layerforge"
    Project.create(path, canvas=CANVAS).close()
    path.chmod(0o444)
    become()
    with Project.open(path) as project:
        assert project.why_read_only == "it is write-protected; make it writable, or copy it"
        assert len(project.branches()) == 1
        with pytest.raises(ProjectError, match=r"p\.layerforge is read-only here: it is wri"):
            project.decide("reset", [0])
    assert names(folder) == [path.name]


def test_a_folder_that_cannot_be_written(nobody):
    folder, become = nobody
    path = folder / "p.layerforge"
    Project.create(path, canvas=CANVAS).close()
    path.chmod(0o666)
    folder.chmod(0o755)
    become()
    with Project.open(path) as project:
        assert project.why_read_only == (
            "its folder can't be written (Permission denied); copy it to one that can"
        )
        assert len(project.branches()) == 1
    with pytest.raises(ProjectError, match="q can't be made: its folder can't be written"):
        Project.create(folder / "q", canvas=CANVAS)


def test_a_file_with_two_names_is_not_written(path):
    """SQLite would keep a journal for each name: source: sqlite.org/howtocorrupt.html, 2.5."""
    other = path.with_name("other.layerforge")
    other.hardlink_to(path)
    for name in (path, other):
        with Project.open(name) as project:
            assert "it has a second name on its disk" in project.why_read_only
            assert len(project.branches()) == 1
    other.unlink()
    with Project.open(path) as project:
        assert not project.read_only
