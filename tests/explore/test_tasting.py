import io

import numpy as np
import pytest
from PIL import Image

from layerforge.explore.events import Note, RoundDone
from layerforge.explore.exporting import best_branches
from layerforge.explore.importing import add_sources, read_sources
from layerforge.explore.judging import Opinion
from layerforge.explore.questions import NothingToAsk, living_ids, next_question
from layerforge.explore.stages import Batch
from layerforge.explore.taste_sharing import (
    CountedAlready,
    NothingLearned,
    bring_taste,
    read_taste,
    taste_of,
)
from layerforge.explore.tasted import palate_in, taste_report, tasted_branches
from layerforge.explore.tasting import Tasting
from layerforge.explore.yardsticks import last_panel
from layerforge.model.branch import ROOT
from layerforge.model.canvas import Canvas
from layerforge.project.decisions import Decision, choices
from layerforge.project.project import Project
from layerforge.scoring.panel import Panel, make_yardstick
from layerforge.scoring.taste_file import OtherEncoder, TasteFile, encode_taste
from layerforge.search.gate import Gate
from layerforge.search.proposal import Proposal
from layerforge.search.tree import Tree
from tests.explore.conftest import Exploration


@pytest.fixture(scope="module")
def explored(tmp_path_factory, samples):
    """A project explored once; to be copied, not changed."""
    path = tmp_path_factory.mktemp("explored") / "p.layerforge"
    with Project.create(path, canvas=Canvas(width=256, height=256)) as project:
        add_sources(project, read_sources([samples]))
        Exploration(project).run(budget=96, search_edge_px=96)
    return path


@pytest.fixture
def copy(explored, tmp_path):
    opened = []

    def make(name="copy"):
        path = tmp_path / f"{name}.layerforge"
        path.write_bytes(explored.read_bytes())
        opened.append(Project.open(path))
        return Exploration(opened[-1])

    yield make
    for project in opened:
        project.close()


def lightness(project, branch_id):
    with Image.open(io.BytesIO(project.thumbnail(branch_id))) as image:
        return np.asarray(image.convert("L")).mean()


def prefer_dark(project, count=40):
    """Answer ``count`` questions as somebody who likes dark pictures."""
    for _ in range(count):
        question = next_question(project)
        dark, light = sorted(
            (question.one, question.other), key=lambda one: lightness(project, one)
        )
        project.prefer(dark, light)


def test_it_learns_from_answers_and_moves_values_but_not_what_is_kept(copy):
    project = copy().project
    kept = project.branches()
    assert tasted_branches(project) == kept
    prefer_dark(project)
    assert project.branches() == kept
    (palate, field) = palate_in(project)
    assert palate.share > 0.15
    lights = [lightness(project, one) for one in field.ids]
    assert np.corrcoef(palate.worth(field), lights)[0, 1] < -0.7
    tasted = {branch.id: branch.score for branch in tasted_branches(project)[1:]}
    for branch in kept[1:]:
        votes = {**branch.score.parts, "taste": tasted[branch.id].parts["taste"]}
        joined = palate.panel.join({name: np.array([vote]) for name, vote in votes.items()})
        assert tasted[branch.id].value == pytest.approx(
            joined.values[0] - branch.score.fragility, abs=1e-9
        )
    top = best_branches(project, 5)
    assert top[0] == max(tasted, key=lambda one: tasted[one].value)
    while project.undo() is not None:
        pass
    assert tasted_branches(project) == kept


def test_a_run_agrees_with_what_is_derived_afterwards(copy):
    exploration = copy()
    project = exploration.project
    prefer_dark(project)
    finished = exploration.run(budget=80, seed=3, search_edge_px=96)
    notes = [event.text for event in exploration.events if isinstance(event, Note)]
    assert any("your taste counts for" in text for text in notes)
    living = living_ids(project.branches())
    best = max(
        (branch for branch in tasted_branches(project)[1:] if branch.id in living),
        key=lambda branch: branch.value,
    )
    # what is kept may have grown since the values were joined
    assert finished.best[1] == pytest.approx(best.value, abs=0.15)
    stored = project.branch(finished.best[0]).value  # without taste
    assert finished.best[1] != pytest.approx(stored, abs=1e-3)
    panel, _ = last_panel(project)
    for branch in project.branches()[1:]:
        assert "taste" not in branch.score.parts
        votes = {name: np.array([vote]) for name, vote in branch.score.parts.items()}
        plain = panel.join(votes).values[0]
        assert branch.value == pytest.approx(plain - branch.score.fragility, abs=1e-9)


def test_with_a_weight_of_0_answers_change_nothing(copy):
    silent, muted = copy("silent"), copy("muted")
    prefer_dark(muted.project, 20)
    silent.run(budget=32, seed=3, search_edge_px=96)
    muted.run(budget=32, seed=3, search_edge_px=96, weights={"taste": 0.0})
    assert silent.tree() == muted.tree()
    assert tasted_branches(muted.project) == muted.project.branches()


