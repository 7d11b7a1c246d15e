"""Contact sheets of every family."""

import numpy as np
import pytest
from PIL import Image

from layerforge.explore.sheets import write_sheets
from layerforge.files.images import ImageRefused
from layerforge.operations.registry import toolbox


def test_a_sheet_has_a_row_for_every_operation_and_none_is_blank(photo_folder, tmp_path):
    pictures = [photo_folder / "flower.jpg", photo_folder / "china.jpg"]
    (path,) = write_sheets(tmp_path, pictures, samples=3, only="keying")
    assert path == tmp_path / "keying.png"
    with Image.open(path) as image:
        sheet = np.asarray(image.convert("RGB"), dtype=np.float32)
    rows = [one for one in toolbox().operations.values() if one.family() == "keying"]
    assert sheet.shape[0] % len(rows) == 0
    for row in np.split(sheet, len(rows)):
        for tile in np.array_split(row[24:-6], 3, axis=1):
            assert tile.std() > 10


def test_an_older_sheet_is_kept(photo_folder, tmp_path):
    pictures = [photo_folder / "flower.jpg"]
    (first,) = write_sheets(tmp_path, pictures, samples=1, only="cutout")
    (second,) = write_sheets(tmp_path, pictures, samples=1, only="cutout")
    assert second.name == "cutout-2.png"
    assert first.read_bytes() == second.read_bytes()


def test_what_is_no_image_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(ImageRefused, match=r"letter\.txt"):
        list(write_sheets(tmp_path / "out", [tmp_path / "letter.txt"]))
    assert not (tmp_path / "out").exists()
