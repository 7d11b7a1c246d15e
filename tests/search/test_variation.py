from collections import Counter

import numpy as np
import pytest

from layerforge.operations.fold import fold
from layerforge.operations.registry import build
from layerforge.search.variation import (
    EDITS,
    Surroundings,
    change_source,
    drop,
    edited,
    repeat,
    replace_operation,
    swap,
)
from tests.search.pieces import BLANK, SOURCES, add, rngs, step

STEPS = (
    add("one"),
    step("blur.gaussian", "one", radius=0.01),
    step("tone.exposure", None, stops=0.5),
)


def at(seed=0, sources=SOURCES):
    return Surroundings(sources=sources, rng=np.random.default_rng(seed))


def test_dropping_leaves_all_but_one_in_order():
    for seed in range(10):
        left = drop(STEPS, at(seed))
        assert len(left) == 2
        assert left in [STEPS[1:], STEPS[:2], (STEPS[0], STEPS[2])]
    assert drop(STEPS[:1], at()) == STEPS[:1]


def test_swapping_exchanges_neighbours():
    first, second, third = STEPS
    seen = [swap(STEPS, at(seed)) for seed in range(10)]
    assert all(one in [(second, first, third), (first, third, second)] for one in seen)
    assert seen.count(seen[0]) < len(seen)
    assert swap(STEPS[:1], at()) == STEPS[:1]


def test_a_repeated_addition_makes_a_layer_of_its_own():
    for seed in range(12):
        more = repeat(STEPS, at(seed))
        assert len(more) == 4
        canvas = fold(more, BLANK)
        added = sum(one.operation.name == "layout.add_picture" for one in more)
        assert len(canvas.layers) == added


def test_an_operation_is_replaced_by_a_sibling_of_its_family():
    replaced = Counter()
    for seed in range(80):
        after = replace_operation(STEPS, at(seed))
        for old, new in zip(STEPS, after, strict=True):
            if old == new:
                continue
            first, second = build(old.operation), build(new.operation)  # every parameter in range
            assert first.family() == second.family()
            assert first.kind == second.kind
            assert old.target == new.target
            replaced[old.operation.name] += 1
            if "layer" in old.operation.parameters:  # later steps still find their layer
                assert new.operation.parameters["layer"] == old.operation.parameters["layer"]
                fold(after, BLANK)
    assert set(replaced) == {one.operation.name for one in STEPS}


def test_a_sibling_keeps_the_parameters_that_both_have():
    blur = (step("blur.gaussian", "one", radius=0.03),)
    kept = 0
    for seed in range(40):
        (after,) = replace_operation(blur, at(seed))
        radius = build(after.operation).parameters().get("radius")
        if radius is not None and radius.bounds[0] <= 0.03 <= radius.bounds[1]:
            assert after.operation.parameters["radius"] == 0.03
            kept += after.operation.name != "blur.gaussian"
    assert kept > 5


def test_another_source_is_another_source():
    seen = set()
    for seed in range(30):
        after = change_source(STEPS, at(seed))
        assert after[1:] == STEPS[1:]
        seen.add(after[0].operation.parameters["source"])
    assert seen == set(SOURCES[1:])
    assert change_source(STEPS, at(sources=SOURCES[:1])) == STEPS
    assert change_source(STEPS[1:], at()) == STEPS[1:]


def test_all_edits_come_up():
    lengths = Counter(len(edited(STEPS, Surroundings(SOURCES, rng))) for rng in rngs(60))
    assert set(lengths) == {2, 3, 4}
    assert len(EDITS) == 5


@pytest.mark.parametrize("name", list(EDITS))
def test_an_edit_depends_on_its_generator_alone(name):
    edit = EDITS[name][1]
    assert edit(STEPS, at(7)) == edit(STEPS, at(7))


def test_what_a_family_that_is_off_made_is_neither_repeated_nor_exchanged():
    families_off = frozenset({"layout", "blur", "tone"})
    for seed in range(20):
        around = Surroundings(
            sources=SOURCES, rng=np.random.default_rng(seed), families_off=families_off
        )
        assert repeat(STEPS, around) == STEPS
        assert replace_operation(STEPS, around) == STEPS


def test_another_source_comes_by_its_weight():
    taken = Counter()
    for seed in range(200):
        around = Surroundings(
            sources=SOURCES,
            rng=np.random.default_rng(seed),
            weights={SOURCES[1]: 8.0, SOURCES[2]: 1.0, SOURCES[3]: 1.0},
        )
        taken[change_source(STEPS, around)[0].operation.parameters["source"]] += 1
    # 8 of 10 on average, 160 of 200: four standard deviations are 23
    assert abs(taken[SOURCES[1]] - 160) < 24
    assert SOURCES[0] not in taken