def test_with_taste_one_and_four_threads_give_the_same_tree(copy):
    one, four = copy("one"), copy("four")
    for exploration, threads in ((one, 1), (four, 4)):
        prefer_dark(exploration.project, 20)
        exploration.run(budget=32, seed=3, search_edge_px=96, threads=threads)
    assert one.tree() == four.tree()


def test_answers_given_while_it_runs_count_from_the_next_round_on(copy):
    exploration = copy()
    told = []

    def listen(event):
        told.append(event)
        if isinstance(event, RoundDone) and event.evaluated == 16:
            prefer_dark(exploration.project)

    exploration.run(budget=48, seed=3, search_edge_px=96, listener=listen)
    kinds = [
        "note" if isinstance(event, Note) else "round"
        for event in told
        if isinstance(event, Note | RoundDone)
    ]
    assert kinds[:2] == ["round", "note"]
    assert "your taste counts" in next(one.text for one in told if isinstance(one, Note))


def test_questions_are_about_the_living_and_repeat_until_answered(copy):
    project = copy().project
    first = next_question(project)
    assert next_question(project) == first
    others = [next_question(project, seed=seed) for seed in range(1, 9)]
    assert len({frozenset((one.one, one.other)) for one in others}) > 1  # not only other sides
    project.prefer(first.one, first.other)
    second = next_question(project)
    assert not {first.one, first.other} & {second.one, second.other}
    children = [branch.id for branch in project.branches() if branch.parent == 0]
    project.decide("kill", children[:-1])
    living = living_ids(project.branches())
    if len(living) > 2:
        question = next_question(project)
        assert {question.one, question.other} <= living
    project.decide("kill", children)
    with pytest.raises(NothingToAsk, match="fewer than two living branches"):
        next_question(project)


def test_a_project_without_branches_has_nothing_to_ask(tmp_path):
    with Project.create(tmp_path / "p.layerforge", canvas=Canvas(width=32, height=32)) as project:
        with pytest.raises(NothingToAsk, match="explore it first"):
            next_question(project)
        report = taste_report(project)
        assert (report.choices, report.accuracy, report.branches) == (0, None, ())


def test_the_report_counts_what_it_was_learned_from(copy):
    project = copy().project
    prefer_dark(project, 10)
    project.decide("pin", [1])
    project.decide("kill", [2, 3])
    report = taste_report(project)
    assert (report.choices, report.pinned, report.killed) == (10, 1, 2)
    assert 0.0 <= report.accuracy <= 1.0
    assert len(report.branches) == len(project.branches()) - 1
    assert all(one.deviation > 0.0 for one in report.branches)


def test_a_taste_learned_in_one_project_holds_in_another(copy, tmp_path):
    learned, other = copy("learned").project, copy("other").project
    with pytest.raises(NothingLearned, match="answer `layerforge ask`"):
        taste_of(learned)
    prefer_dark(learned)
    there, _ = palate_in(learned)
    file = tmp_path / "me.json"
    file.write_bytes(encode_taste(taste_of(learned)))
    assert len(file.read_bytes()) < 100_000
    assert str(learned.path.parent) not in file.read_text()
    bring_taste(other, read_taste(file))
    here, field = palate_in(other)
    assert 0.0 < here.share < there.share
    assert np.corrcoef(here.worth(field), there.worth(field))[0, 1] > 0.99
    assert (here.deviations(field) > there.deviations(field)).mean() > 0.9
    # own judgements of another mind win in the end
    for _ in range(40):
        question = next_question(other)
        light, dark = sorted((question.one, question.other), key=lambda one: -lightness(other, one))
        other.prefer(light, dark)
    turned, _ = palate_in(other)
    lights = [lightness(other, one) for one in field.ids]
    assert np.corrcoef(turned.worth(field), lights)[0, 1] > 0.3
    # and what is saved then holds both
    assert taste_of(other).judgements == pytest.approx(0.5 * 40 + 40)


def test_no_judgement_counts_twice(copy):
    """Neither in its own project, nor in a copy of it, nor by way of another one."""
    own, other, third = copy("own").project, copy("other").project, copy("third").project
    prefer_dark(own, 12)
    own.decide("pin", [2])
    twin = copy("twin").project
    winner, loser = choices(own.decisions())[0]
    twin.prefer(winner, loser)
    saved = taste_of(own)
    before = palate_in(own)[0].trust
    own.decide("kill", [3])  # there is more in it now than when it was saved
    own.undo()
    for project, known in ((own, 13), (twin, 1)):
        with pytest.raises(CountedAlready, match=f"from {known} judgements? that .* has itself"):
            bring_taste(project, saved)
    assert palate_in(own)[0].trust == before
    bring_taste(other, saved)
    once = palate_in(other)[0].trust
    with pytest.raises(CountedAlready, match=r"other\.layerforge has this taste already"):
        bring_taste(other, saved)
    assert palate_in(other)[0].trust == once
    other.decide("pin", [4])
    through = taste_of(other)
    with pytest.raises(CountedAlready, match="from 13 judgements that"):
        bring_taste(own, through)
    bring_taste(third, through)
    assert third.brought_taste() == through


