"""The figures that the measures are made of: pure functions of pixels, each with its source.

Lightness is Oklab's L (Ottosson 2020) as (H, W) float32, 0 black to 1 white.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.pixels import LMS_TO_OKLAB, SRGB_TO_LMS, to_linear

SIDE = 256
"""The side in pixels at which pictures are measured."""

Picture = npt.NDArray[np.uint8]
"""(H, W, 3) uint8, sRGB, opaque."""

Floats = npt.NDArray[np.float32]

_BINS = 64
_GRID = 4
_LEVELS = 16383
_EDGE_FLOOR = 1e-3
_SLOPE_CYCLES = (4, 99)
_JPEG = [cv2.IMWRITE_JPEG_QUALITY, 75]
_JPEG_BLOCK = 8
_LEAST_BLOCKS = 4
_NOTHING = 0.05  # of 255: the mean step within large pixels
_CONTRAST_SIDES = tuple(max(2, round(SIDE / step)) for step in (1, 2, 4, 8, 16, 25, 50, 100, 128))

_LINEAR = to_linear(np.arange(256, dtype=np.float32) / np.float32(255.0))
_OPPONENTS = np.array([[1.0, -1.0, 0.0], [0.5, 0.5, -1.0]], dtype=np.float32) / np.float32(255.0)


def shrink(picture: Picture, *, side: int) -> Picture:
    """``picture`` area-resized to (side, side, 3) uint8."""
    if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8:
        raise ValueError(f"picture must be (H, W, 3) uint8, got {picture.shape} {picture.dtype}")
    if picture.size == 0:
        raise ValueError(f"picture must have pixels, got {picture.shape}")
    if picture.shape[:2] == (side, side):
        return np.ascontiguousarray(picture)
    resized = cv2.resize(np.ascontiguousarray(picture), (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(resized, dtype=np.uint8)


def oklab(picture: Picture) -> Floats:
    """(H, W, 3) uint8 sRGB to (H, W, 3) float32 Oklab.  Source: Ottosson 2020."""
    lms = np.asarray(cv2.transform(cv2.LUT(picture, _LINEAR), SRGB_TO_LMS), dtype=np.float32)
    return np.asarray(cv2.transform(np.cbrt(lms, out=lms), LMS_TO_OKLAB), dtype=np.float32)


def colourfulness(picture: Picture) -> float:
    """Colourfulness M of (H, W, 3) uint8 sRGB, on a scale of 0..1 a channel.

    Source: Hasler & Süsstrunk 2003, rg = R - G, yb = (R + G) / 2 - B,
    M = |std(rg), std(yb)| + 0.3 |mean(rg), mean(yb)|.
    """
    opponents = cv2.transform(picture.astype(np.float32), _OPPONENTS)
    means, deviations = cv2.meanStdDev(opponents)
    return float(np.linalg.norm(deviations) + 0.3 * np.linalg.norm(means))


def entropy(lightness: Floats) -> float:
    """Shannon entropy in bits of (H, W) lightness in 64 equal bins over 0..1."""
    bins = np.clip(lightness * np.float32(_BINS), 0, _BINS - 1).astype(np.intp)
    return _entropy_bits(np.bincount(bins.ravel(), minlength=_BINS).astype(np.float64))


def jpeg_bytes(picture: Picture) -> float:
    """Bytes per sample (H·W·3) of ``picture`` as JPEG of quality 75, header included."""
    done, encoded = cv2.imencode(".jpg", picture[..., ::-1], _JPEG)
    if not done:
        raise RuntimeError(f"OpenCV could not encode a JPEG of {picture.shape}")
    return float(encoded.size) / picture.size


def gradient_magnitude(lightness: Floats) -> Floats:
    """(H, W) gradient magnitude of (H, W) lightness by Sobel / 8: lightness a pixel."""
    across = np.asarray(cv2.Sobel(lightness, cv2.CV_32F, 1, 0, scale=0.125), dtype=np.float32)
    down = np.asarray(cv2.Sobel(lightness, cv2.CV_32F, 0, 1, scale=0.125), dtype=np.float32)
    return length(across, down)


def length(one: Floats, other: Floats) -> Floats:
    """sqrt(one² + other²) of two planes (H, W).

    Not by cv2.magnitude, whose last bit hangs on where in memory the planes lie: the same
    picture must always get the same value.
    """
    squares: Floats = one * one
    squares += other * other
    np.sqrt(squares, out=squares)
    return squares


def bell_curve(gradient: Floats) -> tuple[float, float]:
    """Mean and standard deviation of ln(gradient / 1e-3) where ``gradient`` > 1e-3.

    Ross, Ralph & Zong 2006 found the responses of fine art to follow a bell curve.
    """
    felt = gradient[gradient > _EDGE_FLOOR]
    if felt.size == 0:
        return 0.0, 0.0
    responses = np.log(felt * np.float32(1.0 / _EDGE_FLOOR))
    return float(responses.mean()), float(responses.std())


def gini(values: Floats) -> float:
    """Gini coefficient of ``values`` ≥ 0 of any shape: 0 all equal (or none), to 1 one has all.

    Exact for values rounded to 1/16383 of the largest, which costs far less than sorting.
    """
    largest = float(values.max(initial=0.0))
    if largest <= 0.0:
        return 0.0
    levels = np.rint(values * np.float32(_LEVELS / largest)).astype(np.intp)
    counts = np.bincount(levels.ravel(), minlength=_LEVELS + 1)
    at_least = values.size - np.cumsum(counts) + counts
    doubled = 2 * at_least[1:] - counts[1:]
    ranked = counts[1:] * np.arange(1, _LEVELS + 1)
    return float(1.0 - (ranked @ doubled) / (float(ranked.sum()) * values.size))


def evenness(gradient: Floats) -> float:
    """How evenly ``gradient`` (H, W) lies over a 4 x 4 grid: 0 in one cell, 1 even, 0 if none."""
    cells = cv2.resize(gradient, (_GRID, _GRID), interpolation=cv2.INTER_AREA)
    return _entropy_bits(cells.ravel().astype(np.float64)) / float(np.log2(_GRID * _GRID))


def global_contrast(lightness: Floats) -> float:
    """Global contrast factor of (256, 256) lightness 0..1: 0 flat, about 0.02..0.1 for pictures.

    The mean difference of each superpixel to its four neighbours, at nine resolutions, summed
    with weights that follow how much of each resolution people see.  The superpixels are those
    of the paper, the coarsest 128 rather than 200 pixels wide, so that four of them remain.
    Source: Matković, Neumann, Neumann, Psik & Purgathofer 2005, "Global contrast factor - a new
    approach to image contrast"; Oklab L in the place of their perceptual luminance.
    """
    total = 0.0
    for level, side in enumerate(_CONTRAST_SIDES, start=1):
        share = level / 9.0
        weight = (-0.406385 * share + 0.334573) * share + 0.0877526
        shrunk = cv2.resize(lightness, (side, side), interpolation=cv2.INTER_AREA)
        plane = np.asarray(shrunk, dtype=np.float32)
        across = mean_difference(plane[:, 1:], plane[:, :-1])
        down = mean_difference(plane[1:], plane[:-1])
        total += weight * (across + down) / 2.0
    return total


def _radial_bins() -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Radius in cycles of each cell of a real FFT of SIDE x SIDE, and how many cells it stands for.

    Cells outside the fitted band have radius 0.
    """
    down = np.fft.fftfreq(SIDE, 1.0 / SIDE)[:, None]
    across = np.fft.rfftfreq(SIDE, 1.0 / SIDE)[None, :]
    radius = np.rint(np.hypot(down, across)).astype(np.intp)
    low, high = _SLOPE_CYCLES
    radius[(radius < low) | (radius > high)] = 0
    weight = np.full(radius.shape, 2.0)
    weight[:, 0] = 1.0
    weight[:, -1] = 1.0
    return radius.ravel(), weight.ravel()


