"""Pressed ferns, leaves and umbels on toned paper, with a washed-in disc behind them."""

from itertools import pairwise

import numpy as np

from drawing.color import Array, finish, gradient, mix, rgb, saturate, shade
from drawing.ink import Sheet, drop_shadow
from drawing.noise import blur, fractal, pixel_grid, relief, smoothstep, unit

WIDTH, HEIGHT = 1150, 1500


def draw_fern(rng: np.random.Generator) -> Array:
    """Draw the sheet; 1150 by 1500 px."""
    page = _paper(rng)
    page = _wash(page, np.array([640, 560]), 400, rng)
    bloom = fractal(HEIGHT, WIDTH, rng, beta=2.7, coarsest=4)
    plants = [
        (_umbels(rng), 0.80),
        (_sprig(rng), 0.90),
        (_fronds(rng, "rust"), 0.90),
        (_fronds(rng, "green"), 0.96),
    ]
    for (color, cover), strength in plants:
        page = shade(page, -0.34 * drop_shadow(cover, right=7, down=11, softness=7))
        edge = np.clip(cover - blur(cover, 3.2), 0, 1)
        color = shade(color, 0.16 * bloom - 0.35 * edge)
        inked = mix(color, page * color * 1.25, 0.30)
        page = mix(page, np.clip(inked, 0, 1), cover * strength)
    return finish(saturate(page, 1.05), rng, grain=0.010, vignette=0.18)


def _paper(rng: np.random.Generator) -> Array:
    """Make aged paper: cream, foxed, with fibres and a faint teal stain."""
    broad = fractal(HEIGHT, WIDTH, rng, beta=3.2)
    fibre = fractal(HEIGHT, WIDTH, rng, beta=1.6, stretch_x=0.5)
    paper = gradient(
        np.clip(0.56 + 0.17 * broad + 0.05 * fibre, 0, 1),
        [(0, "#c9a679"), (0.3, "#dfc499"), (0.6, "#efdfbd"), (1, "#f8efd8")],
    )
    tint = smoothstep(0.2, 2.2, fractal(HEIGHT, WIDTH, rng, beta=3.6))
    paper = mix(paper, paper * rgb("#a9cfc6"), 0.55 * tint)
    foxing = smoothstep(2.2, 3.4, fractal(HEIGHT, WIDTH, rng, beta=2.3, coarsest=25))
    paper = mix(paper, rgb("#a8703f"), 0.5 * foxing)
    y, x = pixel_grid(HEIGHT, WIDTH)
    to_edge = np.minimum(np.minimum(x, WIDTH - x), np.minimum(y, HEIGHT - y)) + 14 * broad
    paper = mix(paper, rgb("#8f6238"), 0.42 * np.exp(-np.maximum(to_edge, 0) / 55))
    return shade(paper, 0.6 * relief(fibre * 0.28 + broad * 0.3))


def _wash(page: Array, center: Array, radius: float, rng: np.random.Generator) -> Array:
    """Lay a watercolour disc: pigment gathers at its edge and settles in clouds."""
    y, x = pixel_grid(HEIGHT, WIDTH)
    wander = fractal(HEIGHT, WIDTH, rng, beta=3.0, coarsest=3)
    grains = fractal(HEIGHT, WIDTH, rng, beta=1.4)
    inward = (radius - np.hypot(x - center[0], y - center[1]) + 5 * wander) / radius
    cover = smoothstep(0.0, 0.008, inward)
    pigment = 0.50 + 0.16 * wander + 0.06 * grains + 0.42 * np.exp(-np.maximum(inward, 0) / 0.016)
    pigment = np.clip(pigment + 0.30 * (y - center[1]) / radius, 0, 1)
    color = gradient(
        pigment, [(0, "#f7d79a"), (0.35, "#f2a866"), (0.65, "#de6b4c"), (1, "#a8393f")]
    )
    return mix(page, page * color * 1.12, cover * (0.62 + 0.3 * unit(wander)))


def _curve(points: list[tuple[float, float]], count: int) -> Array:
    """Run a Bezier curve through its control points: ``(count, 2)``."""
    t = np.linspace(0, 1, count)[:, None]
    layers = [np.ones_like(t) * np.array(point, float) for point in points]
    while len(layers) > 1:
        layers = [a + (b - a) * t for a, b in pairwise(layers)]
    return layers[0]


