"""The measures of likeness, against another library's."""

from __future__ import annotations

import numpy as np
import pytest

from layerforge.operations.pixels import luma
from tests.likeness import Likeness, ssim
from tests.operations.pictures import photo


def test_structural_similarity_knows_the_same_and_the_different() -> None:
    """Against scikit-image's."""
    from skimage.metrics import structural_similarity

    one, other = (luma(photo(192, 128, name)[..., :3]) for name in ("china.jpg", "flower.jpg"))
    assert ssim(one, one) == pytest.approx(1.0, abs=1e-5)
    for second in (np.clip(one * np.float32(0.8) + np.float32(0.1), 0, 1), other):
        want = structural_similarity(
            one,
            second,
            data_range=1.0,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
        )
        assert ssim(one, second) == pytest.approx(want, abs=0.01)


@pytest.mark.parametrize(
    ("found", "smooth", "texture"),
    [
        (Likeness(1.9, 0.96), True, True),
        (Likeness(2.1, 0.99), False, True),
        (Likeness(1.0, 0.94), False, True),
        (Likeness(6.1, 0.99), False, False),
    ],
)
def test_smooth_filters_are_held_to_more(found: Likeness, smooth: bool, texture: bool) -> None:
    assert found.holds(texture_like=False) is smooth
    assert found.holds(texture_like=True) is texture
