import numpy as np
import pytest

from layerforge.model.errors import StepDoesNotApply
from layerforge.operations.fold import fold
from layerforge.search.crossover import MAX_CARRIED, blended, carried
from layerforge.search.proposer import Proposer
from tests.search.pieces import BLANK, SOURCES, add, rngs, step


def blur(layer, radius):
    return step("blur.gaussian", layer, radius=radius)


def opacity(layer, value):
    return step("blending.opacity", layer, opacity=value)


def test_a_layer_is_carried_with_all_that_was_done_to_it():
    mate = (add("m0"), add("m1", SOURCES[1], x=0.2), blur("m0", 0.02), blur("m1", 0.01))
    steps = carried(
        mate, fold(mate, BLANK), fold([add("ours")], BLANK), rng=np.random.default_rng(0)
    )
    # never the bottom layer, which would hide everything
    assert steps == (mate[1], mate[3])
    child = fold([add("ours"), *steps], BLANK)
    assert child.layers[-1] == fold(mate, BLANK).layer("m1")


def test_a_layer_whose_id_is_taken_gets_another_one_everywhere():
    mate = (add("m0"), add("same", SOURCES[1]), blur("same", 0.01))
    ours = fold([add("o0"), add("same", SOURCES[2])], BLANK)
    steps = carried(mate, fold(mate, BLANK), ours, rng=np.random.default_rng(0))
    new = steps[0].operation.parameters["layer"]
    assert new not in {"same", "o0"}
    assert [one.target for one in steps] == [None, new]
    child = fold([add("o0"), add("same", SOURCES[2]), *steps], BLANK)
    assert child.layer("same") == ours.layer("same")
    assert child.layer(new).filters == fold(mate, BLANK).layer("same").filters


@pytest.mark.parametrize(
    "done",
    [
        (step("layout.duplicate", "m0", layer="m1", x=0.1, y=0.0),),  # a copy of another layer
        (add("m1"), *[blur("m1", 0.01)] * MAX_CARRIED),  # too long a story
        (add("m1"), step("keying.matte", "m1", layer="m0", by="light", keep="inside")),
    ],
)
def test_what_can_not_stand_alone_is_not_carried(done):
    mate = (add("m0"), *done)
    assert (
        carried(mate, fold(mate, BLANK), fold([add("o")], BLANK), rng=np.random.default_rng(1))
        == ()
    )


def test_blending_moves_numbers_on_the_scale_of_their_prior():
    ours, theirs = (add("o"), blur("o", 0.005)), (add("m", SOURCES[1]), blur("m", 0.045))
    mixed = blended(ours, theirs, share=0.5, rng=np.random.default_rng(0))
    # the radius has a logarithmic prior: half-way is the geometric mean
    assert mixed[1].operation.parameters["radius"] == pytest.approx(0.015, rel=1e-3)
    assert mixed[1].target == "o"
    assert mixed[0].operation.parameters["layer"] == "o"
    assert mixed[0].operation.parameters["source"] == SOURCES[0]


def test_angles_are_blended_the_short_way_round():
    ours, theirs = (add("o", angle=170.0),), (add("m", angle=-170.0),)
    mixed = blended(ours, theirs, share=0.5, rng=np.random.default_rng(0))
    assert abs(mixed[0].operation.parameters["angle"]) == pytest.approx(180.0)


def test_steps_without_a_match_stay_as_they_are():
    ours = (add("o"), opacity("o", 0.5))
    mixed = blended(ours, (blur("m", 0.01),), share=1.0, rng=np.random.default_rng(0))
    assert mixed == ours


def shares(steps):
    """The parameters that blending moves, each on the scale of its prior."""
    at = steps[0].operation.parameters
    radius, seen = (steps[1].operation.parameters["radius"], steps[2].operation.parameters)
    return np.array([at["x"], at["y"], np.log(radius), seen["opacity"]])


def outside(point, start, end):
    """How far ``point`` lies from the way between two others: their convex hull."""
    way = end - start
    share = np.clip((point - start) @ way / (way @ way), 0.0, 1.0)
    return float(np.linalg.norm(point - start - share * way))


def test_without_noise_children_stay_in_the_parents_hull_and_noise_leads_out_of_it():
    """Crossing wolves and dogs gives what lies between them; only mutation makes a cat."""
    ours = (add("o", x=-0.3, y=0.1), blur("o", 0.005), opacity("o", 0.3))
    theirs = (add("m", x=0.4, y=-0.2), blur("m", 0.045), opacity("m", 0.9))
    proposer = Proposer(sources=SOURCES)
    far = {}
    for noise in (0.0, 0.2):
        children = [
            proposer.blend(ours, BLANK, history=theirs, noise=noise, rng=rng).steps
            for rng in rngs(40)
        ]
        far[noise] = [outside(shares(one), shares(ours), shares(theirs)) for one in children]
    assert max(far[0.0]) < 1e-3  # six significant digits
    assert np.mean(np.array(far[0.2]) > 0.05) > 0.9


def test_children_of_blending_are_found_all_along_the_way():
    ours, theirs = (add("o", x=-0.4), blur("o", 0.01)), (add("m", x=0.4), blur("m", 0.01))
    proposer = Proposer(sources=SOURCES)
    found = [
        proposer.blend(ours, BLANK, history=theirs, noise=0.0, rng=rng)
        .steps[0]
        .operation.parameters["x"]
        for rng in rngs(60)
    ]
    assert min(found) < -0.3
    assert max(found) > 0.3
    assert all(-0.4 <= one <= 0.4 for one in found)


def test_parents_that_have_nothing_to_cross_are_refused():
    proposer, rng = Proposer(sources=SOURCES, max_layers=2), np.random.default_rng(0)
    lonely = (add("m"),)
    full = fold([add("a"), add("b")], BLANK)
    with pytest.raises(StepDoesNotApply, match="room"):
        proposer.carry(full, history=lonely, mate=fold(lonely, BLANK), noise=0.1, rng=rng)
    with pytest.raises(StepDoesNotApply):
        proposer.carry(
            fold([add("a")], BLANK), history=lonely, mate=fold(lonely, BLANK), noise=0.1, rng=rng
        )
    with pytest.raises(StepDoesNotApply, match="no step like"):
        proposer.blend((add("o"),), BLANK, history=(blur("m", 0.01),), noise=0.1, rng=rng)
