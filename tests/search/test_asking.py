import numpy as np
import pytest

from layerforge.scoring.taste import Judgements, Prior, learn
from layerforge.search.asking import best_question

COUNT = 40


def unit_rows(count, width, *, seed=0):
    rows = np.random.default_rng(seed).normal(size=(count, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


ROWS = unit_rows(COUNT, 6)
IDS = list(range(100, 100 + COUNT))


def knowing(*directions, width=6, weight=40.0):
    """A taste that knows what it thinks of some directions, and nothing else."""
    rows = np.eye(width)[list(directions)]
    return learn(
        Judgements(rows, np.full(len(rows), weight), np.full(len(rows), weight / 2)),
        Prior.flat(np.full(width, 2.0)),
    )


def ask(taste, *, seed=0, asked=(), least_distance=0.1, rows=ROWS, ids=IDS, nearly=1.0):
    return best_question(
        taste,
        ids,
        rows.astype(np.float64),
        rows,
        asked=asked,
        least_distance=least_distance,
        rng=np.random.default_rng(seed),
        nearly=nearly,
    )


def test_it_asks_about_what_is_not_known_yet():
    known = (0, 1, 2, 3, 4)
    question = ask(knowing(*known))
    difference = np.abs(ROWS[question.one - 100] - ROWS[question.other - 100])
    assert difference[5] > 1.5 * difference[:5].max()
    assert question.deviation > 1.0


def test_it_asks_where_the_answer_is_open():
    everything_by_the_first = learn(
        Judgements(np.eye(6)[:1], np.array([500.0]), np.array([1.0])), Prior.flat(np.full(6, 3.0))
    )
    question = ask(everything_by_the_first)
    assert 0.25 < question.chance < 0.75
    better = [abs(row[0] - other[0]) < 0.3 for row in ROWS for other in ROWS if row is not other]
    assert np.mean(better) < 0.6  # of all pairs, most would not be open
    assert abs(ROWS[question.one - 100, 0] - ROWS[question.other - 100, 0]) < 0.3


def test_the_answer_teaches_more_than_that_of_other_pairs():
    """By how surely pairs of the field are known afterwards, whatever the answer."""
    taste = knowing(0, 1, weight=4.0)
    rng = np.random.default_rng(3)
    pairs = (
        ROWS[rng.integers(COUNT, size=500)].astype(np.float64) - ROWS[rng.integers(COUNT, size=500)]
    )

    def left_open(one, other):
        difference = (ROWS[one - 100].astype(np.float64) - ROWS[other - 100])[None]
        row = np.concatenate([np.eye(6)[:2], difference])
        after = learn(
            Judgements(row, np.array([4.0, 4.0, 0.5]), np.array([2.0, 2.0, 0.5])),
            taste.prior,
        )
        return after.deviations(pairs).mean()

    question = ask(taste)
    asked = left_open(question.one, question.other)
    others = [left_open(*rng.choice(IDS, 2, replace=False)) for _ in range(60)]
    assert asked < np.quantile(others, 0.15)


def test_the_same_seed_asks_the_same_and_sides_mean_nothing():
    taste = knowing(0)
    assert ask(taste, seed=4) == ask(taste, seed=4)
    flat = learn(Judgements(np.eye(6)[:0], np.zeros(0), np.zeros(0)), Prior.flat(np.ones(6)))
    first = [ask(flat, seed=seed) for seed in range(40)]
    smaller = np.mean([question.one < question.other for question in first])
    assert 0.2 < smaller < 0.8


def test_seeds_draw_among_all_pairs_that_teach_nearly_as_much():
    """By definition: p (1 − p) times the deviation, of all pairs that may be asked."""
    taste = knowing(0, 1, 2)
    taught = {}
    for one in range(COUNT):
        for other in range(one):
            if 1.0 - ROWS[one] @ ROWS[other] < 0.1:
                continue
            difference = (ROWS[one].astype(np.float64) - ROWS[other])[None]
            chance = 1.0 / (1.0 + np.exp(-float(taste.worth(difference)[0])))
            spread = float(taste.deviations(difference)[0])
            taught[frozenset((one + 100, other + 100))] = chance * (1.0 - chance) * spread
    good = {pair for pair, much in taught.items() if much >= 0.9 * max(taught.values())}
    questions = [ask(taste, seed=seed, nearly=0.9) for seed in range(60)]
    drawn = {frozenset((one.one, one.other)) for one in questions}
    assert len(good) >= 5
    assert drawn <= good
    assert len(drawn) > 0.5 * len(good)


def test_it_never_asks_the_same_pair_again_while_there_are_others():
    taste = knowing(0, 1)
    rows, ids = ROWS[:5], IDS[:5]
    asked = []
    for seed in range(10):
        question = ask(taste, rows=rows, ids=ids, seed=seed, asked=asked, least_distance=0.0)
        asked.append((question.one, question.other))
    assert len({frozenset(pair) for pair in asked}) == 10  # all there are
    again = ask(taste, rows=rows, ids=ids, asked=asked, least_distance=0.0)
    assert again is not None


def test_pictures_just_shown_rest():
    taste = knowing(0)
    asked = []
    for seed in range(12):
        question = ask(taste, seed=seed, asked=asked)
        pair = {question.one, question.other}
        assert not pair & {one for shown in asked[-4:] for one in shown}
        asked.append((question.one, question.other))


def test_near_duplicates_are_not_asked_about():
    rows = np.repeat(unit_rows(2, 6), 20, axis=0)
    rows[1::2] *= -1.0  # far apart
    nudged = rows + 0.001 * unit_rows(40, 6, seed=1)
    nudged = (nudged / np.linalg.norm(nudged, axis=1, keepdims=True)).astype(np.float32)
    for seed in range(10):
        question = ask(knowing(1), rows=nudged, seed=seed)
        one, other = nudged[question.one - 100], nudged[question.other - 100]
        assert 1.0 - one @ other > 0.1
    alike = np.repeat(ROWS[:1], COUNT, axis=0)
    assert ask(knowing(1), rows=alike) is not None  # better than nothing


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_pictures_make_no_question(count):
    assert ask(knowing(0), rows=ROWS[:count], ids=IDS[:count]) is None


def test_among_thousands_it_is_quick_to_find_one():
    rows = unit_rows(5000, 6, seed=2)
    question = ask(knowing(0, 1, 2, 3, 4), rows=rows, ids=list(range(5000)))
    assert question.one != question.other
    difference = np.abs(rows[question.one] - rows[question.other])
    assert difference[5] > difference[:5].max()
