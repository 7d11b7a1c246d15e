"""A whelk, cut out: a spiral surface drawn point by point into a depth buffer, then lit.

The surface follows Raup (1966): a closed curve that turns about an axis, sinks along it and
grows, all geometrically. Units: the last whorl's scale is 1; y points down, z to the viewer.
"""

from dataclasses import dataclass

import numpy as np

from drawing.color import Array, encode, gradient, half_size, linear, mix, rgb, saturate
from drawing.noise import blur, fractal, sample, smoothstep

WIDTH, HEIGHT = 1060, 1400
SCALE = 2
MARGIN = 0.03
TURNS = 7.0
END = TURNS * 2 * np.pi
GROWTH = np.log(1.62) / (2 * np.pi)
AXIS_RADIUS, SINK, TUBE = 0.40, 1.72, 0.56
TILT_DEG, LEAN_DEG, TURN_DEG = 14.0, 27.0, -22.0


def draw_shell(rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw the shell; 1060 by 1400 px. Gives its picture and its alpha."""
    view = _view()
    depth, turn, around = _depth_buffer(_fit(view, HEIGHT * SCALE, WIDTH * SCALE))
    cover = np.isfinite(depth)
    rows, columns = np.nonzero(cover)
    t, s = turn[rows, columns], around[rows, columns]
    step = 2e-3
    place = _surface(t, s)
    along_t = _surface(t + step, s) - _surface(t - step, s)
    along_s = _surface(t, s + step) - _surface(t, s - step)
    normal = np.cross(along_t, along_s, axis=0)
    normal = view @ (-normal / np.linalg.norm(normal, axis=0))
    inside = normal[2] < 0
    normal = np.where(inside, -normal, normal)
    albedo, shine = _paint(t, s, inside, rng)
    color = np.zeros((*depth.shape, 3), np.float32)
    shadow = _shadow(view @ place + normal * 0.02)
    occlusion = _occlusion(depth, cover)[rows, columns]
    deep = np.where(inside, np.exp(-0.75 * (END - t)), 1.0)
    light = _light(albedo, shine, normal, shadow, occlusion * deep)
    through = np.where(inside, 0.42 * np.exp(-0.8 * (END - t)) * occlusion, 0.0)
    color[rows, columns] = light + albedo * through[:, None] * np.array([1.0, 0.62, 0.5])
    alpha = half_size(cover.astype(np.float32))
    light = half_size(color) / np.maximum(alpha, 0.2)[..., None]
    picture = encode(1 - np.exp(-1.25 * light)).astype(np.float32)
    return np.clip(saturate(picture, 1.12), 0, 1), alpha


def _rotation(axis: int, degrees: float) -> Array:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    first, second = [i for i in range(3) if i != axis]
    matrix = np.eye(3)
    matrix[[first, second], [first, second]] = c
    matrix[first, second], matrix[second, first] = -s, s
    return matrix


def _view() -> Array:
    """Give the rotation from the shell's axes to the picture's."""
    return _rotation(2, LEAN_DEG) @ _rotation(0, TILT_DEG) @ _rotation(1, TURN_DEG)


def _surface(t: Array, s: Array) -> Array:
    """Map turn angle ``t`` and angle ``s`` round the tube to ``(3, ...)`` positions."""
    grown = np.exp(GROWTH * (t - END))
    flare = 1 + 0.16 * np.exp(-(((t - END) / 0.22) ** 2)) * (0.4 + 0.6 * (np.cos(s) > -2))
    beak = 0.95 * np.exp(-(((np.mod(s - 1.95 + np.pi, 2 * np.pi) - np.pi) / 0.36) ** 2))
    shoulder = np.exp(-(((np.mod(s + 0.85 + np.pi, 2 * np.pi) - np.pi) / 0.34) ** 2))
    knob = (0.5 + 0.5 * np.cos(9 * t)) ** 3
    cords = 0.010 * np.cos(42 * s) + 0.004 * np.cos(97 * s)
    growth_lines = 0.005 * np.sin(60 * t) * np.sin(23 * t + 1)
    radius = TUBE * (1 + beak + shoulder * (0.10 + 0.24 * knob) + cords + growth_lines) * flare
    out = AXIS_RADIUS + radius * np.cos(s) * 0.92
    down = SINK + radius * np.sin(s) * 1.06
    return np.stack([out * np.cos(t), down + 0 * t, out * np.sin(t)]) * grown


@dataclass(frozen=True)
class Frame:
    """A view of the surface: its rotation, and how its units map to pixels."""

    rotation: Array
    height: int
    width: int
    pixels_per_unit: float
    middle_x: float
    middle_y: float

    def pixel(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Give the row and column, each ``int32``, of turned positions."""
        column = (x - self.middle_x) * self.pixels_per_unit + self.width / 2
        row = (y - self.middle_y) * self.pixels_per_unit + self.height / 2
        return row.astype(np.int32), column.astype(np.int32)


def _fit(rotation: Array, height: int, width: int) -> Frame:
    """Center the surface in a picture, as large as its margin allows."""
    t, s = np.meshgrid(np.linspace(0, END, 900), np.linspace(0, 2 * np.pi, 200))
    x, y, _ = rotation @ _surface(t.ravel(), s.ravel())
    room = 1 - 2 * MARGIN
    scale = min(room * width / np.ptp(x), room * height / np.ptp(y))
    middle_x, middle_y = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    return Frame(rotation, height, width, float(scale), float(middle_x), float(middle_y))


def _depth_buffer(frame: Frame) -> tuple[Array, Array, Array]:
    """Splat the surface; give depth (towards the viewer), ``t`` and ``s`` per pixel."""
    height, width = frame.height, frame.width
    depth = np.full(height * width, -np.inf, np.float32)
    turn, around = np.zeros_like(depth), np.zeros_like(depth)
    chunks = round(END / (np.pi / 8))
    chunk = END / chunks
    rotation = frame.rotation.astype(np.float32)
    for start in np.arange(chunks) * chunk:
        grown = np.exp(GROWTH * (start + chunk - END))
        fine = max(grown * frame.pixels_per_unit, 8.0)
        t = np.linspace(start, start + chunk, int(2.2 * fine * chunk) + 2, dtype=np.float32)
        s = np.linspace(0, 2 * np.pi, int(12.5 * fine) + 8, dtype=np.float32)
        t, s = (part.ravel() for part in np.meshgrid(t, s, indexing="ij"))
        x, y, z = rotation @ _surface(t, s)
        row, column = frame.pixel(x, y)
        kept = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        index = row * width + column
        kept[kept] = z[kept] > depth[index[kept]]
        order = np.flatnonzero(kept)
        order = order[np.argsort(z[order])]
        depth[index[order]], turn[index[order]], around[index[order]] = z[order], t[order], s[order]
    shape = (height, width)
    return depth.reshape(shape), turn.reshape(shape), around.reshape(shape)


def _paint(t: Array, s: Array, inside: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Color the surface (linear light, ``(N, 3)``) and tell how glossy it is."""
    tile = fractal(1024, 1024, rng, beta=2.6, coarsest=3)
    streaks = fractal(1024, 1024, rng, beta=2.0, coarsest=4, stretch_x=0.12)

    def read(field: Array, per_turn: float, per_round: float) -> Array:
        side = 1 << 12
        pad = -len(t) % side
        x, y = (np.pad(part, (0, pad)).reshape(-1, side) for part in (t * per_turn, s * per_round))
        return sample(field, x, y).ravel()[: len(t)]

    cloud = read(tile, 90, 1024 / (2 * np.pi))
    fine = read(streaks, 340, 2048 / (2 * np.pi))
    flame = np.sin(9 * t + 1.3 * np.sin(3 * s) + 1.4 * cloud) + 0.55 * cloud
    tone = 0.42 + 0.20 * flame + 0.07 * fine - 0.10 * np.cos(21 * s) * (flame > 0)
    early = smoothstep(END - 9, END - 26, t)
    outer = gradient(
        np.clip(tone, 0, 1),
        [(0, "#fff4de"), (0.3, "#f8dcae"), (0.5, "#eaa56b"), (0.72, "#b8543c"), (1, "#5d1f33")],
    )
    old = gradient(
        np.clip(tone, 0, 1),
        [(0, "#f7e3cb"), (0.35, "#d59a8b"), (0.6, "#8c5580"), (1, "#33235a")],
    )
    outer = mix(outer, old, early)
    inner = gradient(
        np.clip((END - t) / 1.6 + 0.04 * fine, 0, 1),
        [(0, "#fff3df"), (0.12, "#ffd9b8"), (0.35, "#ff9d86"), (0.7, "#d9546c"), (1, "#6d1f4f")],
    )
    lip = smoothstep(END - 0.07, END - 0.02, t)
    outer = mix(outer, rgb("#fff0d8"), lip)
    color = np.where(inside[:, None], inner, outer)
    return linear(color).astype(np.float32), np.where(inside, 0.9, 0.42).astype(np.float32)


def _shadow(place: Array) -> Array:
    """Tell how much key light reaches each point, by a depth buffer seen from the light."""
    key = _key_light()
    side = np.cross([0.0, 1.0, 0.0], key)
    side /= np.linalg.norm(side)
    to_light = np.stack([side, np.cross(key, side), key])
    size = 1100
    frame = _fit(to_light @ _view(), size, size)
    depth, _, _ = _depth_buffer(frame)
    filled = np.where(np.isfinite(depth), depth, -9).astype(np.float32)
    x, y, z = to_light @ place
    row, column = frame.pixel(x, y)
    lit = np.zeros(len(x), np.float32)
    spots = [(-2, -1), (2, 1), (-1, 2), (1, -2), (0, 0), (3, -3), (-3, 3), (4, 2), (-4, -2)]
    for shift_x, shift_y in spots:
        at = np.clip(row + shift_y, 0, size - 1), np.clip(column + shift_x, 0, size - 1)
        lit += z > filled[at] - 0.035
    return lit / len(spots)


def _key_light() -> Array:
    key = np.array([-0.55, -0.62, 0.56])
    return key / np.linalg.norm(key)


def _occlusion(depth: Array, cover: Array) -> Array:
    """Darken creases: where the surroundings stand nearer to the viewer."""
    open_air = np.ones_like(depth)
    floor = np.where(cover, depth, 0).astype(np.float32)
    weight = cover.astype(np.float32)
    for sigma, strength in ((6, 5.0), (18, 2.6), (54, 1.1)):
        around = blur(floor, sigma) / np.maximum(blur(weight, sigma), 1e-3)
        open_air *= np.exp(-strength * np.clip(around - floor - 0.004, 0, 0.5))
    return open_air


def _light(albedo: Array, shine: Array, normal: Array, shadow: Array, open_air: Array) -> Array:
    """Light the points: key, sky fill, warm bounce, rim and highlights; linear, ``(N, 3)``."""
    key = _key_light()
    facing = np.clip(np.tensordot(key, normal, 1), 0, 1) * shadow
    half = key + np.array([0, 0, 1])
    half /= np.linalg.norm(half)
    gloss = np.clip(np.tensordot(half, normal, 1), 0, 1)
    highlight = (0.55 * gloss**60 + 0.16 * gloss**12) * shadow * shine
    rim = (1 - np.clip(normal[2], 0, 1)) ** 3
    above = 0.5 - 0.5 * normal[1]
    light = (
        facing[:, None] * np.array([2.3, 2.0, 1.62])
        + (above * open_air)[:, None] * np.array([0.26, 0.32, 0.46])
        + ((1 - above) * open_air)[:, None] * np.array([0.30, 0.15, 0.11])
        + (rim * open_air * np.clip(normal[0], 0, 1))[:, None] * np.array([0.35, 0.55, 0.85])
    )
    return albedo * light * (0.35 + 0.65 * open_air[:, None]) + highlight[:, None]
