"""Which scorer judges, and why."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass

from layerforge.explore.settings import DeviceName, ScorerName
from layerforge.model.errors import LayerForgeError
from layerforge.scoring import weights
from layerforge.scoring.scorer import Scorer
from layerforge.scoring.voters import MeasuresScorer


class ClipNotInstalled(LayerForgeError):
    """CLIP was asked for, and this installation comes without the libraries it runs on."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A scorer, the device it runs on, and one line that says why it was taken."""

    scorer: Scorer
    device: str
    reason: str


def choose_scorer(
    name: ScorerName,
    *,
    device: DeviceName = "auto",
    on_notice: Callable[[str], None] | None = None,
) -> Choice:
    """The scorer asked for; ``auto`` takes CLIP where its weights are in the cache.

    on_notice: told when the scorer has to change its ways later on.  Where ``clip`` is asked for,
    raises ClipNotInstalled without torch and open_clip, WeightsMissing without its weights.
    """
    if name == "measures":
        return Choice(MeasuresScorer(), "cpu", "judging with measures, as asked")
    if lacking := _missing_libraries():
        why = f"CLIP needs {lacking}, which this LayerForge comes without"
        if name == "auto":
            return Choice(MeasuresScorer(), "cpu", f"judging with measures: {why}")
        raise ClipNotInstalled(f"{why}: judge with measures, or install LayerForge with pip")
    own_encoder = bool(os.environ.get("LAYERFORGE_ENCODER"))
    if not own_encoder:
        preset = weights.preset_named("fast")
        if name == "auto" and weights.missing(preset):
            reason = (
                "judging with measures: CLIP's weights are not here (`layerforge models fetch`)"
            )
            return Choice(MeasuresScorer(), "cpu", reason)
        weights.require(preset)  # fails at once, before torch is imported
    # torch takes seconds to import: only where it is used
    from layerforge.scoring.clip import load_clip_scorer

    scorer = load_clip_scorer(device=device, on_notice=on_notice)
    why = "as asked" if name == "clip" else "its weights are in the cache"
    return Choice(scorer, str(scorer.device), f"judging with CLIP, {why}: {scorer.description}")


def _missing_libraries() -> str:
    """The libraries that CLIP runs on and that are not installed; empty where all are.

    Looks for them without importing: torch takes seconds.
    """
    wanted = ("torch", "open_clip")
    return " and ".join(name for name in wanted if importlib.util.find_spec(name) is None)
