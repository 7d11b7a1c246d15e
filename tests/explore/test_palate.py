import numpy as np
import pytest

from layerforge.explore.palate import LEAST_FIELD, TASTE, Field, palate_of
from layerforge.project.decisions import Decision
from layerforge.scoring.panel import Panel, make_yardstick

COUNT = 60
RNG = np.random.default_rng(0)
ROWS = RNG.normal(size=(COUNT, 6))
ROWS = (ROWS / np.linalg.norm(ROWS, axis=1, keepdims=True)).astype(np.float32)
VOTES = [{"order": o, "colour": c} for o, c in RNG.normal([3.0, 10.0], [1.0, 5.0], (COUNT, 2))]
FIELD = Field(list(range(1, COUNT + 1)), ROWS, VOTES)
USUAL = RNG.normal([2.5, 11.0], [1.5, 5.0], (40, 2)).T
PANEL = Panel(
    make_yardstick("v", {"order": USUAL[0], "colour": USUAL[1]}),
    weights={"order": 2.0, "colour": 1.0},
    kappa=0.5,
)


def chosen(count, prefers, *, seed=1):
    """A log of choices between random branches by a user who ``prefers`` one row to another."""
    rng = np.random.default_rng(seed)
    pairs = [rng.choice(COUNT, 2, replace=False) for _ in range(count)]
    return [
        Decision(place, "compare", (int(a) + 1, int(b) + 1) if prefers(a, b) else (b + 1, a + 1))
        for place, (a, b) in enumerate(pairs, start=1)
    ]


def by_first(a, b):
    return ROWS[a, 0] > ROWS[b, 0]


def taste(log, **settings):
    return palate_of(log, settings.pop("field", FIELD), PANEL, encoder="e", **settings)


def test_taste_has_the_level_and_spread_of_the_others_on_what_is_kept():
    palate = taste(chosen(50, by_first))
    heard = {name: np.array([vote[name] for vote in VOTES]) for name in ("order", "colour")}
    ours = palate.panel.standardised({**heard, TASTE: palate.worth(FIELD)})
    others = PANEL.standardised(heard)
    assert ours[TASTE].mean() == pytest.approx(
        (2 * others["order"].mean() + others["colour"].mean()) / 3, abs=1e-9
    )
    assert ours[TASTE].std() == pytest.approx(
        (2 * others["order"].std() + others["colour"].std()) / 3, rel=1e-9
    )
    assert np.corrcoef(ours[TASTE], ROWS[:, 0])[0, 1] > 0.9


def test_the_value_is_mean_less_spread_with_taste_among_the_voters():
    palate = taste(chosen(50, by_first))
    values, worths = palate.values(FIELD)
    heard = {name: np.array([vote[name] for vote in VOTES]) for name in ("order", "colour")}
    scaled = palate.panel.standardised({**heard, TASTE: worths})
    votes = np.stack([scaled["order"], scaled["colour"], scaled[TASTE]])
    shares = np.array([2.0, 1.0, palate.weight])[:, None] / (3.0 + palate.weight)
    mean = (shares * votes).sum(axis=0)
    spread = np.sqrt((shares * (votes - mean) ** 2).sum(axis=0))
    np.testing.assert_allclose(values, mean - 0.5 * spread, atol=1e-12)
    assert palate.weight == pytest.approx(3.0 * palate.trust.skill)
    assert palate.share == pytest.approx(palate.weight / (3.0 + palate.weight))
    one = palate.heard(VOTES[7], ROWS[7])
    assert one == {**VOTES[7], TASTE: pytest.approx(worths[7], abs=1e-9)}


def test_the_weight_grows_with_evidence():
    weights = [taste(chosen(count, by_first)).weight for count in (2, 10, 60)]
    assert weights == sorted(weights)
    assert weights[0] < 0.2 < weights[-1] <= 3.0


def test_whoever_answers_by_a_coin_or_contradicts_changes_nothing():
    coin = np.random.default_rng(5)
    tossed = taste(chosen(60, lambda a, b: coin.random() < 0.5))
    assert tossed.weight < 0.15
    log = chosen(30, by_first)
    both = [*log, *(Decision(100 + one.id, "compare", one.branches[::-1]) for one in log)]
    contradicting = taste(both)
    assert contradicting.weight == 0.0
    assert contradicting.panel is PANEL
    assert np.abs(contradicting.worth(FIELD)).max() < 1e-6
    nothing = taste([])
    assert (nothing.weight, nothing.trust.accuracy) == (0.0, None)
    assert nothing.panel is PANEL


def test_the_users_weight_is_a_factor():
    log = chosen(50, by_first)
    one, two = taste(log), taste(log, factor=2.0)
    assert two.weight == pytest.approx(2 * one.weight)
    assert taste(log, factor=0.0).panel is PANEL


def test_pins_and_kills_teach_as_well():
    order = np.argsort(ROWS[:, 0])
    log = [
        *(Decision(one, "kill", (int(place) + 1,)) for one, place in enumerate(order[:12], 1)),
        *(Decision(one, "pin", (int(place) + 1,)) for one, place in enumerate(order[-8:], 20)),
    ]
    palate = taste(log)
    assert np.corrcoef(palate.worth(FIELD), ROWS[:, 0])[0, 1] > 0.6
    assert palate.weight > 0.2


def test_what_is_not_known_yet_is_unsure():
    log = chosen(60, by_first)
    before, after = taste([]).deviations(FIELD), taste(log).deviations(FIELD)
    assert after.mean() < 0.7 * before.mean()
    assert (after > 0.0).all()


def test_too_few_branches_are_no_field():
    few = Field(FIELD.ids[:7], ROWS[:7], VOTES[:7])
    assert LEAST_FIELD == 8
    assert taste(chosen(10, by_first), field=few) is None


def test_a_field_of_one_look_teaches_nothing():
    same = Field(FIELD.ids, np.repeat(ROWS[:1], COUNT, axis=0), [VOTES[0]] * COUNT)
    palate = taste(chosen(40, by_first), field=same)
    assert palate.weight == 0.0
    assert np.abs(palate.worth(same)).max() == 0.0
