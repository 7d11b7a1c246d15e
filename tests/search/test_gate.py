import numpy as np
import pytest

from layerforge.search.gate import Gate

NONE = np.zeros((0, 4), dtype=np.float32)
E1, E2, E3, E4 = np.eye(4, dtype=np.float32)


def make_gate(**changes):
    given = {"typical_distance": 1.0, "sources": NONE} | changes
    return Gate(**given)


def plainly(values):
    return [("", value) for value in values]


def judge(
    gate,
    value=1.0,
    *,
    parent_value=None,
    embedding=E1,
    kept=(),
    seed=0,
    niche="",
    temperature=0.35,
):
    """``kept``: pairs of an embedding and its value."""
    return gate.judge(
        value=value,
        parent_value=parent_value,
        temperature=temperature,
        embedding=embedding,
        distances=np.array([1.0 - one @ embedding for one, _ in kept], dtype=np.float32),
        kept_values=np.array([worth for _, worth in kept]),
        niche=niche,
        rng=np.random.default_rng(seed),
    )


def test_the_first_candidates_pass():
    assert judge(make_gate(), value=-5.0) is None


def test_only_the_best_share_passes():
    gate = make_gate(keep_share=0.25)
    gate.remember(plainly(range(1, 101)))
    # the upper quartile of 1 … 100 begins at 75.25 (linear interpolation)
    assert gate.threshold() == pytest.approx(75.25)
    assert judge(gate, value=75.0) == "below_gate"
    assert judge(gate, value=76.0) is None


def test_what_is_too_near_to_a_kept_one_is_a_duplicate():
    near = np.array([0.999, 0.0447, 0.0, 0.0], dtype=np.float32)  # cosine distance 0.001
    assert judge(make_gate(), embedding=near, kept=[(E1, 0.5)]) == "duplicate"
    assert judge(make_gate(), embedding=E2, kept=[(E1, 0.5)]) is None


def test_what_is_too_near_to_a_source_is_plain():
    towards = np.array([0.8, 0.6, 0.0, 0.0], dtype=np.float32)  # cosine distance 0.2
    gate = make_gate(sources=E1[None])
    assert judge(gate, embedding=towards) == "plain"
    assert judge(gate, embedding=E3) is None
    # distances are measured in what is typical for the scorer
    assert judge(make_gate(sources=E1[None], typical_distance=0.3), embedding=towards) is None


@pytest.mark.parametrize("temperature", [0.1, 0.5, 1.0])
def test_a_worse_child_passes_with_the_chance_of_metropolis(temperature):
    gate = make_gate(keep_share=1.0)
    gate.remember(plainly([0.0, 2.0] * 20))  # standard deviation 1
    passed = sum(
        judge(gate, value=1.0, parent_value=1.5, seed=seed, temperature=temperature) is None
        for seed in range(2000)
    )
    assert passed / 2000 == pytest.approx(np.exp(-0.5 / temperature), abs=0.035)


def test_a_better_child_always_passes():
    gate = make_gate(keep_share=1.0)
    gate.remember(plainly([0.0, 2.0] * 20))
    assert all(
        judge(gate, value=1.5, parent_value=1.4, seed=seed, temperature=0.0) is None
        for seed in range(50)
    )


def test_the_open_gate_of_the_control_turns_away_only_copies():
    gate = make_gate(open_to_all=True)
    gate.remember(plainly(range(100)))
    assert judge(gate, value=-100.0, parent_value=50.0) is None
    assert judge(gate, kept=[(E1, 0.5)]) == "duplicate"


def test_a_child_that_most_voters_put_below_its_parent_is_outvoted():
    gate = make_gate(keep_share=1.0)
    gate.remember(plainly([0.0, 2.0] * 20))
    rng = np.random.default_rng(0)
    nobody = {"distances": np.zeros(0), "kept_values": np.zeros(0)}
    given = {"value": 1.5, "temperature": 0.35, "embedding": E1, "rng": rng} | nobody
    assert gate.judge(parent_value=1.0, support=0.49, **given) == "outvoted"
    assert gate.judge(parent_value=1.0, support=0.5, **given) is None
    # children of the blank canvas have no parent to be put below
    assert gate.judge(parent_value=None, support=0.0, **given) is None
    # neither has the control a veto, and what is below the gate anyway is called so
    assert make_gate(open_to_all=True).judge(parent_value=1.0, support=0.0, **given) is None
    assert gate.judge(parent_value=1.0, support=0.0, **(given | {"value": -9.0})) == "below_gate"


def test_a_variation_must_be_better_than_the_kept_ones_like_it():
    towards = np.array([0.8, 0.6, 0.0, 0.0], dtype=np.float32)  # cosine distance 0.2
    gate = make_gate(keep_share=1.0)
    gate.remember(plainly([0.0, 2.0] * 20))  # standard deviation 1
    assert judge(gate, value=1.0, embedding=towards, kept=[(E1, 1.0)]) == "crowded"
    assert judge(gate, value=1.05, embedding=towards, kept=[(E1, 1.0)]) == "crowded"
    assert judge(gate, value=1.2, embedding=towards, kept=[(E1, 1.0)]) is None
    # the best of those like it counts; those unlike it don't
    assert judge(gate, value=1.2, embedding=towards, kept=[(E1, 1.0), (E2, 1.3)]) is None
    assert judge(gate, value=1.2, embedding=towards, kept=[(E1, 1.3), (E2, 1.0)]) == "crowded"


def test_a_niche_has_a_gate_of_its_own():
    gate = make_gate(keep_share=0.25)
    gate.remember(("dusk", value) for value in range(61, 101))
    gate.remember(("moth", value) for value in range(41, 61))
    # the upper quartile of 61 … 100 begins at 90.25, that of 41 … 60 at 55.25; all together, the
    # upper half begins at 70.5, and below that no niche lets anything through
    assert gate.threshold("dusk") == pytest.approx(90.25)
    assert gate.threshold("moth") == pytest.approx(70.5)
    # a niche of which too little was seen has the gate of all: the upper quartile of 41 … 100
    assert gate.threshold("fern") == pytest.approx(85.25)
