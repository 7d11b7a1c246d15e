"""Random fields with natural spectra.

Every field is ``(H, W) float32`` and wraps around at its edges, so it can be sampled anywhere.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def fractal(
    height: int,
    width: int,
    rng: np.random.Generator,
    *,
    beta: float = 3.4,
    stretch_x: float = 1.0,
    coarsest: float = 1.0,
) -> Array:
    """Make noise whose power falls as ``frequency ** -beta``; mean 0, standard deviation 1.

    ``stretch_x`` above 1 draws features out along x. ``coarsest`` is the lowest frequency kept at
    full power, in cycles over the long side. Source: spectral synthesis of fractional Brownian
    motion (Voss 1985).
    """
    white = rng.standard_normal((height, width), dtype=np.float32)
    long_side = max(height, width)
    fy = np.fft.fftfreq(height)[:, None] * long_side
    fx = np.fft.rfftfreq(width)[None, :] * long_side * stretch_x
    frequency = np.sqrt(fx**2 + fy**2)
    gain = (frequency**2 + coarsest**2) ** (-beta / 4)
    gain[0, 0] = 0
    field = np.fft.irfft2(np.fft.rfft2(white) * gain, s=(height, width))
    return ((field - field.mean()) / field.std()).astype(np.float32)


def fractal_line(length: int, rng: np.random.Generator, *, beta: float) -> Array:
    """Make one-dimensional fractal noise: ``(length,)``, mean 0, standard deviation 1."""
    spectrum = np.fft.rfft(rng.standard_normal(length))
    frequency = np.arange(spectrum.size)
    frequency[0] = 1
    spectrum *= frequency ** (-beta / 2)
    spectrum[0] = 0
    line = np.fft.irfft(spectrum, n=length)
    return (line / line.std()).astype(np.float32)


def unit(field: Array, *, low: float = 1.0, high: float = 99.0) -> Array:
    """Rescale so that the ``low`` and ``high`` percentiles become 0 and 1, and clip."""
    start, stop = np.percentile(field[::3, ::3], [low, high])
    return np.clip((field - start) / (stop - start), 0, 1).astype(np.float32)


def sample(field: Array, x: Array, y: Array) -> Array:
    """Read ``field`` at pixel positions ``(x, y)``, both ``(H, W)``, wrapping at the edges."""
    height, width = field.shape[:2]
    return cv2.remap(
        field,
        np.mod(x, width).astype(np.float32),
        np.mod(y, height).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_WRAP,
    )


def warp(field: Array, dx: Array, dy: Array) -> Array:
    """Pull each pixel of ``field`` from ``(dx, dy)`` pixels away."""
    y, x = pixel_grid(*field.shape[:2])
    return sample(field, x + dx, y + dy)


def pixel_grid(height: int, width: int) -> tuple[Array, Array]:
    """Give the row and the column of every pixel, each ``(H, W) float32``."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return y, x


def smoothstep(low: float, high: float, value: Array) -> Array:
    """Ease from 0 at ``low`` to 1 at ``high``; either may be the larger."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def blur(field: Array, sigma: float) -> Array:
    """Gaussian blur, ``sigma`` in pixels; edges are mirrored."""
    if sigma > 12:
        factor = 4
        height, width = field.shape[:2]
        small = cv2.resize(field, (width // factor, height // factor), interpolation=cv2.INTER_AREA)
        small = cv2.GaussianBlur(small, (0, 0), sigma / factor, borderType=cv2.BORDER_REFLECT)
        return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return cv2.GaussianBlur(field, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)


def relief(height_map: Array, *, light_x: float = -0.6, light_y: float = -0.8) -> Array:
    """Shade a height map (in pixels) lit from a side: 0 where flat, positive towards the light."""
    gx = cv2.Sobel(height_map, cv2.CV_32F, 1, 0, ksize=3) / 8
    gy = cv2.Sobel(height_map, cv2.CV_32F, 0, 1, ksize=3) / 8
    return -(gx * light_x + gy * light_y) / np.sqrt(1 + gx**2 + gy**2)
