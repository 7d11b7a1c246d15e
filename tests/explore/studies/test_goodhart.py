import pytest
from scipy import stats

from layerforge.explore.importing import read_sources
from layerforge.explore.studies.goodhart import (
    HALVES,
    NothingKept,
    Outcome,
    gain,
    goodhart,
    half_width,
    summed_up,
)

FIRST, SECOND = HALVES


def outcome(followed, kappa, seed, unheard):
    return Outcome(followed, kappa, seed, heard=1.0, unheard=unheard, worst=unheard - 1.0)


@pytest.mark.parametrize("count", [2, 3, 5, 8, 16, 40])
def test_intervals_are_students(count):
    values = [((7 * place) % 11) / 3.0 for place in range(count)]
    low, high = stats.t.interval(0.95, count - 1, loc=sum(values) / count, scale=stats.sem(values))
    assert half_width(values) == pytest.approx((high - low) / 2, rel=0.06)


def test_one_value_tells_nothing_of_chance():
    assert half_width([1.0]) is None


def test_outcomes_are_summed_up_over_their_seeds():
    outcomes = [
        outcome(FIRST, 0.0, 1, -0.5),
        outcome(FIRST, 0.5, 1, 0.25),
        outcome(FIRST, 0.0, 2, 0.5),
        outcome(FIRST, 0.5, 2, 0.25),
    ]
    plain, costly = summed_up(outcomes)
    assert (plain.followed, plain.kappa, plain.seeds) == (FIRST, 0.0, 2)
    assert (plain.unheard, plain.worst) == (0.0, -1.0)
    assert plain.unheard_by == pytest.approx(12.706 * 0.5, rel=0.01)  # t times the standard error
    assert (costly.kappa, costly.unheard, costly.unheard_by) == (0.5, 0.25, 0.0)


def test_the_gain_is_by_seed_and_over_both_halves():
    outcomes = [
        *(outcome(half, 0.0, seed, 1.0) for half in HALVES for seed in (1, 2)),
        outcome(FIRST, 0.5, 1, 2.0),
        outcome(SECOND, 0.5, 1, 1.0),
        outcome(FIRST, 0.5, 2, 2.5),
        outcome(SECOND, 0.5, 2, 0.5),
    ]
    lifted, by = gain(outcomes, kappa=0.5)
    assert (lifted, by) == (0.5, 0.0)


def test_where_nothing_was_kept_it_is_one_line(photo_folder):
    read = read_sources([photo_folder])
    told = []
    for seed in range(8):  # a single candidate may be kept, with luck
        try:
            list(goodhart(read, budget=1, seeds=(seed,)))
        except NothingKept as error:
            told.append((seed, str(error)))
    assert told
    for seed, text in told:
        assert text.startswith(f"nothing was kept of 1 candidates with seed {seed}")