def _leaf(start: Array, tip: Array, breadth: float, *, bend: float = 0.0) -> Array:
    """Outline a pointed leaf, ``(N, 2)``; ``breadth`` is its half width over its length."""
    t = np.linspace(0, 1, 12)
    width = breadth * np.sin(np.pi * t**0.72) ** 0.9
    axis = tip - start
    normal = np.array([-axis[1], axis[0]])
    middle = start + t[:, None] * axis + (bend * np.sin(np.pi * t))[:, None] * normal
    return np.concatenate(
        [middle + width[:, None] * normal, (middle - width[:, None] * normal)[::-1]]
    )


def _turn(vector: Array, angle: float) -> Array:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([c * vector[0] - s * vector[1], s * vector[0] + c * vector[1]])


def _fronds(rng: np.random.Generator, kind: str) -> tuple[Array, Array]:
    """Draw one kind's fronds, back to front."""
    sheet = Sheet(HEIGHT, WIDTH)
    if kind == "rust":
        stops = [(0, "#4e1f2c"), (0.4, "#9a3d35"), (0.75, "#cf7a45"), (1, "#edbd76")]
        _frond(sheet, [(600, 1440), (760, 1200), (930, 950), (905, 690)], 190, stops, rng)
        _frond(sheet, [(560, 1450), (380, 1330), (170, 1250), (95, 1060)], 150, stops, rng)
    else:
        stops = [(0, "#0d2f33"), (0.35, "#1d5a4c"), (0.7, "#4f8a5b"), (1, "#a6b96c")]
        _frond(sheet, [(580, 1465), (520, 1050), (420, 640), (650, 130)], 300, stops, rng)
        _frond(sheet, [(600, 1465), (700, 1330), (880, 1230), (1035, 1245)], 150, stops, rng)
    return sheet.picture()


def _frond(
    sheet: Sheet,
    spine: list[tuple[float, float]],
    span: float,
    stops: list[tuple[float, str]],
    rng: np.random.Generator,
) -> None:
    """Draw a twice-pinnate frond along a curve; ``span`` is its longest pinna in pixels."""
    stem = _curve(spine, 400)
    length = np.linalg.norm(np.diff(stem, axis=0), axis=1).sum()
    gap = 10 + span / 13
    count = int(length * 0.84 / gap)
    for index in range(count - 1, -1, -1):
        part = 0.16 + 0.84 * (index / count) ** 0.92
        place = int(part * 398)
        axis = stem[place + 1] - stem[place]
        axis = axis / np.linalg.norm(axis)
        along = (part - 0.16) / 0.84
        reach = (
            span * (np.sin(np.pi * (0.22 + 0.78 * along)) ** 1.15 + 0.012) * rng.uniform(0.93, 1.05)
        )
        for side in (-1, 1):
            direction = _turn(axis, side * (1.28 - 0.62 * along + rng.normal(0, 0.035)))
            _pinna(sheet, stem[place], direction * reach, side, gap, stops, rng)
    dark = gradient(np.array([0.1], np.float32), stops)[0]
    for index in range(0, 396, 3):
        thickness = max(2, int(length / 120 * (1 - index / 400) ** 0.8))
        sheet.line(stem[index], stem[index + 3], dark, thickness)


def _pinna(
    sheet: Sheet,
    start: Array,
    reach: Array,
    side: int,
    gap: float,
    stops: list[tuple[float, str]],
    rng: np.random.Generator,
) -> None:
    size = float(np.linalg.norm(reach))
    pairs = max(4, int(size / (gap * 0.31)))
    droop = side * 0.16
    leaf_tone = float(np.clip(rng.normal(0.45, 0.13), 0.05, 0.95))
    for index in range(pairs, 0, -1):
        part = index / pairs
        axis = _turn(reach, droop * part * 1.4)
        place = start + axis * part
        leaflet = min(gap * 0.74, size * 0.3) * (1 - part**2.2) ** 0.8 + 2.0
        for way in (-1, 1):
            tip = place + _turn(axis / size, way * 1.02) * leaflet
            tone = leaf_tone + 0.14 * part + 0.10 * way * side + rng.normal(0, 0.05)
            color = gradient(np.array([np.clip(tone, 0, 1)], np.float32), stops)[0]
            sheet.polygon(_leaf(place, tip, 0.20, bend=-0.10 * way), color)
            vein = gradient(np.array([min(1.0, tone + 0.22)], np.float32), stops)[0]
            sheet.line(place, place + (tip - place) * 0.8, vein, 1)
    last = start
    dark = gradient(np.array([0.2], np.float32), stops)[0]
    for part in np.linspace(0.1, 1, 10):
        here = start + _turn(reach, droop * part * 1.4) * part
        sheet.line(last, here, dark, 3 if part < 0.6 else 2)
        last = here


