import sqlite3
from contextlib import closing

import numpy as np
import pytest

from layerforge.model.errors import NewerVersion
from layerforge.project import migrations
from layerforge.project.checking import check
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from layerforge.project.schema import SCHEMA_VERSION
from tests.project.conftest import as_kill_leaves_it, names, put_back
from tests.project.fixtures.dump import build, dump

OLDER = (*((version, False) for version in range(1, SCHEMA_VERSION)), (1, True))


@pytest.fixture(params=OLDER, ids=lambda one: f"v{one[0]}{'-taste' if one[1] else ''}")
def old(request, tmp_path):
    path = tmp_path / "old.layerforge"
    version, taste = request.param
    build(version, path, taste=taste)
    return path


def version_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def check_content(project):
    """What all kept files hold, in words that no version changes."""
    assert (project.canvas.width, project.canvas.height) == (96, 64)
    assert project.canvas.background == (0.5, 0.5, 0.5)
    (source,) = project.sources()
    assert (source.name, source.width, source.height) == ("it's a.png", 6, 6)
    assert project.source_bytes(source.id).startswith(b"\x89PNG")
    branches = project.branches()
    assert [(one.id, one.parent, one.depth) for one in branches] == [
        (0, None, 0), (1, 0, 1), (2, 1, 2), (3, 0, 1),
    ]  # fmt: skip
    assert [one.status for one in branches] == ["open", "pinned", "open", "open"]
    assert [one.value for one in branches] == [None, 0.25, 0.5, 0.75]
    score = branches[3].score
    assert (score.parts, score.spread, score.percentile) == ({"order": 0.5}, 0.25, 50.0)
    assert (score.fragility, score.hull_distance) == (0.125, 0.5)
    assert score.trials == {"order": (0.5, 0.25)}
    assert [step.operation.name for step in project.history(2)] == [
        "layout.add_picture",
        "blur.gaussian",
    ]
    vectors = project.embeddings(encoder="measures")
    assert {one: vector.tolist() for one, vector in vectors.items()} == {
        one: [one / 8, 0.5, -0.5] for one in (1, 2, 3)
    }
    assert [one.tolist() for one in project.source_embeddings(encoder="measures")] == [
        [1.0, 0.0, 0.0],
        [0.0, 1.0, 0.0],
    ]
    (run,) = project.runs()
    assert (run.seed, run.settings, run.reference) == (7, {"budget": 10}, {"typical_distance": 0.5})
    assert project.rounds_done() == 1
    assert [one.kind for one in project.decisions()][:3] == ["pin", "kill", "undo"]
    assert all(project.thumbnail(one).startswith(b"RIFF") for one in (1, 2, 3))
    assert project.fingerprints().shape == (3, 56)


def test_an_older_project_is_brought_up_to_date_with_all_that_is_in_it(old):
    before, version = dump(old), version_of(old)
    with Project.open(old) as project:
        check_content(project)
        assert project.backup == old.with_name(f"old.backup-v{version}.layerforge")
        project.decide("pin", [3])  # and goes on
    assert version_of(old) == SCHEMA_VERSION
    assert check(old, tell=lambda what, share: None).ok
    assert names(old.parent) == [project.backup.name, "old.layerforge"]
    assert dump(project.backup) == before
    with Project.open(old) as again:
        assert again.backup is None
        assert again.branch(3).status == "pinned"


def test_fingerprints_and_thumbnails_of_version_1_are_told_apart(tmp_path):
    path = tmp_path / "v1.layerforge"
    build(1, path)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT * FROM thumbnails ORDER BY branch").fetchall()
    with Project.open(path) as project:
        assert [(one, project.thumbnail(one)) for one, _, _ in rows] == [
            (one, webp) for one, webp, _ in rows
        ]
        marks = np.stack([np.frombuffer(one, dtype=np.uint8) for _, _, one in rows])
        np.testing.assert_array_equal(project.fingerprints(), marks)


