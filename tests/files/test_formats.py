"""Every format that is written, read by others than the one that wrote it."""

import getpass
import io
import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from layerforge.files.flat import samples_of
from layerforge.files.formats import (
    FORMATS,
    LAYERED,
    SUFFIXES,
    check_size,
    depth_for,
    encode_flat,
    encode_layered,
    format_of,
)
from layerforge.files.images import decode
from layerforge.files.known_exports import export_state
from layerforge.files.layered import Document, Sheet
from layerforge.files.recipes import read_recipe
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue
from layerforge.model.recipe import MAX_RECIPE_BYTES, Recipe, encode_recipe
from layerforge.model.step import Call, Step

WIDTH, HEIGHT = 70, 50


def recipe_of(count):
    rng = np.random.default_rng(count)
    steps = tuple(
        Step(operation=Call(name="blur.gaussian", parameters={"radius": float(rng.random())}))
        for _ in range(count)
    )
    return Recipe(canvas=Canvas(width=WIDTH, height=HEIGHT), sources=(), steps=steps)


RECIPE = recipe_of(3)


def ramp(*, alpha):
    """Premultiplied pixels whose straight colours run over the whole range."""
    rgb = np.linspace(0, 1, WIDTH * HEIGHT * 3, dtype=np.float32).reshape(HEIGHT, WIDTH, 3)
    coverage = np.ones((HEIGHT, WIDTH, 1), np.float32)
    if alpha:
        coverage[:] = np.linspace(-0.3, 1.2, WIDTH, dtype=np.float32).clip(0, 1)[:, None]
    return np.concatenate([rgb * coverage, coverage], axis=-1)


def written(kind, *, depth=8, alpha=True, recipe=RECIPE):
    pixels = ramp(alpha=alpha)
    if kind not in LAYERED:
        return encode_flat(pixels, kind, recipe=recipe, depth=depth)
    nodes = (Sheet(name="all", samples=samples_of(pixels, depth=depth, alpha=True)),)
    document = Document(width=WIDTH, height=HEIGHT, nodes=nodes, merged=pixels, depth=depth)
    return encode_layered(document, kind, recipe=recipe)


def depths(kind):
    return (8,) if kind in ("webp", "jpeg") else (8, 16)


EVERY = [(kind, depth, alpha) for kind in FORMATS for depth in depths(kind) for alpha in (0, 1)]


@pytest.mark.parametrize(("kind", "depth", "alpha"), EVERY)
def test_the_picture_comes_back(kind, depth, alpha):
    content = written(kind, depth=depth, alpha=alpha)
    decoded = decode(content, name="x").astype(float)
    ours = ramp(alpha=alpha and kind != "jpeg")
    if alpha and kind == "jpeg":  # over white
        ours = ramp(alpha=True)
        ours[..., :3] += 1 - ours[..., 3:]
        ours[..., 3] = 1
    theirs = np.dstack([decoded[..., :3] * decoded[..., 3:] / 255, decoded[..., 3]])
    lossy = kind in ("jpeg", "webp")
    assert np.abs(theirs - ours * 255).max() <= (12 if lossy else 1.5 if depth == 8 else 2.1)
    assert np.abs(theirs - ours * 255).mean() <= (2 if lossy else 0.6)
    assert ((theirs[..., 3] == 0) == (ours[..., 3] == 0)).all()  # what is clear stays clear


@pytest.mark.parametrize("alpha", [False, True])
@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_sixteen_bits_are_exact(kind, alpha):
    content = written(kind, depth=16, alpha=alpha)
    read = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert read.dtype == np.uint16
    ours = ramp(alpha=alpha).astype(np.float64)
    seen = ours[..., 3] > 0
    straight = ours[seen][:, :3] / ours[seen][:, 3:]
    assert np.abs(read[seen][:, 2::-1] - straight * 65535).max() <= 1.5
    assert (read.shape[2] == 4) == alpha


@pytest.mark.parametrize(("kind", "depth", "alpha"), EVERY)
def test_the_recipe_is_inside(tmp_path, kind, depth, alpha):
    path = tmp_path / "any name"
    path.write_bytes(written(kind, depth=depth, alpha=alpha))
    assert read_recipe(path) == RECIPE
    assert export_state(path, RECIPE, width=WIDTH, height=HEIGHT) == "whole"
    assert export_state(path, RECIPE, width=WIDTH, height=HEIGHT + 1) == "other"
    assert export_state(path, recipe_of(2), width=WIDTH, height=HEIGHT) == "other"
    assert export_state(tmp_path / "gone", RECIPE, width=WIDTH, height=HEIGHT) == "other"


