import numpy as np
import pytest

from layerforge.scoring.growing import GrowingRows


@pytest.mark.parametrize("shape", [(), (3,)])
def test_rows_stay_as_they_were_added(shape):
    rng = np.random.default_rng(0)
    parts = [rng.normal(size=(count, *shape)).astype(np.float32) for count in (1, 0, 63, 1, 200, 7)]
    rows = GrowingRows(shape, np.float32)
    assert rows.rows().shape == (0, *shape)
    for part in parts:
        rows.extend(part)
    np.testing.assert_array_equal(rows.rows(), np.concatenate(parts))
    assert len(rows) == sum(map(len, parts))
    assert rows.rows().dtype == np.float32


def test_adding_one_by_one_seldom_copies():
    rows = GrowingRows((2,), np.float32)
    places = set()
    for number in range(1000):
        rows.extend(np.full((1, 2), number, dtype=np.float32))
        places.add(rows.rows().__array_interface__["data"][0])
    assert len(places) <= 6
