from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from sklearn.datasets import load_sample_image

from layerforge.scoring.measures import NAMES, look
from layerforge.scoring.reference import installed_reference, reference_of
from layerforge.scoring.scorer import Scorer
from layerforge.scoring.voters import (
    Columns,
    MeasuresScorer,
    complexity,
    inside,
    kinship,
    order,
    vividness,
)

SAMPLES = sorted((Path(__file__).parents[2] / "assets" / "samples").glob("*.[jp][pn]g"))
PHOTOGRAPHS = ("china.jpg", "flower.jpg")

Picture = npt.NDArray[np.uint8]
SIDE = 384


@cache
def photograph(name: str) -> Picture:
    return squared(np.asarray(load_sample_image(name), dtype=np.uint8))


@cache
def sample(path: Path) -> Picture:
    with Image.open(path) as image:
        return squared(np.asarray(image.convert("RGB")))


def squared(picture: Picture) -> Picture:
    resized = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(resized, dtype=np.uint8)


def pixel_noise(picture: Picture) -> Picture:
    return np.random.default_rng(0).integers(0, 256, picture.shape, dtype=np.uint8)


def flat(picture: Picture) -> Picture:
    return np.broadcast_to(picture.mean(axis=(0, 1)).astype(np.uint8), picture.shape).copy()


def mud(picture: Picture) -> Picture:
    blurred = cv2.GaussianBlur(picture, (0, 0), SIDE / 8).astype(np.float32)
    grey = blurred.mean(axis=2, keepdims=True)
    return (grey + 0.15 * (blurred - grey)).astype(np.uint8)


def shuffled(picture: Picture, *, block: int = 1) -> Picture:
    count = SIDE // block
    cells = picture.reshape(count, block, count, block, 3).swapaxes(1, 2)
    mixed = np.random.default_rng(0).permutation(cells.reshape(-1, block, block, 3))
    return mixed.reshape(count, count, block, block, 3).swapaxes(1, 2).reshape(picture.shape)


def blocks(picture: Picture) -> Picture:
    return shuffled(picture, block=8)


def garish(picture: Picture) -> Picture:
    return np.where(picture > 127, 255, 0).astype(np.uint8)


def black_white(picture: Picture) -> Picture:
    grey = picture.mean(axis=2, keepdims=True)
    return np.repeat(np.where(grey > np.median(grey), 255, 0), 3, axis=2).astype(np.uint8)


def tiles(picture: Picture) -> Picture:
    return np.tile(cv2.resize(picture, (24, 24), interpolation=cv2.INTER_AREA), (16, 16, 1))


def value(picture: Picture) -> float:
    return float(MeasuresScorer().judge(picture[None]).values[0])


SPOILED: list[Callable[[Picture], Picture]] = [pixel_noise, flat, mud, shuffled, blocks]


@pytest.mark.parametrize("spoil", [*SPOILED, garish, black_white, tiles])
@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_beats_what_spoils_it(name: str, spoil: Callable[[Picture], Picture]) -> None:
    whole = photograph(name)
    assert value(whole) > value(spoil(whole)) + 0.1


@pytest.mark.parametrize("spoil", SPOILED)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_beats_what_spoils_it(path: Path, spoil: Callable[[Picture], Picture]) -> None:
    whole = sample(path)
    assert value(whole) > value(spoil(whole))


def columns(**measures: float) -> Columns:
    """One row: the reference's medians, but for ``measures``."""
    medians = {name: three[1] for name, three in installed_reference().percentiles.items()}
    row = [{**medians, **measures}[name] for name in NAMES]
    return Columns(
        np.array([row]),
        contrast=np.array([measures.get("contrast", 0.045)]),
        blocking=np.array([measures.get("blocking", 1.0)]),
    )


def test_vividness_is_the_mean_of_two_capped_shares() -> None:
    assert vividness(columns(colorful=0.35, L_std=0.2)) == pytest.approx(1.0)
    assert vividness(columns(colorful=0.175, L_std=0.05)) == pytest.approx(0.375)
    assert vividness(columns(colorful=0.0, L_std=0.0)) == pytest.approx(0.0)


def test_vividness_does_not_reward_the_garish_or_hard_black_and_white() -> None:
    best = vividness(columns(colorful=0.4, L_std=0.22))
    assert vividness(columns(colorful=0.9, L_std=0.22)) < best
    assert vividness(columns(colorful=0.4, L_std=0.5)) < best


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("slope", -2.5, 0.0),
        ("slope", -2.5, -4.5),
        ("slope_res", 0.25, 1.2),
        ("bell_sd", 1.1, 0.3),
        ("bell_sd", 1.1, 2.0),
        ("edge_gini", 0.65, 0.3),
        ("edge_gini", 0.65, 0.95),
        ("low_std", 0.1, 0.01),
    ],
)
def test_order_prefers(name: str, good: float, bad: float) -> None:
    assert order(columns(**{name: good})) > order(columns(**{name: bad}))


