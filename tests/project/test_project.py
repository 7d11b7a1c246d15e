import sqlite3

import numpy as np
import pytest

from layerforge.model.branch import ROOT, Branch
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, NewerVersion, SourceMissing
from layerforge.model.score import Score
from layerforge.model.source import Source, source_id_of
from layerforge.model.step import Call, Step
from layerforge.project.errors import ProjectError
from layerforge.project.project import Project
from layerforge.project.records import NewBranch, Round
from layerforge.project.schema import APPLICATION_ID

CANVAS = Canvas(width=320, height=240, background=(0.5, 0.5, 0.5))
BLUR = Step(operation=Call(name="blur.gaussian", parameters={"radius": 0.01}))


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.layerforge", canvas=CANVAS) as made:
        yield made


def begin_run(project, scorer="measures"):
    return project.begin_run(
        settings={"budget": 10}, seed=7, scorer=scorer, scorer_description="d", versions={"a": "1"}
    )


def new_branch(branch_id, parent, *, depth, run, value=0.5, steps=(BLUR,), origin=None):
    return NewBranch(
        branch=Branch(
            id=branch_id,
            parent=parent,
            steps=steps,
            depth=depth,
            round=1,
            run=run,
            origin=origin,
            score=Score(value=value, parts={"order": value / 2}),
        ),
        embedding=np.array([0.6, 0.8], dtype=np.float16),
        thumbnail=b"webp",
        fingerprint=np.full(56, branch_id, dtype=np.uint8),
    )


def commit(project, *branches, number=1, run=1, policy=None):
    project.commit_round(
        Round(
            number=number,
            run=run,
            judge="j",
            encoder="measures",
            evaluated=16,
            rejected={"blank": 2},
            seconds=0.5,
            branches=branches,
            policy=policy,
        )
    )


def make_tree(project):
    """0 → 1 → 2, 0 → 3."""
    run = begin_run(project)
    commit(
        project,
        new_branch(1, ROOT, depth=1, run=run),
        new_branch(2, 1, depth=2, run=run, value=0.75),
        new_branch(3, ROOT, depth=1, run=run),
        run=run,
    )


def test_a_new_project_holds_the_blank_canvas_as_root(project):
    assert project.canvas == CANVAS
    (root,) = project.branches()
    assert (root.id, root.parent, root.steps, root.status) == (ROOT, None, (), "open")
    assert project.history(ROOT) == ()


def test_what_was_kept_is_there_after_reopening(project):
    make_tree(project)
    kept = project.branches()
    path = project.path
    project.close()
    with Project.open(path) as again:
        assert again.branches() == kept
        assert [branch.parent for branch in kept] == [None, 0, 1, 0]
        assert kept[2].score == Score(value=0.75, parts={"order": 0.375})
        assert again.thumbnail(2) == b"webp"
        assert again.embeddings(encoder="measures")[1].tolist() == pytest.approx(
            [0.6, 0.8], abs=1e-3
        )
        assert again.embeddings(encoder="clip") == {}
        assert again.rounds_done() == 1
        assert again.encoder() == "measures"
        assert again.judges() == {1: "j", 2: "j", 3: "j"}
        assert [one.tolist() for one in again.fingerprints()] == [[1] * 56, [2] * 56, [3] * 56]
        (run,) = again.runs()
        assert (run.seed, run.scorer, run.settings, run.versions) == (
            7,
            "measures",
            {"budget": 10},
            {"a": "1"},
        )


def test_history_goes_from_the_root_down(project):
    run = begin_run(project)
    steps = [
        Step(operation=Call(name="blur.gaussian", parameters={"radius": 0.01 * (place + 1)}))
        for place in range(3)
    ]
    commit(
        project,
        new_branch(1, ROOT, depth=1, run=run, steps=(steps[0],)),
        new_branch(2, 1, depth=2, run=run, steps=(steps[1], steps[2])),
        run=run,
    )
    assert project.history(2) == tuple(steps)


def test_a_round_is_kept_whole_or_not_at_all(project):
    run = begin_run(project)
    with pytest.raises(sqlite3.IntegrityError):
        # branch 2 hangs on a branch that is not there
        commit(
            project,
            new_branch(1, ROOT, depth=1, run=run),
            new_branch(2, 99, depth=2, run=run),
            run=run,
        )
    assert len(project.branches()) == 1
    assert project.rounds_done() == 0


def test_sources_are_kept_once_with_their_bytes(project):
    source = Source(id=source_id_of(b"bytes"), name="a.png", width=3, height=2)
    assert project.add_source(source, b"bytes")
    assert not project.add_source(source, b"bytes")
    assert project.sources() == (source,)
    assert project.source_bytes(source.id) == b"bytes"
    with pytest.raises(SourceMissing):
        project.source_bytes("0" * 64)


def test_a_recipe_names_only_the_sources_it_uses_and_no_file_names(project):
    used = Source(id=source_id_of(b"u"), name="me at home.png", width=3, height=2)
    other = Source(id=source_id_of(b"o"), name="b.png", width=3, height=2)
    project.add_source(used, b"u")
    project.add_source(other, b"o")
    run = begin_run(project)
    add = Step(operation=Call(name="layout.add_picture", parameters={"source": used.id}))
    commit(project, new_branch(1, ROOT, depth=1, run=run, steps=(add,)), run=run)
    recipe = project.recipe(1, versions={"layerforge": "1"})
    assert [one.id for one in recipe.sources] == [used.id]
    assert "me at home" not in repr(recipe)
    assert recipe.canvas == CANVAS


