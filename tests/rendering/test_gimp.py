"""A document of three layers, flattened by GIMP 2.10, against our own compositor.

GIMP is asked to blend and composite in its perceptual space with the union of alphas, which is
what the W3C text describes.  Where a mode differs even so, the reason stands in ``DIFFERS``, and
where it is a formula, the test works GIMP's formula to show that nothing else is different.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from layerforge.model.layer import BLEND_MODES, BlendMode
from layerforge.operations.pixels import Pixels, premultiply
from layerforge.rendering.blend import composite

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
(define (flatten name mode)
  (let ((image (car (gimp-file-load RUN-NONINTERACTIVE "0.png" "0.png"))))
    (gimp-image-convert-precision image PRECISION-FLOAT-GAMMA)
    (for-each
      (lambda (file)
        (let ((layer (car (gimp-file-load-layer RUN-NONINTERACTIVE image file))))
          (gimp-image-insert-layer image layer 0 0)
          (gimp-layer-set-mode layer mode)
          (gimp-layer-set-blend-space layer LAYER-COLOR-SPACE-RGB-PERCEPTUAL)
          (gimp-layer-set-composite-space layer LAYER-COLOR-SPACE-RGB-PERCEPTUAL)
          (gimp-layer-set-composite-mode layer LAYER-COMPOSITE-UNION)))
      (list "1.png" "2.png"))
    (let ((joined (car (gimp-image-merge-visible-layers image CLIP-TO-IMAGE))))
      (gimp-image-convert-precision image PRECISION-U16-GAMMA)
      (file-png-save RUN-NONINTERACTIVE image joined name name 0 6 0 0 0 0 0)
      (gimp-image-delete image))))
"""


def layers() -> list[npt.NDArray[np.uint8]]:
    """Three sheets of soft blotches, (60, 80, 4) straight; the lowest mostly opaque."""
    sheets = []
    for seed in range(3):
        coarse = np.random.default_rng(seed).random((7, 9, 4), dtype=np.float32)
        sheet = cv2.resize(coarse, (80, 60), interpolation=cv2.INTER_CUBIC) * 1.3 - 0.15
        if seed == 0:
            sheet[:, :55, 3] = 1.0
        sheets.append((np.clip(sheet, 0.0, 1.0) * 255 + 0.5).astype(np.uint8))
    return sheets


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
    for number, sheet in enumerate(layers()):
        cv2.imwrite(str(folder / f"{number}.png"), cv2.cvtColor(sheet, cv2.COLOR_RGBA2BGRA))
    modes = ALIKE | {mode: name for mode, (name, _) in DIFFERS.items()}
    calls = "\n".join(f'(flatten "{mode}.png" {name})' for mode, name in modes.items())
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
        joined = composite(joined, sheet, mode=mode, opacity=1.0)
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
    assert apart.mean() > 2.0


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
        b, ab, s, as_ = joined[..., :3], joined[..., 3:], sheet[..., :3], sheet[..., 3:]
        alpha = as_ + ab - as_ * ab
        color = s * as_ * (1 - ab) + b * ab * (1 - as_) + as_ * ab * formula(b, s)
        joined = np.concatenate([color / np.maximum(alpha, 1e-9), alpha], axis=-1)
    joined = np.clip(joined, 0.0, 1.0)
    joined[..., :3] *= joined[..., 3:]
    apart = np.abs(joined - flattened[mode]) * 255
    assert np.quantile(apart, 0.98) <= 0.05  # where both divide nothing by nothing, anything goes
