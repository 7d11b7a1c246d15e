"""A luminous moth, cut out: wings with veins, bands and eyespots, a furred body."""

import cv2
import numpy as np

from drawing.color import Array, gradient, mix, rgb, saturate, shade
from drawing.ink import Sheet, over
from drawing.noise import blur, fractal, pixel_grid, sample, smoothstep

WIDTH, HEIGHT = 1360, 1240
UNIT = 655.0
CENTER_X, CENTER_Y = WIDTH / 2, 470.0

FOREWING = [
    (0.035, -0.17),
    (0.20, -0.355),
    (0.42, -0.50),
    (0.66, -0.605),
    (0.86, -0.655),
    (0.985, -0.615),
    (0.965, -0.50),
    (0.885, -0.36),
    (0.83, -0.20),
    (0.80, -0.04),
    (0.70, 0.035),
    (0.50, 0.05),
    (0.28, 0.06),
    (0.06, 0.04),
]
HINDWING = [
    (0.04, -0.02),
    (0.26, -0.06),
    (0.50, -0.02),
    (0.68, 0.10),
    (0.72, 0.26),
    (0.65, 0.40),
    (0.55, 0.50),
    (0.485, 0.60),
    (0.475, 0.74),
    (0.52, 0.90),
    (0.595, 1.03),
    (0.58, 1.10),
    (0.50, 1.075),
    (0.405, 0.95),
    (0.345, 0.78),
    (0.305, 0.62),
    (0.235, 0.47),
    (0.13, 0.32),
    (0.05, 0.17),
]


