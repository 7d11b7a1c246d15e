"""Contact sheets of every family."""

import re
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from layerforge.explore.sheets import Look, write_sheets
from layerforge.files.images import ImageRefused
from layerforge.operations.registry import FAMILIES, families


def tiles_of(path, size):
    """The parts of a sheet that are as large as a tile, from top to bottom."""
    with Image.open(path) as image:
        sheet = np.asarray(image.convert("RGB"))
    apart = np.abs(sheet.astype(int) - sheet[0, 0]).max(axis=-1) > 6
    filled = cv2.morphologyEx(apart.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5)))
    _, _, stats, _ = cv2.connectedComponentsWithStats(filled, connectivity=4)
    boxes = [tuple(int(value) for value in row[:4]) for row in stats[1:]]
    whole = [box for box in boxes if abs(box[2] - size[0]) <= 2 and abs(box[3] - size[1]) <= 2]
    return [sheet[y : y + high, x : x + wide] for x, y, wide, high in whole]


def test_a_sheet_shows_samples_of_every_operation_and_none_is_blank(photo_folder, tmp_path):
    pictures = [photo_folder / "flower.jpg", photo_folder / "china.jpg"]
    look = Look(samples=3, columns=3)
    told = []
    (path,) = write_sheets(
        tmp_path,
        pictures,
        own=2,
        look=look,
        only=["keying"],
        progress=lambda *one: told.append(one),
    )
    assert path == tmp_path / "keying.png"
    tiles = tiles_of(path, (176, 132))
    count = len(families()["keying"])
    assert len(tiles) == 3 * count
    assert min(one.std() for one in tiles) > 10
    assert told == [(done, count, "keying") for done in range(count)] + [(count, count, "")]


def test_tiles_have_the_shape_of_the_picture(photo_folder, tmp_path):
    with Image.open(photo_folder / "flower.jpg") as image:
        image.crop((100, 0, 400, 400)).save(tmp_path / "upright.png")
    look = Look(samples=2, columns=2)
    (path,) = write_sheets(
        tmp_path / "out", [tmp_path / "upright.png"], look=look, only=["tessellation"]
    )
    assert len(tiles_of(path, (132, 176))) == 4
    # 3:4 of the area of 4:3; and never narrower than 1:2
    assert look.tile_size(3 / 4) == (132, 176)
    assert look.tile_size(0.1) == look.tile_size(0.5) == (108, 216)


def test_sheets_may_be_small_files(photo_folder, tmp_path):
    look = Look(samples=1, columns=1, tile_px=64, suffix=".jpg", quality=50)
    (path,) = write_sheets(tmp_path, [photo_folder / "flower.jpg"], look=look, only=["drawing"])
    assert path.name == "drawing.jpg"
    assert path.stat().st_size < 12_000


def test_an_older_sheet_is_kept(photo_folder, tmp_path):
    pictures = [photo_folder / "flower.jpg"]
    look = Look(samples=1)
    (first,) = write_sheets(tmp_path, pictures, look=look, only=["cutout"])
    (second,) = write_sheets(tmp_path, pictures, look=look, only=["cutout"])
    assert second.name == "cutout-2.png"
    assert first.read_bytes() == second.read_bytes()


def test_the_pages_show_every_family_and_list_every_operation():
    root = Path(__file__).parents[2]
    page = (root / "assets" / "readme" / "toolbox.md").read_text(encoding="utf-8")
    readme = (root / "README.md").read_text(encoding="utf-8")
    built_in = [one for family in FAMILIES for one in families()[family]]
    assert f"{len(built_in)} tools in {len(FAMILIES)} families" in readme
    listed = re.findall(r"^\| `([a-z_.]+)` \|", page, flags=re.MULTILINE)
    assert listed == [one.tag() for one in built_in], "run `python assets/draw_toolbox.py`"
    size = 0
    for family in FAMILIES:
        assert f"\n## {family}\n" in page
        assert re.search(rf"\b{family}\b", readme)
        sheet = root / "assets" / "readme" / "toolbox" / f"{family}.jpg"
        size += sheet.stat().st_size
        with Image.open(sheet) as image:
            assert image.width < 1000
    assert size < 3_000_000


def test_what_is_no_image_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(ImageRefused, match=r"letter\.txt"):
        list(write_sheets(tmp_path / "out", [tmp_path / "letter.txt"]))
    assert not (tmp_path / "out").exists()
