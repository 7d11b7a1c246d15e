"""Strokes of a brush: where they lie, how they bend, and which of them is seen at each place.

All lengths are in short sides, and all chance is a hash of whole lattice coordinates, so that a
picture is painted with the same strokes at every size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.operations.fields import lattice, mixed_seed
from layerforge.operations.flow import Flow
from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels, Plane, smoothstep
from layerforge.operations.sampling import blurred_wide

Numbers = npt.NDArray[np.float32]

BRUSHES = (2.2, 1.0, 0.5)
"""Half widths of the brushes, the coarsest first, as shares of the one asked for."""
_LENGTH = 4.0
"""Half the length of the longest strokes, in half widths."""
_APART = 1.7
"""How far apart strokes begin, in half widths."""
_BEND = 0.9
"""The most that half a stroke turns, in radians."""
_FRACTION_BITS = 4
_ONE = np.float32(1.0)


@dataclass(frozen=True, slots=True)
class Strokes:
    """Arcs, the lowest first, all (N,): v = bend * u² / 2 in a frame at the middle (x, y).

    x, y: in canvas coordinates; along_x, along_y: the unit vector of u; half_width and
    half_length: in short sides; chance: -1..1; rgb: (N, 3) colours.
    """

    x: Numbers
    y: Numbers
    along_x: Numbers
    along_y: Numbers
    bend: Numbers
    half_width: Numbers
    half_length: Numbers
    chance: Numbers
    rgb: Numbers

    def __len__(self) -> int:
        return len(self.x)


def laid(
    guides: list[Pixels], flow: Flow, at: RenderContext, *, radius: float, seed: int
) -> Strokes:
    """The strokes of all brushes.  guides: the colours that each paints with.

    Source: Haeberli 1990, "Paint by numbers"; Hertzmann 1998, "Painterly rendering with curved
    brush strokes of multiple sizes".
    """
    layers = []
    for number, share in enumerate(BRUSHES):
        half_width = share * radius
        own = mixed_seed(seed, 20 + number)
        strokes = _layer(guides[number], flow, at, half_width=half_width, seed=own)
        if number:
            # finer brushes paint only what the coarser ones can't
            apart = cv2.absdiff(guides[-1], guides[number - 1])
            most = np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2])
            missing = blurred_wide(most, half_width * at.short_side)
            wanted = smoothstep(_at(missing, strokes.x, strokes.y, at), 0.015, 0.05)
            strokes.half_width[:] *= np.sqrt(wanted)
        layers.append(_ordered(strokes, strokes.half_width > 0.3 * half_width))
    names = Strokes.__dataclass_fields__
    return Strokes(
        **{name: np.concatenate([getattr(one, name) for one in layers]) for name in names}
    )


def _layer(
    guide: Pixels, flow: Flow, at: RenderContext, *, half_width: float, seed: int
) -> Strokes:
    """One stroke at every point of an uneven lattice."""
    size = _APART * half_width
    wide, high = at.width / at.short_side / 2, at.height / at.short_side / 2
    columns = np.arange(math.floor(-wide / size) - 1, math.ceil(wide / size) + 1)[None, :]
    rows = np.arange(math.floor(-high / size) - 1, math.ceil(high / size) + 1)[:, None]
    chance = [lattice(mixed_seed(seed, branch), columns, rows).ravel() for branch in range(5)]
    x = (
        np.broadcast_to(columns + 0.5, (rows.size, columns.size)).ravel() + 0.45 * chance[0]
    ) * size
    y = (np.broadcast_to(rows + 0.5, (rows.size, columns.size)).ravel() + 0.45 * chance[1]) * size
    x, y = x.astype(np.float32), y.astype(np.float32)
    along_x, along_y = _along(flow, x, y, at, turn=np.float32(0.12) * chance[2])
    rgb = _at(guide, x, y, at)
    reach = np.float32(_LENGTH * half_width)
    bearings, apart = [], np.zeros_like(x)
    for sign in (-1.0, 1.0):
        way = np.float32(sign) * reach
        end_x, end_y = x + way * along_x, y + way * along_y
        other_x, other_y = _along(flow, end_x, end_y, at, turn=np.float32(0.0))
        bearings.append(
            np.arctan2(along_x * other_y - along_y * other_x, along_x * other_x + along_y * other_y)
        )
        apart = np.maximum(apart, np.abs(_at(guide, end_x, end_y, at) - rgb).max(axis=-1))
    # a tangent's sign means nothing, so neither does half a turn
    turns = [
        np.mod(one + np.float32(math.pi / 2), np.float32(math.pi)) - np.float32(math.pi / 2)
        for one in bearings
    ]
    bend = np.clip((turns[1] - turns[0]) / 2, -_BEND, _BEND) / reach
    # a stroke ends where the picture's colour is no longer its own
    half_length = reach / (_ONE + np.float32(6.0) * apart) * (_ONE + np.float32(0.2) * chance[3])
    light = np.float32(0.025) * chance[4][:, None]
    return Strokes(
        x=x,
        y=y,
        along_x=along_x,
        along_y=along_y,
        bend=bend.astype(np.float32),
        half_width=np.full_like(x, half_width) * (_ONE + np.float32(0.2) * chance[2]),
        half_length=np.maximum(half_length, np.float32(half_width)).astype(np.float32),
        chance=chance[3],
        rgb=np.clip(rgb + light, 0.0, 1.0).astype(np.float32),
    )


def _ordered(strokes: Strokes, kept: npt.NDArray[np.bool_]) -> Strokes:
    """Those ``kept``, in an order by chance that the canvas's extent leaves as it is."""
    places = np.flatnonzero(kept)
    places = places[np.argsort(strokes.chance[places], kind="stable")]
    return Strokes(
        **{name: getattr(strokes, name)[places] for name in Strokes.__dataclass_fields__}
    )


