"""What workers outside this process need for one run, and executors that take it to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from msgspec.structs import replace

from layerforge.explore.mood import Mood
from layerforge.explore.settings import ExploreSettings
from layerforge.rendering.cache import DEFAULT_CACHE_BYTES
from layerforge.scoring.jury import fingerprint_of
from layerforge.scoring.scorer import Scorer


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a worker needs for one run besides sources.

    bench: the workbench's name.  settings: with the scorer that was chosen.  fingerprint: who must
    judge, see `scoring.jury.fingerprint_of`.  cache_bytes: for pixels that are kept.
    """

    bench: str
    settings: ExploreSettings
    mood: Mood | None
    fingerprint: str
    cache_bytes: int


@runtime_checkable
class Equipped(Protocol):
    """An executor whose workers lie outside this process."""

    def equip(self, equipment: Equipment, sources: Mapping[str, bytes]) -> None:
        """Say what the jobs to come need.  sources: file bytes by id."""
        ...


def equipment_for(
    bench: str, settings: ExploreSettings, scorer: Scorer, mood: Mood | None
) -> Equipment:
    """What workers elsewhere need to judge as ``scorer`` does here."""
    chosen = replace(settings, scorer="clip" if scorer.name == "clip" else "measures")
    return Equipment(
        bench=bench,
        settings=chosen,
        mood=mood,
        fingerprint=fingerprint_of(scorer),
        cache_bytes=DEFAULT_CACHE_BYTES,
    )
