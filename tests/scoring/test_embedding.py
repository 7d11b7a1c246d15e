from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from sklearn.datasets import load_sample_image

from layerforge.scoring.embedding import embeddings
from layerforge.scoring.measures import look

Picture = npt.NDArray[np.uint8]


def photograph(name: str) -> Picture:
    resized = cv2.resize(load_sample_image(name), (384, 384), interpolation=cv2.INTER_AREA)
    return np.asarray(resized, dtype=np.uint8)


def distance(one: Picture, other: Picture) -> float:
    first, second = embeddings([look(one), look(other)]).astype(np.float64)
    return float(1.0 - first @ second)


def darker(picture: Picture) -> Picture:
    return (255.0 * (picture / 255.0) ** 1.05).astype(np.uint8)


def shifted(picture: Picture) -> Picture:
    return np.roll(picture, 3, axis=1)


def softer(picture: Picture) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.0), dtype=np.uint8)


def much_softer(picture: Picture) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 6.0), dtype=np.uint8)


def posterised(picture: Picture) -> Picture:
    return (picture // 64 * 64 + 32).astype(np.uint8)


def test_rows_are_unit_float32() -> None:
    flat = np.full((30, 40, 3), 128, dtype=np.uint8)
    rows = embeddings([look(photograph("china.jpg")), look(flat)])
    assert rows.dtype == np.float32
    assert rows.shape == (2, 8 * 8 * 3 + 19)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)


@pytest.mark.parametrize("name", ["china.jpg", "flower.jpg"])
@pytest.mark.parametrize("change", [darker, shifted, softer])
def test_a_tiny_change_is_a_duplicate(name: str, change: Callable[[Picture], Picture]) -> None:
    picture = photograph(name)
    assert distance(picture, change(picture)) < 0.02


@pytest.mark.parametrize("name", ["china.jpg", "flower.jpg"])
@pytest.mark.parametrize("change", [much_softer, posterised])
def test_a_sibling_is_near(name: str, change: Callable[[Picture], Picture]) -> None:
    picture = photograph(name)
    assert distance(picture, change(picture)) < 0.2


def test_unrelated_pictures_are_far() -> None:
    china, flower = photograph("china.jpg"), photograph("flower.jpg")
    assert distance(china, flower) > 0.3
    assert distance(china, 255 - china) > 0.3
