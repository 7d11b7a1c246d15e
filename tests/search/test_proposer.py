from collections import Counter

import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import Picture
from layerforge.model.step import Call, Step
from layerforge.operations.fold import fold
from layerforge.operations.registry import build
from layerforge.search.proposer import ADD, MAX_STEPS, Proposer
from layerforge.search.traits import lacking

SOURCES = tuple(letter * 64 for letter in "abcd")
BLANK = Canvas(width=400, height=300)


def rngs(count):
    return (np.random.default_rng(seed) for seed in range(count))


def test_a_blank_canvas_gets_a_ground_and_another_picture_on_it():
    proposer = Proposer(sources=SOURCES, cutouts=frozenset(SOURCES[:2]))
    for rng in rngs(60):
        steps, canvas = proposer.compose(BLANK, rng=rng)
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
        _, canvas = proposer.compose(BLANK, rng=np.random.default_rng(1))
        assert len(list(canvas.source_ids())) >= 2


def test_compositions_have_1_to_4_steps_that_apply():
    proposer = Proposer(sources=SOURCES)
    lengths = Counter()
    for rng in rngs(150):
        _, canvas = proposer.compose(BLANK, rng=rng)
        steps, after = proposer.compose(canvas, rng=rng)
        lengths[len(steps)] += 1
        assert fold(steps, canvas) == after
        assert after != canvas
        for step in steps:
            build(step.operation)  # every parameter in range
    assert set(lengths) == set(range(1, MAX_STEPS + 1))


def test_the_same_generator_gives_the_same_composition():
    proposer = Proposer(sources=SOURCES)
    first = proposer.compose(BLANK, rng=np.random.default_rng(3))
    assert proposer.compose(BLANK, rng=np.random.default_rng(3)) == first
    assert proposer.compose(BLANK, rng=np.random.default_rng(4)) != first


def test_there_are_never_more_layers_than_allowed():
    proposer = Proposer(sources=SOURCES, max_layers=3)
    canvas = BLANK
    rng = np.random.default_rng(0)
    for _ in range(40):
        before = len(canvas.layers)
        steps, canvas = proposer.compose(canvas, rng=rng)
        added = sum(step.operation.name == ADD for step in steps)
        assert added == 0 or before + added <= 3 or before == 0


def test_without_noise_a_mutation_changes_no_parameter():
    proposer = Proposer(sources=SOURCES, noise=0.0)
    for rng in rngs(20):
        steps, _ = proposer.compose(BLANK, rng=rng)
        varied, _ = proposer.mutate(steps, BLANK, rng=rng)
        assert varied[: len(steps)] == steps


def test_more_noise_moves_parameters_further():
    steps = (
        Step(operation=Call(name=ADD, parameters=_plain_add(SOURCES[0], "ground"))),
        Step(operation=Call(name="blur.gaussian", parameters={"radius": 0.01}), target="ground"),
    )
    moved = {}
    for noise in (0.02, 0.3):
        proposer = Proposer(sources=SOURCES, noise=noise)
        moved[noise] = np.mean(
            [
                abs(
                    np.log(
                        proposer.mutate(steps, BLANK, rng=rng)[0][1].operation.parameters["radius"]
                        / 0.01
                    )
                )
                for rng in rngs(60)
            ]
        )
    assert 0.0 < moved[0.02] * 4 < moved[0.3]


def test_a_mutation_of_steps_that_no_longer_apply_is_refused():
    steps = (Step(operation=Call(name="blur.gaussian", parameters={"radius": 0.01}), target="x"),)
    with pytest.raises(StepDoesNotApply, match="no step"):
        Proposer(sources=SOURCES).mutate(steps, BLANK, rng=np.random.default_rng(0))


def test_nothing_is_tried_in_vain_on_layers_that_lack_what_it_needs():
    """Shadows of sheets that cover the canvas, masks turned over where there are none."""
    proposer = Proposer(sources=SOURCES, aspects=dict.fromkeys(SOURCES, 4 / 3))
    needing = Counter()
    for rng in rngs(300):
        _, canvas = proposer.compose(BLANK, rng=rng)
        for _ in range(3):
            steps, _ = proposer.compose(canvas, rng=rng)
            for step in steps:
                operation = build(step.operation)
                needing.update(operation.needs)
                lacks = lacking(canvas, cutouts=frozenset(), aspects=proposer.aspects)
                assert not operation.needs & lacks.get(step.target, frozenset()), step
                canvas = fold([step], canvas)
    assert set(needing) == {"edge", "mask", "background"}


def test_a_picture_borrows_from_others_not_from_itself():
    proposer = Proposer(sources=SOURCES[:2])
    borrowed = 0
    for rng in rngs(300):
        _, canvas = proposer.compose(BLANK, rng=rng)
        steps, _ = proposer.compose(canvas, rng=rng)
        for step in steps:
            content = None
            if any(layer.id == step.target for layer in canvas.layers):
                content = canvas.layer(step.target).content
            if isinstance(content, Picture) and "source" in step.operation.parameters:
                borrowed += 1
                assert step.operation.parameters["source"] != content.source
            canvas = fold([step], canvas)
    assert borrowed >= 3


def _plain_add(source, layer):
    return {
        "source": source,
        "layer": layer,
        "fit": "cover",
        "scale": 1.0,
        "x": 0.0,
        "y": 0.0,
        "angle": 0.0,
        "flip": False,
    }
