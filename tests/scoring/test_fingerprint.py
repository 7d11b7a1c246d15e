import cv2
import numpy as np
import pytest
from scipy.fft import dctn

from layerforge.scoring.fingerprint import (
    HASH_BYTES,
    SIZE_BYTES,
    Known,
    bits_apart,
    fingerprint,
)


def test_the_hash_is_that_of_the_cosine_transform(photographs):
    picture = photographs["flower.jpg"]
    grey = cv2.resize(
        cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (32, 32), interpolation=cv2.INTER_AREA
    )
    low = dctn(grey.astype(np.float64), norm="ortho")[1:9, 1:9].ravel()
    expected = np.packbits(low > np.median(low))
    assert fingerprint(picture).shape == (SIZE_BYTES,)
    differing = np.unpackbits(fingerprint(picture)[:HASH_BYTES] ^ expected)
    assert differing.sum() <= 1  # rounding at the median
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
    assert Known(others).has_like(fingerprint(changed(photographs[name], how)))


@pytest.mark.parametrize("name", ["china.jpg", "flower.jpg"])
@pytest.mark.parametrize("how", ["flip", "hue", "darker", "quarter turn"])
def test_what_looks_another_is_not(photographs, name, how):
    """Another colour or brightness is another artwork, though the hash alone may be the same."""
    others = np.stack([fingerprint(one) for one in photographs.values()])
    assert not Known(others).has_like(fingerprint(changed(photographs[name], how)))


def test_nothing_is_among_none(photographs):
    assert not Known().has_like(fingerprint(photographs["china.jpg"]))


def test_bits_are_counted_one_by_one():
    others = np.array([0, 0b1011, 2**64 - 1, 2**63 + 1], dtype=np.uint64)
    assert bits_apart(np.uint64(0), others).tolist() == [0, 3, 64, 2]
    assert bits_apart(np.uint64(3), others).tolist() == [2, 1, 62, 2]


def test_bits_are_counted_the_same_without_numpy_2(monkeypatch):
    others = np.random.default_rng(0).integers(0, 2**64, 1000, dtype=np.uint64)
    counted = [int(one ^ others[0]).bit_count() for one in others]
    assert bits_apart(others[0], others).tolist() == counted
    monkeypatch.delattr(np, "bitwise_count", raising=False)
    assert bits_apart(others[0], others).tolist() == counted


def test_what_comes_later_is_known_too(photographs):
    """The hash is the first 8 bytes, and what may differ a little; the colours come behind it."""
    rng = np.random.default_rng(0)
    rows = rng.integers(0, 256, (200, SIZE_BYTES), dtype=np.uint8)
    known = Known(rows[:1])
    for row in rows[1:150]:
        known.extend(row[None])
    assert len(known) == 150
    assert [known.has_like(row) for row in rows] == [True] * 150 + [False] * 50
    near = rows[7].copy()
    near[:4] ^= 1  # four bits of the hash
    near[HASH_BYTES:] = np.minimum(near[HASH_BYTES:], 250) + 5
    assert known.has_like(near)
    near[4] ^= 1
    assert not known.has_like(near)
