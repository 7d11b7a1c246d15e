"""Our documents in programs that no one here wrote: layers, and the flattened look.

Each blend mode has a cell of its own; see `grid`.  Measured differences of the flattened look, as
means over the worst mode's cell, of 255: Krita 5.1 reads OpenRaster and PSD within 0.3.  GIMP 2.10
reads PSD within 2 but for the modes in `GIMP_DIFFERS`, which it defines in its own way.  psd-tools'
own compositor comes within 0.5.
"""

import io
import os
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from layerforge.files.ora import encode_ora
from layerforge.files.psd import encode_psd
from layerforge.model.layer import BLEND_MODES
from tests.files.grid import OPACITY, cell_errors, grid_document

GIMP_DIFFERS = frozenset({"color-burn", "saturation", "color"})
"""Burn: GIMP divides where W3C's rule has no special case near black.  Saturation and colour: GIMP
works on HSL or LCh where W3C and Photoshop keep a weighted sum of the channels."""

KRITA_NAMES = {
    "normal": {"normal"},
    "multiply": {"multiply"},
    "screen": {"screen"},
    "overlay": {"overlay"},
    "darken": {"darken"},
    "lighten": {"lighten"},
    "color-dodge": {"dodge"},
    "color-burn": {"burn"},
    "hard-light": {"hard_light"},
    "soft-light": {"soft_light_svg", "soft_light"},
    "difference": {"diff"},
    "exclusion": {"exclusion"},
    "hue": {"hue"},
    "saturation": {"saturation"},
    "color": {"color"},
    "luminosity": {"luminize"},
}
BACKGROUNDS = [(1.0, 1.0, 1.0), None]

needs_krita = pytest.mark.skipif(
    shutil.which("krita") is None or shutil.which("xvfb-run") is None,
    reason="Krita or Xvfb is not installed",
)
needs_gimp = pytest.mark.skipif(shutil.which("gimp") is None, reason="GIMP is not installed")


@pytest.fixture
def private_home(tmp_path, monkeypatch):
    """The programs write their settings here."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    return tmp_path


@needs_krita
@pytest.mark.parametrize("background", BACKGROUNDS, ids=["opaque", "clear"])
@pytest.mark.parametrize(
    ("suffix", "encode", "depth"),
    [("ora", encode_ora, 8), ("psd", encode_psd, 8), ("psd", encode_psd, 16)],
)
def test_krita(photographs, private_home, suffix, encode, depth, background):
    document = grid_document(photographs, background=background, depth=depth)
    path = private_home / f"x.{suffix}"
    path.write_bytes(encode(document))
    native = private_home / "x.kra"  # a zip with the layers' description and the merged image
    command = ["xvfb-run", "-a", "krita", "--export", "--export-filename", native, path]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    archive = zipfile.ZipFile(native)
    xml = re.sub(rb"<!DOCTYPE[^>]*>", b"", archive.read("maindoc.xml"))
    layers = ElementTree.fromstring(xml).findall(".//{*}layer")
    assert len(layers) == len(document.nodes)
    for layer, node in zip(reversed(layers), document.nodes, strict=True):
        assert layer.get("name") == node.name
        assert abs(int(layer.get("opacity")) - node.opacity * 255) <= 0.5
        assert layer.get("visible") == ("1" if node.visible else "0")
        assert layer.get("compositeop") in KRITA_NAMES[node.blend]
    with Image.open(io.BytesIO(archive.read("mergedimage.png"))) as picture:
        flattened = np.asarray(picture.convert("RGBA"))
    errors = cell_errors(flattened, document)
    assert max(errors.values()) < 0.5, errors
    assert (flattened[..., 3][document.merged[..., 3] == 0] == 0).all()


_GIMP_SCRIPT = """
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "{source}" "x")))
       (layers (gimp-image-get-layers image)))
  (let loop ((n 0))
    (if (< n (car layers))
      (let ((one (vector-ref (cadr layers) n)))
        (gimp-message (string-append "layer|" (car (gimp-item-get-name one))
          "|" (number->string (car (gimp-layer-get-opacity one)))
          "|" (number->string (car (gimp-item-get-visible one)))))
        (loop (+ n 1)))))
  (let ((merged (car (gimp-image-merge-visible-layers image CLIP-TO-IMAGE))))
    (gimp-layer-resize-to-image-size merged)
    (file-png-save RUN-NONINTERACTIVE image merged "{target}" "x" 0 9 0 0 0 0 0)))
"""


@needs_gimp
@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("background", BACKGROUNDS, ids=["opaque", "clear"])
def test_gimp(photographs, private_home, background, depth):
    document = grid_document(photographs, background=background, depth=depth)
    path, target = private_home / "x.psd", private_home / "x.png"
    path.write_bytes(encode_psd(document))
    script = _GIMP_SCRIPT.format(source=path, target=target)
    told = subprocess.run(
        ["gimp", "-i", "-d", "-f", "-c", "--batch-interpreter=plug-in-script-fu-eval", "-b", script,
         "-b", "(gimp-quit 0)"],
        check=True,
        capture_output=True,
        timeout=240,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    lines = re.findall(r"layer\|(.*)\|(.*)\|(.*)", (told.stdout + told.stderr).decode())
    assert len(lines) == len(document.nodes)
    for (name, opacity, visible), node in zip(reversed(lines), document.nodes, strict=True):
        assert name == node.name
        assert float(opacity) == pytest.approx(100 * node.opacity, abs=0.3)
        assert visible == ("1" if node.visible else "0")
    with Image.open(target) as picture:
        flattened = np.asarray(picture.convert("RGBA"))
    errors = cell_errors(flattened, document)
    assert np.mean(list(errors.values())) < 2
    same = {mode: error for mode, error in errors.items() if mode not in GIMP_DIFFERS}
    assert max(same.values()) < 2, errors
    assert max(errors.values()) < 8, errors
    assert (flattened[..., 3][document.merged[..., 3] == 0] == 0).all()


def test_psd_tools_composes_the_same_look(photographs):
    psd_tools = pytest.importorskip("psd_tools", reason="psd-tools is not installed")
    pytest.importorskip("scipy", reason="psd-tools composes with scipy only")
    document = grid_document(photographs, background=None)
    read = psd_tools.PSDImage.open(io.BytesIO(encode_psd(document)))
    errors = cell_errors(np.asarray(read.composite(force=True).convert("RGBA")), document)
    assert max(errors.values()) < 1, errors
    assert OPACITY < 1
    assert set(errors) == set(BLEND_MODES)