def draw_moth(rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw the moth; 1360 by 1240 px. Gives its picture and its alpha."""
    hind, hind_alpha = _wing(HINDWING, (0.03, 0.02), (0.40, 0.205, 0.092), rng)
    fore, fore_alpha = _wing(FOREWING, (0.02, -0.10), (0.52, -0.285, 0.082), rng)
    under = blur(np.roll(fore_alpha, (16, -3), (0, 1)), 13)
    hind = shade(hind, -0.55 * under)
    wings = mix(hind, fore, fore_alpha)
    alpha = fore_alpha + hind_alpha * (1 - fore_alpha)
    right = np.arange(WIDTH)[None, :] >= CENTER_X
    wings = np.where(right[..., None], wings, wings[:, ::-1])
    alpha = np.where(right, alpha, alpha[:, ::-1])
    y, x = pixel_grid(HEIGHT, WIDTH)
    across = (x - CENTER_X) / UNIT
    wings = shade(wings, 0.10 - 0.20 * smoothstep(-0.9, 0.9, across))
    wings = shade(
        wings, -0.5 * np.exp(-((across / 0.085) ** 2)) * smoothstep(0.6, 0.2, (y - CENTER_Y) / UNIT)
    )
    picture, alpha = over(wings, alpha, *_antennae(rng))
    picture, alpha = over(picture, alpha, *_body(rng))
    return saturate(picture, 1.08), alpha


def _pixels(points: Array) -> Array:
    return np.asarray(points) * UNIT + np.array([CENTER_X, CENTER_Y])


def _closed_curve(points: list[tuple[float, float]], per_span: int = 24) -> Array:
    """Run a closed Catmull-Rom spline through ``points``."""
    p = np.array(points)
    t = np.linspace(0, 1, per_span, endpoint=False)[None, :, None]
    before, start, end, after = (np.roll(p, shift, axis=0)[:, None] for shift in (1, 0, -1, -2))
    curve = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return curve.reshape(-1, 2)


def _fill(outline: Array, scale: int = 4) -> Array:
    """Fill a polygon in pixels, antialiased: ``(H, W)``, 0 to 1."""
    big = np.zeros((HEIGHT * scale, WIDTH * scale), np.uint8)
    cv2.fillPoly(big, [np.round((outline + 0.5) * scale - 0.5).astype(np.int32)], 255)
    small = cv2.resize(big, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / 255


def _wing(
    shape: list[tuple[float, float]],
    root: tuple[float, float],
    eye: tuple[float, float, float],
    rng: np.random.Generator,
) -> tuple[Array, Array]:
    """Paint the right wing of a pair."""
    outline = _closed_curve(shape)
    alpha = _fill(_pixels(outline))
    y, x = pixel_grid(HEIGHT, WIDTH)
    u, v = (x - CENTER_X) / UNIT - root[0], (y - CENTER_Y) / UNIT - root[1]
    radius, angle = np.hypot(u, v), np.arctan2(v, u)
    rel = outline - np.array(root)
    bearings = np.arctan2(rel[:, 1], rel[:, 0])
    table = np.linspace(-np.pi, np.pi, 1440)
    reach = np.full(1440, 0.02)
    np.maximum.at(reach, np.digitize(bearings, table) - 1, np.hypot(rel[:, 0], rel[:, 1]))
    known = reach > 0.02
    reach = np.interp(table, table[known], reach[known])
    reach = np.convolve(np.pad(reach, 30, mode="edge"), np.hanning(61) / 30, mode="valid")
    part = radius / np.interp(angle, table, reach).astype(np.float32)

    first, last = np.quantile(bearings, 0.04), np.quantile(bearings, 0.96)
    count = 9
    phase = (angle - first) / (last - first) * count + 0.25 * np.sin(radius * 7)
    to_vein = np.abs(np.mod(phase, 1) - 0.5) * 2
    tile = fractal(1024, 1024, rng, beta=1.7, coarsest=3, stretch_x=0.05)
    scales = sample(tile, radius * 420, angle * 1024 / np.pi * 1.6)
    broad = fractal(HEIGHT, WIDTH, rng, beta=3.2)
    part = part + 0.016 * broad + 0.006 * scales - 0.020 * to_vein**2

    color = gradient(
        np.clip(part, 0, 1),
        [
            (0.0, "#3d2148"),
            (0.13, "#9c5a66"),
            (0.24, "#f0cfa2"),
            (0.33, "#fbf3d6"),
            (0.48, "#cfe8cf"),
            (0.62, "#7cc7b8"),
            (0.735, "#2f8f96"),
            (0.76, "#123f63"),
            (0.785, "#fbe3b0"),
            (0.815, "#f7a870"),
            (0.88, "#d9576a"),
            (0.95, "#6b2b63"),
            (1.0, "#2c1a48"),
        ],
    )
    wave = np.exp(-(((part - 0.30 - 0.018 * np.cos(phase * 2 * np.pi)) / 0.010) ** 2))
    color = mix(color, rgb("#a0475a"), 0.75 * wave)
    wave = np.exp(-(((part - 0.36 - 0.018 * np.cos(phase * 2 * np.pi)) / 0.005) ** 2))
    color = mix(color, rgb("#2b6f7c"), 0.6 * wave)
    dots = np.hypot((np.mod(phase, 1) - 0.5) * 0.30, part - 0.905)
    color = mix(color, rgb("#ffd79a"), 0.9 * smoothstep(0.034, 0.024, dots))
    color = mix(color, rgb("#1b1440"), 0.95 * smoothstep(0.019, 0.012, dots))

    inside = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 5) / UNIT
    color = mix(color, rgb("#fff0cd"), smoothstep(0.0085, 0.005, inside) * 0.9)
    leading = smoothstep(0.034, 0.012, inside) * smoothstep(first + 0.42, first + 0.05, angle)
    color = mix(color, rgb("#5b2257"), leading * smoothstep(0.95, 0.7, part))
    color = mix(color, *_eyespot(u + root[0], v + root[1], eye, scales))

    veins = smoothstep(0.93, 1.0, to_vein) * smoothstep(0.10, 0.3, part)
    color = shade(color, -0.30 * veins)
    bulge = np.sin(phase * 2 * np.pi + 0.9)
    color = shade(color, 0.09 * bulge * smoothstep(0.1, 0.5, part) + 0.085 * scales + 0.05 * broad)
    color = shade(
        color, -0.35 * smoothstep(0.02, 0.0, inside) + 0.16 * smoothstep(0.1, 0.3, inside)
    )
    hairs = smoothstep(0.30, 0.05, radius)
    color = mix(color, rgb("#e9c9a0") * (0.7 + 0.2 * scales[..., None]), 0.55 * hairs)
    return np.clip(color, 0, 1), alpha


def _eyespot(
    u: Array, v: Array, eye: tuple[float, float, float], scales: Array
) -> tuple[Array, Array]:
    """Paint an eyespot: its colours and where it covers the wing."""
    center_u, center_v, size = eye
    across, down = (u - center_u) / size, (v - center_v) / size / 0.88
    ring = np.hypot(across, down) + 0.02 * scales
    color = gradient(
        np.clip(ring / 1.25, 0, 1),
        [
            (0.0, "#120c30"),
            (0.30, "#1a1650"),
            (0.40, "#2a4fa0"),
            (0.50, "#7fd6d2"),
            (0.55, "#fff6d8"),
            (0.60, "#ffc25f"),
            (0.72, "#ef6a4f"),
            (0.80, "#7a1f4a"),
            (0.88, "#1b1236"),
            (1.0, "#1b1236"),
        ],
    )
    crescent = smoothstep(0.62, 0.5, ring) * smoothstep(
        0.40, 0.62, np.hypot(across + 0.2, down - 0.16)
    )
    color = mix(color, rgb("#bfe9f2"), 0.75 * crescent)
    glint = np.hypot(across + 0.2, down + 0.24)
    color = mix(color, rgb("#ffffff"), 0.95 * smoothstep(0.15, 0.05, glint))
    return color, smoothstep(1.22, 1.12, ring)


def _antennae(rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw two feathered antennae at double size."""
    sheet = Sheet(HEIGHT, WIDTH)
    t = np.linspace(0, 1, 90)
    for side in (-1, 1):
        stem = np.stack([side * (0.025 + 0.30 * t**0.9), -0.245 - 0.30 * t + 0.13 * t**2.2], axis=1)
        tangent = np.gradient(stem, axis=0)
        tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
        normal = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)
        for index in range(4, 90):
            span = 0.062 * np.sin(np.pi * min(1.0, t[index] * 0.93 + 0.07)) ** 0.7 + 0.004
            for way in (-1, 1):
                tip = stem[index] + normal[index] * way * span + tangent[index] * span * 0.55
                tone = rgb("#e7b273") * rng.uniform(0.78, 1.08)
                sheet.line(_pixels(stem[index]), _pixels(tip), tone, 2)
        for index in range(89):
            sheet.line(
                _pixels(stem[index]), _pixels(stem[index + 1]), rgb("#7c4538"), 7 - index // 20
            )
    return sheet.picture()