_RADIUS, _WEIGHT = _radial_bins()
_HANN = np.outer(*[np.hanning(SIDE + 1)[:-1]] * 2).astype(np.float32)
_PER_RADIUS = np.bincount(_RADIUS, weights=_WEIGHT)[_SLOPE_CYCLES[0] :]
_LOG_CYCLES = np.log(np.arange(_SLOPE_CYCLES[0], _SLOPE_CYCLES[1] + 1, dtype=np.float64))
_CENTRED_CYCLES = _LOG_CYCLES - _LOG_CYCLES.mean()


def spectral_slope(lightness: Floats) -> tuple[float, float]:
    """Slope of log power over log frequency of (256, 256) lightness, and the fit's residual.

    The radial mean of the power of a Hann-windowed picture, 4 to 99 cycles.  A picture of
    amplitude 1/f has slope -2.  Returns (0, 0) for a flat picture.
    Source: Field 1987; Torralba & Oliva 2003, "Statistics of natural image categories".
    """
    spectrum = np.fft.rfft2((lightness - lightness.mean()) * _HANN)
    power = (spectrum.real**2 + spectrum.imag**2).ravel()
    rings = np.bincount(_RADIUS, weights=power * _WEIGHT)[_SLOPE_CYCLES[0] :] / _PER_RADIUS
    logs = np.log(rings + 1e-9)
    logs -= logs.mean()
    slope = float(logs @ _CENTRED_CYCLES / (_CENTRED_CYCLES @ _CENTRED_CYCLES))
    return slope, float((logs - slope * _CENTRED_CYCLES).std())


