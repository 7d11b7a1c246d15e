"""What is usual, without a project: random compositions of the sample images.

``python -m layerforge.explore.usual > layerforge/scoring/usual.json`` makes the yardstick that
comes with LayerForge.
"""

from __future__ import annotations

import sys
import uuid

import cv2
import msgspec
import numpy as np

from layerforge.explore import workbench
from layerforge.explore.workbench import Picture
from layerforge.explore.yardsticks import SAMPLE, panel_for
from layerforge.files.assets import samples_folder
from layerforge.files.images import decode, find_images, read_bytes
from layerforge.model.canvas import Canvas
from layerforge.model.source import source_id_of
from layerforge.operations.pixels import flatten, from_uint8, premultiply, to_uint8
from layerforge.scoring.jury import fingerprint_of, votes_in
from layerforge.scoring.panel import DEFAULT_KAPPA, Panel, Yardstick, make_yardstick
from layerforge.scoring.scorer import Scorer
from layerforge.scoring.usual import installed_yardstick
from layerforge.scoring.voters import MeasuresScorer
from layerforge.search.proposer import Proposer

INSTALLED = 192
"""How many compositions the installed yardstick has."""

EDGE_PX = 384
_CACHE_BYTES = 64 << 20
_CANVAS = Canvas(width=1024, height=1024)


def sample_pictures(*, edge_px: int | None = None) -> list[Picture]:
    """The sample images over white, (H, W, 3) uint8; no longer than ``edge_px`` where given."""
    pictures = []
    for path in find_images([samples_folder()]):
        decoded = decode(read_bytes(path), name=path.name)
        picture = to_uint8(flatten(premultiply(from_uint8(decoded))))
        share = min(1.0, (edge_px or max(picture.shape)) / max(picture.shape[:2]))
        if share < 1.0:
            goal = (round(picture.shape[1] * share), round(picture.shape[0] * share))
            picture = np.asarray(
                cv2.resize(picture, goal, interpolation=cv2.INTER_AREA), dtype=np.uint8
            )
        pictures.append(picture)
    return pictures


def usual_pictures(count: int = SAMPLE) -> list[Picture]:
    """``count`` random compositions of the sample images, those that are worth judging."""
    held = {}
    for path in find_images([samples_folder()]):
        content = read_bytes(path)
        held[source_id_of(content)] = content
    name = uuid.uuid4().hex
    bench = workbench.install(name, held, MeasuresScorer(), _CACHE_BYTES)
    try:
        proposer = Proposer(sources=tuple(held), cutouts=bench.cutouts())
        found = []
        for index in range(count):
            sequence = np.random.SeedSequence(0, spawn_key=(0, index))
            rng = np.random.Generator(np.random.PCG64(sequence))
            canvas = proposer.compose(_CANVAS, rng=rng).canvas
            one = workbench.render_candidate(name, canvas, EDGE_PX, EDGE_PX)
            found += [one.picture] if one.picture is not None else []
        return found
    finally:
        workbench.remove(name)


def known_panel(scorer: Scorer) -> Panel | None:
    """The panel by the installed yardstick; None for a scorer that it was not made with."""
    yardstick = installed_yardstick()
    if yardstick.voters != fingerprint_of(scorer):
        return None
    return panel_for(scorer, yardstick, weights={}, kappa=DEFAULT_KAPPA)


def usual_panel(scorer: Scorer, *, count: int = SAMPLE) -> Panel:
    """The panel of a scorer's voters by what is usual: installed, or measured, which takes a while.

    count: of how many random compositions.  Every voter, or every scorer of a jury, counts alike.
    """
    if (known := known_panel(scorer)) is not None:
        return known
    yardstick = measured_yardstick(scorer, count=count)
    return panel_for(scorer, yardstick, weights={}, kappa=DEFAULT_KAPPA)


def measured_yardstick(scorer: Scorer, *, count: int = SAMPLE) -> Yardstick:
    """What ``scorer`` says of random compositions, and of the sample images."""
    pictures = [*usual_pictures(count), *sample_pictures(edge_px=EDGE_PX)]
    said = [votes_in(scorer.judge(one[None]), name=scorer.name) for one in pictures]
    votes = {name: np.array([one[name][0] for one in said]) for name in said[0]}
    return make_yardstick(fingerprint_of(scorer), votes)


def main() -> int:
    """Print the installed yardstick."""
    made = measured_yardstick(MeasuresScorer(), count=INSTALLED)
    rounded = {name: tuple(round(vote, 4) for vote in said) for name, said in made.votes.items()}
    held = msgspec.structs.replace(made, votes=rounded)
    sys.stdout.write(msgspec.json.encode(held).decode() + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
