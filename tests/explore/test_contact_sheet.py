"""How contact sheets look."""

import io

import numpy as np
import pytest
from PIL import Image

from layerforge.explore.contact_sheet import Row, contact_sheet, encoded, tile

COLORS = [(200, 30, 30), (30, 160, 60), (40, 60, 200), (160, 40, 160), (20, 150, 160)]


def plain(color, size=(40, 30)):
    return Image.new("RGB", size, color)


def test_every_tile_is_whole_and_in_reading_order():
    rows = [Row("a.one", "Does one thing.", [plain(color) for color in COLORS])]
    sheet = np.asarray(contact_sheet("a", "about things", rows, columns=3))
    boxes = []
    for color in COLORS:
        ys, xs = np.nonzero((sheet == color).all(axis=-1))
        assert len(ys) == 40 * 30
        boxes.append((ys.min(), xs.min()))
        assert ys.max() - ys.min() == 29
        assert xs.max() - xs.min() == 39
    assert boxes == sorted(boxes)
    assert [y for y, _ in boxes[:3]] == [boxes[0][0]] * 3
    assert boxes[3][0] > boxes[0][0] + 30
    assert [x for _, x in boxes[3:]] == [x for _, x in boxes[:2]]


def test_labels_stand_above_their_tiles_and_end_on_the_sheet():
    long = "Does what takes very many words to say, " * 5
    rows = [Row(name, long, [plain(COLORS[0]) for _ in range(4)]) for name in ("a.x", "a.y")]
    sheet = np.asarray(contact_sheet("a", long, rows, columns=4)).astype(int)
    ink = (sheet.max(axis=-1) < 200) & ~(sheet == COLORS[0]).all(axis=-1)
    written = np.flatnonzero(ink.any(axis=1))
    tiles = np.flatnonzero((sheet == COLORS[0]).all(axis=-1).any(axis=1))
    assert written[0] < tiles[0]
    # a line of words between the two rows of tiles, and none below the last
    gap = np.flatnonzero(np.diff(tiles) > 1)
    assert len(gap) == 1
    assert ((written > tiles[gap[0]]) & (written < tiles[gap[0] + 1])).any()
    assert written[-1] < tiles[-1]
    columns = np.flatnonzero(ink.any(axis=0))
    assert columns[0] >= 20
    assert columns[-1] < sheet.shape[1] - 20


def test_what_is_not_opaque_is_shown_on_a_chequered_ground():
    pixels = np.zeros((64, 64, 4), dtype=np.float32)
    pixels[:, 32:] = (0.25, 0.5, 0.75, 1.0)
    shown = np.asarray(tile(pixels, width=32, height=32))
    assert shown.shape == (32, 32, 3)
    assert np.abs(shown[:, 16:].astype(int) - (64, 128, 191)).max() <= 1
    assert len(np.unique(shown[:, :16].reshape(-1, 3), axis=0)) == 2


@pytest.mark.parametrize(("suffix", "kind"), [(".png", "PNG"), (".jpg", "JPEG")])
def test_it_is_written_as_its_name_says(suffix, kind):
    content = encoded(plain(COLORS[1]), suffix=suffix)
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == kind
        assert image.size == (40, 30)