def _along(
    flow: Flow, x: Numbers, y: Numbers, at: RenderContext, *, turn: Numbers | np.float32
) -> tuple[Numbers, Numbers]:
    """The flow at places in canvas coordinates, turned by radians."""
    columns, rows = _pixel(x, y, at)
    along_x, along_y = flow.x[rows, columns], flow.y[rows, columns]
    cos, sin = np.cos(turn), np.sin(turn)
    return along_x * cos - along_y * sin, along_x * sin + along_y * cos


def _at(values: Pixels | Plane, x: Numbers, y: Numbers, at: RenderContext) -> Numbers:
    columns, rows = _pixel(x, y, at)
    return values[rows, columns]


def _pixel(
    x: Numbers, y: Numbers, at: RenderContext
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    columns = np.floor(x * at.short_side + at.width / 2).astype(np.intp)
    rows = np.floor(y * at.short_side + at.height / 2).astype(np.intp)
    return np.clip(columns, 0, at.width - 1), np.clip(rows, 0, at.height - 1)


def topmost(strokes: Strokes, at: RenderContext, *, fine: int) -> npt.NDArray[np.int32]:
    """The number of the stroke seen at each place, from 1, (fine * H, fine * W); 0 for none."""
    unit = at.short_side * fine
    top = np.zeros((at.height * fine, at.width * fine), dtype=np.int32)
    steps = np.linspace(-1.0, 1.0, 7, dtype=np.float32)
    # there along one side and back along the other; both ends are rounded a little
    u = np.concatenate([steps, steps[::-1]]) * strokes.half_length[:, None]
    round_ = np.sqrt(_ONE - np.float32(0.75) * steps**6)
    sides = np.concatenate([round_, -round_[::-1]])
    # a polygon is drawn with its outline, which is half a pixel more on every side
    inner = np.maximum(strokes.half_width - np.float32(0.5 / unit), np.float32(0.25 / unit))
    v = sides * inner[:, None] + strokes.bend[:, None] * u * u / 2
    xs = strokes.x[:, None] + u * strokes.along_x[:, None] - v * strokes.along_y[:, None]
    ys = strokes.y[:, None] + u * strokes.along_y[:, None] + v * strokes.along_x[:, None]
    corners = np.stack(
        [xs * unit + (at.width * fine / 2 - 0.5), ys * unit + (at.height * fine / 2 - 0.5)], axis=-1
    )
    fixed = np.round(corners * 2**_FRACTION_BITS).astype(np.int32)
    for number, corner in enumerate(fixed, start=1):
        cv2.fillPoly(top, [corner], (number,), lineType=cv2.LINE_8, shift=_FRACTION_BITS)
    return top
