"""Pictures spoiled in ways that no judge of beauty should like better than the picture."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from layerforge.scoring.fragility import lower_quartile, varied
from layerforge.scoring.jury import votes_in
from layerforge.scoring.panel import Panel
from layerforge.scoring.scorer import Scorer, Verdict

Picture = npt.NDArray[np.uint8]
"""(H, W, 3) uint8 sRGB."""

WAYS = ("noise", "flat", "crushed", "shuffled")

_CRUSHED_QUALITY = 3


def spoiled(picture: Picture) -> dict[str, Picture]:
    """``picture`` as noise, as its mean colour, crushed by JPEG, and with its pixels shuffled.

    The same every time.
    """
    rng = np.random.default_rng(0)
    height, width, _ = picture.shape
    flat = np.broadcast_to(np.rint(picture.mean(axis=(0, 1))).astype(np.uint8), picture.shape)
    quality = [cv2.IMWRITE_JPEG_QUALITY, _CRUSHED_QUALITY]
    _, encoded = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), quality)
    crushed = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR))[..., ::-1]
    pixels = rng.permutation(picture.reshape(-1, 3))
    versions = (
        rng.integers(0, 256, picture.shape, dtype=np.uint8),
        flat,
        crushed,
        pixels.reshape(height, width, 3),
    )
    return {
        way: np.ascontiguousarray(made, dtype=np.uint8)
        for way, made in zip(WAYS, versions, strict=True)
    }


def look_at_spoiled(
    scorer: Scorer, pictures: Sequence[Picture], *, closely: bool = False
) -> list[Verdict]:
    """For each picture, what ``scorer`` says of it and of it spoiled in each of `WAYS`: 5 rows.

    closely: each of these is followed by its four variations: 25 rows.
    """
    said = []
    for picture in pictures:
        rows = np.stack([picture, *spoiled(picture).values()])
        if closely:
            rows = np.concatenate([np.concatenate([row[None], varied(row)]) for row in rows])
        parts = [
            scorer.judge(rows[start : start + scorer.batch_size])
            for start in range(0, len(rows), scorer.batch_size)
        ]
        said.append(Verdict.joined(parts))
    return said


def fooled(verdicts: Sequence[Verdict], panel: Panel, *, name: str) -> dict[str, int]:
    """By way of spoiling: of how many pictures ``panel`` likes the spoiled one as well.

    verdicts: of the scorer ``name``, as ``look_at_spoiled`` gives them.  Where it looked closely,
    values are those that a branch would have: the lower quartile.
    """
    counts = dict.fromkeys(WAYS, 0)
    for verdict in verdicts:
        values = panel.join(votes_in(verdict, name=name)).values
        whole, *others = lower_quartile(values.reshape(1 + len(WAYS), -1).T)
        for way, value in zip(WAYS, others, strict=True):
            counts[way] += bool(value >= whole)
    return counts
