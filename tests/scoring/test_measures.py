from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from sklearn.datasets import load_sample_image

from layerforge.operations.pixels import to_oklab
from layerforge.scoring.measures import NAMES, look, measure, screen

SAMPLES = sorted((Path(__file__).parents[2] / "assets" / "samples").glob("*.[jp][pn]g"))

Picture = npt.NDArray[np.uint8]


def black_white(*, axis: int) -> Picture:
    picture = np.zeros((200, 200, 3), dtype=np.uint8)
    picture[(slice(None),) * axis + (slice(100, None),)] = 255
    return picture


def noise(height: int = 300, width: int = 300, *, seed: int = 0) -> Picture:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def photograph(name: str) -> Picture:
    return np.asarray(load_sample_image(name), dtype=np.uint8)


def test_names_are_the_nineteen_that_were_agreed() -> None:
    shared = Path(__file__).parents[3] / "shared" / "reference_measures.json"
    if not shared.exists():
        pytest.skip("the shared definitions (../shared/reference_measures.json) are not here")
    assert list(NAMES) == list(json.loads(shared.read_text(encoding="utf-8"))["measures"])


def test_left_black_right_white() -> None:
    figures = measure(black_white(axis=1))
    assert figures.L_mean == pytest.approx(0.5, abs=1e-2)
    assert figures.L_std == pytest.approx(0.5, abs=1e-2)
    assert figures.L_entropy == pytest.approx(1.0, abs=0.05)
    assert figures.asym == pytest.approx(1.0, abs=1e-2)
    assert figures.C_mean == pytest.approx(0.0, abs=1e-3)
    assert figures.colorful == pytest.approx(0.0, abs=1e-6)
    assert 0.4 < figures.low_std < 0.5


def test_top_black_bottom_white_is_its_own_mirror_image() -> None:
    figures = measure(black_white(axis=0))
    assert figures.asym == pytest.approx(0.0, abs=1e-6)
    assert figures.L_std == pytest.approx(0.5, abs=1e-2)


def test_finest_detail_of_a_checkerboard_of_single_pixels() -> None:
    checks = (np.indices((256, 256)).sum(axis=0) % 2 * 255).astype(np.uint8)
    figures = measure(np.repeat(checks[..., None], 3, axis=2))
    assert figures.hf == pytest.approx(0.5, abs=0.01)
    assert figures.low_std == pytest.approx(0.0, abs=0.01)


def test_colour_areas_of_two_halves() -> None:
    picture = np.empty((256, 256, 3), dtype=np.uint8)
    picture[:, :128] = (255, 0, 0)
    picture[:, 128:] = (0, 0, 255)
    red, blue = to_oklab(np.array([[1, 0, 0], [0, 0, 1]], dtype=np.float32))
    figures = measure(picture)
    assert figures.c8_std == pytest.approx(np.std([red[1], red[2], blue[1], blue[2]]), abs=1e-3)
    chroma = [np.hypot(*red[1:]), np.hypot(*blue[1:])]
    assert figures.C_mean == pytest.approx(np.mean(chroma), abs=1e-3)
    assert figures.C_std == pytest.approx(np.std(chroma), abs=1e-3)


def test_layout_holds_the_mean_colours() -> None:
    layout = look(black_white(axis=1)).layout
    assert layout.shape == (8, 8, 3)
    np.testing.assert_allclose(layout[:, :4, 0], 0.0, atol=1e-2)
    np.testing.assert_allclose(layout[:, 4:, 0], 1.0, atol=1e-2)


@pytest.mark.parametrize(
    "picture",
    [
        np.full((64, 64, 3), 128, dtype=np.uint8),
        np.zeros((384, 384, 3), dtype=np.uint8),
        np.full((384, 200, 3), 255, dtype=np.uint8),
        np.full((1, 1, 3), 77, dtype=np.uint8),
        noise(1, 500),
        noise(500, 1),
    ],
)
def test_every_measure_of_any_picture_is_finite(picture: Picture) -> None:
    seen = look(picture)
    assert np.isfinite(seen.measures.vector()).all()
    assert np.isfinite(seen.layout).all()
    assert np.isfinite(seen.contrast)


def test_size_does_not_matter() -> None:
    small = cv2.resize(photograph("china.jpg"), (256, 256), interpolation=cv2.INTER_AREA)
    large = np.repeat(np.repeat(small, 3, axis=0), 2, axis=1)
    assert asdict(measure(large)) == pytest.approx(asdict(measure(small)), rel=1e-6)


def test_vector_is_in_the_order_of_the_names() -> None:
    figures = measure(noise())
    assert figures.vector().tolist() == [getattr(figures, name) for name in NAMES]


def test_where_in_memory_a_picture_lies_changes_no_bit() -> None:
    picture = np.asarray(cv2.GaussianBlur(photograph("flower.jpg"), (0, 0), 20), dtype=np.uint8)
    expected = look(picture)
    kept = []
    for offset in range(0, 64, 3):
        memory = np.empty(picture.size + 64 + 100 * offset, dtype=np.uint8)
        kept.append(memory)
        moved = memory[offset : offset + picture.size].reshape(picture.shape)
        moved[:] = picture
        seen = look(moved)
        assert seen.measures == expected.measures
        assert seen.contrast == expected.contrast
        np.testing.assert_array_equal(seen.layout, expected.layout)


@pytest.mark.parametrize("level", [0, 90, 255])
def test_screen_calls_flat_pictures_blank(level: int) -> None:
    flat = np.full((384, 384, 3), level, dtype=np.uint8)
    assert screen(flat) == "blank"
    assert screen(np.clip(flat.astype(int) + noise(384, 384) % 3, 0, 255).astype(np.uint8)) == (
        "blank"
    )


def shuffled_pixels(picture: Picture) -> Picture:
    rng = np.random.default_rng(5)
    return rng.permutation(picture.reshape(-1, 3)).reshape(picture.shape)


def test_screen_calls_noise_noise() -> None:
    lines = np.broadcast_to(noise(384, 1), (384, 384, 3))
    assert screen(noise(384, 384)) == "noise"
    assert screen(noise(256, 256)) == "noise"
    assert screen(np.ascontiguousarray(lines)) == "noise"
    assert screen(np.ascontiguousarray(lines.swapaxes(0, 1))) == "noise"
    assert screen(shuffled_pixels(photograph("china.jpg"))) == "noise"


@pytest.mark.parametrize("axis", [0, 1])
def test_screen_calls_shuffled_lines_noise(axis: int) -> None:
    lines = np.random.default_rng(5).permutation(photograph("flower.jpg"), axis=axis)
    assert screen(lines) == "noise"


@pytest.mark.parametrize("name", ["china.jpg", "flower.jpg"])
def test_screen_lets_photographs_through(name: str) -> None:
    picture = photograph(name)
    assert screen(picture) is None
    assert screen(np.ascontiguousarray(picture[:128, :128])) is None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_screen_lets_the_samples_through(path: Path) -> None:
    with Image.open(path) as image:
        assert screen(np.asarray(image.convert("RGB"))) is None


def test_screen_lets_regular_patterns_through() -> None:
    across = np.arange(384)
    stripes = np.broadcast_to((across % 12 < 6) * 200, (384, 384)).astype(np.uint8)
    ramp = np.broadcast_to(across * 200 // 384, (384, 384)).astype(np.uint8)
    for plane in (stripes, stripes.T, stripes // 2 + stripes.T // 2, ramp, ramp.T):
        assert screen(np.repeat(plane[..., None], 3, axis=2)) is None