def _sprig(rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw a sprig of round blue-green leaves."""
    sheet = Sheet(HEIGHT, WIDTH)
    stops = [(0, "#16404f"), (0.4, "#3d7c85"), (0.75, "#86b5ab"), (1, "#d5e0c4")]
    for spine, size in (
        ([(560, 1450), (330, 1150), (250, 800), (215, 370)], 96),
        ([(600, 1450), (760, 1380), (900, 1050), (1030, 900)], 66),
    ):
        stem = _curve(spine, 300)
        for index in range(290, 60, -17):
            part = index / 300
            axis = stem[index + 1] - stem[index]
            axis /= np.linalg.norm(axis)
            for side in (-1, 1):
                leaf = size * (1.25 - part) ** 0.8 * rng.uniform(0.85, 1.1)
                tip = stem[index] + _turn(axis, side * rng.normal(0.95, 0.12)) * leaf * 1.5
                tone = float(np.clip(rng.normal(0.5, 0.16), 0.1, 0.9))
                _round_leaf(sheet, stem[index], tip, tone, stops)
        for index in range(0, 296, 3):
            sheet.line(stem[index], stem[index + 3], rgb("#5a3a3c"), 8 - index // 50)
    return sheet.picture()


def _round_leaf(
    sheet: Sheet, start: Array, tip: Array, tone: float, stops: list[tuple[float, str]]
) -> None:
    """Fill a leaf in two halves, one in shade, and draw its veins."""
    outline = _leaf(start, tip, 0.30)
    half = len(outline) // 2
    colors = gradient(
        np.array([tone, max(0.0, tone - 0.16), min(1.0, tone + 0.3)], np.float32), stops
    )
    sheet.polygon(outline, colors[0])
    middle = start + np.linspace(0, 1, half)[:, None] * (tip - start)
    sheet.polygon(np.concatenate([outline[:half], middle[::-1]]), colors[1])
    sheet.line(start, tip, colors[2], 3)
    for step in range(2, half - 2):
        for rim in (outline[step + 2], outline[::-1][step + 2]):
            sheet.line(middle[step], middle[step] + (rim - middle[step]) * 0.86, colors[2], 1)


def _umbels(rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw seed umbels on thin plum stems."""
    sheet = Sheet(HEIGHT, WIDTH)
    stops = [(0, "#3a1836"), (0.35, "#8c2f4f"), (0.7, "#d8655d"), (1, "#f6c58e")]
    heads = [
        (900, 330, 165, -1.35),
        (205, 215, 120, -1.75),
        (1030, 600, 92, -1.2),
        (840, 120, 88, -1.5),
    ]
    for x, y, size, lean in heads:
        hub = np.array([x, y + size * 0.75])
        stem = _curve(
            [(590, 1450), (650, 1000), (hub[0] - 60 * np.cos(lean), hub[1] + 330), hub], 120
        )
        for index in range(119):
            sheet.line(stem[index], stem[index + 1], rgb("#4b2640"), max(2, 7 - index // 22))
        for _ in range(int(size * 0.34)):
            angle = lean + rng.normal(0, 0.55)
            reach = size * rng.uniform(0.75, 1.05) * (1 - 0.12 * abs(angle - lean))
            knee = hub + _turn(np.array([reach * 0.6, 0]), lean)
            ray = _curve([hub, knee, hub + _turn(np.array([reach, 0]), angle)], 12)
            for index in range(11):
                sheet.line(ray[index], ray[index + 1], rgb("#5c2f48"), 2)
            for _ in range(20):
                away = rng.normal(0, 1, 2) * size * 0.062
                floret = ray[-1] + away
                sheet.line(ray[-1], floret, rgb("#7a3a50"), 1)
                tone = np.array([np.clip(rng.normal(0.55, 0.22), 0, 1)], np.float32)
                sheet.disc(floret, size * rng.uniform(0.012, 0.026), gradient(tone, stops)[0])
    return sheet.picture()
