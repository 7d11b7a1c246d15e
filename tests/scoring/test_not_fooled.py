"""The default scorer's panel ranks a photograph above what was broken of it."""

import cv2
import numpy as np
import pytest

from layerforge.explore.usual import sample_pictures, usual_panel
from layerforge.files.assets import samples_folder
from layerforge.scoring.fragility import lower_quartile, varied
from layerforge.scoring.panel import Panel, make_yardstick
from layerforge.scoring.voters import MeasuresScorer

BLOCK = 8


def noise(picture):
    return np.random.default_rng(1).integers(0, 256, picture.shape, dtype=np.uint8)


def flat(picture):
    return np.broadcast_to(picture.mean(axis=(0, 1)).astype(np.uint8), picture.shape).copy()


def crushed(picture):
    data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 2])[1]
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def shuffled(picture):
    pixels = picture.reshape(-1, 3)
    return np.random.default_rng(2).permutation(pixels).reshape(picture.shape)


def shuffled_blocks(picture):
    height, width = (side // BLOCK * BLOCK for side in picture.shape[:2])
    rows = picture[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3)
    blocks = rows.swapaxes(1, 2).reshape(-1, BLOCK, BLOCK, 3)
    mixed = np.random.default_rng(3).permutation(blocks)
    grid = mixed.reshape(height // BLOCK, width // BLOCK, BLOCK, BLOCK, 3).swapaxes(1, 2)
    out = picture.copy()
    out[:height, :width] = grid.reshape(height, width, 3)
    return out


@pytest.fixture(scope="module")
def panel(photographs):
    """By the yardstick of crops of both photographs, and blends of them."""
    rng = np.random.default_rng(0)
    china, flower = photographs["china.jpg"], photographs["flower.jpg"]
    sample = []
    for _ in range(24):
        top, left = rng.integers(0, 170), rng.integers(0, 380)
        one, other = (picture[top : top + 256, left : left + 256] for picture in (china, flower))
        share = rng.uniform()
        sample += [one, other, (share * one + (1 - share) * other).astype(np.uint8)]
    return Panel(make_yardstick("m", MeasuresScorer().judge(np.stack(sample)).parts))


SAMPLES = sorted(path.name for path in samples_folder().iterdir())


@pytest.fixture(scope="module")
def at_search_size():
    """The sample images at the size at which collages are judged, by name."""
    return dict(zip(SAMPLES, sample_pictures(edge_px=384), strict=True))


@pytest.mark.parametrize("name", ["china.jpg", "flower.jpg", *SAMPLES])
@pytest.mark.parametrize("broken", [noise, flat, crushed, shuffled, shuffled_blocks])
def test_a_picture_ranks_above_what_was_broken_of_it(
    photographs, at_search_size, panel, name, broken
):
    picture = {**photographs, **at_search_size}[name]
    by_photographs, installed = panel, usual_panel(MeasuresScorer())
    demand_order(picture, broken(picture), panel=installed)
    if name in photographs:
        demand_order(picture, broken(picture), panel=by_photographs)


def demand_order(whole, wreck, *, panel):
    scorer = MeasuresScorer()
    plain = panel.join(scorer.judge(np.stack([whole, wreck])).parts).values
    assert plain[0] > plain[1]
    kept = [
        lower_quartile(
            panel.join(scorer.judge(np.concatenate([one[None], varied(one)])).parts).values[:, None]
        )[0]
        for one in (whole, wreck)
    ]
    assert kept[0] > kept[1]
