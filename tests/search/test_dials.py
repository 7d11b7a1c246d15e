import pytest

from layerforge.search.dials import HIGHEST, PATIENCE, RISE, Dials


def test_temperature_cools_over_the_budget():
    dials = Dials(temperature=0.4, noise=0.1, cooling=0.75)
    assert dials.temperature_at(0.0) == pytest.approx(0.4)
    assert dials.temperature_at(0.5) == pytest.approx(0.4 * 0.625)
    assert dials.temperature_at(1.0) == pytest.approx(0.1)
    assert Dials(temperature=0.4, noise=0.1).temperature_at(1.0) == 0.4


def test_noise_rises_when_nothing_better_is_found_and_says_so():
    dials = Dials(temperature=0.3, noise=0.1)
    assert dials.tell(1.0, candidates=16) is None
    said = [dials.tell(1.0, candidates=16) for _ in range(PATIENCE // 16)]
    assert said[:-1] == [None] * (len(said) - 1)
    assert "noise rises to 0.16" in said[-1]
    assert dials.noise_now() == pytest.approx(0.1 * RISE)


def test_noise_falls_back_step_by_step_once_something_better_is_found():
    dials = Dials(temperature=0.3, noise=0.1)
    dials.tell(1.0, candidates=1)
    dials.tell(1.0, candidates=PATIENCE)
    assert "falls" in dials.tell(1.5, candidates=16)
    levels = [dials.noise_now()]
    for _ in range(6):
        dials.tell(1.5, candidates=1)
        levels.append(dials.noise_now())
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] == pytest.approx(0.1)


def test_noise_never_rises_beyond_its_limit_and_starts_anew_in_vain():
    dials = Dials(temperature=0.3, noise=0.1)
    seen = []
    for _ in range(12):
        dials.tell(1.0, candidates=PATIENCE)
        seen.append(dials.noise_now())
    assert max(seen) == pytest.approx(0.1 * HIGHEST)
    assert seen[seen.index(max(seen)) + 1] == pytest.approx(0.1)
    wild = Dials(temperature=0.3, noise=0.9)
    for _ in range(4):
        wild.tell(1.0, candidates=PATIENCE)
    assert wild.noise_now() <= 1.0


def test_a_dial_that_is_held_stays():
    dials = Dials(temperature=0.3, noise=0.1, adaptive=False)
    assert {dials.tell(1.0, candidates=PATIENCE) for _ in range(5)} == {None}
    assert dials.noise_now() == 0.1
