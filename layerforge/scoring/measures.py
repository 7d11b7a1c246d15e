"""The raw measures of a picture: nineteen figures that need no model and no download.

They are what the voters of ``voters.py`` judge by.  Each is defined on the picture resized by
area to 256 x 256, so figures of pictures of any size and shape can be compared.  Lightness L,
and colour a, b with chroma C = hypot(a, b), are Oklab's (Ottosson 2020).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.scoring import figures
from layerforge.scoring.figures import SIDE, Floats, Picture

LAYOUT_SIDE = 8
"""The side of the grid of mean colours that stands for a picture's layout."""

_BLANK_STD = 3.0
_LINK = 0.12
_LAGS_PX = range(2, 9)
_NOISE_SHARE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Nineteen figures of one picture, all finite.

    colorful: colourfulness M of sRGB in 0..1.  Source: Hasler & Süsstrunk 2003, "Measuring
        colourfulness in natural images".
    L_mean, L_std: mean and standard deviation of L.
    C_mean, C_std: mean and standard deviation of C.
    L_entropy: entropy of L in 64 bins over 0..1, bits (0..6).
    jpeg: bytes of the JPEG at quality 75 per sample (H·W·3): a stand-in for the complexity of
        the picture.  Source: Machado & Cardoso 1998, "Computing aesthetics".
    jpeg_low: the same after area resize to 64 x 64: the complexity of the composition alone.
    slope: slope of log radial power over log frequency, 4 to 99 cycles a picture, Hann window;
        near -2 for photographs.  Source: Field 1987, "Relations between the statistics of
        natural images and the response properties of cortical cells".
    slope_res: standard deviation of the residual of that fit, in natural logarithms.
    edge: mean gradient magnitude of L (Sobel / 8), L a pixel.
    edge_gini: Gini coefficient of the gradient magnitude: 0 detail everywhere alike, 1 in one
        place.
    bell_mu, bell_sd: mean and standard deviation of ln(gradient / 1e-3) where the gradient is
        above 1e-3; 0 where it nowhere is.  Source: Ross, Ralph & Zong 2006, "Evolutionary image
        synthesis using a model of aesthetics".
    spread: entropy of the gradient over a 4 x 4 grid, 0 (all in one cell) to 1 (even).
    asym: mean |L - L mirrored left to right|.
    low_std: standard deviation of L blurred by sigma 8 px: the large shapes.
    hf: standard deviation of L minus its blur of sigma 1 px: the finest detail.
    c8_std: standard deviation of all a and b of the 8 x 8 area mean: how far the large areas'
        colours lie from one grey.
    """

    colorful: float
    L_mean: float
    L_std: float
    C_mean: float
    C_std: float
    L_entropy: float
    jpeg: float
    jpeg_low: float
    slope: float
    slope_res: float
    edge: float
    edge_gini: float
    bell_mu: float
    bell_sd: float
    spread: float
    asym: float
    low_std: float
    hf: float
    c8_std: float

    def vector(self) -> npt.NDArray[np.float64]:
        """(19,) float64 in the order of ``NAMES``."""
        return np.array(astuple(self), dtype=np.float64)


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Measures))
"""The names of the measures in the order of ``Measures.vector``."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one pass over a picture's pixels gives.

    measures: the nineteen figures.
    layout: (8, 8, 3) float32, mean Oklab L, a, b of a coarse grid.
    contrast: global contrast factor, see ``global_contrast``.
    blocking: how far the blocks of a JPEG show, see ``figures.blocking``; of the picture as it is.
    """

    measures: Measures
    layout: Floats
    contrast: float
    blocking: float


def measure(picture: Picture) -> Measures:
    """The measures of ``picture``: (H, W, 3) uint8 sRGB, H and W ≥ 1."""
    return look(picture).measures


def look(picture: Picture) -> Look:
    """Measures, layout and contrast of ``picture`` ((H, W, 3) uint8 sRGB) in one pass."""
    small = figures.shrink(picture, side=SIDE)
    lab = figures.oklab(small)
    lightness, a, b = (np.ascontiguousarray(lab[..., channel]) for channel in range(3))
    layout = cv2.resize(lab, (LAYOUT_SIDE, LAYOUT_SIDE), interpolation=cv2.INTER_AREA)
    chroma = figures.length(a, b)
    gradient = figures.gradient_magnitude(lightness)
    bell_mu, bell_sd = figures.bell_curve(gradient)
    slope, slope_res = figures.spectral_slope(lightness)
    measures = Measures(
        colorful=figures.colourfulness(small),
        L_mean=float(lightness.mean()),
        L_std=float(lightness.std()),
        C_mean=float(chroma.mean()),
        C_std=float(chroma.std()),
        L_entropy=figures.entropy(lightness),
        jpeg=figures.jpeg_bytes(small),
        jpeg_low=figures.jpeg_bytes(figures.shrink(small, side=64)),
        slope=slope,
        slope_res=slope_res,
        edge=float(gradient.mean()),
        edge_gini=figures.gini(gradient),
        bell_mu=bell_mu,
        bell_sd=bell_sd,
        spread=figures.evenness(gradient),
        asym=figures.mean_difference(lightness, np.ascontiguousarray(lightness[:, ::-1])),
        low_std=float(figures.blurred(lightness, sigma=8.0).std()),
        hf=float((lightness - figures.blurred(lightness, sigma=1.0)).std()),
        c8_std=float(layout[..., 1:].std()),
    )
    return Look(
        measures,
        layout.astype(np.float32, copy=False),
        contrast=figures.global_contrast(lightness),
        blocking=figures.blocking(picture),
    )


def screen(picture: Picture) -> Literal["blank", "noise"] | None:
    """Why ``picture`` ((H, W, 3) uint8) needs no judge: ``blank``, ``noise``, or None if it does.

    blank: hardly any variation of lightness or colour.
    noise: in one direction at least, and apart from the mean profile along it, pixels tell
        nothing of those 2 to 8 pixels on: pixel noise, shuffled pixels, shuffled lines.
    """
    small = figures.shrink(picture, side=SIDE)
    if float(cv2.meanStdDev(small)[1].max()) < _BLANK_STD:
        return "blank"
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey -= grey.mean()
    least = max(_BLANK_STD**2, _NOISE_SHARE * float(np.vdot(grey, grey)) / grey.size)
    for plane in (grey, np.ascontiguousarray(grey.T)):
        rest = plane - plane.mean(axis=0)
        power = float(np.vdot(rest, rest)) / rest.size
        if power < least:
            continue
        links = [abs(float(np.vdot(rest[lag:], rest[:-lag]))) / rest[lag:].size for lag in _LAGS_PX]
        if max(links) < _LINK * power:
            return "noise"
    return None
