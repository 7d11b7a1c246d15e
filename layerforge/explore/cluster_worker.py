"""What a worker of a cluster does: it says what it is, makes its judge, and does jobs.

Everything here runs on the worker.  Jobs are those of `explore.workbench`; the driver sends with
each the equipment of its run and the sources that it looks at, which travel to a worker once.
"""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from distributed import get_worker

from layerforge.explore import workbench
from layerforge.explore.clusters import DEVICE_SETTING
from layerforge.explore.equipment import Equipment
from layerforge.explore.mood import with_mood
from layerforge.explore.scorers import choose_scorer
from layerforge.explore.settings import DeviceName
from layerforge.explore.versions import versions
from layerforge.model.errors import LayerForgeError
from layerforge.operations.registry import toolbox
from layerforge.scoring.jury import fingerprint_of, seated

MOST_RUNS = 2
"""So many runs' workbenches a worker holds; of those before, it lets the oldest go."""


class NotFit(LayerForgeError):
    """A worker can't take part in a run.  address: the worker's."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(why)
        self.address = address

    def __reduce__(self) -> tuple[type[NotFit], tuple[str, str]]:
        return NotFit, (self.address, str(self))


@dataclass(frozen=True, slots=True)
class Worker:
    """What a worker is.  operations: names of all that are installed."""

    host: str
    versions: Mapping[str, str]
    operations: frozenset[str]


def introduce() -> Worker:
    """What this worker is."""
    return Worker(
        host=platform.node(),
        versions=versions(),
        operations=frozenset(toolbox().operations),
    )


def do(
    equipment: Equipment,
    sources: Mapping[str, bytes],
    job: Callable[..., Any],
    *given: object,
) -> Any:
    """Do a job of `explore.workbench` here, with ``sources`` beside those already here.

    Raises NotFit where this worker's judge can't be made or is another, and what the job raises.
    """
    with _lock:
        if equipment.bench not in _sources:
            held: dict[str, bytes] = {}
            _set_up(equipment, held)
            _sources[equipment.bench] = held
            for oldest in list(_sources)[:-MOST_RUNS]:
                del _sources[oldest]
                workbench.remove(oldest)
        _sources[equipment.bench].update(sources)
    return job(equipment.bench, *given)


_lock = threading.Lock()

_sources: dict[str, dict[str, bytes]] = {}
"""The sources of the workbenches that are set up here, by name, the newest last."""


def _set_up(equipment: Equipment, sources: dict[str, bytes]) -> None:
    settings = equipment.settings
    device = cast(DeviceName, os.environ.get(DEVICE_SETTING, "auto"))
    address = get_worker().address
    try:
        choice = choose_scorer(settings.scorer, device=device, settings=settings)
    except LayerForgeError as error:
        raise NotFit(address, str(error)) from None
    scorer = with_mood(seated(choice.scorer, alone=settings.clip_alone), equipment.mood)
    if fingerprint_of(scorer) != equipment.fingerprint:
        raise NotFit(
            address,
            f"it judges otherwise ({scorer.description}): give it the same weights, and all the "
            "same --precision",
        )
    workbench.install(equipment.bench, sources, scorer, equipment.cache_bytes)