def blocking(picture: Picture) -> float:
    """How far the steps between the 8 x 8 blocks of a JPEG stand out from those within them.

    picture: (H, W, 3) uint8 at the size at which it is looked at: any resizing moves the blocks.
    About 1 without blocks (0.9 to 1.2 for pictures and collages), up to 1.5 for a JPEG of quality
    60, 2 to 6 for one of quality 3; 1 where a side is shorter than 33 pixels.

    The mean step of lightness from each column to the next; those at the edges of blocks are
    compared with those beside them, and with those at the same place in all blocks; the least of
    both, and of both directions.  Steps at other distances, as of large pixels, mostly stand out in
    some blocks only; pixels of just 8 are told apart by having nothing at all within.
    Source: Wang, Sheikh & Bovik 2002, "No-reference perceptual quality assessment of JPEG
    compressed images" (steps at the blocks' edges against those within).
    """
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY).astype(np.float32)
    return min(_blocking_across(grey), _blocking_across(np.ascontiguousarray(grey.T)))


def _blocking_across(grey: Floats) -> float:
    count = (grey.shape[1] - 1) // _JPEG_BLOCK
    if count < _LEAST_BLOCKS:
        return 1.0
    steps = cv2.absdiff(grey[:, 1:], grey[:, :-1]).mean(axis=0)
    steps = steps[: count * _JPEG_BLOCK].reshape(count, _JPEG_BLOCK)
    inner, edges = steps[:, :-1], steps[:, -1]
    if inner.mean() < _NOTHING:
        return 1.0
    beside = np.quantile((edges + 1.0) / (inner.mean(axis=1) + 1.0), 0.25)
    everywhere = np.quantile(steps, 0.25, axis=0) + 1.0
    return float(min(beside, everywhere[-1] / everywhere[:-1].max()))


def mean_difference(one: Floats, other: Floats) -> float:
    """Mean of |one - other|, both (H, W)."""
    return float(cv2.norm(one, other, cv2.NORM_L1)) / one.size


def blurred(plane: Floats, *, sigma: float) -> Floats:
    """``plane`` (H, W) under a Gaussian of ``sigma`` pixels, mirrored at the border."""
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), dtype=np.float32)


def _entropy_bits(counts: npt.NDArray[np.float64]) -> float:
    total = counts.sum()
    if total <= 0.0:
        return 0.0
    shares = counts[counts > 0.0] / total
    return float(abs(-(shares @ np.log2(shares))))
