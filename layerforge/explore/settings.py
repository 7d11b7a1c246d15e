"""How to explore: every dial in one value, recorded with the run."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from layerforge.model.source import Weight
from layerforge.model.values import SourceId, Unit, Value
from layerforge.scoring.novelty import DEFAULT_NEIGHBOURS
from layerforge.scoring.panel import DEFAULT_KAPPA

ScorerName = Literal["auto", "measures", "clip"]
DeviceName = Literal["auto", "cpu", "cuda", "mps"]
StrategyName = Literal["beam", "swarm", "tree", "elites", "novelty", "auto", "random"]

PresetName = Literal["fast", "best"]
PrecisionName = Literal["auto", "float32", "float16", "bfloat16"]

MAX_SEED = 2**53 - 1


class ClipSettings(Value, frozen=True, kw_only=True):
    """How CLIP judges.

    preset: ``fast`` judges with one small encoder, ``best`` with a large one as well.
    precision: of its arithmetic; ``auto`` measures once.  views: how many parts of a picture are
    looked at, at most; the cost grows with them.  clip_model: another encoder than the preset's,
    as ``MODEL/TAG``, ``MODEL@FILE`` or a folder.  heads: names or files of the aesthetic heads that
    judge in the place of the usual ones.  antonyms: whether pairs such as "a striking collage" and
    "a messy picture" vote; None for yes with published encoders only.  more_like, less_like: what
    the user wants to see.
    """

    preset: PresetName = "fast"
    precision: PrecisionName = "auto"
    views: Annotated[int, msgspec.Meta(ge=1, le=5)] = 4
    clip_model: str | None = None
    heads: tuple[str, ...] = ()
    antonyms: bool | None = None
    more_like: tuple[str, ...] = ()
    less_like: tuple[str, ...] = ()


class ExploreSettings(ClipSettings, frozen=True, kw_only=True):
    """The dials of one exploration.

    budget: how many candidates are rendered.  temperature: 0 always follows the best, 1 wanders.
    noise: how far mutation moves parameters, as a share of their ranges.  novelty: how much being
    unlike the others counts, and neighbours to how many others that is measured.  threads: 0 means
    one a core.  round_size and search_edge_px change the result; threads never do.

    kappa: how much disagreement between voters costs, and weights how much each counts (by name;
    even where none is given).  clip_alone: CLIP judges without the measures beside it.
    cooling: the share of the temperature that is gone when the budget is spent.  crossover: the
    share of candidates with two parents.  policy: draw operations more often that paid before.
    adapt_noise: noise rises by itself where nothing better is found.  gate: off, whatever is new
    and no mere source is kept.
    fragility: look at winners again, slightly changed.  halving: judge all at a small size, and
    only the best third at full size.  mood_board: fingerprint of the loved pictures that kinship is
    measured by; None without, or where it is that of the last run.  grow_from: only these branches
    and what grows from them are grown; all of the tree where there are none.  source_weights: by
    id, how often a source is drawn against those that are not named, whose weight is 1; nothing
    new is made from those of weight 0.  None for those that the project keeps.  families_off: no
    operation of these families is drawn.
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
    kappa: Annotated[float, msgspec.Meta(ge=0.0, le=5.0)] = DEFAULT_KAPPA
    weights: dict[str, Annotated[float, msgspec.Meta(ge=0.0, le=1000.0)]] = msgspec.field(
        default_factory=dict
    )
    clip_alone: bool = False
    neighbours: Annotated[int, msgspec.Meta(ge=1, le=256)] = DEFAULT_NEIGHBOURS
    fragility: bool = True
    cooling: Unit = 0.0
    crossover: Unit = 0.15
    policy: bool = True
    adapt_noise: bool = True
    gate: bool = True
    halving: bool = False
    mood_board: str | None = None
    source_weights: dict[SourceId, Weight] | None = None
    families_off: tuple[str, ...] = ()
    grow_from: tuple[Annotated[int, msgspec.Meta(ge=1)], ...] = ()