def test_a_taste_of_version_1_counts_on_and_without_one_there_is_room_for_it(tmp_path):
    path = tmp_path / "v1.layerforge"
    build(1, path, taste=True)
    with Project.open(path) as project:
        taste = project.brought_taste()
        assert (taste.encoder, taste.voters, taste.mean) == (
            "measures", ("order",), (0.5, -0.25, 0.0, 1.0),
        )  # fmt: skip
        assert project.decisions()[-1].kind == "compare"
    other = tmp_path / "without.layerforge"
    build(1, other)
    with Project.open(other) as project:
        assert project.brought_taste() is None
        project.bring_taste(taste)
        assert project.brought_taste() == taste


def test_what_older_versions_did_not_know_is_nothing(old):
    version = version_of(old)
    with Project.open(old) as project:
        assert project.source_weights() == {}
        if version == 1:
            assert [one.origin for one in project.branches()] == [None] * 4
            assert project.policy(1) is None


@pytest.mark.parametrize(
    ("settings", "off"), [('{"sources_off": ["%s", 7]}', True), ("{}", False), ("no JSON", False)]
)
def test_what_the_last_run_left_out_is_off(tmp_path, settings, off):
    path = tmp_path / "old.layerforge"
    build(2, path)
    with Project.open(path, read_only=True) as project:
        (source,) = project.sources()
    said = settings.replace("%s", source.id)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE runs SET settings = ?", (said,))
    with Project.open(path) as project:
        assert project.source_weights() == ({source.id: 0.0} if off else {})
        if off:
            assert project.runs()[0].settings == {"source_weights": {source.id: 0.0}}


def test_a_backup_is_never_written_over(old):
    version = version_of(old)
    first = old.with_name(f"old.backup-v{version}.layerforge")
    first.write_bytes(b"the only copy of something")
    with Project.open(old) as project:
        assert project.backup == old.with_name(f"old.backup-v{version}-2.layerforge")
    assert first.read_bytes() == b"the only copy of something"
    assert version_of(project.backup) == version


def test_reading_an_older_project_leaves_it_as_it_is(old):
    before = old.read_bytes()
    with Project.open(old, read_only=True) as project:
        check_content(project)
        with pytest.raises(ProjectError, match="read-only"):
            project.decide("pin", [1])
    assert old.read_bytes() == before
    assert names(old.parent) == ["old.layerforge"]
    assert check(old, tell=lambda what, share: None).ok


def test_an_older_project_that_was_not_closed_is_backed_up_with_its_journal(old):
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO decisions VALUES (9, 'now', 'kill', '[3]', NULL)")
        left = as_kill_leaves_it(old.parent)
    put_back(old.parent, left)
    with Project.open(old) as project:
        kept = project.decisions()
        assert kept[-1].kind == "kill"
    with closing(sqlite3.connect(project.backup)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM decisions").fetchone() == (len(kept),)
    assert names(old.parent) == [project.backup.name, "old.layerforge"]


def test_a_migration_that_fails_changes_nothing(old, monkeypatch):
    def half(connection):
        connection.execute("DROP TABLE thumbnails")
        connection.execute("SELECT * FROM nowhere")

    monkeypatch.setattr(migrations, "MIGRATIONS", {**migrations.MIGRATIONS, version_of(old): half})
    before = dump(old)
    with pytest.raises(ProjectError, match=r"old\.layerforge can't be opened: no such table"):
        Project.open(old)
    assert dump(old) == before
    monkeypatch.undo()
    with Project.open(old) as project:
        check_content(project)


def test_an_older_file_that_holds_something_else_is_not_migrated(old):
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(
            "CREATE TRIGGER t BEFORE DELETE ON thumbnails BEGIN DELETE FROM sources; END"
        )
    with pytest.raises(ProjectError, match="trigger 't', which is not ours"):
        Project.open(old)
    assert names(old.parent) == ["old.layerforge"]


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 99])
def test_a_newer_project_is_refused_in_one_line_and_left_alone(path, version):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(NewerVersion, match=rf"has version {version}.*update LayerForge") as one:
            Project.open(path, read_only=read_only)
        assert "\n" not in str(one.value)
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize("version", [0, -1])
def test_a_version_that_never_was_is_no_project(path, version):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(ProjectError, match="is not a LayerForge project"):
        Project.open(path)
