import numpy as np
import pytest

torch = pytest.importorskip("torch")

from layerforge.scoring.preprocess import Preprocess, view_count  # noqa: E402

SIDE = 32
PLAIN = Preprocess(SIDE, (0.0,) * 3, (1.0,) * 3)


def views(picture, count):
    """Views as bytes, (V, SIDE, SIDE, 3)."""
    made = PLAIN.views(torch.from_numpy(picture)[None], at_most=count)
    return [np.rint(view[0].permute(1, 2, 0).numpy() * 255).astype(int) for view in made]


@pytest.mark.parametrize(
    ("height", "width", "at_most", "views"),
    [
        (100, 100, 1, 1), (100, 100, 5, 1), (100, 109, 5, 1), (100, 150, 1, 1),
        (100, 150, 2, 2), (100, 150, 3, 3), (100, 150, 5, 4), (150, 100, 4, 4),
        (100, 300, 4, 4), (300, 100, 5, 4), (100, 400, 5, 5), (1, 9000, 5, 5),
    ],
)  # fmt: skip
def test_a_long_picture_costs_its_whole_its_centre_and_its_edges(height, width, at_most, views):
    assert view_count(height, width, at_most) == views
    held = torch.zeros(1, height, width, 3, dtype=torch.uint8)
    made = PLAIN.views(held, at_most=at_most)
    assert len(made) == views
    assert all(view.shape == (1, 3, SIDE, SIDE) for view in made)


def test_the_whole_is_letter_boxed_on_its_mean_colour():
    picture = np.zeros((20, 80, 3), np.uint8)
    picture[:, :20] = (200, 100, 40)
    whole = views(picture, 2)[0]
    assert (whole[:12] == (50, 25, 10)).all()
    assert (whole[20:] == (50, 25, 10)).all()
    assert np.abs(whole[12:20, :6] - (200, 100, 40)).max() <= 1
    assert np.abs(whole[12:20, 10:]).max() <= 8  # bicubic rings a little
    upright = views(np.ascontiguousarray(picture.transpose(1, 0, 2)), 2)[0]
    assert np.array_equal(upright, whole.transpose(1, 0, 2))


def test_squares_reach_from_end_to_end():
    picture = np.repeat(np.arange(96, dtype=np.uint8)[None, :, None], SIDE, axis=0).repeat(3, 2)
    assert [view[0, 0, 0] for view in views(picture, 4)[1:]] == [0, 32, 64]
    assert [view[0, 0, 0] for view in views(picture, 3)[1:]] == [0, 64]
    assert [view[0, 0, 0] for view in views(picture, 2)[1:]] == [32]
    upright = np.ascontiguousarray(picture.transpose(1, 0, 2))
    assert [view[0, 0, 0] for view in views(upright, 4)[1:]] == [0, 32, 64]


def test_a_picture_that_is_hardly_long_is_seen_at_its_centre_and_edges():
    ramp = np.arange(48, dtype=np.uint8) * 4  # 3:2
    picture = np.repeat(ramp[None, :, None], SIDE, axis=0).repeat(3, 2)
    assert [view[0, 0, 0] for view in views(picture, 4)[1:]] == [0, 32, 64]


def test_a_box_does_not_depend_on_its_neighbours():
    rng = np.random.default_rng(0)
    pictures = torch.from_numpy(rng.integers(0, 256, (5, 30, 70, 3), dtype=np.uint8))
    together = PLAIN.views(pictures, at_most=4)
    for index in range(5):
        alone = PLAIN.views(pictures[index : index + 1], at_most=4)
        for one, all_of_them in zip(alone, together, strict=True):
            assert torch.equal(one[0], all_of_them[index])
