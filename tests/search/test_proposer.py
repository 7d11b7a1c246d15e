import contextlib
from collections import Counter

import numpy as np
import pytest

from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import Picture
from layerforge.operations.fold import fold
from layerforge.operations.registry import build, families
from layerforge.search.draft import ADD, contexts_of
from layerforge.search.policy import Indifferent
from layerforge.search.proposer import EDIT_SHARE, MAX_STEPS, Proposer
from layerforge.search.traits import lacking
from tests.search.pieces import BLANK, SOURCES, add, rngs, step


def compose(proposer, canvas, rng):
    draft = proposer.compose(canvas, rng=rng)
    return tuple(draft.steps), draft.canvas


def test_a_blank_canvas_gets_a_ground_and_another_picture_on_it():
    proposer = Proposer(sources=SOURCES, cutouts=frozenset(SOURCES[:2]))
    for rng in rngs(60):
        steps, canvas = compose(proposer, BLANK, rng)
        ground, second = steps[0].operation, steps[1].operation
        assert ground.name == second.name == ADD
        assert ground.parameters["fit"] == "cover"
        assert ground.parameters["scale"] >= 1.0
        assert (ground.parameters["x"], ground.parameters["angle"]) == (0.0, 0.0)
        assert ground.parameters["source"] not in SOURCES[:2]  # cut-outs lie on top
        assert ground.parameters["source"] != second.parameters["source"]
        assert fold(steps, BLANK) == canvas


def test_cutouts_alone_and_a_single_source_still_make_collages():
    for sources, cutouts in ((SOURCES[:1], ()), (SOURCES[:2], SOURCES[:2])):
        proposer = Proposer(sources=sources, cutouts=frozenset(cutouts))
        _, canvas = compose(proposer, BLANK, np.random.default_rng(1))
        assert len(list(canvas.source_ids())) >= 2


def test_compositions_have_1_to_4_steps_that_apply():
    proposer = Proposer(sources=SOURCES)
    lengths = Counter()
    for rng in rngs(150):
        _, canvas = compose(proposer, BLANK, rng)
        steps, after = compose(proposer, canvas, rng)
        lengths[len(steps)] += 1
        assert fold(steps, canvas) == after
        assert after != canvas
        for one in steps:
            build(one.operation)  # every parameter in range
    assert set(lengths) == set(range(1, MAX_STEPS + 1))


def test_the_same_generator_gives_the_same_composition():
    proposer = Proposer(sources=SOURCES)
    first = compose(proposer, BLANK, np.random.default_rng(3))
    assert compose(proposer, BLANK, np.random.default_rng(3)) == first
    assert compose(proposer, BLANK, np.random.default_rng(4)) != first


def test_there_are_never_more_layers_than_allowed():
    proposer = Proposer(sources=SOURCES, max_layers=3)
    canvas = BLANK
    rng = np.random.default_rng(0)
    for _ in range(40):
        before = len(canvas.layers)
        steps, canvas = compose(proposer, canvas, rng)
        added = sum(step.operation.name == ADD for step in steps)
        assert added == 0 or before + added <= 3 or before == 0


def test_without_noise_a_mutation_moves_no_parameter():
    proposer = Proposer(sources=SOURCES)
    same = 0
    for rng in rngs(60):
        steps, _ = compose(proposer, BLANK, rng)
        varied = tuple(proposer.mutate(steps, BLANK, noise=0.0, rng=rng).steps)
        same += varied[: len(steps)] == steps
        # what an edit did not touch is as it was
        assert sum(one in steps for one in varied) >= len(varied) - 2
    assert same / 60 == pytest.approx(1.0 - EDIT_SHARE, abs=0.15)


def test_more_noise_moves_parameters_further():
    steps = (add("ground"), step("blur.gaussian", "ground", radius=0.01))
    proposer = Proposer(sources=SOURCES)
    moved = {}
    for noise in (0.02, 0.3):
        radii = []
        for rng in rngs(60):
            with contextlib.suppress(StepDoesNotApply):  # such as where the picture is dropped
                varied = proposer.mutate(steps, BLANK, noise=noise, rng=rng).steps
                radii += [
                    one.operation.parameters["radius"]
                    for one in varied
                    if one.operation.name == "blur.gaussian"
                ]
        assert len(radii) > 40
        moved[noise] = np.mean(np.abs(np.log(np.array(radii) / 0.01)))
    assert 0.0 < moved[0.02] * 4 < moved[0.3]