@pytest.mark.parametrize(
    ("name", "too_little", "good", "too_much"),
    [
        ("jpeg", 0.005, 0.05, 0.12),
        ("jpeg_low", 0.06, 0.12, 0.25),
        ("contrast", 0.0, 0.05, 0.15),
        ("L_entropy", 1.0, 5.0, 6.0),
    ],
)
def test_complexity_is_an_inverted_u(
    name: str, too_little: float, good: float, too_much: float
) -> None:
    best = complexity(columns(**{name: good}))
    assert best > complexity(columns(**{name: too_little}))
    assert best > complexity(columns(**{name: too_much}))


def test_kinship_is_one_at_the_middle_of_the_reference_and_half_at_twice_its_spread() -> None:
    row = columns(jpeg=0.2)
    reference = installed_reference()
    squared_distance = reference.squared_distance(row.vectors)
    assert kinship(row, reference) == pytest.approx(38.0 / (38.0 + squared_distance))


def test_inside_is_flat_within_and_gaussian_outside() -> None:
    votes = inside(np.array([0.0, 1.0, 1.5, 2.0, 3.0]), 1.0, 2.0, below=1.0, above=0.5)
    np.testing.assert_allclose(votes, [np.exp(-0.5), 1.0, 1.0, 1.0, np.exp(-2.0)])


def batch() -> npt.NDArray[np.uint8]:
    whole = photograph("flower.jpg")
    return np.stack([whole, photograph("china.jpg"), pixel_noise(whole), flat(whole), mud(whole)])


def test_it_is_a_scorer_and_says_what_it_is() -> None:
    scorer = MeasuresScorer()
    assert isinstance(scorer, Scorer)
    assert scorer.name == "measures"
    assert scorer.batch_size == 16
    assert scorer.voters == tuple(scorer.judge(batch()).parts)
    assert "\n" not in scorer.description


def test_value_is_the_mean_less_kappa_deviations() -> None:
    verdict = MeasuresScorer(kappa=0.75).judge(batch())
    assert list(verdict.parts) == ["vividness", "order", "complexity", "kinship"]
    votes = np.stack(list(verdict.parts.values()))
    assert ((votes >= 0.0) & (votes <= 1.0)).all()
    np.testing.assert_allclose(verdict.values, votes.mean(axis=0) - 0.75 * votes.std(axis=0))
    assert verdict.values.dtype == np.float64


def test_a_verdict_does_not_hang_on_the_rest_of_the_batch() -> None:
    scorer = MeasuresScorer()
    together = scorer.judge(batch())
    for index, picture in enumerate(batch()):
        alone = scorer.judge(picture[None])
        assert alone.values[0] == pytest.approx(together.values[index], rel=1e-12)
        np.testing.assert_allclose(alone.embeddings[0], together.embeddings[index], atol=1e-7)


def test_copies_and_threads_agree() -> None:
    scorer = MeasuresScorer()
    expected = scorer.judge(batch()).values
    np.testing.assert_array_equal(
        pickle.loads(pickle.dumps(scorer)).judge(batch()).values, expected
    )
    with ThreadPoolExecutor(3) as pool:
        for verdict in pool.map(scorer.judge, [batch()] * 6):
            np.testing.assert_array_equal(verdict.values, expected)


def test_a_mood_board_draws_kinship_to_itself() -> None:
    flower = photograph("flower.jpg")
    parts = [flower[y : y + 256, x : x + 256] for y in (0, 64, 128) for x in (0, 64, 128)]
    mood = reference_of(parts, prior=installed_reference())
    usual = MeasuresScorer().judge(flower[None]).parts["kinship"][0]
    moody = MeasuresScorer(reference=mood)
    assert moody.judge(flower[None]).parts["kinship"][0] > usual
    assert moody.fingerprint != MeasuresScorer().fingerprint == MeasuresScorer().fingerprint


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="kappa must be"):
        MeasuresScorer(kappa=-0.1)
    with pytest.raises(ValueError, match="pictures must be"):
        MeasuresScorer().judge(photograph("china.jpg"))
    with pytest.raises(ValueError, match="pictures must be"):
        MeasuresScorer().judge(batch()[:0])


def test_columns_are_by_name() -> None:
    looks = [look(picture) for picture in batch()]
    expected = [seen.measures.slope for seen in looks]
    np.testing.assert_array_equal(Columns.of(looks)["slope"], expected)