def _body(rng: np.random.Generator) -> tuple[Array, Array]:
    """Lay fur from the tail up to the head, so that upper strands cover lower ones."""
    sheet = Sheet(HEIGHT, WIDTH)
    count = 15000
    down = np.sort(rng.uniform(-0.27, 0.44, count))[::-1]
    for place in down:
        half = _half_width(place)
        across = rng.uniform(-1, 1)
        start = np.array([across * half, place])
        length = (0.034 if place > 0.06 else 0.062) * rng.uniform(0.5, 1.1)
        if place < -0.17:
            length *= 0.55
        lean = across * 0.75 + rng.normal(0, 0.18)
        tip = start + length * np.array([np.sin(lean), np.cos(lean)])
        rounding = np.sqrt(max(0.0, 1 - (across * 0.96 + 0.28) ** 2 / 1.7))
        band = 0.5 + 0.5 * np.cos((place - 0.06) * 2 * np.pi / 0.062) if place > 0.08 else 0.15
        base = rgb("#f6dfb8") * (1 - 0.62 * band) + rgb("#8e3f55") * 0.62 * band
        if place < 0.07:
            collar = np.exp(-(((place + 0.165) / 0.022) ** 2))
            base = rgb("#efd0a4") * (1 - collar) + rgb("#6a2a5c") * collar
        tone = base * (0.30 + 0.78 * rounding) * rng.uniform(0.80, 1.12)
        sheet.line(_pixels(start), _pixels(tip), tone, 3)
    for side in (-1, 1):
        eye = _pixels(np.array([side * 0.041, -0.262]))
        sheet.disc(eye, 17, rgb("#2c1422"))
        sheet.disc(eye - 5, 4.5, rgb("#c8aabe"))
    return sheet.picture()


def _half_width(place: float) -> float:
    """Half the body's breadth at a height: head, thorax, tapering abdomen."""
    if place < -0.19:
        return 0.052 * np.sqrt(max(0.0, 1 - ((place + 0.215) / 0.06) ** 2)) + 0.004
    if place < 0.06:
        return 0.094 * np.sqrt(max(0.0, 1 - ((place + 0.065) / 0.155) ** 2)) + 0.006
    return 0.074 * np.sqrt(max(0.0, 1 - ((place - 0.08) / 0.38) ** 2)) + 0.004
