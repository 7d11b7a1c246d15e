import io

import cv2
import numpy as np
import pytest
from PIL import Image

from layerforge.scoring.fragility import VARIATIONS, lower_quartile, varied
from layerforge.scoring.panel import Panel, make_yardstick
from layerforge.scoring.scorer import Verdict
from layerforge.scoring.voters import MeasuresScorer


def test_the_variations_are_what_they_say(photographs):
    picture = photographs["china.jpg"]
    made = dict(zip(VARIATIONS, varied(picture), strict=True))
    assert all(one.shape == picture.shape for one in made.values())
    np.testing.assert_array_equal(made["flip"], picture[:, ::-1])
    # the crop's corners come from 4 % inside
    inside = picture[17:410, 26:614]
    np.testing.assert_allclose(
        made["crop"][:40, :40].mean(axis=(0, 1)), inside[:37, :37].mean(axis=(0, 1)), atol=2.0
    )
    for name in ("jpeg", "blur"):
        apart = np.abs(made[name].astype(int) - picture)
        assert 0 < apart.mean() < 12  # slight
        assert np.abs(made[name].mean(axis=(0, 1)) - picture.mean(axis=(0, 1))).max() < 1.5
    sharpness = cv2.Laplacian(picture, cv2.CV_32F).std()
    assert cv2.Laplacian(made["blur"], cv2.CV_32F).std() < 0.8 * sharpness


def test_the_jpeg_is_of_quality_60(photographs):
    picture = photographs["flower.jpg"]
    saved = varied(picture)[VARIATIONS.index("jpeg")]
    apart = {}
    for quality in (30, 45, 60, 75, 90):
        held = io.BytesIO()
        Image.fromarray(picture).save(held, "JPEG", quality=quality)
        peer = np.asarray(Image.open(held)).astype(int)
        apart[quality] = np.abs(peer - saved).mean()
    assert min(apart, key=apart.get) == 60
    assert apart[60] < 0.3


def test_the_lower_quartile_of_five_is_the_second_least():
    values = np.array([[5.0, 1], [1, 2], [4, 3], [2, 4], [3, 5]])
    assert lower_quartile(values).tolist() == [2.0, 2.0]


class Fooled:
    """A voter that can be fooled: by a faint pattern of single pixels, and by that alone."""

    name = "fooled"
    description = "loves a secret pattern"
    batch_size = 8

    def __init__(self, shape):
        rng = np.random.default_rng(9)
        self.secret = rng.choice([-1.0, 1.0], size=shape)

    def judge(self, pictures):
        centred = pictures - pictures.mean(axis=(1, 2), keepdims=True)
        votes = (centred * self.secret).mean(axis=(1, 2, 3))
        embeddings = np.ones((len(pictures), 1), dtype=np.float32)
        return Verdict(values=votes.astype(np.float64), embeddings=embeddings)


def test_an_adversarial_picture_loses_what_it_gained(photographs):
    picture = photographs["china.jpg"]
    voter = Fooled(picture.shape)
    adversarial = np.clip(picture + 6.0 * voter.secret, 0, 255).astype(np.uint8)

    def plain_and_kept(one):
        votes = voter.judge(np.concatenate([one[None], varied(one)])).values
        return votes[0], lower_quartile(votes[:, None])[0]

    plain, kept = plain_and_kept(picture)
    fooled, seen_through = plain_and_kept(adversarial)
    gain = fooled - plain
    assert gain > 5.0  # levels: the voter is taken in
    assert seen_through - kept < 0.1 * gain
    assert abs(plain - kept) < 0.1 * gain  # while the photograph keeps its value


@pytest.mark.parametrize("name", ["china.jpg", "flower.jpg"])
def test_fine_noise_is_more_fragile_than_the_photograph(photographs, name):
    picture = photographs[name]
    others = [np.roll(one, shift, axis=1) for one in photographs.values() for shift in (0, 90, 200)]
    scorer = MeasuresScorer()
    yardstick = make_yardstick("m", scorer.judge(np.stack(others)).parts)
    panel = Panel(yardstick)
    rng = np.random.default_rng(0)
    noisy = np.clip(picture + rng.normal(0, 60, picture.shape), 0, 255).astype(np.uint8)

    def kept(one):
        looks = np.concatenate([one[None], varied(one)])
        return float(lower_quartile(panel.join(scorer.judge(looks).parts).values[:, None])[0])

    assert kept(picture) > kept(noisy)
