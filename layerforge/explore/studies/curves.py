"""A picture of how the best value rose: a curve a strategy, with its confidence band, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

import numpy as np

from layerforge.explore.studies.comparison import Result
from layerforge.explore.studies.metrics import bootstrap

_WIDTH, _HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 176, 24, 44

_COLOURS = ("#555555", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8b6508")
"""The control's first.  The others: Okabe & Ito 2008, told apart by the colour-blind."""

Band = tuple[list[float], list[float], list[float]]
"""Mean, low and high of the best value after each tenth of the budget."""


def bands(results: Sequence[Result]) -> dict[str, Band]:
    """By strategy, over all its seeds and sources, with 95 % bootstrap intervals."""
    curves: dict[str, list[tuple[float, ...]]] = {}
    for one in results:
        curves.setdefault(one.strategy, []).append(one.curve)
    found: dict[str, Band] = {}
    for strategy, held in curves.items():
        columns = [bootstrap(column) for column in np.array(held, dtype=np.float64).T]
        found[strategy] = (
            [mean for mean, _, _ in columns],
            [low for _, low, _ in columns],
            [high for _, _, high in columns],
        )
    return found


def curves_svg(results: Sequence[Result], *, budget: int) -> str:
    """The curves as an SVG document."""
    found = bands(results)
    low = min(min(band[1]) for band in found.values())
    high = max(max(band[2]) for band in found.values())
    reach = max(high - low, 1e-6)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]

    def x(tenth: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * tenth / 10

    def y(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (high - value) / reach

    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        value = low + share * reach
        parts.append(
            f'<path d="M{x(0):.1f} {y(value):.1f}H{x(10):.1f}" stroke="#dddddd"/>'
            f'<text x="{_LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:.2f}</text>'
        )
    parts += [
        f'<text x="{x(tenth):.1f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">'
        f"{budget * tenth // 10}</text>"
        for tenth in (0, 2, 4, 6, 8, 10)
    ]
    parts.append(
        f'<text x="{(x(0) + x(10)) / 2:.1f}" y="{_HEIGHT - 6}" text-anchor="middle">'
        "candidates</text>"
        f'<text x="{_LEFT - 44}" y="14">best value (mean, 95 % interval)</text>'
    )
    for place, (strategy, (means, lows, highs)) in enumerate(found.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        way = [f"{x(at + 1):.1f},{y(value):.1f}" for at, value in enumerate(highs)]
        way += [f"{x(at + 1):.1f},{y(lows[at]):.1f}" for at in range(len(lows) - 1, -1, -1)]
        line = " ".join(f"{x(at + 1):.1f},{y(value):.1f}" for at, value in enumerate(means))
        where = _TOP + 20 * place + 8
        parts.append(
            f'<polygon points="{" ".join(way)}" fill="{colour}" opacity="0.15"/>'
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<path d="M{x(10) + 12:.1f} {where}h18" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{x(10) + 36:.1f}" y="{where + 4}">{escape(strategy)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])
