import cv2
import numpy as np
import pytest
from scipy.fft import dctn

from layerforge.scoring.fingerprint import (
    HASH_BYTES,
    SIZE_BYTES,
    bits_apart,
    fingerprint,
    is_among,
)


def test_the_hash_is_that_of_the_cosine_transform(photographs):
    picture = photographs["flower.jpg"]
    grey = cv2.resize(
        cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (32, 32), interpolation=cv2.INTER_AREA
    )
    low = dctn(grey.astype(np.float64), norm="ortho")[1:9, 1:9].ravel()
    expected = np.packbits(low > np.median(low))
    assert fingerprint(picture).shape == (SIZE_BYTES,)
    assert (
        bits_apart(np.pad(expected, (0, SIZE_BYTES - HASH_BYTES)), fingerprint(picture)[None])[0]
        <= 1
    )  # rounding at the median
    assert 28 <= np.unpackbits(expected).sum() <= 32


def changed(picture, how):
    height, width = picture.shape[:2]
    if how == "jpeg":
        data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
        return cv2.imdecode(data, cv2.IMREAD_COLOR)
    if how == "half size":
        return cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    if how == "grain":
        noise = np.random.default_rng(0).normal(0, 6, picture.shape)
        return np.clip(picture + noise, 0, 255).astype(np.uint8)
    if how == "flip":
        return picture[:, ::-1]
    if how == "hue":
        return picture[..., ::-1]
    if how == "darker":
        return (picture * 0.85).astype(np.uint8)
    if how == "quarter turn":
        return np.rot90(picture)
    raise ValueError(how)


@pytest.mark.parametrize("name", ["china.jpg", "flower.jpg"])
@pytest.mark.parametrize("how", ["jpeg", "half size", "grain"])
def test_what_looks_the_same_is_found(photographs, name, how):
    others = np.stack([fingerprint(one) for one in photographs.values()])
    assert is_among(fingerprint(changed(photographs[name], how)), others)


@pytest.mark.parametrize("name", ["china.jpg", "flower.jpg"])
@pytest.mark.parametrize("how", ["flip", "hue", "darker", "quarter turn"])
def test_what_looks_another_is_not(photographs, name, how):
    """Another colour or brightness is another artwork, though the hash alone may be the same."""
    others = np.stack([fingerprint(one) for one in photographs.values()])
    assert not is_among(fingerprint(changed(photographs[name], how)), others)


def test_nothing_is_among_none(photographs):
    none = np.zeros((0, SIZE_BYTES), dtype=np.uint8)
    assert not is_among(fingerprint(photographs["china.jpg"]), none)


def test_bits_are_counted_one_by_one():
    ours = np.zeros(SIZE_BYTES, dtype=np.uint8)
    others = np.zeros((3, SIZE_BYTES), dtype=np.uint8)
    others[1, :3] = [1, 3, 255]
    others[2, :HASH_BYTES] = 255
    others[2, HASH_BYTES:] = 255  # no part of the hash
    assert bits_apart(ours, others).tolist() == [0, 11, 64]
