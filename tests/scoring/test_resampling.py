import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")

from layerforge.scoring.resampling import resized_as_pillow  # noqa: E402

PILLOW = {"bicubic": Image.Resampling.BICUBIC, "bilinear": Image.Resampling.BILINEAR}


def both(picture, goal, mode):
    planes = torch.from_numpy(picture.copy())[None].permute(0, 3, 1, 2)
    ours = resized_as_pillow(planes, goal, mode=mode)[0].permute(1, 2, 0).numpy()
    image = Image.fromarray(np.ascontiguousarray(picture))
    return ours, np.asarray(image.resize(goal[::-1], PILLOW[mode]), np.float32)


def assert_alike(ours, theirs):
    difference = np.abs(ours - theirs)
    assert difference.max() <= 1
    assert difference.mean() < 0.01


@pytest.mark.parametrize("mode", PILLOW)
@pytest.mark.parametrize(
    "goal", [(64, 64), (97, 33), (224, 224), (224, 335), (427, 100), (500, 700), (1, 1)]
)
def test_it_is_what_pillow_gives_but_for_an_odd_last_bit(photographs, goal, mode):
    for picture in photographs.values():
        ours, theirs = both(picture, goal, mode)
        assert ours.dtype == np.float32
        assert_alike(ours, theirs)


@pytest.mark.parametrize(
    "goal", [(335, 224), (640, 64), (100, 427), (96, 64), (300, 600), (500, 420), (500, 380)]
)
def test_so_it_is_of_upright_pictures(photographs, goal):
    for picture in photographs.values():
        assert_alike(*both(picture.transpose(1, 0, 2), goal, "bicubic"))


def test_so_it_is_of_noise_at_full_contrast():
    noise = np.random.default_rng(0).integers(0, 2, (90, 90, 3), dtype=np.uint8) * 255
    assert_alike(*both(noise, (51, 51), "bicubic"))


def test_the_centre_alone_is_the_centre_of_the_whole(photographs):
    planes = torch.from_numpy(photographs["china.jpg"].copy())[None].permute(0, 3, 1, 2)
    for goal in ((96, 301), (301, 97), (427, 640), (20, 30)):
        whole = resized_as_pillow(planes, goal, mode="bicubic")
        alone = resized_as_pillow(planes, goal, mode="bicubic", centre=64)
        high, wide = min(64, goal[0]), min(64, goal[1])
        top, left = round((goal[0] - high) / 2), round((goal[1] - wide) / 2)
        assert alone.shape[2:] == (high, wide)
        assert (alone - whole[:, :, top : top + high, left : left + wide]).abs().max() <= 1
