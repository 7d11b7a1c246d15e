"""Whether a preset's judge is one: what it says of spoiled pictures."""

from __future__ import annotations

import msgspec

from layerforge.explore.scorers import choose_scorer
from layerforge.explore.settings import ClipSettings
from layerforge.files.assets import samples_folder
from layerforge.files.images import decode, find_images
from layerforge.operations.pixels import flatten, from_uint8, premultiply, to_uint8
from layerforge.scoring.spoiling import fooled_by


def fooled_on_samples(preset: str) -> tuple[int, dict[str, int]]:
    """How many sample images there are, and by way of spoiling how many of them were outdone."""
    settings = msgspec.convert({"preset": preset}, ClipSettings)
    scorer = choose_scorer("clip", settings=settings).scorer
    pictures = [
        to_uint8(flatten(premultiply(from_uint8(decode(path.read_bytes(), name=path.name)))))
        for path in find_images([samples_folder()])
    ]
    return len(pictures), fooled_by(scorer, pictures)
