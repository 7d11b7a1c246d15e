"""Pictures of a comparison of strategies, as SVG, drawn with matplotlib (the extra ``study``)."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from layerforge.explore.studies.comparison import CONTROL, Result
from layerforge.explore.studies.metrics import bootstrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = ("#555555", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8b6508")
"""The control's first.  The others: Okabe & Ito 2008, told apart by the colour-blind."""

_MARKERS = "osD^vPX*"

Band = tuple[list[float], list[float], list[float]]
"""Mean, low and high of a figure after each tenth of the budget."""


def plots(results: Sequence[Result]) -> dict[str, bytes]:
    """By file name, each an SVG document; raises ImportError where matplotlib is missing.

    ``curves.svg``: the best value so far, above the control's last one with the same sources and
    seed, as each set of sources has a scale of its own; ``coverage.svg``: the share of kinds of
    pictures found; both by candidates, mean over all seeds and sources with the 95 % bootstrap
    interval.  ``diversity.svg``: each run by the diversity and the mean value of its best that
    differ.  The largest budget is drawn.
    """
    budget = max(one.budget for one in results)
    results = [one for one in results if one.budget == budget]
    last = {(one.sources, one.seed): one.curve[-1] for one in results if one.strategy == CONTROL}

    def above_control(one: Result) -> list[float]:
        return [value - last[one.sources, one.seed] for value in one.curve]

    return {
        "curves.svg": _drawn(
            lambda axes: _curves(axes, bands(results, above_control), budget=budget),
            down="best value so far, above random search's last",
            across="candidates",
        ),
        "coverage.svg": _drawn(
            lambda axes: _curves(axes, bands(results, lambda one: one.covered), budget=budget),
            down="share of kinds of pictures found",
            across="candidates",
        ),
        "diversity.svg": _drawn(
            lambda axes: _runs(axes, results),
            down="mean value of the best 20 that differ",
            across="mean distance between them",
        ),
    }


def bands(
    results: Sequence[Result], figure: Callable[[Result], Sequence[float]]
) -> dict[str, Band]:
    """A figure by strategy, over all its seeds and sources, with 95 % bootstrap intervals."""
    curves: dict[str, list[Sequence[float]]] = {}
    for one in results:
        curves.setdefault(one.strategy, []).append(figure(one))
    found: dict[str, Band] = {}
    for strategy, held in curves.items():
        columns = [bootstrap(column) for column in np.array(held, dtype=np.float64).T]
        found[strategy] = (
            [mean for mean, _, _ in columns],
            [low for _, low, _ in columns],
            [high for _, _, high in columns],
        )
    return found


def _curves(axes: Axes, found: dict[str, Band], *, budget: int) -> None:
    for place, (strategy, (means, lows, highs)) in enumerate(found.items()):
        at = [budget * (tenth + 1) / len(means) for tenth in range(len(means))]
        colour = _COLOURS[place % len(_COLOURS)]
        axes.fill_between(at, lows, highs, color=colour, alpha=0.15, linewidth=0)
        axes.plot(at, means, color=colour, label=strategy, gid=f"curve of {strategy}")
    axes.set_xlim(0, budget)


def _runs(axes: Axes, results: Sequence[Result]) -> None:
    for place, strategy in enumerate(dict.fromkeys(one.strategy for one in results)):
        ours = [one.metrics for one in results if one.strategy == strategy]
        axes.scatter(
            [one.diversity for one in ours],
            [one.top_mean for one in ours],
            color=_COLOURS[place % len(_COLOURS)],
            marker=_MARKERS[place % len(_MARKERS)],
            s=18,
            alpha=0.8,
            label=strategy,
            gid=f"runs of {strategy}",
        )


def _drawn(draw: Callable[[Axes], None], *, across: str, down: str) -> bytes:
    # without pyplot, which keeps every figure and wants a display
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    held = io.BytesIO()
    # text stays text, and the same results give the same file
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "layerforge"}):
        figure = Figure(figsize=(7.5, 4.5), layout="constrained")
        axes = figure.add_subplot()
        draw(axes)
        axes.set_xlabel(across)
        axes.set_ylabel(down)
        axes.grid(color="#dddddd")
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(loc="outside right upper", frameon=False)
        figure.savefig(held, format="svg", metadata={"Date": None})
    return held.getvalue()
