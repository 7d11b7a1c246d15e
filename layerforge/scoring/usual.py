"""What is usual for the measures: their votes on random compositions of the sample images.

With it, a value can be told as a place among others without exploring first.  It was made by
``python -m layerforge.explore.usual > layerforge/scoring/usual.json``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from layerforge.model.values import from_json
from layerforge.scoring.panel import Yardstick


@cache
def installed_yardstick() -> Yardstick:
    """The yardstick that comes with LayerForge."""
    held = files("layerforge.scoring").joinpath("usual.json").read_bytes()
    return from_json(held, Yardstick, what="the yardstick of the measures")
