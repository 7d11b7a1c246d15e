"""Going on with the scorer that judged a project until now, so that its values stay the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from layerforge.explore.scorers import Choice, ClipNotInstalled, choose_scorer
from layerforge.explore.settings import ClipSettings, DeviceName, ExploreSettings, ScorerName
from layerforge.explore.yardsticks import last_panel
from layerforge.model.values import from_plain
from layerforge.project.project import Project
from layerforge.scoring.checkpoints import WeightsMissing

_OF_CLIP = (*ClipSettings.__struct_fields__, "clip_alone")

CARRIED = (*_OF_CLIP, "kappa", "weights")
"""The settings that say who judges, and how votes are joined."""


@dataclass(frozen=True, slots=True)
class JudgedBefore:
    """Who judged in the last run: the scorer's name, and its settings.

    asked: whether the user had named the scorer, or left it to LayerForge.
    """

    scorer: ScorerName
    settings: Mapping[str, Any]
    asked: bool

    @property
    def told(self) -> str:
        """One line for people, without what is as usual."""
        usual = ExploreSettings()
        parts: list[str] = [self.scorer]
        for name, value in self.settings.items():
            if value != getattr(usual, name):
                shown = value if isinstance(value, str) else msgspec.json.encode(value).decode()
                parts.append(f"{name.replace('_', ' ')} {shown}")
        return f"judging as in the last run: {', '.join(parts)} (--scorer auto chooses anew)"


def judged_before(project: Project) -> JudgedBefore | None:
    """Who judged in the last run of ``project``; None before there was one, or for a plug-in."""
    last = last_panel(project)
    if last is None or last[1].scorer not in ("measures", "clip"):
        return None
    run = last[1]
    held = {name: run.settings[name] for name in CARRIED if name in run.settings}
    if run.scorer == "measures":
        # what CLIP was to do where it was not there
        held = {name: value for name, value in held.items() if name not in _OF_CLIP}
    what = f"the settings of run {run.id} of {project.path}"
    settings = msgspec.to_builtins(from_plain(held, ExploreSettings, what=what))
    kept = {name: settings[name] for name in held}
    scorer = msgspec.convert(run.scorer, ScorerName)
    return JudgedBefore(scorer, kept, asked=run.settings.get("scorer", "auto") != "auto")


def choose_again(
    before: JudgedBefore,
    *,
    device: DeviceName = "auto",
    settings: ClipSettings | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> Choice:
    """The scorer of the last run, with ``settings``.

    Where it was CLIP, its weights are not here and nobody had asked for it by name, the measures
    judge, and it is told that values change; else raises as ``choose_scorer`` does.
    """
    if before.scorer == "measures":
        choice = choose_scorer("measures", device=device)
        return Choice(choice.scorer, choice.device, "judging with measures, as in the last run")
    try:
        return choose_scorer("clip", device=device, settings=settings, on_notice=on_notice)
    except (WeightsMissing, ClipNotInstalled) as error:
        if before.asked:
            raise
        choice = choose_scorer("measures")
        reason = f"judging with measures, and all values change: CLIP judged until now, but {error}"
        return Choice(choice.scorer, choice.device, reason)
