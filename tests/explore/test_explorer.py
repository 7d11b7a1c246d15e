import multiprocessing
import sqlite3
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing

import numpy as np
import pytest

from layerforge.explore import workbench
from layerforge.explore.events import Finished, Note, RoundDone, Started
from layerforge.explore.explorer import Explorer, NoSources
from layerforge.explore.jobs import Control
from layerforge.explore.settings import ExploreSettings
from layerforge.model.canvas import Canvas
from layerforge.operations.fold import fold
from layerforge.project.project import Project
from layerforge.scoring.scorer import Verdict
from layerforge.scoring.voters import MeasuresScorer
from tests.explore.conftest import Exploration


def test_a_run_fills_the_tree_and_counts_every_candidate(make_exploration):
    exploration = make_exploration()
    finished = exploration.run(budget=50)
    assert finished.evaluated == 50
    assert finished.admitted == len(exploration.project.branches()) - 1 > 2
    assert finished.evaluated == finished.admitted + sum(finished.rejected.values())
    assert finished.best[1] == max(one.value for one in exploration.project.branches()[1:])
    assert not finished.stopped
    kinds = [type(event) for event in exploration.events]
    assert (kinds[0], kinds[-1]) == (Started, Finished)
    rounds = [event for event in exploration.events if isinstance(event, RoundDone)]
    assert [event.evaluated for event in rounds] == [16, 32, 48, 50]
    told = [branch for event in rounds for branch in event.branches]
    assert told == list(exploration.project.branches()[1:])


def test_every_kept_branch_can_be_made_again_from_its_history(make_exploration):
    exploration = make_exploration()
    exploration.run()
    project = exploration.project
    for branch in project.branches()[1:]:
        canvas = fold(project.history(branch.id), project.canvas)
        assert len(list(canvas.source_ids())) >= 2
        assert project.thumbnail(branch.id)[8:12] == b"WEBP"
        assert 0 <= branch.score.parts["order"] <= 1


@pytest.mark.parametrize("strategy", ["beam", "random"])
def test_one_and_four_threads_give_the_same_tree(make_exploration, strategy):
    one, four = make_exploration("one"), make_exploration("four")
    one.run(threads=1, strategy=strategy, budget=80)
    four.run(threads=4, strategy=strategy, budget=80)
    assert one.tree() == four.tree()
    other = make_exploration("other")
    other.run(threads=4, strategy=strategy, budget=80, seed=8)
    assert other.tree() != four.tree()


def test_worker_processes_give_the_same_tree_as_threads(make_exploration):
    """The executor's seam: work is handed over as plain values, and may run anywhere."""
    threads, processes = make_exploration("threads"), make_exploration("processes")
    threads.run(budget=32)
    sources = {
        source.id: processes.project.source_bytes(source.id)
        for source in processes.project.sources()
    }
    with ProcessPoolExecutor(
        1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=workbench.install,
        initargs=("far", sources, MeasuresScorer(), 1 << 26),
    ) as executor:
        processes.run(budget=32, executor=executor, workbench_name="far")
    assert processes.tree() == threads.tree()


def test_an_own_executor_is_not_shut_down(make_exploration):
    with ThreadPoolExecutor(2) as executor:
        make_exploration().run(budget=16, executor=executor)
        assert executor.submit(lambda: 5).result() == 5


def test_exploring_goes_on_from_what_is_kept(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=48)
    first = exploration.tree()
    exploration.run(budget=192, seed=9)
    second = exploration.tree()
    assert second[: len(first)] == first
    assert len(second) > len(first)
    assert [branch.id for branch in exploration.project.branches()] == list(range(len(second)))
    assert any(
        {branch.parent, branch.origin} & set(range(1, len(first)))
        for branch in exploration.project.branches()[len(first) :]
    )
    assert [run.seed for run in exploration.project.runs()] == [7, 9]
    assert exploration.project.rounds_done() == 15


def test_a_run_that_was_ended_before_its_first_round_is_repeated_exactly(make_exploration):
    undisturbed, exploration = make_exploration("undisturbed"), make_exploration()
    undisturbed.run(budget=80)
    exploration.run(budget=80)
    path = exploration.project.path
    with closing(sqlite3.connect(path)) as connection:
        # as it is left by a kill once the run knows what is usual
        tables = ("scores", "embeddings", "fingerprints", "thumbnails", "branches WHERE id > 0")
        for table in (*tables, "policies", "rounds"):
            connection.execute(f"DELETE FROM {table}")
        connection.commit()
    assert exploration.project.runs()[0].reference
    exploration.run(budget=80)
    assert exploration.tree() == undisturbed.tree()


