import sqlite3
from contextlib import closing

import pytest
from msgspec.structs import asdict

from layerforge.model.branch import ROOT
from layerforge.model.errors import LayerForgeError, NewerVersion
from layerforge.project.checking import check
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from layerforge.project.repairing import repair
from layerforge.project.schema import SCHEMA_VERSION
from layerforge.scoring.taste_file import TasteFile
from tests.project.conftest import as_kill_leaves_it, names, put_back
from tests.project.damage import KINDS, damaged, no_first_page, no_head
from tests.project.fixtures.dump import build
from tests.project.made import make_project
from tests.project.test_checking import WRONG, change

TABLES = (
    "branches", "scores", "embeddings", "fingerprints", "sources", "decisions", "policies", "tastes"
)  # fmt: skip


def quiet(what, share):
    pass


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "p.layerforge"
    make_project(path, branches=30)
    return path


@pytest.fixture
def path(tmp_path, whole):
    place = tmp_path / "p.layerforge"
    place.write_bytes(whole.read_bytes())
    return place


def tried(path):
    """What repairing gives, or why it does not."""
    try:
        return repair(path, tell=quiet), ""
    except LayerForgeError as error:
        return None, str(error)


def rows(path):
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: set(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in TABLES
        }


def test_a_whole_project_is_left_alone(path):
    before = path.read_bytes()
    done = repair(path, tell=quiet)
    assert done.backup is None
    assert done.lost == done.left == ()
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_whatever_is_broken_opens_again_with_what_was_left(path, whole, kind, seed):
    broken = damaged(path.read_bytes(), kind, seed)
    path.write_bytes(broken)
    done, refusal = tried(path)
    if done is None:
        assert "\n" not in refusal
        assert path.read_bytes() == broken
        assert names(path.parent) == [path.name]
        return
    if done.backup is not None:
        assert done.backup.read_bytes() == broken
        assert names(path.parent) == [done.backup.name, path.name]
    else:
        assert path.read_bytes() == broken
    assert not [one for one in check(path, tell=quiet).findings if one.remedy == "repair"]
    with Project.open(path) as project:
        for branch in project.branches():
            project.history(branch.id)
        project.decide("pin", project.branch_ids()[1:])
    before, after = rows(whole), rows(path)
    # nothing is made up: what has changed had its own bytes overwritten
    for name in ("branches", "scores"):
        strange = {row[0] for row in after[name] - before[name]} - {ROOT}
        assert len(strange) <= (2 if kind.__name__ == "random_bytes" else 0)


@pytest.mark.parametrize("kind", [no_first_page, no_head])
def test_without_the_head_of_the_file_nothing_is_lost(path, whole, kind):
    path.write_bytes(damaged(path.read_bytes(), kind, 0))
    done = repair(path, tell=quiet)
    assert done.lost == ()
    assert done.left == ()
    assert rows(path) == rows(whole)


@pytest.mark.parametrize(
    "case", [case for case, (_, (*_, remedy)) in WRONG.items() if remedy == "repair"]
)
def test_what_does_not_fit_together_fits_again(path, case):
    change(path, *WRONG[case][0].split("; "))
    done = repair(path, tell=quiet)
    assert done.backup is not None
    assert all(one.remedy in ("explore", "relink", "redraw") for one in done.left)
    with Project.open(path) as project:
        assert len(project.branches()) >= 15
        assert len(project.sources()) == 2


def test_a_lost_branch_takes_those_below_with_it_and_they_are_told(path):
    with Project.open(path) as project:
        below = {1}
        for branch in project.branches():
            if branch.parent in below:
                below.add(branch.id)
        count = len(project.branch_ids()) - 1
    change(path, "UPDATE branches SET steps = 'x' WHERE id = 1")
    done = repair(path, tell=quiet)
    assert f"{len(below)} of {count} branches" in " ".join(done.lost)
    assert any("branch 1: its steps can't be read" in line for line in done.lost)
    with Project.open(path) as project:
        assert set(project.branch_ids()) == set(range(count + 1)) - below
        for decision in project.decisions():
            assert not below & set(decision.branches)


def test_an_image_whose_bytes_changed_stays_until_it_is_found_again(path):
    change(path, "UPDATE sources SET file_bytes = zeroblob(9) WHERE name = 'a.png'",
           "DELETE FROM rounds")  # fmt: skip
    done = repair(path, tell=quiet)
    assert [one.remedy for one in done.left] == ["relink"]
    with Project.open(path) as project:
        assert [one.name for one in project.sources()] == ["a.png", "b c.png"]