def test_rescoring_replaces_scores_and_some_embeddings(project):
    make_tree(project)
    full = Score(
        value=5.0,
        parts={"a": -1.5},
        spread=0.25,
        percentile=99.0,
        fragility=-0.5,
        hull_distance=0.75,
        trials={"a": (1.0, 2.0)},
    )
    project.rescore(
        {1: full, 2: Score(value=-1.0)},
        judge="other",
        embeddings={1: np.array([1.0], dtype=np.float16)},
        encoder="clip",
    )
    assert project.branch(1).score == full
    assert project.branch(2).value == -1.0
    assert project.judges() == {1: "other", 2: "other", 3: "j"}
    assert set(project.embeddings(encoder="clip")) == {1}
    assert set(project.embeddings(encoder="measures")) == {2, 3}


def test_embeddings_of_sources_are_those_of_the_last_look(project):
    source = Source(id=source_id_of(b"x"), name="x", width=1, height=1)
    project.add_source(source, b"x")
    for values in ((0.5, 0.25), (1.0, 2.0)):
        plain, mirrored = (np.array([value], dtype=np.float16) for value in values)
        project.set_source_embeddings(
            {(source.id, True): mirrored, (source.id, False): plain}, encoder="e"
        )
    assert [vector.tolist() for vector in project.source_embeddings(encoder="e")] == [[1.0], [2.0]]
    assert project.source_embeddings(encoder="f") == []


def statuses(project):
    return [branch.status for branch in project.branches()]


def test_decisions_undo_and_redo(project):
    make_tree(project)
    project.decide("pin", [1, 2])
    project.decide("kill", [2])
    assert statuses(project) == ["open", "pinned", "killed", "open"]
    assert project.undo().kind == "kill"
    assert statuses(project) == ["open", "pinned", "pinned", "open"]
    assert project.undo().kind == "pin"
    assert statuses(project) == ["open"] * 4
    assert project.undo() is None
    assert project.redo().kind == "pin"
    assert project.redo().kind == "kill"
    assert project.redo() is None
    assert statuses(project) == ["open", "pinned", "killed", "open"]
    project.decide("reset", [1, 2])
    assert statuses(project) == ["open"] * 4
    project.undo()
    project.decide("pin", [3])
    assert project.redo() is None  # a new decision ends what could be redone
    assert statuses(project) == ["open", "pinned", "killed", "pinned"]


def test_decisions_survive_reopening_and_can_still_be_undone(project):
    make_tree(project)
    project.decide("pin", [1])
    path = project.path
    project.close()
    with Project.open(path) as again:
        assert statuses(again)[1] == "pinned"
        again.undo()
        assert statuses(again)[1] == "open"


def test_what_a_run_learned_is_kept_with_its_round(project):
    one, other = begin_run(project), begin_run(project)
    assert project.policy(one) is None
    for number, policy in enumerate([{"blur": 1.5}, {"blur": [2, None]}, None], start=1):
        commit(project, number=number, run=one, policy=policy)
    assert project.policy(one) == {"blur": [2, None]}
    assert project.policy(other) is None
    with pytest.raises(sqlite3.IntegrityError):  # all or nothing: that round is there already
        commit(project, number=3, run=one, policy={"blur": 9.0})
    assert project.policy(one) == {"blur": [2, None]}


def test_a_branch_may_stem_from_another_than_it_grows_from(project):
    make_tree(project)
    commit(project, new_branch(4, ROOT, depth=1, run=1, origin=2), number=2)
    assert project.branch(4).origin == 2
    assert [one.origin for one in project.branches()] == [None, None, None, None, 2]
    assert [one.origin for one in project.outline()] == [None, None, None, 2]


def test_a_missing_branch_is_named_and_nothing_is_decided(project):
    make_tree(project)
    with pytest.raises(ProjectError, match="no branch 77"):
        project.decide("kill", [1, 77])
    assert statuses(project) == ["open"] * 4
    with pytest.raises(ProjectError, match="no branch 77"):
        project.history(77)


def test_the_root_cannot_be_killed(project):
    with pytest.raises(InvalidValue, match="root"):
        project.decide("kill", [ROOT])


@pytest.mark.parametrize(
    "content", [b"", b"hello, I am no database", b"SQLite format 3\x00" + b"x" * 200]
)
def test_a_file_that_is_no_project_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "x.layerforge"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=r"x\.layerforge is not a LayerForge project"):
        Project.open(path)
    assert path.read_bytes() == content
    with pytest.raises(ProjectError, match="exists already"):
        Project.create(path, canvas=CANVAS)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "bookmarks.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE project (one)")
    connection.commit()
    connection.close()
    with pytest.raises(ProjectError, match="not a LayerForge project"):
        Project.open(path)


def test_a_newer_project_is_refused(project):
    path = project.path
    project.close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerVersion, match="99"):
        Project.open(path)


def test_missing_and_impossible_paths(tmp_path):
    with pytest.raises(ProjectError, match="no such project"):
        Project.open(tmp_path / "none.layerforge")
    assert not (tmp_path / "none.layerforge").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectError, match="can't be"):
        Project.create(tmp_path / "file" / "p.layerforge", canvas=CANVAS)
    with pytest.raises(ProjectError, match="can't be"):
        Project.create(tmp_path / "no folder" / "p.layerforge", canvas=CANVAS)
