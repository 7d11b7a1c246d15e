"""A vaulted arcade with sunlight falling through its arches, traced through a distance field.

Metres; x to the right, y up, z into the picture. The aisle runs along z, its arches open to the
left, niches stand on the right.
"""

from dataclasses import dataclass

import numpy as np

from drawing.color import Array, encode, finish, gradient, linear, rgb, saturate
from drawing.noise import blur, fractal, pixel_grid, sample, smoothstep

WIDTH, HEIGHT = 1200, 1500
HALF_AISLE, SPRING = 1.55, 2.55
BAY, ARCH_RADIUS, ARCH_SPRING = 3.0, 1.02, 2.35
WALL = 0.55
AISLE_END = 28.0
SUN = np.array([-0.80, 0.45, 0.40], np.float32)  # of length 1


@dataclass(frozen=True)
class Hits:
    """Where the rays end: position, normal (each three ``(H, W)`` fields) and whether on stone."""

    x: Array
    y: Array
    z: Array
    normal: tuple[Array, Array, Array]
    stone: Array


def draw_arcade(rng: np.random.Generator) -> Array:
    """Trace the arcade; 1200 by 1500 px."""
    row, column = pixel_grid(HEIGHT, WIDTH)
    u, v = (column / WIDTH - 0.47) * 1.12, (0.56 - row / HEIGHT) * 1.4
    dx, dy, dz = u - 0.16, v, np.ones_like(u)
    length = np.sqrt(dx**2 + dy**2 + dz**2)
    ray = (dx / length, dy / length, dz / length)
    eye = (0.72, 1.62, -2.9)
    hits = _trace(eye, ray)
    albedo, bump = _stone(hits, rng)
    light = _light(hits, albedo, bump)
    sky = _sky(ray, rng)
    color = np.where(hits.stone[..., None], light, sky)
    travelled = np.sqrt((hits.x - eye[0]) ** 2 + (hits.y - eye[1]) ** 2 + (hits.z - eye[2]) ** 2)
    haze = 1 - np.exp(-np.minimum(travelled, 60) * 0.0085)
    color = color + (linear(rgb("#f0b78f")) * 0.8 - color) * haze[..., None]
    beams = _beams(eye, ray, np.minimum(travelled, AISLE_END + 6))
    color = color + beams[..., None] * linear(rgb("#ffc98a")) * 0.5
    picture = encode(1 - np.exp(-3.0 * np.maximum(color, 0) ** 1.12)).astype(np.float32)
    return finish(saturate(picture, 1.25), rng, grain=0.010, vignette=0.2, bloom=0.22)


def _arch(across: Array, up: Array, radius: float, spring: float) -> Array:
    """Signed distance to an arched opening: negative in the void."""
    round_part = np.hypot(across, up - spring) - radius
    return np.where(up > spring, round_part, np.abs(across) - radius)


def _bay(z: Array) -> Array:
    return np.mod(z + BAY / 2, BAY) - BAY / 2


def _void(x: Array, y: Array, z: Array) -> Array:
    """Signed distance to the free space: negative where a ray may pass."""
    aisle = np.maximum(_arch(x, y, HALF_AISLE, SPRING), z - AISLE_END)
    across = _bay(z)
    arches = _arch(across, y, ARCH_RADIUS, ARCH_SPRING)
    rim = np.where(y > ARCH_SPRING, np.hypot(across, y - ARCH_SPRING), np.abs(across))
    openings = np.maximum(arches, np.maximum(x - HALF_AISLE - 0.16, z - AISLE_END))
    outside = np.maximum(x + HALF_AISLE + WALL, -40 - y)
    free = np.minimum(np.minimum(aisle, openings), np.minimum(outside, AISLE_END + 0.4 - z))
    solid = -free
    side = np.abs(x) - HALF_AISLE
    archivolt = np.maximum(np.abs(rim - ARCH_RADIUS - 0.09) - 0.09, np.abs(side) - 0.055)
    archivolt = np.maximum(archivolt, ARCH_SPRING - y)
    edge = np.maximum(np.abs(across) - BAY / 2, ARCH_RADIUS - 0.07 - np.abs(across))
    impost = np.maximum(
        np.maximum(edge, np.abs(y - ARCH_SPRING + 0.09) - 0.09), np.abs(side + 0) - 0.09
    )
    band = np.maximum(np.maximum(edge, np.abs(y - ARCH_SPRING + 0.26) - 0.03), np.abs(side) - 0.05)
    plinth = np.maximum(np.maximum(edge - 0.02, y - 0.28), np.abs(side) - 0.08)
    rib = np.maximum(
        np.abs(np.abs(across) - BAY / 2) - 0.16,
        np.abs(np.hypot(x, np.maximum(y - SPRING, 0)) - HALF_AISLE) - 0.08,
    )
    rib = np.maximum(rib, np.abs(x) - HALF_AISLE - 0.1)
    trim = np.minimum(np.minimum(archivolt, impost), np.minimum(np.minimum(band, plinth), rib))
    trim = np.maximum(trim, z - AISLE_END)
    return -np.minimum(np.minimum(solid, trim), y)


