"""A document of three layers, flattened by GIMP 2.10 from our OpenRaster file.

GIMP 2.10 opens OpenRaster with a plug-in in Python 2, which Debian ships no longer: without it,
`gimp-file-load` ends with "Unknown file type".  So the script does what that plug-in does: it
takes the layers' pictures out of the file and lays them where, and as, ``stack.xml`` says.

GIMP is asked to blend and composite in its perceptual space with the union of alphas, which is
what the W3C text describes.  Where a mode differs even so, the reason stands in ``DIFFERS``, and
where it is a formula, the test works GIMP's formula to show that nothing else is different.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from msgspec.structs import replace

from layerforge.files.layered import Document, layered_document
from layerforge.files.ora import composite_op, encode_ora
from layerforge.model.canvas import Canvas
from layerforge.model.layer import BLEND_MODES, BlendMode, Layer, Picture
from layerforge.operations.pixels import Pixels, premultiply
from layerforge.rendering.blend import composite
from layerforge.rendering.renderer import Renderer

Array = npt.NDArray[np.float64]

ALIKE: dict[BlendMode, str] = {
    "normal": "LAYER-MODE-NORMAL",
    "multiply": "LAYER-MODE-MULTIPLY",
    "screen": "LAYER-MODE-SCREEN",
    "overlay": "LAYER-MODE-OVERLAY",
    "darken": "LAYER-MODE-DARKEN-ONLY",
    "lighten": "LAYER-MODE-LIGHTEN-ONLY",
    "hard-light": "LAYER-MODE-HARDLIGHT",
    "difference": "LAYER-MODE-DIFFERENCE",
    "exclusion": "LAYER-MODE-EXCLUSION",
}
DIFFERS: dict[BlendMode, tuple[str, str]] = {
    "color-dodge": ("LAYER-MODE-DODGE", "GIMP lets colours grow to 5 before it mixes by alpha"),
    "color-burn": ("LAYER-MODE-BURN", "GIMP lets colours fall to -5 before it mixes by alpha"),
    "soft-light": ("LAYER-MODE-SOFTLIGHT", "GIMP's curve is Pegtop's, without a square root"),
    "hue": ("LAYER-MODE-HSV-HUE", "GIMP keeps HSV value and saturation, not luminosity"),
    "saturation": ("LAYER-MODE-HSV-SATURATION", "GIMP keeps HSV value, not luminosity"),
    "color": ("LAYER-MODE-HSL-COLOR", "GIMP keeps HSL lightness, not luminosity"),
    "luminosity": ("LAYER-MODE-LUMINANCE", "GIMP scales colours by the ratio of luminances"),
}

SCRIPT = """
(define (begin-image width height)
  (car (gimp-image-new-with-precision width height RGB PRECISION-FLOAT-GAMMA)))
(define (lay image file x y opacity mode)
  (let ((layer (car (gimp-file-load-layer RUN-NONINTERACTIVE image file))))
    (gimp-image-insert-layer image layer 0 0)
    (gimp-layer-set-offsets layer x y)
    (gimp-layer-set-opacity layer opacity)
    (gimp-layer-set-mode layer mode)
    (gimp-layer-set-blend-space layer LAYER-COLOR-SPACE-RGB-PERCEPTUAL)
    (gimp-layer-set-composite-space layer LAYER-COLOR-SPACE-RGB-PERCEPTUAL)
    (gimp-layer-set-composite-mode layer LAYER-COMPOSITE-UNION)))
(define (flatten image name)
  (let ((joined (car (gimp-image-merge-visible-layers image CLIP-TO-IMAGE))))
    (gimp-layer-resize-to-image-size joined)
    (gimp-image-convert-precision image PRECISION-U16-GAMMA)
    (file-png-save RUN-NONINTERACTIVE image joined name name 0 6 0 0 0 0 0)
    (gimp-image-delete image)))
"""
WIDTH, HEIGHT = 80, 60
OPACITY = 0.8


def layers() -> list[npt.NDArray[np.uint8]]:
    """Three sheets of soft blotches, (60, 80, 4) straight: the lowest mostly opaque, the last
    clear around a piece of its own."""
    sheets = []
    for seed in range(3):
        coarse = np.random.default_rng(seed).random((7, 9, 4), dtype=np.float32)
        sheet = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) * 1.3 - 0.15
        if seed == 0:
            sheet[:, :55, 3] = 1.0
        whole = (np.clip(sheet, 0.0, 1.0) * 255 + 0.5).astype(np.uint8)
        if seed == 2:
            whole[:5] = whole[:, 70:] = 0
        sheets.append(whole)
    return sheets


class Sheets:
    """Gives the sheets as sources."""

    def size(self, source_id: str) -> tuple[int, int]:
        return WIDTH, HEIGHT

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        return premultiply(layers()[int(source_id[0])].astype(np.float32) / 255)


def document(mode: BlendMode) -> Document:
    """The sheets as layers of a canvas, those above the lowest in ``mode``, not quite opaque."""
    first, *rest = [
        Layer(id=f"l{number}", name=f"Layer {number}", content=Picture(source=str(number) * 64))
        for number in range(3)
    ]
    above = [replace(layer, blend=mode, opacity=OPACITY) for layer in rest]
    canvas = Canvas(width=WIDTH, height=HEIGHT, background=None, layers=(first, *above))
    return layered_document(canvas, Renderer(Sheets()), width=WIDTH, height=HEIGHT)


def script_for(mode: BlendMode, folder: Path, names: dict[BlendMode, str]) -> str:
    """Unpacks the document's OpenRaster file into a folder; the calls that lay its layers."""
    with zipfile.ZipFile(io.BytesIO(encode_ora(document(mode)))) as archive:
        archive.extractall(folder / mode)
        stack = ElementTree.fromstring(archive.read("stack.xml")).findall("stack/layer")
    modes = {composite_op(one): name for one, name in names.items()}
    calls = [f"(define image (begin-image {WIDTH} {HEIGHT}))"]
    for layer in reversed(stack):
        place = f"{layer.get('x')} {layer.get('y')} {100 * float(layer.get('opacity', 1))}"
        name = modes[layer.get("composite-op", "svg:src-over")]
        calls.append(f'(lay image "{mode}/{layer.get("src")}" {place} {name})')
    return "\n".join([*calls, f'(flatten image "{mode}.png")'])


