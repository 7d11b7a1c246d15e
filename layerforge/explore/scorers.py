"""Which scorer judges, and why."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layerforge.explore.jobs import Future, in_background
from layerforge.explore.settings import ClipSettings, DeviceName, ScorerName
from layerforge.model.errors import LayerForgeError
from layerforge.scoring import weights
from layerforge.scoring.catalogue import preset_named
from layerforge.scoring.heads import demand_pairing
from layerforge.scoring.own_heads import head_called
from layerforge.scoring.scorer import Scorer
from layerforge.scoring.voters import MeasuresScorer

if TYPE_CHECKING:
    from layerforge.scoring.cascade import CascadeScorer
    from layerforge.scoring.clip import ClipScorer


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
    settings: ClipSettings | None = None,
    on_notice: Callable[[str], None] | None = None,
    on_loading: Callable[[], None] = lambda: None,
) -> Choice:
    """The scorer asked for; ``auto`` takes CLIP where its weights are in the cache.

    settings: how CLIP judges.  on_notice: told of measuring, and when the scorer has to change its
    ways later on.  on_loading: called before CLIP is loaded, which takes seconds.

    Where CLIP is asked for, by name or by a setting that only CLIP has, raises ClipNotInstalled
    without torch and open_clip, WeightsMissing without its weights.
    """
    wanted = settings or ClipSettings()
    only_clip = bool(
        wanted.more_like or wanted.less_like or wanted.clip_model or wanted.heads or wanted.antonyms
    )
    if name == "measures":
        if only_clip:
            raise LayerForgeError("texts, heads and models are for CLIP: the scorer is measures")
        return _measures("judging with measures, as asked", device=device)
    asked = name == "clip" or only_clip
    if lacking := missing_libraries():
        why = f"CLIP needs {lacking}, which this LayerForge comes without"
        if not asked:
            return _measures(f"judging with measures: {why}", device=device)
        raise ClipNotInstalled(f"{why}: judge with measures, or install LayerForge with pip")
    heads = [head_called(named) for named in dict.fromkeys(wanted.heads)]
    own_encoder = wanted.clip_model or os.environ.get("LAYERFORGE_ENCODER")
    if not own_encoder:
        preset = preset_named(wanted.preset)
        # before anybody is asked to fetch what could not judge
        demand_pairing(preset, heads)
        if not asked and weights.missing(preset):
            reason = "CLIP's weights are not here (`layerforge models fetch`)"
            return _measures(f"judging with measures: {reason}", device=device)
        # fails at once, before torch is imported
        weights.require(preset, with_heads=not wanted.heads)
    on_loading()
    # torch takes seconds to import: only where it is used
    from layerforge.scoring.cascade import load_cascade
    from layerforge.scoring.loading import load_clip_scorer

    scorer: ClipScorer | CascadeScorer
    if wanted.preset == "best" and not own_encoder:
        scorer = load_cascade(
            device=device,
            precision=wanted.precision,
            heads=heads,
            views=wanted.views,
            prompts=wanted.antonyms,
            more_like=wanted.more_like,
            less_like=wanted.less_like,
            on_notice=on_notice,
        )
    else:
        scorer = load_clip_scorer(
            device=device,
            precision=wanted.precision,
            encoder=wanted.clip_model,
            heads=heads,
            views=wanted.views,
            prompts=wanted.antonyms,
            more_like=wanted.more_like,
            less_like=wanted.less_like,
            on_notice=on_notice,
        )
    why = "as asked" if asked else "its weights are in the cache"
    return Choice(scorer, str(scorer.device), f"judging with CLIP, {why}: {scorer.description}")


def begin_choosing(
    name: ScorerName,
    *,
    device: DeviceName = "auto",
    settings: ClipSettings | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> Future[Choice]:
    """``choose_scorer`` in the background: loading and warming up take seconds.

    on_notice is called from there.
    """
    return in_background(choose_scorer, name, device=device, settings=settings, on_notice=on_notice)


def _measures(reason: str, *, device: DeviceName) -> Choice:
    if device not in ("auto", "cpu"):
        reason += f"; they run on the CPU, {device} has nothing to do"
    return Choice(MeasuresScorer(), "cpu", reason)


def missing_libraries() -> str:
    """The libraries that CLIP runs on and that are not installed; empty where all are.

    Looks for them without importing: torch takes seconds.
    """
    wanted = ("torch", "open_clip")
    return " and ".join(name for name in wanted if importlib.util.find_spec(name) is None)