def test_what_repairing_can_not_mend_is_left_alone(path):
    change(path, "DELETE FROM scores WHERE branch = 3")
    before = path.read_bytes()
    done = repair(path, tell=quiet)
    assert done.backup is None
    assert [one.remedy for one in done.left] == ["explore"]
    assert path.read_bytes() == before


def test_tables_of_strangers_are_left_behind(path, whole):
    change(
        path,
        "CREATE TABLE more (x)",
        "CREATE TRIGGER t BEFORE INSERT ON rounds BEGIN SELECT 1; END",
    )
    done = repair(path, tell=quiet)
    assert done.lost == ()
    assert rows(path) == rows(whole)


@pytest.mark.parametrize("taste", [False, True])
def test_a_broken_file_of_an_older_version_is_repaired_too(tmp_path, taste):
    path = tmp_path / "old.layerforge"
    build(1, path, taste=taste)
    with Project.open(path, read_only=True) as project:
        kept = project.branches(), project.fingerprints().tolist(), project.thumbnail(2)
    whole = path.read_bytes()
    for kind in (no_first_page, no_head):
        path.write_bytes(damaged(whole, kind, 0))
        repair(path, tell=quiet)
        with Project.open(path) as project:
            assert project.branches() == kept[0]
            assert (project.fingerprints().tolist(), project.thumbnail(2)) == kept[1:]
            assert (project.brought_taste() is not None) == taste


def test_branches_from_before_there_were_origins_are_told_by_their_fewer_columns(tmp_path):
    path = tmp_path / "old.layerforge"
    build(1, path)
    with Project.open(path) as project:  # adding a column leaves the rows as they are
        kept = project.branches()
    path.write_bytes(damaged(path.read_bytes(), no_first_page, 0))
    repair(path, tell=quiet)
    with Project.open(path) as project:
        assert project.branches() == kept


def test_a_taste_that_is_lost_takes_its_decision_with_it(path):
    with Project.open(path) as project:
        before = project.brought_taste()
        project.bring_taste(TasteFile(**{**asdict(before), "mean": (0.25,)}))
        project.undo()
        project.redo()
    change(path, "DELETE FROM tastes WHERE decision = 5")
    repair(path, tell=quiet)
    with Project.open(path) as project:
        assert project.brought_taste() == before
        assert [one.kind for one in project.decisions()] == ["pin", "kill", "undo", "taste"]


def test_what_was_only_not_closed_is_closed(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO decisions VALUES (9, 'now', 'kill', '[5]', NULL)")
        left = as_kill_leaves_it(path.parent)
    put_back(path.parent, left)
    assert repair(path, tell=quiet).backup is None
    change(path, "DELETE FROM rounds WHERE round = 2")
    (path.parent / "p.layerforge-wal").write_bytes(b"")
    done = repair(path, tell=quiet)
    assert done.backup is not None
    with Project.open(path) as project:
        assert project.branch(5).status == "killed"


def test_nobody_repairs_what_is_open_elsewhere(path):
    with Project.open(path), pytest.raises(ProjectError, match="can't be repaired: it is open in"):
        repair(path, tell=quiet)


def test_what_holds_nothing_of_a_project_stays_as_it_is(tmp_path):
    for name, content in (("text", b"hello " * 5000), ("empty", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ProjectError, match="nothing of a LayerForge project is left in it"):
            repair(path, tell=quiet)
        assert path.read_bytes() == content
    other = tmp_path / "other.sqlite"
    change(other, "CREATE TABLE bookmarks (a, b, c)", "INSERT INTO bookmarks VALUES (1, 'x', 'y')")
    before = other.read_bytes()
    with pytest.raises(ProjectError, match="nothing of a LayerForge project"):
        repair(other, tell=quiet)
    assert other.read_bytes() == before
    assert names(tmp_path) == ["empty", "other.sqlite", "text"]
    with pytest.raises(ProjectError, match="no such project"):
        repair(tmp_path / "none", tell=quiet)


def test_a_newer_project_is_not_taken_for_a_broken_one(path):
    change(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerVersion):
        repair(path, tell=quiet)
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


def test_the_new_file_is_for_the_same_people(path):
    path.chmod(0o640)
    change(path, "DELETE FROM rounds WHERE round = 2")
    assert repair(path, tell=quiet).backup is not None
    assert path.stat().st_mode & 0o777 == 0o640
