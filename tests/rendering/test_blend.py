"""The blend modes against the W3C text's own formulas, written here in plain float64."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerforge.model.layer import BLEND_MODES, BlendMode
from layerforge.operations.pixels import Pixels, premultiply
from layerforge.rendering.blend import composite

Color = tuple[float, float, float]


def multiply(cb: float, cs: float) -> float:
    return cb * cs


def screen(cb: float, cs: float) -> float:
    return cb + cs - cb * cs


def hard_light(cb: float, cs: float) -> float:
    return multiply(cb, 2 * cs) if cs <= 0.5 else screen(cb, 2 * cs - 1)


def color_dodge(cb: float, cs: float) -> float:
    if cb == 0:
        return 0.0
    return 1.0 if cs == 1 else min(1.0, cb / (1 - cs))


def color_burn(cb: float, cs: float) -> float:
    if cb == 1:
        return 1.0
    return 0.0 if cs == 0 else 1 - min(1.0, (1 - cb) / cs)


def soft_light(cb: float, cs: float) -> float:
    if cs <= 0.5:
        return cb - (1 - 2 * cs) * cb * (1 - cb)
    d = ((16 * cb - 12) * cb + 4) * cb if cb <= 0.25 else math.sqrt(cb)
    return cb + (2 * cs - 1) * (d - cb)


SEPARABLE: dict[str, Callable[[float, float], float]] = {
    "normal": lambda cb, cs: cs,
    "multiply": multiply,
    "screen": screen,
    "overlay": lambda cb, cs: hard_light(cs, cb),
    "darken": min,
    "lighten": max,
    "color-dodge": color_dodge,
    "color-burn": color_burn,
    "hard-light": hard_light,
    "soft-light": soft_light,
    "difference": lambda cb, cs: abs(cb - cs),
    "exclusion": lambda cb, cs: cb + cs - 2 * cb * cs,
}


def lum(c: Color) -> float:
    return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]


def clip_color(c: Color) -> Color:
    light, low, high = lum(c), min(c), max(c)
    out = list(c)
    if low < 0:
        out = [light + (x - light) * light / (light - low) for x in out]
    if high > 1:
        out = [light + (x - light) * (1 - light) / (high - light) for x in out]
    return (out[0], out[1], out[2])


def set_lum(c: Color, light: float) -> Color:
    d = light - lum(c)
    return clip_color((c[0] + d, c[1] + d, c[2] + d))


def sat(c: Color) -> float:
    return max(c) - min(c)


def set_sat(c: Color, s: float) -> Color:
    low, mid, high = sorted(range(3), key=lambda place: c[place])
    out = [0.0, 0.0, 0.0]
    if c[high] > c[low]:
        out[mid] = (c[mid] - c[low]) * s / (c[high] - c[low])
        out[high] = s
    return (out[0], out[1], out[2])


WHOLE: dict[str, Callable[[Color, Color], Color]] = {
    "hue": lambda cb, cs: set_lum(set_sat(cs, sat(cb)), lum(cb)),
    "saturation": lambda cb, cs: set_lum(set_sat(cb, sat(cs)), lum(cb)),
    "color": lambda cb, cs: set_lum(cs, lum(cb)),
    "luminosity": lambda cb, cs: set_lum(cb, lum(cs)),
}


def w3c(mode: str, backdrop: list[float], source: list[float], opacity: float) -> list[float]:
    """Straight RGBA in, premultiplied RGBA out.  Section 5 and 9 of the text."""
    cb, ab = (backdrop[0], backdrop[1], backdrop[2]), backdrop[3]
    cs, alpha = (source[0], source[1], source[2]), source[3] * opacity
    if mode in WHOLE:
        mixed = list(WHOLE[mode](cb, cs))
    else:
        mixed = [SEPARABLE[mode](b, s) for b, s in zip(cb, cs, strict=True)]
    blended = [(1 - ab) * s + ab * m for s, m in zip(cs, mixed, strict=True)]
    over = [alpha * s + ab * b * (1 - alpha) for s, b in zip(blended, cb, strict=True)]
    return [*over, alpha + ab * (1 - alpha)]


def random_straight(seed: int) -> Pixels:
    rng = np.random.default_rng(seed)
    pixels = rng.random((24, 25, 4), dtype=np.float32)
    pixels[:8] = np.round(pixels[:8] * 4) / 4  # whole ends and equal channels too
    pixels[:4, :, 3] = np.round(pixels[:4, :, 3])
    return pixels


def test_there_are_sixteen_modes_and_this_test_knows_them_all() -> None:
    assert len(BLEND_MODES) == 16
    assert set(BLEND_MODES) == set(SEPARABLE) | set(WHOLE)


@pytest.mark.parametrize("opacity", [1.0, 0.35])
@pytest.mark.parametrize("mode", BLEND_MODES)
def test_a_mode_follows_the_text(mode: BlendMode, opacity: float) -> None:
    backdrop, source = random_straight(1), random_straight(2)
    sheets = premultiply(backdrop), premultiply(source)
    before = sheets[0].tobytes(), sheets[1].tobytes()
    got = composite(sheets[0], sheets[1], mode=mode, opacity=opacity)
    assert (sheets[0].tobytes(), sheets[1].tobytes()) == before
    want = np.array(
        [
            [w3c(mode, b, s, opacity) for b, s in zip(row_b, row_s, strict=True)]
            for row_b, row_s in zip(backdrop.tolist(), source.tolist(), strict=True)
        ]
    )
    apart = np.abs(got - want)
    assert got.dtype == np.float32
    assert apart.max() <= 1 / 255
    assert np.quantile(apart, 0.99) <= 1e-5
    assert (got[..., :3] <= got[..., 3:] + 1e-6).all()


def joined(mode: BlendMode, backdrop: int, source: int) -> float:
    """One grey opaque pixel over another, 0 to 255."""
    sheets = []
    for grey in (backdrop, source):
        pixel = np.full((1, 1, 4), grey / 255, dtype=np.float32)
        pixel[..., 3] = 1.0
        sheets.append(pixel)
    return float(composite(sheets[0], sheets[1], mode=mode, opacity=1.0)[0, 0, 0]) * 255


@pytest.mark.parametrize(
    ("mode", "backdrop", "source", "want"),
    [
        ("overlay", 64, 192, 2 * 64 * 192 / 255),  # 96.4: dark backdrop, twice the product
        ("overlay", 192, 64, 255 - 2 * 63 * 191 / 255),  # 160.6: light backdrop, the screen
        ("hard-light", 192, 64, 2 * 64 * 192 / 255),
        ("multiply", 128, 128, 128 * 128 / 255),
        ("screen", 128, 128, 255 - 127 * 127 / 255),
        ("darken", 40, 200, 40),
        ("lighten", 40, 200, 200),
        ("difference", 40, 200, 160),
        ("exclusion", 255, 200, 55),
        ("color-dodge", 0, 255, 0),
        ("color-dodge", 64, 128, 64 / (1 - 128 / 255)),
        ("color-burn", 255, 0, 255),
        ("color-burn", 200, 128, 255 - 55 / (128 / 255)),
        ("soft-light", 64, 255, 127.7),  # sqrt-like: 255 * D(64/255)
        ("luminosity", 10, 240, 240),
    ],
)
def test_values_worked_by_hand(mode: BlendMode, backdrop: int, source: int, want: float) -> None:
    assert joined(mode, backdrop, source) == pytest.approx(want, abs=0.5)


@pytest.mark.parametrize("mode", BLEND_MODES)
def test_over_nothing_the_source_stays(mode: BlendMode) -> None:
    source = premultiply(random_straight(3))
    got = composite(np.zeros_like(source), source, mode=mode, opacity=1.0)
    assert np.abs(got - source).max() <= 1e-6


@pytest.mark.parametrize("mode", BLEND_MODES)
def test_an_empty_source_changes_nothing(mode: BlendMode) -> None:
    backdrop = premultiply(random_straight(4))
    for nothing in (np.zeros_like(backdrop), premultiply(random_straight(5))):
        opacity = 1.0 if not nothing.any() else 0.0
        got = composite(backdrop, nothing, mode=mode, opacity=opacity)
        assert np.abs(got - backdrop).max() <= 1e-6


@pytest.mark.parametrize("mode", BLEND_MODES)
def test_alphas_join_alike_in_all_modes(mode: BlendMode) -> None:
    backdrop, source = premultiply(random_straight(6)), premultiply(random_straight(7))
    got = composite(backdrop, source, mode=mode, opacity=0.5)[..., 3]
    half = source[..., 3] * 0.5
    assert np.abs(got - (half + backdrop[..., 3] * (1 - half))).max() <= 1e-6


# what is finer than 16 bits is as good as 0
CHANNEL = st.one_of(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.floats(2.0**-16, 1.0, width=32))
STRAIGHT_PIXEL = st.tuples(CHANNEL, CHANNEL, CHANNEL, CHANNEL)


@pytest.mark.parametrize("mode", BLEND_MODES)
@given(
    backdrop=STRAIGHT_PIXEL,
    source=STRAIGHT_PIXEL,
    opacity=st.floats(2.0**-16, 1.0, width=32),
)
def test_any_two_pixels_join_as_the_text_says(
    mode: BlendMode,
    backdrop: tuple[float, float, float, float],
    source: tuple[float, float, float, float],
    opacity: float,
) -> None:
    sheets = [premultiply(np.array([[one]], dtype=np.float32)) for one in (backdrop, source)]
    got = composite(sheets[0], sheets[1], mode=mode, opacity=opacity)[0, 0]
    # what float32 premultiplication leaves of the colours, since the modes that break off at
    # black or white may tell a colour next to them from the end itself
    kept = [
        [float(value) / float(sheet[0, 0, 3]) if sheet[0, 0, 3] > 0 else 0.0 for value in rgb]
        + [float(sheet[0, 0, 3])]
        for sheet in sheets
        for rgb in [sheet[0, 0, :3]]
    ]
    want = w3c(mode, kept[0], kept[1], opacity)
    assert np.abs(got - want).max() <= 1 / 255
    assert (got[:3] <= got[3]).all()
    assert (got >= 0.0).all()


@pytest.mark.parametrize("mode", BLEND_MODES)
def test_large_sheets_join_pixel_by_pixel(mode: BlendMode) -> None:
    """However it is cut into strips and windows, every pixel joins as it would alone."""
    rng = np.random.default_rng(8)
    straight = rng.random((2, 230, 700, 4), dtype=np.float32)
    straight[0, :100, :, 3] = 1.0
    straight[1, :90, :, 3] = 0.0
    straight[1, :, :150, 3] = 0.0
    straight[1, :, 650:, 3] = 0.0
    backdrop, source = premultiply(straight[0]), premultiply(straight[1])
    got = composite(backdrop, source, mode=mode, opacity=0.7)
    rows, columns = rng.integers(0, 230, 500), rng.integers(0, 700, 500)
    alone = composite(
        backdrop[rows, columns][:, None], source[rows, columns][:, None], mode=mode, opacity=0.7
    )
    assert np.abs(got[rows, columns] - alone[:, 0]).max() <= 1e-6
    assert np.array_equal(got[:90], backdrop[:90])
    assert np.array_equal(got[:, :150], backdrop[:, :150])
    assert np.array_equal(got[:, 650:], backdrop[:, 650:])
