"""Two skies: layered mountains at dusk, and a nebula."""

import cv2
import numpy as np

from drawing.color import Array, finish, gradient, mix, rgb, screen
from drawing.noise import blur, fractal, fractal_line, pixel_grid, sample, smoothstep, unit, warp


def draw_dusk(rng: np.random.Generator) -> Array:
    """Mountain ridges in mist below a low sun, with lit clouds and firs; 1600 by 1100 px."""
    height, width = 1100, 1600
    y, x = pixel_grid(height, width)
    v, u = y / height, x / height
    sun_u, sun_v, horizon = 0.92, 0.43, 0.52
    from_sun = np.hypot(u - sun_u, (v - sun_v) * 1.25)
    sky = gradient(
        np.clip(v / horizon + 0.22 * np.exp(-from_sun * 2.6) - 0.10 * from_sun, 0, 1),
        [
            (0.0, "#141b45"),
            (0.3, "#37397a"),
            (0.52, "#7d5590"),
            (0.7, "#cf6f7f"),
            (0.85, "#f39b6d"),
            (1.0, "#ffd894"),
        ],
    )
    sky = _add_clouds(sky, from_sun, v, u, horizon, rng)
    disc = smoothstep(0.041, 0.038, np.hypot(u - sun_u, v - sun_v))
    sky = screen(sky, np.exp(-from_sun * 7.5)[..., None] * rgb("#ffb066") * 0.75)
    sky = mix(sky, rgb("#fff3cf"), disc * 0.97)
    glow = np.exp(-from_sun * 2.2)
    haze = gradient(np.clip(glow * 1.1, 0, 1), [(0, "#6f5c93"), (0.45, "#c7798a"), (1, "#ffc07f")])
    mist = unit(fractal(height, width, rng, beta=3.2, stretch_x=0.35))
    facets = fractal(height, width, rng, beta=3.3, coarsest=9)
    picture, ridges = sky, 8
    for index in range(ridges):
        near = index / (ridges - 1)
        ridge = _ridge_line(width, near, rng) + 0.47 + 0.47 * near**1.25
        below = v - ridge[None, :]
        cover = np.clip(below * height + 0.5, 0, 1)
        if index >= ridges - 3:
            cover = np.maximum(cover, _firs(ridge, height, width, (index - 4) / 3, rng))
        rock = gradient(
            np.full((1, 1), near, np.float32),
            [(0, "#b07a98"), (0.3, "#7a5f92"), (0.55, "#43447a"), (0.8, "#1f2a55"), (1, "#0b1230")],
        )
        slope = sample(facets, x * 1.6 + index * 211, y * 2.3 - ridge[None, :] * height * 1.7)
        slope = cv2.Sobel(slope, cv2.CV_32F, 1, 0, ksize=3) + cv2.Sobel(
            blur(slope, 3.0), cv2.CV_32F, 1, 0, ksize=3
        )
        slope = np.tanh(slope / slope.std() * 0.8 * np.clip((u - sun_u) * 3, -1, 1))
        body = rock * (1 + 0.20 * slope[..., None] * (1 - 0.3 * near))
        warm = np.clip(slope, 0, 1) * glow * (1 - near) * 0.9
        body = mix(body, rgb("#ffb48a"), warm)
        body = mix(
            body, haze, (0.62 * (1 - near) ** 1.3 + 0.28 * glow * (1 - near)) * np.ones_like(v)
        )
        depth = smoothstep(0.0, 0.13, below) * (0.45 + 0.85 * mist)
        body = mix(body, mix(haze, rgb("#8f8fc0"), 0.25 + 0.35 * near), depth * (1 - 0.6 * near))
        picture = mix(picture, body, cover)
    picture = screen(picture, np.exp(-from_sun * 4.2)[..., None] * rgb("#ff9a50") * 0.34)
    return finish(picture, rng, grain=0.012, vignette=0.22, bloom=0.18)


def _add_clouds(
    sky: Array, from_sun: Array, v: Array, u: Array, horizon: float, rng: np.random.Generator
) -> Array:
    size = 1024
    tile = fractal(size, size, rng, beta=3.1, coarsest=3)
    tile = warp(tile, 40 * fractal(size, size, rng), 40 * fractal(size, size, rng))
    away = 1 / np.maximum(horizon + 0.05 - v, 0.03)
    px, py = (u - 0.73) * away * 170, away * 150
    toward_sun = 26 * np.sign(from_sun)
    density = sample(tile, px, py)
    lit_side = sample(tile, px + (0.92 - u) * 30, py + toward_sun)
    band = 0.55 * np.sin(v * 21 + 0.6) - 0.15
    cover = smoothstep(0.0, 2.1, density + band) * smoothstep(0.03, 0.16, horizon - v)
    light = np.clip(0.5 + 0.5 * (density - lit_side) + 0.9 * np.exp(-from_sun * 3.0), 0, 1)
    color = gradient(
        light * (0.2 + 1.15 * np.exp(-from_sun * 1.35)),
        [(0, "#232455"), (0.3, "#5a4482"), (0.55, "#c0617f"), (0.78, "#ff9f73"), (1, "#fff0c4")],
    )
    return mix(sky, color, cover * 0.92)


def _ridge_line(width: int, near: float, rng: np.random.Generator) -> Array:
    """Give a ridge as ``(width,)`` offsets in picture heights, negative upwards."""
    long = 4096
    rough = fractal_line(long, rng, beta=2.5)
    start = int(rng.integers(0, long - width))
    line = rough[start : start + width] * 0.6
    peaks = -np.abs(fractal_line(long, rng, beta=3.0)[start : start + width]) + 0.7
    fine = fractal_line(long, rng, beta=1.6)[start : start + width] * 0.05
    tall = 0.085 - 0.05 * near
    return (-(line + peaks + fine) * tall).astype(np.float32)