def test_a_mutation_of_steps_that_no_longer_apply_is_refused():
    steps = (step("blur.gaussian", "x", radius=0.01),)
    with pytest.raises(StepDoesNotApply, match="no step"):
        Proposer(sources=SOURCES).mutate(steps, BLANK, noise=0.1, rng=np.random.default_rng(0))


def test_nothing_is_tried_in_vain_on_layers_that_lack_what_it_needs():
    """Shadows of sheets that cover the canvas, masks turned over where there are none."""
    proposer = Proposer(sources=SOURCES, aspects=dict.fromkeys(SOURCES, 4 / 3))
    needing = Counter()
    for rng in rngs(600):
        _, canvas = compose(proposer, BLANK, rng)
        for _ in range(3):
            steps, _ = compose(proposer, canvas, rng)
            for one in steps:
                operation = build(one.operation)
                needing.update(operation.needs)
                lacks = lacking(canvas, cutouts=frozenset(), aspects=proposer.aspects)
                assert not operation.needs & lacks.get(one.target, frozenset()), one
                canvas = fold([one], canvas)
    assert set(needing) == {"edge", "mask", "background"}


def test_a_picture_borrows_from_others_not_from_itself():
    proposer = Proposer(sources=SOURCES[:2])
    borrowed = 0
    for rng in rngs(300):
        _, canvas = compose(proposer, BLANK, rng)
        steps, _ = compose(proposer, canvas, rng)
        for one in steps:
            content = None
            if any(layer.id == one.target for layer in canvas.layers):
                content = canvas.layer(one.target).content
            if isinstance(content, Picture) and "source" in one.operation.parameters:
                borrowed += 1
                assert one.operation.parameters["source"] != content.source
            canvas = fold([one], canvas)
    assert borrowed >= 3


def test_steps_remember_where_they_were_drawn():
    proposer = Proposer(sources=SOURCES)
    for rng in rngs(20):
        draft = proposer.compose(BLANK, rng=rng)
        assert draft.contexts[0] == "first blank"
        assert draft.contexts[1] == "layout canvas of few"
        canvases = [fold(draft.steps[:count], BLANK) for count in range(len(draft.steps) + 1)]
        assert contexts_of(draft.steps, canvases) == tuple(draft.contexts)


def test_a_preference_decides_how_often_operations_are_drawn():
    class OnlyBlur(Indifferent):
        def draw(self, names, *, context, rng):
            return np.array([1.0 if name.startswith("blur.") else 1e-9 for name in names])

    canvas = fold([add("a"), add("b")], BLANK)
    proposer = Proposer(sources=SOURCES, preference=OnlyBlur())
    for rng in rngs(10):
        for one in proposer.compose(canvas, rng=rng).steps:
            assert one.operation.name.startswith("blur.")


def test_sources_are_drawn_by_their_weights():
    heavy, light = SOURCES[:2]
    used = Counter()
    proposer = Proposer(sources=SOURCES[:2], weights={heavy: 3.0, light: 0.5})
    for rng in rngs(300):
        steps, _ = compose(proposer, BLANK, rng)
        used[steps[0].operation.parameters["source"]] += 1
    # 6 of 7 on average, 257 of 300: four standard deviations are 24
    assert used[heavy] + used[light] == 300
    assert abs(used[heavy] - 300 * 6 / 7) < 25


def test_no_operation_of_a_family_that_is_off_is_drawn():
    off = frozenset({"blending", "color", "tone", "warp"})
    proposer = Proposer(sources=SOURCES, families_off=off)
    others = Counter()
    for rng in rngs(120):
        steps, _ = compose(proposer, BLANK, rng)
        with contextlib.suppress(StepDoesNotApply):
            steps += tuple(proposer.mutate(steps, BLANK, noise=0.2, rng=rng).steps)
        families = Counter(one.operation.name.partition(".")[0] for one in steps)
        assert not families.keys() & off
        others.update(families)
    assert len(others) > 5


def test_where_all_families_are_off_pictures_lie_on_each_other():
    every = frozenset(families())
    for rng in rngs(5):
        steps, canvas = compose(Proposer(sources=SOURCES, families_off=every), BLANK, rng)
        assert [one.operation.name for one in steps] == [ADD, ADD]
        with pytest.raises(StepDoesNotApply):
            Proposer(sources=SOURCES, families_off=every).compose(canvas, rng=rng)