@pytest.mark.parametrize(("kind", "depth", "alpha"), EVERY)
def test_a_picture_that_is_cut_off_is_no_finished_export(tmp_path, kind, depth, alpha):
    path = tmp_path / "x"
    content = written(kind, depth=depth, alpha=alpha)
    for kept in (len(content) - 2, len(content) * 3 // 4, len(content) // 2, 100):
        path.write_bytes(content[:kept])
        assert export_state(path, RECIPE, width=WIDTH, height=HEIGHT) != "whole", kept


@pytest.mark.parametrize("kind", FORMATS)
def test_a_long_history_is_inside_too(tmp_path, kind):
    recipe = recipe_of(9000)  # more than a JPEG segment holds, packed
    assert len(zlib.compress(encode_recipe(recipe))) > 80_000
    (tmp_path / "x").write_bytes(written(kind, recipe=recipe))
    assert read_recipe(tmp_path / "x") == recipe


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_without_recipe_is_named(tmp_path, kind):
    (tmp_path / "x").write_bytes(written(kind, recipe=None))
    with pytest.raises(InvalidValue, match="x holds no LayerForge recipe"):
        read_recipe(tmp_path / "x")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_recipe_that_unpacks_to_much_is_refused(tmp_path, kind, monkeypatch):
    huge = b'{"a":"' + b" " * (MAX_RECIPE_BYTES + 10) + b'"}'
    for module in ("png", "xmp", "ora"):
        monkeypatch.setattr(f"layerforge.files.{module}.encode_recipe", lambda _: huge)
    content = written(kind)
    assert len(content) < 2_000_000
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(InvalidValue, match="larger than 16 MiB"):
        read_recipe(tmp_path / "x")


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "ora"])
def test_the_profile_is_srgb(kind):
    with Image.open(io.BytesIO(written(kind))) as image:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_the_resolution_of_a_tiff():
    with Image.open(io.BytesIO(written("tiff", depth=16))) as image:
        assert image.info["dpi"] == (300, 300)


@pytest.mark.parametrize(("kind", "depth", "alpha"), EVERY)
def test_nothing_personal_is_in_any_file(kind, depth, alpha):
    content = written(kind, depth=depth, alpha=alpha).lower()
    names = {str(Path.home()), os.path.realpath(Path.home()), str(Path.cwd()), "/tmp/"}
    user = getpass.getuser()
    names |= {f"/{user}/", f"={user}", f">{user}<"} | ({user} if len(user) > 4 else set())
    for name in names - {"/"}:
        assert name.lower().encode() not in content


@pytest.mark.skipif(shutil.which("identify") is None, reason="ImageMagick is not installed")
@pytest.mark.parametrize(("kind", "depth", "alpha"), [one for one in EVERY if one[0] != "ora"])
def test_imagemagick_reads_every_format(tmp_path, kind, depth, alpha):
    path = tmp_path / f"x{SUFFIXES[kind]}"
    path.write_bytes(written(kind, depth=depth, alpha=alpha))
    told = subprocess.run(
        ["identify", "-format", "%w %h %z %[icc:description]\n", f"{path}[0]"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    width, height, bits, profile = told.split(maxsplit=3)
    assert (int(width), int(height)) == (WIDTH, HEIGHT)
    assert int(bits) in (depth, 16)  # it widens what has alpha
    assert "sRGB" in profile


@pytest.mark.skipif(shutil.which("vips") is None, reason="libvips-tools are not installed")
@pytest.mark.parametrize(
    ("kind", "depth", "alpha"), [one for one in EVERY if one[0] in ("png", "tiff", "webp", "jpeg")]
)
def test_libvips_reads_every_flat_format(tmp_path, kind, depth, alpha):
    path, raw = tmp_path / f"x{SUFFIXES[kind]}", tmp_path / "x.ppm"
    path.write_bytes(written(kind, depth=depth, alpha=alpha))
    subprocess.run(["vips", "extract_band", path, raw, "0", "--n", "3"], check=True)
    read = cv2.imread(str(raw), cv2.IMREAD_UNCHANGED)[..., ::-1].astype(float)
    ours = samples_of(ramp(alpha=alpha), depth=depth)
    if kind == "jpeg":
        ours = decode(path.read_bytes(), name="x")
    assert read.shape == (HEIGHT, WIDTH, 3)
    seen = np.ones((HEIGHT, WIDTH), bool) if ours.shape[2] == 3 else ours[..., 3] > 0
    assert np.abs(read - ours[..., :3])[seen].mean() <= {"webp": 12, "jpeg": 1}.get(kind, 0)


def test_a_size_that_a_format_cannot_hold_is_refused_first():
    with pytest.raises(InvalidValue, match="WEBP holds at most 16383 pixels a side, not 16384x9"):
        check_size("webp", width=16384, height=9)
    check_size("webp", width=16383, height=16383)
    check_size("png", width=16384, height=16384)


def test_depths():
    assert depth_for("tiff", None) == 16
    assert depth_for("psd", None) == 8
    assert depth_for("png", 16) == 16
    with pytest.raises(InvalidValue, match="JPEG holds 8 bits"):
        depth_for("jpeg", 16)
    with pytest.raises(InvalidValue, match="8 or 16, got 12"):
        depth_for("png", 12)


def test_the_suffix_says_the_format():
    assert {format_of(Path(f"a.b{suffix}")) for suffix in SUFFIXES.values()} == set(FORMATS)
    assert format_of(Path("a.TIFF")) == "tiff"
    assert format_of(Path("a.xyz")) == "png"


def test_a_jpeg_has_one_segment_for_a_short_history():
    content = written("jpeg")
    assert content.count(b"http://ns.adobe.com/xap/1.0/\0") == 1
    assert content.count(b"http://ns.adobe.com/xmp/extension/\0") == 0
    place = content.index(b"http://ns.adobe.com/xap/1.0/\0") - 4
    assert content[place : place + 2] == b"\xff\xe1"
    assert struct.unpack(">H", content[place + 2 : place + 4])[0] < 2000
