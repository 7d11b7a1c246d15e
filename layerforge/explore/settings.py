"""How to explore: every dial in one value, recorded with the run."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from layerforge.model.values import Unit, Value

ScorerName = Literal["auto", "measures", "clip"]
DeviceName = Literal["auto", "cpu", "cuda", "mps"]
StrategyName = Literal["beam", "random"]

MAX_SEED = 2**53 - 1


class ExploreSettings(Value, frozen=True, kw_only=True):
    """The dials of one exploration.

    budget: how many candidates are rendered.  temperature: 0 always follows the best, 1 wanders.
    noise: how far mutation moves parameters, as a share of their ranges.  novelty: how much being
    unlike the others counts.  threads: 0 means one a core.  round_size and search_edge_px change
    the result; threads never do.
    """

    budget: Annotated[int, msgspec.Meta(ge=1, le=10_000_000)] = 300
    seed: Annotated[int, msgspec.Meta(ge=0, le=MAX_SEED)] = 0
    strategy: StrategyName = "beam"
    scorer: ScorerName = "auto"
    device: DeviceName = "auto"
    temperature: Unit = 0.35
    noise: Unit = 0.15
    novelty: Annotated[float, msgspec.Meta(ge=0.0, le=5.0)] = 0.3
    threads: Annotated[int, msgspec.Meta(ge=0, le=256)] = 0
    round_size: Annotated[int, msgspec.Meta(ge=1, le=1024)] = 16
    search_edge_px: Annotated[int, msgspec.Meta(ge=32, le=2048)] = 384
