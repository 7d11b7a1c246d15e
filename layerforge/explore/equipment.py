"""What workers outside this process need for one run, and executors that take it to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from layerforge.explore.mood import Mood
from layerforge.explore.settings import ExploreSettings


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
