"""Two surfaces: painted plaster peeling off, and a polished agate."""

import cv2
import numpy as np

from drawing.color import Array, finish, gradient, mix, rgb, saturate, shade
from drawing.noise import (
    blur,
    fractal,
    fractal_line,
    pixel_grid,
    relief,
    smoothstep,
    unit,
    warp,
)


def draw_plaster(rng: np.random.Generator) -> Array:
    """Teal paint flaking from ochre plaster and rusty brick-red; 1400 by 1120 px."""
    height, width = 1120, 1400
    y, _ = pixel_grid(height, width)
    rough = fractal(height, width, rng, beta=2.0)
    clouds = fractal(height, width, rng, beta=3.0)
    bend = fractal(height, width, rng, beta=3.0, coarsest=5)
    ground = gradient(
        unit(clouds + 0.5 * rough),
        [(0, "#4a2018"), (0.35, "#8a3f24"), (0.6, "#b8623a"), (0.85, "#d08d5c"), (1, "#e3b184")],
    )
    undercoat = gradient(
        unit(fractal(height, width, rng, beta=2.7) + 0.3 * rough),
        [(0, "#b78f55"), (0.4, "#d9b878"), (0.75, "#ecd7a6"), (1, "#f6ead0")],
    )
    fade = unit(fractal(height, width, rng, beta=3.2) + 0.35 * rough)
    paint = gradient(
        fade,
        [(0, "#0c4450"), (0.3, "#1b6a72"), (0.6, "#3f948f"), (0.82, "#86b9a4"), (1, "#c4d8bd")],
    )
    wear = warp(fractal(height, width, rng, beta=2.75, coarsest=2.5), 16 * bend, 12 * clouds)
    wear = wear + 0.35 * (y / height - 0.45) + 0.1 * rough
    cracks = _cracks(height, width, rng)
    wear = wear + 0.75 * cracks
    plaster_gone = smoothstep(1.02, 1.1, wear)
    paint_gone = smoothstep(0.36, 0.42, wear)
    surface = mix(mix(paint, undercoat, paint_gone), ground, plaster_gone)
    depth = (
        -3.4 * smoothstep(0.3, 0.45, wear)
        - 5.5 * smoothstep(0.98, 1.13, wear)
        + 0.9 * rough
        + 0.35 * clouds
        - 2.0 * cracks
        + 0.8 * rough * plaster_gone
    )
    lit = np.tanh(relief(blur(depth, 0.8)) * 0.85) + 0.5 * np.tanh(relief(blur(depth, 3.0)) * 1.6)
    cast = np.roll(depth, (7, 5), (0, 1)) - depth
    surface = shade(surface, 0.55 * lit - 0.30 * np.clip(blur(cast, 2.5) / 5, 0, 1))
    edge = np.exp(-(((wear - 0.33) / 0.045) ** 2))
    surface = mix(surface, rgb("#f2ead2"), 0.35 * edge * unit(rough))
    surface = shade(surface, -0.55 * np.clip(cracks, 0, 1) * (1 - 0.5 * plaster_gone))
    drips = fractal(height, width // 4 * 4, rng, beta=2.4, stretch_x=0.06)
    stain = smoothstep(0.5, 2.4, drips + 0.5 * clouds + 0.5 * (0.5 - y / height))
    surface = mix(surface, surface * rgb("#a4653f") * 1.15, 0.75 * stain)
    pale = smoothstep(0.9, 2.6, -drips + 0.4 * bend)
    surface = mix(surface, rgb("#e9e2cc"), 0.3 * pale)
    specks = smoothstep(2.3, 3.0, fractal(height, width, rng, beta=1.2))
    surface = shade(surface, -0.5 * specks + 0.10 * clouds)
    return finish(saturate(surface, 1.08), rng, grain=0.006, vignette=0.14)


def _cracks(height: int, width: int, rng: np.random.Generator) -> Array:
    """Draw hairline cracks along the borders of warped cells; ``(H, W)``, 0 to about 1."""
    seeds = np.full((height, width), 255, np.uint8)
    count = 46
    seeds[rng.integers(0, height, count), rng.integers(0, width, count)] = 0
    _, labels = cv2.distanceTransformWithLabels(
        seeds, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    bend_x = 26 * fractal(height, width, rng, beta=2.8, coarsest=3)
    bend_y = 26 * fractal(height, width, rng, beta=2.8, coarsest=3)
    y, x = pixel_grid(height, width)
    cells = cv2.remap(
        labels.astype(np.float32),
        np.clip(x + bend_x, 0, width - 1),
        np.clip(y + bend_y, 0, height - 1),
        cv2.INTER_NEAREST,
    )
    border = np.zeros((height, width), np.float32)
    border[1:, :] = cells[1:, :] != cells[:-1, :]
    border[:, 1:] = np.maximum(border[:, 1:], cells[:, 1:] != cells[:, :-1])
    present = smoothstep(0.1, 1.1, fractal(height, width, rng, beta=3.2, coarsest=2))
    fine = blur(border, 1.1) * 2.2
    wide = blur(border, 7) * 3.0
    return (np.clip(fine, 0, 1) + 0.5 * np.clip(wide, 0, 1)) * present


def draw_agate(rng: np.random.Generator) -> Array:
    """Bands of chalcedony round a crystal hollow; 1400 by 1400 px."""
    size = 1400
    y, x = pixel_grid(size, size)
    u, v = x / size - 0.53, y / size - 0.47
    broad = fractal(size, size, rng, beta=5.0, coarsest=2)
    lobes = fractal(size, size, rng, beta=5.2, coarsest=6)
    fine = fractal(size, size, rng, beta=2.6, coarsest=12)
    radius = np.hypot(u * 0.92 + 0.15 * v, v * 1.12 - 0.1 * u)
    level = radius + 0.044 * broad - 0.024 * np.abs(lobes) + 0.0007 * fine
    level = 0.98 * level + 0.005
    bands = _band_table(rng)
    position = np.clip(level / 0.86, 0, 1)
    stone = bands[(position * (len(bands) - 1)).astype(np.int32)]
    hairline = np.sin(level * 1100 + 1.5 * lobes) * np.sin(level * 331)
    stone = shade(stone, 0.10 * hairline * smoothstep(0.1, 0.3, level) + 0.05 * fine)
    cloudy = unit(fractal(size, size, rng, beta=2.9))
    stone = mix(stone, rgb("#f7e7cf"), 0.16 * cloudy * smoothstep(0.2, 0.6, level))
    hollow = smoothstep(0.150, 0.138, level + 0.004 * fine)
    crystal, facet = _crystals(size, rng)
    deep = smoothstep(0.14, -0.02, level)
    druse = gradient(
        np.clip(0.70 - 0.55 * deep + 0.30 * facet, 0, 1),
        [(0, "#12082c"), (0.3, "#3b1f66"), (0.55, "#7d55a8"), (0.8, "#d3b5e2"), (1, "#fff8ff")],
    )
    druse = shade(druse, 0.35 * crystal)
    stone = mix(stone, druse, hollow)
    rim = np.exp(-(((level - 0.153) / 0.006) ** 2))
    stone = mix(stone, rgb("#fff4e2"), 0.75 * rim)
    stone = shade(stone, -0.45 * hollow * np.exp(-((0.145 - level) / 0.02)))
    gloss = smoothstep(0.25, 0.0, np.abs(u * 0.8 + v + 0.28 + 0.02 * broad)) * 0.10
    stone = shade(stone, gloss - 0.10 * smoothstep(0.3, 0.8, radius))
    fracture = np.abs(warp(fractal(size, size, rng, beta=3.4, coarsest=2), 20 * lobes, 20 * broad))
    stone = shade(stone, -0.28 * smoothstep(0.018, 0.0, fracture) * (1 - hollow))
    return finish(saturate(stone, 1.05), rng, grain=0.010, vignette=0.16, bloom=0.08)


def _band_table(rng: np.random.Generator) -> Array:
    """Colour the bands from the hollow outwards: ``(4096, 3)``."""
    length = 4096
    place = np.linspace(0, 1, length, dtype=np.float32)
    steps = np.zeros(length, np.float32)
    start = 0
    while start < length:
        run = int(rng.gamma(0.9, 26)) + 6
        steps[start : start + run] = rng.normal(0, 1)
        start += run
    steps = cv2.GaussianBlur(steps[None, :], (0, 0), 1.6)[0]
    waver = fractal_line(length, rng, beta=1.8)
    tone = np.clip(0.5 + 0.17 * steps + 0.14 * waver, 0, 1)
    cool = gradient(
        tone,
        [(0, "#0a2f3f"), (0.3, "#156072"), (0.55, "#4fa3a0"), (0.78, "#bfdccb"), (1, "#fdf6e6")],
    )
    warm = gradient(
        tone,
        [(0, "#571d1c"), (0.3, "#a63f27"), (0.55, "#dd8442"), (0.8, "#f6cf8f"), (1, "#fff3da")],
    )
    blend = smoothstep(-0.35, 0.35, np.sin(place * 19 + 3.4) + 0.35 * waver)[:, None]
    table = warm * blend + cool * (1 - blend)
    return table.astype(np.float32)


def _crystals(size: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Pack quartz points; give edge shading and a brightness per facet, both about -1 to 1."""
    seeds = np.full((size, size), 255, np.uint8)
    count = 2600
    rows, columns = rng.integers(0, size, count), rng.integers(0, size, count)
    seeds[rows, columns] = 0
    distance, labels = cv2.distanceTransformWithLabels(
        seeds, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    names = labels[rows, columns]
    tip_y, tip_x = np.zeros(names.max() + 1), np.zeros(names.max() + 1)
    tip_y[names], tip_x[names] = rows, columns
    y, x = pixel_grid(size, size)
    turn = np.zeros(names.max() + 1)
    turn[names] = rng.uniform(0, np.pi, len(names))
    angle = np.arctan2(y - tip_y[labels], x - tip_x[labels]) + turn[labels]
    sector = np.floor(angle / (np.pi / 3)) * (np.pi / 3) - turn[labels]
    facet = np.cos(sector + 2.1) * 0.75
    tint = np.zeros(names.max() + 1)
    tint[names] = rng.normal(0, 0.3, len(names))
    facet = np.clip(facet + tint[labels], -1, 1)
    ridge = np.clip(1 - distance / 12, 0, 1) - 0.4
    return ridge.astype(np.float32), cv2.GaussianBlur(facet.astype(np.float32), (0, 0), 0.8)