def _firs(ridge: Array, height: int, width: int, near: float, rng: np.random.Generator) -> Array:
    """Stand firs on a ridge; give their cover, ``(H, W)``, 0 to 1."""
    big = np.zeros((height * 2, width * 2), np.uint8)
    crowding = unit(fractal_line(2048, rng, beta=2.4)[None, :])[0]
    for place in rng.uniform(0, width, int(230 - 70 * near)):
        if rng.uniform() > 0.25 + crowding[int(place / width * 2047)]:
            continue
        tall = (18 + 95 * near) * rng.uniform(0.45, 1.15) + 6
        foot = ridge[int(place)] * height + 5
        levels = int(7 + tall / 6)
        left, right = [(place, foot - tall)], []
        for level in range(1, levels + 1):
            part = level / levels
            reach = tall * 0.19 * part**0.85
            for side, points in ((-1, left), (1, right)):
                span = reach * rng.uniform(0.7, 1.15)
                low = foot - tall * (1 - part)
                points.append((place + side * span, low + tall * 0.025))
                points.append((place + side * span * 0.42, low - tall * 0.012))
        outline = np.array(left + right[::-1], np.float32) * 2
        cv2.fillPoly(big, [(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
    return cv2.resize(big, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def draw_nebula(rng: np.random.Generator) -> Array:
    """Glowing gas, dust lanes and stars; 1500 by 1200 px."""
    height, width = 1200, 1500
    y, x = pixel_grid(height, width)
    bend_x = fractal(height, width, rng, beta=4.3, coarsest=2)
    bend_y = fractal(height, width, rng, beta=4.3, coarsest=2)
    gas = warp(fractal(height, width, rng, beta=3.2, coarsest=2), 95 * bend_x, 95 * bend_y)
    veil = warp(fractal(height, width, rng, beta=3.0, coarsest=3), 130 * bend_y, -90 * bend_x)
    filaments = 1 - np.abs(unit(veil) * 2 - 1)
    along = (x / width - 0.5) * 0.82 - (y / height - 0.5) * 0.75 + 0.09 * bend_x
    lane = np.exp(-((along / 0.26) ** 2))
    center = np.exp(-(((x / width - 0.56) / 0.22) ** 2) - (((y / height - 0.45) / 0.24) ** 2))
    density = np.clip(0.62 * lane + 0.34 * gas * (0.3 + lane) + 0.5 * center, 0, 2)
    density = density * (0.62 + 0.55 * filaments**2)
    hue = np.clip(0.5 + 0.24 * bend_y + 0.18 * veil * 0.6 - 0.25 * center, 0, 1)
    tint = gradient(
        hue,
        [(0, "#ffc06a"), (0.25, "#ff8157"), (0.48, "#d3457f"), (0.7, "#5b4fc0"), (1, "#1fa3b5")],
    )
    base = gradient(
        np.clip(0.5 + 0.2 * gas, 0, 1), [(0, "#03050f"), (0.5, "#081028"), (1, "#122350")]
    )
    glow = 1 - np.exp(-1.75 * density[..., None] ** 1.7 * tint**1.5)
    picture = screen(base, glow)
    picture = screen(picture, (center**2 * (0.6 + 0.3 * gas))[..., None] * rgb("#ffb877") * 0.55)
    dust = warp(fractal(height, width, rng, beta=3.3, coarsest=3), 80 * bend_y, 120 * bend_x)
    rim = smoothstep(0.25, 0.75, dust) - smoothstep(0.7, 1.35, dust)
    thick = smoothstep(0.35, 1.9, dust + 0.6 * lane)
    picture = picture * (1 - 0.88 * thick[..., None] * np.array([0.82, 0.93, 1.0], np.float32))
    picture = screen(picture, (rim * density * 0.16)[..., None] * rgb("#ff9d78"))
    picture = screen(picture, _stars(height, width, 1 - 0.8 * thick, rng))
    return finish(picture, rng, grain=0.012, vignette=0.25, bloom=0.35)


def _stars(height: int, width: int, clear: Array, rng: np.random.Generator) -> Array:
    """Scatter stars whose brightness follows a power law; the brightest have spikes."""
    field = np.zeros((height, width, 3), np.float32)
    count = 5200
    px, py = rng.integers(0, width, count), rng.integers(0, height, count)
    brightness = np.clip(0.16 * rng.pareto(1.55, count) + 0.05, 0, 9)
    tints = gradient(
        rng.uniform(0, 1, count).astype(np.float32),
        [(0, "#ffc59a"), (0.4, "#fff2dc"), (0.7, "#ffffff"), (1, "#a9c8ff")],
    )
    field[py, px] = tints * (brightness * clear[py, px])[:, None]
    sharp = blur(field, 0.75) * 3.2
    halo = blur(np.minimum(field, 6), 5) * 9
    order = np.argsort(brightness)[-12:]
    spikes = np.zeros_like(field)
    for star in order:
        reach = int(8 + 9 * brightness[star])
        for step in range(-reach, reach + 1):
            fade = (1 - abs(step) / (reach + 1)) ** 3 * 0.8
            for row, column in ((py[star] + step, px[star]), (py[star], px[star] + step)):
                if 0 <= row < height and 0 <= column < width:
                    spikes[row, column] = tints[star] * fade
    return sharp + halo + blur(spikes, 0.8) * 1.3
