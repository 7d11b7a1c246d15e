"""Pictures cut out of their background: the same cut at every size."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layerforge.model.canvas import Canvas
from layerforge.model.errors import StepDoesNotApply
from layerforge.model.layer import Fill, Layer, Picture
from layerforge.model.step import Step
from layerforge.operations.cutout import SaliencyCutout, SubjectCutout
from layerforge.operations.fold import apply_step
from layerforge.operations.pixels import Pixels
from layerforge.rendering.cutting import fitted
from layerforge.rendering.renderer import Renderer

SOURCE = "a" * 64
CUT = Step(
    operation=SubjectCutout(share=0.3, softness=1.0, keep="subject").call(), target="picture"
)


class Disc:
    """A red disc on a green ground with some grain, at any size asked for."""

    def size(self, source_id: str) -> tuple[int, int]:
        return (1200, 900)

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        width = max(512, min(long_edge, 1200))
        height = width * 3 // 4
        ys, xs = np.mgrid[:height, :width].astype(np.float32) / height
        inside = (np.hypot(xs - 0.65, ys - 0.5) < 0.25)[..., None]
        colors = np.where(inside, np.float32([0.8, 0.2, 0.15]), np.float32([0.2, 0.45, 0.25]))
        wave = 0.04 * np.sin(xs * 97) * np.cos(ys * 83)
        rgb = np.clip(colors + wave[..., None], 0.0, 1.0)
        return np.dstack([rgb, np.ones((height, width))]).astype(np.float32)


def canvas() -> Canvas:
    layer = Layer(id="picture", name="p", content=Picture(source=SOURCE))
    return Canvas(width=400, height=300, background=None, layers=(layer,))


def test_the_subject_stays_and_the_background_goes() -> None:
    pixels = Renderer(Disc()).render(apply_step(canvas(), CUT), width=400, height=300)
    ys, xs = np.mgrid[:300, :400] / 300
    away = np.hypot(xs - 0.65, ys - 0.5)
    assert pixels[away < 0.22, 3].min() > 0.95
    assert pixels[away > 0.29, 3].max() < 0.05


def test_the_edge_shows_the_subjects_colour_and_no_fringe() -> None:
    pixels = Renderer(Disc()).render(apply_step(canvas(), CUT), width=400, height=300)
    alpha = pixels[..., 3]
    edge = (alpha > 0.15) & (alpha < 0.85)
    # the disc is red, the ground green: (0.8, 0.2, 0.15) on (0.2, 0.45, 0.25), each +- 0.04
    colors = pixels[..., :3][edge] / alpha[edge][:, None]
    assert np.abs(colors.mean(axis=0) - [0.8, 0.2, 0.15]).max() < 0.08


def test_what_fades_by_how_it_stands_out_keeps_its_colours() -> None:
    fade = SaliencyCutout(share=0.3, softness=0.5).call()
    faded = apply_step(canvas(), Step(operation=fade, target="picture"))
    pixels, whole = (
        Renderer(Disc()).render(one, width=400, height=300) for one in (faded, canvas())
    )
    seen = pixels[..., 3] > 0.1
    assert np.abs(pixels / pixels[..., 3:].clip(0.1) - whole)[seen].max() < 0.02


def test_a_large_rendering_is_cut_along_the_same_line() -> None:
    renderer = Renderer(Disc())
    cut = apply_step(canvas(), CUT)
    small = renderer.render(cut, width=200, height=150)
    large = renderer.render(cut, width=1200, height=900)
    shrunk = cv2.resize(large, (200, 150), interpolation=cv2.INTER_AREA)
    assert np.abs(shrunk - small).mean() * 255 < 2.0
    assert np.abs(shrunk[..., 3] - small[..., 3]).mean() * 255 < 2.0


def test_the_same_cut_every_time() -> None:
    first = Renderer(Disc()).render(apply_step(canvas(), CUT), width=100, height=75)
    cv2.setRNGSeed(99)
    again = Renderer(Disc()).render(apply_step(canvas(), CUT), width=100, height=75)
    assert first.tobytes() == again.tobytes()


def test_only_pictures_can_be_cut_out() -> None:
    sheet = Layer(id="picture", name="p", content=Fill(color=(0.1, 0.2, 0.3)))
    with pytest.raises(StepDoesNotApply, match="no picture to cut out"):
        apply_step(Canvas(width=9, height=9, layers=(sheet,)), CUT)
    with pytest.raises(StepDoesNotApply, match="works on a layer"):
        apply_step(canvas(), Step(operation=CUT.operation, target=None))


def test_enlarging_a_matte_follows_the_edge_of_the_picture() -> None:
    # the matte's edge is off by a small pixel; the picture knows where it is
    picture = np.zeros((400, 400, 4), dtype=np.float32)
    picture[..., 3] = 1.0
    picture[:, 203:, :3] = 1.0
    matte = np.zeros((50, 50), dtype=np.float32)
    matte[:, 25:] = 1.0
    drawn = fitted(matte, picture)
    assert drawn.shape == (400, 400)
    plain = cv2.resize(matte, (400, 400), interpolation=cv2.INTER_LINEAR)
    truth = picture[..., 0]
    assert np.abs(drawn - truth).mean() < 0.7 * np.abs(plain - truth).mean()
