"""Cut-outs of pictures whose subject is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from layerforge.files.images import read_source
from layerforge.files.sources import SourcePyramid
from layerforge.model.canvas import Canvas
from layerforge.model.layer import Layer, Picture
from layerforge.model.step import Step
from layerforge.operations.cutout import SaliencyCutout, SubjectCutout
from layerforge.operations.fold import apply_step
from layerforge.operations.operation import Cutout
from layerforge.operations.pixels import Plane
from layerforge.rendering.renderer import Renderer
from tests.operations.pictures import photo, read_only

WIDTH, HEIGHT = 256, 192
SHARES = (0.2, 0.32, 0.45)

Rgb = tuple[float, float, float]


def stuff(one: Rgb, other: Rgb, grain: float, seed: int) -> np.ndarray:
    """Uneven colours from one to the other, grain pixels coarse, (H, W, 3)."""
    draw = np.random.default_rng(seed).standard_normal((HEIGHT, WIDTH)).astype(np.float32)
    soft = cv2.GaussianBlur(draw, (0, 0), grain)
    share = (soft - soft.min()) / np.ptp(soft)
    return np.array(one) + (np.array(other) - np.array(one)) * share[..., None]


def oval(x: float, y: float, half_width: float, half_height: float) -> Plane:
    """Coverage of an oval, all in shares of the picture's height."""
    shape = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    center = round(x * HEIGHT), round(y * HEIGHT)
    axes = round(half_width * HEIGHT), round(half_height * HEIGHT)
    cv2.ellipse(shape, center, axes, 0, 0, 360, 255, -1, cv2.LINE_AA)
    return shape.astype(np.float32) / 255


RED, BLUE = (
    stuff((0.8, 0.1, 0.1), (0.95, 0.5, 0.2), 6, 1),
    stuff((0.1, 0.2, 0.6), (0.3, 0.5, 0.9), 6, 2),
)
GRASS, GRAVEL = (
    stuff((0.2, 0.4, 0.1), (0.55, 0.8, 0.35), 1.5, 3),
    stuff((0.3, 0.3, 0.3), (0.75, 0.72, 0.68), 1.5, 4),
)
SKY = np.linspace((0.45, 0.65, 0.9), (0.75, 0.85, 0.98), HEIGHT)[:, None].repeat(WIDTH, axis=1)
LAND = np.where(np.arange(HEIGHT)[:, None, None] > 0.7 * HEIGHT, GRASS, SKY)

# the subject, its background, and its shape
KNOWN: dict[str, tuple[np.ndarray, np.ndarray, Plane]] = {
    "in the middle": (RED, GRASS, oval(0.66, 0.5, 0.28, 0.28)),
    "small, off the middle": (RED, GRASS, oval(0.95, 0.4, 0.12, 0.12)),
    "large": (BLUE, GRASS, oval(0.66, 0.5, 0.6, 0.42)),
    "two": (RED, GRAVEL, np.maximum(oval(0.4, 0.45, 0.2, 0.25), oval(0.96, 0.55, 0.18, 0.28))),
    "two of a kind each": (
        np.where(np.arange(WIDTH)[None, :, None] < WIDTH / 2, RED, BLUE),
        GRASS,
        np.maximum(oval(0.4, 0.45, 0.2, 0.25), oval(0.96, 0.55, 0.18, 0.28)),
    ),
    "touching the lower border": (BLUE, GRAVEL, oval(0.66, 0.85, 0.25, 0.5)),
    "touching the left border": (RED, SKY, oval(0.1, 0.5, 0.35, 0.3)),
    "in a corner": (RED, GRAVEL, oval(1.26, 0.95, 0.4, 0.45)),
    "before sky and ground": (BLUE, LAND, oval(0.66, 0.6, 0.22, 0.3)),
    "of a photograph on another": (
        photo(WIDTH, HEIGHT, "flower.jpg")[..., :3],
        photo(WIDTH, HEIGHT, "china.jpg")[..., :3] * 0.5 + 0.4,
        oval(0.68, 0.5, 0.24, 0.24),
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_subject_is_found(name: str) -> None:
    subject, background, shape = KNOWN[name]
    grain = 0.01 * np.random.default_rng(5).standard_normal((HEIGHT, WIDTH, 3))
    rgb = background + (subject - background) * shape[..., None] + grain
    picture = read_only(np.dstack([np.clip(rgb, 0, 1), np.ones((HEIGHT, WIDTH))]))
    for share in SHARES:
        matte = SubjectCutout(share=share, softness=1.0, keep="subject").matte(picture)
        found, truth = matte > 0.5, shape > 0.5
        assert (found & truth).sum() / (found | truth).sum() > 0.9, share
    rest = SubjectCutout(share=share, softness=1.0, keep="surroundings").matte(picture)
    assert np.abs(rest - (1.0 - matte)).max() <= 1e-6


# Places in the photograph of the pagoda, (640, 427), told by eye: on its roofs, walls and tip;
# and in the sky and the lake.
PAGODA = ((205, 50), (205, 90), (150, 150), (260, 145), (200, 175), (130, 210), (280, 205))
PAGODA += ((150, 265), (290, 260), (230, 320))
SKY_AND_LAKE = ((40, 40), (100, 40), (320, 60), (400, 60), (560, 100), (620, 30))
SKY_AND_LAKE += ((400, 230), (420, 260), (520, 230))


@pytest.mark.parametrize("share", [0.2, 0.28, 0.36, 0.45])
def test_the_pagoda_is_the_subject_and_not_the_sky(
    photographs: dict[str, np.ndarray], share: float
) -> None:
    whole = photographs["china.jpg"].astype(np.float32) / np.float32(255.0)
    small = cv2.resize(whole, (256, 171), interpolation=cv2.INTER_AREA)
    picture = read_only(np.dstack([small, np.ones((171, 256))]))
    matte = SubjectCutout(share=share, softness=1.0, keep="subject").matte(picture)

    def at(place: tuple[int, int]) -> float:
        return float(matte[int(place[1] * 0.4), int(place[0] * 0.4)])

    assert [place for place in PAGODA if at(place) < 0.5] == []
    assert [place for place in SKY_AND_LAKE if at(place) > 0.5] == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: SubjectCutout(share=0.3, softness=1.0, keep="subject"),
        lambda: SubjectCutout(share=0.3, softness=1.0, keep="surroundings"),
        lambda: SaliencyCutout(share=0.3, softness=0.4),
    ],
    ids=["subject", "surroundings", "saliency"],
)
@pytest.mark.parametrize("name", ["moth.png", "shell.png"])
def test_what_was_cut_out_before_stays_whole(
    samples: Path, name: str, make: Callable[[], Cutout]
) -> None:
    file = read_source(samples / name)
    layer = Layer(id="a", name="A", content=Picture(source=file.source.id))
    before = Canvas(width=300, height=300, background=None, layers=(layer,))
    after = apply_step(before, Step(operation=make().call(), target="a"))
    renderer = Renderer(SourcePyramid({file.source.id: file.file_bytes}.__getitem__))
    plain, cut = (renderer.render(one, width=300, height=300) for one in (before, after))
    assert 0.02 < plain[..., 3].mean() < 0.9
    assert np.abs(cut - plain).max() <= 1e-6
