import sqlite3
from contextlib import closing

import pytest

from layerforge.project.checking import check
from layerforge.project.compacting import compact
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from tests.project.conftest import names
from tests.project.fixtures.dump import build, dump
from tests.project.made import make_project


def quiet(what, share):
    pass


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "p.layerforge"
    make_project(place, branches=20)
    return place


def test_room_that_is_not_used_is_given_back_and_nothing_else(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE embeddings SET vector = zeroblob(200000) WHERE branch < 5")
        connection.execute("UPDATE embeddings SET vector = zeroblob(128) WHERE branch < 5")
    before, size = dump(path), path.stat().st_size
    path.chmod(0o640)
    done = compact(path, killed=False, tell=quiet)
    assert dump(path) == before
    assert (done.before_bytes, done.after_bytes) == (size, path.stat().st_size)
    assert done.after_bytes < size - 700_000
    assert done.thumbnails == 0
    assert names(path.parent) == [path.name]
    assert path.stat().st_mode & 0o777 == 0o640
    again = compact(path, killed=False, tell=quiet)
    assert again.after_bytes == done.after_bytes


def test_killed_branches_and_all_below_lose_their_thumbnails_only(path):
    with Project.open(path) as project:
        dead = {3}
        for branch in project.branches():
            if branch.parent in dead:
                dead.add(branch.id)
        project.decide("kill", [3])
        kept = project.branches(), project.embeddings(encoder="measures").keys()
        fingerprints = project.fingerprints().tolist()
    done = compact(path, killed=True, tell=quiet)
    assert done.thumbnails == len(dead)
    assert done.after_bytes < done.before_bytes
    with Project.open(path) as project:
        assert (project.branches(), project.embeddings(encoder="measures").keys()) == kept
        assert project.fingerprints().tolist() == fingerprints
        for branch in project.branches()[1:]:
            assert (project.thumbnail(branch.id) is None) == (branch.id in dead)
        assert project.lacking_thumbnails() == sorted(dead)
    assert check(path, tell=quiet).ok


def test_an_older_project_is_brought_up_to_date_on_the_way(tmp_path):
    path = tmp_path / "old.layerforge"
    build(1, path)
    compact(path, killed=False, tell=quiet)
    assert names(tmp_path) == ["old.backup-v1.layerforge", "old.layerforge"]
    assert check(path, tell=quiet).ok


def test_what_is_open_elsewhere_or_missing_is_left_alone(path, tmp_path):
    with Project.open(path), pytest.raises(ProjectError, match="can't be compacted: it is open in"):
        compact(path, killed=False, tell=quiet)
    with pytest.raises(ProjectError, match="no such project"):
        compact(tmp_path / "none.layerforge", killed=False, tell=quiet)