def test_killed_branches_never_grow_and_pinned_ones_grow_more(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=64)
    project = exploration.project
    before = len(project.branches())
    parents = [branch for branch in project.branches()[1:] if branch.depth == 1]
    killed = [branch.id for branch in parents[: len(parents) // 2]]
    pinned = parents[-1].id
    project.decide("kill", killed)
    project.decide("pin", [pinned])
    dead = set(killed)
    for branch in project.branches()[1:]:
        if branch.parent in dead:
            dead.add(branch.id)
    exploration.run(budget=160, seed=1)
    new = project.branches()[before:]
    assert new
    assert not dead & {one for branch in new for one in (branch.parent, branch.origin)}
    assert project.branch(pinned).status == "pinned"
    grown = sum(pinned in (branch.parent, branch.origin) for branch in new)
    rivals = [one.id for one in parents if one.id not in dead and one.id != pinned]
    stems = [one for branch in new for one in (branch.parent, branch.origin)]
    others = sum(one in rivals for one in stems) / len(rivals)
    assert grown > 2 * others
    project.decide("reset", killed)
    exploration.run(budget=96, seed=2, strategy="random")
    assert dead & {branch.parent for branch in project.branches()}


def test_stopping_keeps_the_finished_rounds(make_exploration):
    exploration = make_exploration()
    control = Control()

    def listen(event):
        if isinstance(event, RoundDone) and event.round == 2:
            control.stop()

    finished = exploration.run(budget=10_000, control=control, listener=listen)
    assert finished.stopped
    assert 32 <= finished.evaluated < 200
    assert exploration.project.rounds_done() == finished.evaluated // 16
    assert exploration.project.runs()[0].ended_at is not None


def test_pausing_holds_the_work_until_it_goes_on(make_exploration):
    exploration = make_exploration()
    control = Control()
    reached = threading.Event()

    def listen(event):
        if isinstance(event, RoundDone) and event.round == 1:
            control.pause()
            reached.set()

    # the project is safe in many threads: here it is explored in another one
    with ThreadPoolExecutor(1) as other:
        running = other.submit(exploration.run, budget=64, control=control, listener=listen)
        assert reached.wait(30)
        assert not running.done()
        held = exploration.project.rounds_done()
        assert not threading.Event().wait(0.5)
        assert exploration.project.rounds_done() == held < 4
        control.resume()
        assert running.result(60).evaluated == 64


def test_a_project_without_sources_is_an_error(tmp_path):
    with (
        Project.create(tmp_path / "p.layerforge", canvas=Canvas(width=9, height=9)) as project,
        pytest.raises(NoSources, match="no source images"),
    ):
        Exploration(project).run()


class Brightness:
    """A scorer of another name: the mean of each channel."""

    name = "brightness"
    description = "mean brightness"
    batch_size = 5

    def judge(self, pictures):
        means = pictures.reshape(len(pictures), -1, 3).mean(axis=1)
        vectors = (means + 1.0).astype(np.float32)
        return Verdict(
            values=means.mean(axis=1).astype(np.float64),
            embeddings=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        )


def test_another_scorer_judges_the_kept_branches_again_first(make_exploration):
    exploration = make_exploration()
    exploration.run(budget=32)
    project = exploration.project
    kept = project.branches()[1:]
    exploration.run(budget=16, scorer=Brightness(), seed=3)
    again = project.branches()[1 : len(kept) + 1]
    sample = np.array(project.runs()[-1].reference["yardstick"]["votes"]["brightness"])
    for branch in again:
        assert set(branch.score.parts) == {"brightness"}
        # its own picture and four changed ones, in deviations from the sample; the second least
        seen = np.array([branch.score.parts["brightness"], *branch.score.trials["brightness"]])
        scaled = (seen - sample.mean()) / sample.std()
        assert branch.value == pytest.approx(np.sort(np.clip(scaled, -4, 4))[1])
    assert len(set(project.judges().values())) == 1
    assert any(isinstance(event, Note) and "again" in event.text for event in exploration.events)


def test_a_broken_operation_costs_only_its_candidates(make_exploration, monkeypatch):
    from layerforge.operations.blur import GaussianBlur
    from layerforge.operations.registry import toolbox

    def fail(self, pixels, at):
        raise ZeroDivisionError("as a plug-in might")

    monkeypatch.setattr(GaussianBlur, "render", fail)
    monkeypatch.setattr(GaussianBlur, "weight", 60.0)
    assert toolbox().operations["blur.gaussian"] is GaussianBlur
    exploration = make_exploration()
    finished = exploration.run(budget=48)
    assert finished.evaluated == 48
    assert finished.rejected["failed"] > 0
    notes = [event.text for event in exploration.events if isinstance(event, Note)]
    assert any("ZeroDivisionError: as a plug-in might" in text for text in notes)
    assert finished.admitted > 0


@pytest.mark.parametrize("neighbours", [1, 9])
def test_a_run_measures_novelty_to_as_many_neighbours_as_it_was_told(make_exploration, neighbours):
    project = make_exploration().project
    settings = ExploreSettings(budget=64, seed=7, search_edge_px=64, neighbours=neighbours)
    explorer = Explorer(project, settings, MeasuresScorer(), listener=lambda event: None)
    explorer.run()
    kept = {one: row.astype(float) for one, row in project.embeddings(encoder="measures").items()}
    sources = [row.astype(float) for row in project.source_embeddings(encoder="measures")]
    unit = {one: row / np.linalg.norm(row) for one, row in enumerate([*kept.values(), *sources])}
    for place, one in enumerate(kept):
        distances = sorted(1.0 - unit[place] @ row for other, row in unit.items() if other != place)
        wanted = np.mean(distances[:neighbours])
        assert explorer._tree.novelty([one])[0] == pytest.approx(wanted, abs=1e-4)