def _trace(eye: tuple[float, float, float], ray: tuple[Array, Array, Array]) -> Hits:
    """March every ray until it meets stone or leaves."""
    shape = ray[0].shape
    dx, dy, dz = (part.ravel() for part in ray)
    distance = np.zeros(dx.size, np.float32)
    active = np.arange(dx.size)
    for _ in range(140):
        d = distance[active]
        gap = -_void(
            eye[0] + dx[active] * d, eye[1] + dy[active] * d, eye[2] + dz[active] * d
        ).astype(np.float32)
        distance[active] = d + 0.9 * gap
        active = active[(gap > 0.0006 * (1 + d)) & (d < 90)]
        if not active.size:
            break
    x, y, z = (
        (start + part * distance).reshape(shape)
        for start, part in zip(eye, (dx, dy, dz), strict=True)
    )
    step = 0.004
    gx = _void(x + step, y, z) - _void(x - step, y, z)
    gy = _void(x, y + step, z) - _void(x, y - step, z)
    gz = _void(x, y, z + step) - _void(x, y, z - step)
    size = -np.maximum(np.sqrt(gx**2 + gy**2 + gz**2), 1e-6)
    stone = (distance.reshape(shape) < 89) & (x > -14)
    return Hits(x, y, z, (gx / size, gy / size, gz / size), stone)


def _sunlit(x: Array, y: Array, z: Array) -> Array:
    """Tell how much sun reaches points inside the aisle, 0 to 1, with a soft edge."""
    lit = np.ones_like(x)
    inner, outer = -HALF_AISLE, -HALF_AISLE - WALL
    for plane in np.linspace(inner, outer, 3):
        run = (x - plane) / -SUN[0]
        across, up = _bay(z + SUN[2] * run), y + SUN[1] * run
        edge = _arch(across, up, ARCH_RADIUS, ARCH_SPRING)
        soft = 0.012 + 0.012 * np.maximum(run, 0)
        lit = np.where(run > 0, np.minimum(lit, smoothstep(1, -1, edge / soft)), lit)
    return lit


def _stone(hits: Hits, rng: np.random.Generator) -> tuple[Array, Array]:
    """Color the stone (linear light) and give its fine bumps."""
    coarse = fractal(1024, 1024, rng, beta=2.9, coarsest=2)
    fine = fractal(1024, 1024, rng, beta=1.9, coarsest=6)
    nx, ny, _ = (np.abs(part) for part in hits.normal)
    over_x = np.where(nx > 0.6, hits.z, hits.x)
    sides = np.stack([nx, ny, np.abs(hits.normal[2])]) ** 4
    sides = sides / sides.sum(0)
    planes = [(hits.z, hits.y), (hits.x, hits.z), (hits.x, hits.y)]

    def read(field: Array, per_metre: float) -> Array:
        """Project the field onto the stone along the three axes, and blend."""
        views = [sample(field, a * per_metre, b * per_metre) for a, b in planes]
        return sum(weight * seen for weight, seen in zip(sides, views, strict=True))

    stains = read(coarse, 170) + 0.4 * read(coarse, 700)
    pits = read(fine, 260)
    tone = np.clip(0.55 + 0.15 * stains + 0.07 * pits, 0, 1)
    wall = gradient(
        tone,
        [(0, "#8a5a45"), (0.3, "#c99773"), (0.6, "#e8c7a2"), (0.85, "#f3e0c4"), (1, "#fbf1e0")],
    )
    course = 0.42
    joint_y = np.abs(np.mod(hits.y, course) - course / 2) - course / 2
    shift = np.floor(hits.y / course) % 2 * 0.45
    joint_x = np.abs(np.mod(over_x + shift, 0.9) - 0.45) - 0.45
    joints = smoothstep(-0.014, -0.004, np.maximum(joint_x, joint_y))
    joints = joints * ((hits.y < ARCH_SPRING - 0.3) & (ny < 0.5))
    damp = smoothstep(0.9, 0.0, hits.y + 0.15 * stains) * (ny < 0.5)
    wall = (
        wall * (1 - 0.45 * joints[..., None]) * (1 - damp[..., None] * np.array([0.32, 0.22, 0.2]))
    )
    turned_x, turned_z = hits.x + hits.z, hits.x - hits.z
    tile = 0.62
    checker = (np.floor(turned_x / tile) + np.floor(turned_z / tile)) % 2
    seam = np.maximum(
        np.abs(np.mod(turned_x, tile) - tile / 2), np.abs(np.mod(turned_z, tile) - tile / 2)
    )
    seam = smoothstep(tile / 2 - 0.012, tile / 2 - 0.004, seam)
    shade_of = np.clip(0.5 + 0.16 * stains + 0.08 * pits, 0, 1)
    dark = gradient(shade_of, [(0, "#0d3038"), (0.5, "#1f5b62"), (1, "#4b8f8c")])
    pale = gradient(shade_of, [(0, "#b08a68"), (0.5, "#e4cda8"), (1, "#f8ecd4")])
    floor = np.where(checker[..., None] > 0, dark, pale) * (1 - 0.5 * seam[..., None])
    ground = ((hits.y < 0.012) & (ny > 0.7))[..., None]
    albedo = linear(np.where(ground, floor, wall))
    return albedo.astype(np.float32), pits * 0.05 + 0.05 * stains