@pytest.fixture(scope="module")
def flattened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Array]:
    """GIMP's flattening of the document in every mode, (60, 80, 4) premultiplied."""
    gimp = shutil.which("gimp-console-2.10") or shutil.which("gimp")
    if gimp is None:
        pytest.skip("GIMP 2.10 is not installed")
    version = subprocess.run([gimp, "--version"], capture_output=True, text=True, check=True).stdout
    if "version 2.10" not in version:
        pytest.skip(f"the script is for GIMP 2.10, and this is {version.strip()}")
    folder = tmp_path_factory.mktemp("gimp")
    modes = ALIKE | {mode: name for mode, (name, _) in DIFFERS.items()}
    calls = "\n".join(script_for(mode, folder, modes) for mode in modes)
    (folder / "flatten.scm").write_text(SCRIPT + calls, encoding="utf-8")
    done = subprocess.run(
        [gimp, "-i", "-n", "-d", "-f", "-s", "-b", '(load "flatten.scm")', "-b", "(gimp-quit 0)"],
        cwd=folder,
        env=os.environ | {"GIMP2_DIRECTORY": str(folder / "home")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    missing = [mode for mode in modes if not (folder / f"{mode}.png").is_file()]
    assert not missing, done.stdout + done.stderr
    return {mode: _read(folder / f"{mode}.png") for mode in modes}


def _read(file: Path) -> Array:
    read = cv2.imread(str(file), cv2.IMREAD_UNCHANGED)
    assert read is not None
    assert read.dtype == np.uint16
    straight = cv2.cvtColor(read, cv2.COLOR_BGRA2RGBA).astype(np.float64) / 65535
    straight[..., :3] *= straight[..., 3:]
    return straight


def ours(mode: BlendMode) -> Pixels:
    joined, *rest = [premultiply(sheet.astype(np.float32) / 255) for sheet in layers()]
    for sheet in rest:
        joined = composite(joined, sheet, mode=mode, opacity=OPACITY)
    return joined


def test_every_mode_is_on_one_of_the_lists() -> None:
    assert sorted([*ALIKE, *DIFFERS]) == sorted(BLEND_MODES)


@pytest.mark.parametrize("mode", ALIKE)
def test_gimp_flattens_alike(mode: BlendMode, flattened: dict[str, Array]) -> None:
    apart = np.abs(ours(mode) - flattened[mode]) * 255
    assert apart.mean() <= 0.05
    assert apart.max() <= 0.5


@pytest.mark.parametrize("mode", DIFFERS)
def test_only_colours_differ_and_only_where_the_list_says_so(
    mode: BlendMode, flattened: dict[str, Array]
) -> None:
    apart = np.abs(ours(mode) - flattened[mode]) * 255
    assert apart[..., 3].max() <= 0.05
    assert apart[..., :3].mean() > 1.0


def _dodge(b: Array, s: Array) -> Array:
    return np.minimum(b / np.maximum(1 - s, 1e-6), 5.0)


def _burn(b: Array, s: Array) -> Array:
    return np.maximum(1 - (1 - b) / np.maximum(s, 1e-6), -5.0)


def _pegtop(b: Array, s: Array) -> Array:
    return (1 - 2 * s) * b * b + 2 * s * b


@pytest.mark.parametrize(
    ("mode", "formula"), [("color-dodge", _dodge), ("color-burn", _burn), ("soft-light", _pegtop)]
)
def test_the_reason_is_the_formula(
    mode: BlendMode, formula: Callable[[Array, Array], Array], flattened: dict[str, Array]
) -> None:
    joined, *rest = [sheet.astype(np.float64) / 255 for sheet in layers()]
    for sheet in rest:
        b, ab, s, as_ = joined[..., :3], joined[..., 3:], sheet[..., :3], sheet[..., 3:] * OPACITY
        alpha = as_ + ab - as_ * ab
        color = s * as_ * (1 - ab) + b * ab * (1 - as_) + as_ * ab * formula(b, s)
        joined = np.concatenate([color / np.maximum(alpha, 1e-9), alpha], axis=-1)
    joined = np.clip(joined, 0.0, 1.0)
    joined[..., :3] *= joined[..., 3:]
    apart = np.abs(joined - flattened[mode]) * 255
    assert np.quantile(apart, 0.98) <= 0.05  # where both divide nothing by nothing, anything goes
