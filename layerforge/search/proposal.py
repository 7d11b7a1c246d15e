"""A proposal, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from layerforge.model.canvas import Canvas
from layerforge.model.step import Step
from layerforge.search.draft import Context


@dataclass(frozen=True, slots=True)
class Proposal:
    """Steps to try on a parent, and the canvas they make.

    mate: the other parent of a crossover.  origin: the branch that it varies, where it grows beside
    that, from another parent.  contexts: where each step was drawn, for the policy.
    """

    parent: int
    steps: tuple[Step, ...]
    canvas: Canvas
    mate: int | None = None
    origin: int | None = None
    contexts: tuple[Context, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One candidate after the gate.

    kept: the id of the branch it became, None where it was turned away.
    gain: its value above its parent's, in standard deviations of the values seen lately; above
        the least that passes, where the parent is the blank canvas; None where it has no value.
    """

    proposal: Proposal
    kept: int | None
    gain: float | None