def _light(hits: Hits, albedo: Array, bump: Array) -> Array:
    """Light the stone: sun, blue sky through the arches, warm light off the floor."""
    nx, ny, nz = hits.normal
    facing = np.clip(nx * SUN[0] + ny * SUN[1] + nz * SUN[2] + bump, 0, 1)
    lit = _sunlit(hits.x + nx * 0.01, hits.y + ny * 0.01, hits.z + nz * 0.01)
    lit = np.where(hits.z < AISLE_END, lit, 1.0)
    open_air = np.ones_like(lit)
    for reach in (0.08, 0.22, 0.5, 1.0):
        gap = -_void(hits.x + nx * reach, hits.y + ny * reach, hits.z + nz * reach)
        open_air = open_air - 0.26 * np.clip(1 - gap / reach, 0, 1)
    open_air = np.clip(open_air, 0.06, 1)
    to_arch = np.exp(-np.maximum(_arch(_bay(hits.z), hits.y, ARCH_RADIUS, ARCH_SPRING), 0) * 0.9)
    from_left = np.clip(0.35 - 0.65 * nx, 0.05, 1) * np.exp(-0.22 * (hits.x + HALF_AISLE))
    from_floor = np.clip(0.55 - 0.55 * ny, 0, 1) * np.exp(-0.30 * np.maximum(hits.y, 0))
    from_right = np.clip(0.5 + 0.5 * nx * -1, 0, 1)
    sun = (facing * lit)[..., None] * np.array([3.6, 2.5, 1.4])
    sky = (from_left * to_arch * open_air)[..., None] * np.array([0.12, 0.30, 0.52])
    bounce = (from_floor * open_air)[..., None] * np.array([0.27, 0.115, 0.06])
    fill = (from_right * open_air)[..., None] * np.array([0.05, 0.06, 0.14])
    return (albedo * (sun + sky + bounce + fill + 0.012)).astype(np.float32)


def _sky(ray: tuple[Array, Array, Array], rng: np.random.Generator) -> Array:
    up = ray[1] / np.sqrt(ray[0] ** 2 + ray[2] ** 2)
    clouds = fractal(512, 512, rng, beta=3.2)
    cover = sample(clouds, ray[0] * 500 + 90, up * 900)
    color = gradient(
        np.clip(0.08 + up * 1.3, 0, 1),
        [(0, "#ffe0ae"), (0.16, "#e8d3b4"), (0.4, "#7fbcc4"), (1, "#1f7290")],
    )
    return linear(color) * (1.1 + 0.25 * smoothstep(0, 1.6, cover))[..., None] * 1.35


def _beams(eye: tuple[float, float, float], ray: tuple[Array, Array, Array], far: Array) -> Array:
    """Gather sunlight scattered towards the eye by dust, along the first 16 m."""
    glow = np.zeros_like(far)
    steps = 36
    stop = np.minimum(far, 16)
    jitter = np.random.default_rng(5).uniform(0, 1, far.shape).astype(np.float32)
    for step in range(steps):
        d = stop * (step + jitter) / steps
        x, y, z = (start + part * d for start, part in zip(eye, ray, strict=True))
        glow += _sunlit(x, y, z) * (np.abs(x) < HALF_AISLE) * stop / steps
    return blur(glow.astype(np.float32), 2.0) * 0.036
