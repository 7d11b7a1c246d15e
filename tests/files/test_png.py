import io
import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image, ImageCms

from layerforge.files import recipes
from layerforge.files.png import RECIPE_KEY, encode_png
from layerforge.files.recipes import (
    CannotWrite,
    free_name,
    read_recipe,
    write_file,
    write_new,
    write_recipe,
)
from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, NewerVersion
from layerforge.model.recipe import Recipe
from layerforge.model.step import Call, Step

RECIPE = Recipe(
    canvas=Canvas(width=8, height=4),
    sources=(),
    steps=(Step(operation=Call(name="blur.gaussian", parameters={"radius": 0.01})),),
    versions={"layerforge": "0.1"},
)


def pixels_of(rgba):
    straight = np.asarray(rgba, dtype=np.float32)
    return np.concatenate([straight[..., :3] * straight[..., 3:], straight[..., 3:]], axis=-1)


def test_opaque_pixels_become_rgb_and_others_straight_rgba():
    opaque = pixels_of(np.full((4, 8, 4), (0.2, 0.4, 0.6, 1.0)))
    with Image.open(io.BytesIO(encode_png(opaque))) as image:
        assert (image.mode, image.size) == ("RGB", (8, 4))
        assert image.getpixel((0, 0)) == (51, 102, 153)
    sheer = pixels_of(np.full((4, 8, 4), (0.2, 0.4, 0.6, 0.5)))
    with Image.open(io.BytesIO(encode_png(sheer))) as image:
        assert image.mode == "RGBA"
        assert image.getpixel((0, 0)) == (51, 102, 153, 128)


def test_the_profile_is_srgb():
    with Image.open(io.BytesIO(encode_png(pixels_of(np.ones((2, 2, 4)))))) as image:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_the_recipe_stands_in_a_compressed_itxt_chunk(tmp_path):
    content = encode_png(pixels_of(np.ones((4, 8, 4))), recipe=RECIPE)
    place = content.index(b"iTXt")
    keyword = RECIPE_KEY.encode()
    assert content[place + 4 :].startswith(keyword + b"\0\1\0")  # compressed, method 0: zlib
    path = tmp_path / "x.png"
    path.write_bytes(content)
    assert read_recipe(path) == RECIPE


@pytest.mark.skipif(shutil.which("identify") is None, reason="ImageMagick is not installed")
def test_imagemagick_reads_the_file_and_the_profile(tmp_path):
    path = tmp_path / "x.png"
    path.write_bytes(encode_png(pixels_of(np.ones((4, 8, 4))), recipe=RECIPE))
    told = subprocess.run(
        ["identify", "-verbose", path], capture_output=True, text=True, check=True
    ).stdout
    assert "8x4" in told
    assert "icc:description: sRGB" in told


def test_a_sidecar_is_read_back(tmp_path):
    write_recipe(tmp_path / "r.json", RECIPE)
    assert read_recipe(tmp_path / "r.json") == RECIPE


def test_what_holds_no_recipe_is_named(tmp_path):
    Image.new("RGB", (2, 2)).save(tmp_path / "plain.png")
    (tmp_path / "text.txt").write_text("hello")
    (tmp_path / "other.json").write_text('{"a": 1}')
    for name, reason in (
        ("plain.png", "holds no LayerForge recipe"),
        ("text.txt", "holds no LayerForge recipe"),
        ("other.json", "not a LayerForge recipe"),
        ("gone.png", "can't be read"),
    ):
        with pytest.raises(InvalidValue, match=reason) as caught:
            read_recipe(tmp_path / name)
        assert name in str(caught.value)


def test_a_newer_recipe_is_refused(tmp_path):
    (tmp_path / "r.json").write_text('{"format": "layerforge-recipe", "version": 2}')
    with pytest.raises(NewerVersion, match="version 2"):
        read_recipe(tmp_path / "r.json")


def test_files_are_never_overwritten_by_chance(tmp_path):
    path = tmp_path / "a.png"
    assert free_name(path) == path
    path.write_text("")
    (tmp_path / "a-2.json").write_text("")
    assert free_name(path) == tmp_path / "a-3.png"


def test_a_failed_write_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="can't be written"):
        write_file(tmp_path / "file" / "x.png", b"x")
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(CannotWrite, match="folder can't be written"):
        write_file(target, b"x")  # a folder stands there
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_name_taken_in_the_last_moment_is_not_overwritten(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    names = iter([path, path, tmp_path / "a-2.png"])

    def another_program_is_faster(asked):
        assert asked == path
        path.write_bytes(b"theirs")
        return next(names)

    monkeypatch.setattr(recipes, "free_name", another_program_is_faster)
    assert write_new(path, b"ours") == tmp_path / "a-2.png"
    assert path.read_bytes() == b"theirs"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a-2.png", "a.png"]


def test_without_hard_links_nothing_is_overwritten_either(tmp_path, monkeypatch):
    def no_links(self, target):
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr("pathlib.Path.hardlink_to", no_links)
    assert write_new(tmp_path / "a.png", b"1") == tmp_path / "a.png"
    assert write_new(tmp_path / "a.png", b"2") == tmp_path / "a-2.png"
    assert (tmp_path / "a.png").read_bytes() == b"1"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="can't be written"):
        write_new(tmp_path / "file" / "x.png", b"x")