def test_a_taste_seen_by_other_eyes_is_refused_or_left_aside(copy, hall):
    project = copy().project
    strange = TasteFile(
        encoder="clip", width=2, voters=(), mean=(1.0, 0.0), scale=(1.0, 1.0), precision=9.0,
        slope=1.0, accuracy=0.9,
    )  # fmt: skip
    with pytest.raises(OtherEncoder, match="seen by clip, here they are seen by measures"):
        bring_taste(project, strange)
    assert project.decisions() == []
    tree, gate, panel = hall
    tasting = Tasting(panel, encoder="e", weights={}, gate=gate, loaded=lambda: strange)
    assert "left aside: the taste was learned on pictures seen by clip" in tasting.learn([], tree)
    assert tasting.panel is panel


SIDES = 8


def opinion(place, *, vote=0.0):
    """An opinion on a picture that lies towards one of eight sides."""
    embedding = np.full(SIDES, 0.1, dtype=np.float32)
    embedding[place % SIDES] = 1.0
    return Opinion(votes={"order": vote}, embedding=embedding / np.linalg.norm(embedding))


@pytest.fixture
def hall():
    """A tree of 16 branches, all worth the same, with the gate, and a taste in between."""
    tree = Tree()
    tree.add(ROOT, parent=None, value=0.0, embedding=None)
    for one in range(1, 17):
        tree.add(
            one, parent=ROOT, value=-0.25, embedding=opinion(one).embedding, fragility=0.25,
            votes={"order": 0.0},
        )  # fmt: skip
    panel = Panel(make_yardstick("v", {"order": np.linspace(-1.0, 1.0, 9)}))
    gate = Gate(typical_distance=1.0, sources=np.zeros((0, SIDES), np.float32))
    return tree, gate, panel


LIKES_1 = [
    Decision(place, "compare", (9 if place % 2 else 1, 2 + place % 7)) for place in range(1, 30)
]


def batch_of(*places):
    return Batch(
        number=1,
        proposals=[Proposal(parent=ROOT, steps=(), canvas=Canvas(width=8, height=8))] * len(places),
        rendering=[],
        halved=False,
    )


def test_all_that_is_known_is_valued_anew_and_back(hall):
    tree, gate, panel = hall
    tasting = Tasting(panel, encoder="e", weights={}, gate=gate)
    assert tasting.learn([], tree) is None
    assert tasting.panel is panel
    seen = [opinion(1), None, opinion(3)]
    assert tasting.heard(batch_of(1, 2, 3), seen) == seen
    gate.remember([("", 0.0)] * 2)
    assert "counts for" in tasting.learn(LIKES_1, tree)
    values = {one: tree.nodes[one].value for one in range(1, 17)}
    assert values[1] == values[9] == max(values.values()) > values[3]
    assert tree.nodes[1].plain == pytest.approx(tree.nodes[1].value + 0.25)
    assert tree.plain_values()[0] == tree.nodes[1].plain
    # the gate remembers the same two candidates, but by what they are worth now
    liked, other = tasting.heard(batch_of(1, 3), [opinion(1), opinion(3)])
    assert gate.spread() == pytest.approx(abs(tree.nodes[1].plain - tree.nodes[3].plain) / 2)
    assert liked.votes["taste"] > other.votes["taste"]
    assert tasting.panel.support(liked.votes, tree.nodes[3].votes) == 0.75  # one sees no difference
    assert 0.25 + values[1] == pytest.approx(tasting.lift(liked.votes))
    assert tasting.without(liked.votes) == {"order": 0.0}
    assert tasting.learn(LIKES_1, tree) is None  # nothing new
    assert "no longer counts" in tasting.learn([*LIKES_1, *undone(LIKES_1)], tree)
    assert {node.value for node in tree.nodes.values() if node.id != ROOT} == {-0.25}
    assert tree.nodes[1].votes == {"order": 0.0}
    assert gate.spread() == 0.0


def undone(log):
    return [Decision(100 + one.id, "undo", (), refers_to=one.id) for one in log]


def test_it_looks_again_when_what_is_kept_has_doubled(hall):
    tree, gate, panel = hall
    tasting = Tasting(panel, encoder="e", weights={}, gate=gate)
    tasting.learn(LIKES_1, tree)
    before = tasting.panel
    for one in range(17, 32):
        tree.add(
            one, parent=ROOT, value=0.0, embedding=opinion(one).embedding, votes={"order": 0.5}
        )
        tasting.learn(LIKES_1, tree)
    assert tasting.panel is before
    tree.add(32, parent=ROOT, value=0.0, embedding=opinion(32).embedding, votes={"order": 0.5})
    tasting.learn(LIKES_1, tree)
    assert tasting.panel is not before
