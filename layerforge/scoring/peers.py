"""What the CLIP pipeline is measured against: the plainest loop, and the bare encoder.

Random weights do: speed does not depend on them, nor does agreement.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from layerforge.scoring.clip import ClipScorer
from layerforge.scoring.heads import Head
from layerforge.scoring.precision import DTYPES, choose_precision, has_bfloat16_units, unit_rows
from layerforge.scoring.preprocess import Preprocess
from layerforge.scoring.scorer import Pictures
from layerforge.scoring.tower import choose_device, usual_batch


@dataclass(slots=True)
class Contest:
    """The pipeline and its peers, on the same weights.

    single: the tower in float32, as the plain loop uses it.  bare: the tower, all in the
    pipeline's precision.  inputs: (B, 3, S, S), a batch as the tower reads it, on the device and
    in that precision; see ``prepare``.
    """

    scorer: ClipScorer
    single: nn.Module
    bare: nn.Module
    preprocess: Preprocess
    transform: Any
    head: Head
    inputs: torch.Tensor

    @property
    def has_bfloat16_units(self) -> bool:
        """Whether the processor multiplies bfloat16 in hardware."""
        return has_bfloat16_units()

    def prepare(self, pictures: Pictures) -> None:
        """Have ``pictures`` be the batch that the tower alone is run on."""
        held = torch.from_numpy(pictures).to(self.scorer.device)
        self.inputs = self.preprocess(held).to(DTYPES[self.scorer.precision])

    def plainly(self, pictures: Pictures) -> npt.NDArray[np.float64]:
        """(N,): scores one by one: PIL, float32, a batch of one, normalise, head."""
        from PIL import Image

        scores = []
        for picture in pictures:
            with torch.inference_mode():
                held = self.transform(Image.fromarray(picture))[None].to(self.scorer.device)
                row = unit_rows(self.single(held)).cpu().numpy()
            scores.append(self.head.score(row)[0])
        return np.array(scores)

    def encode(self) -> None:
        """Run the tower alone on one batch, and wait for it."""
        with torch.inference_mode():
            self.bare(self.inputs).cpu()


def make_contest(
    model: str, pictures: Pictures, *, device: str = "auto", precision: str = "auto"
) -> Contest:
    """A contest for open_clip's ``model``, with random weights, on (N, H, W, 3) ``pictures``."""
    import open_clip
    from open_clip.transform import PreprocessCfg, image_transform_v2

    where = choose_device(device)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        single = open_clip.CLIP(**open_clip.get_model_config(model)).visual
    single = single.eval().requires_grad_(requires_grad=False).to(where)
    side = single.image_size[0]
    config = PreprocessCfg(size=side)
    preprocess = Preprocess(side, config.mean, config.std)
    name = f"{model}/random"
    if precision == "auto":
        precision = choose_precision(single, name=name, device=where, side_px=side)
    rng = np.random.default_rng(0)
    head = Head(rng.normal(size=single.output_dim), 5.0, "random", name)
    bare = copy.deepcopy(single).to(device=where, dtype=DTYPES[precision])
    scorer = ClipScorer(
        copy.deepcopy(single),
        preprocess=preprocess,
        heads=[head],
        encoder=name,
        device=where,
        precision=precision,
        batch_size=usual_batch(where),
        views=1,
    )
    contest = Contest(
        scorer=scorer,
        single=single,
        bare=bare,
        preprocess=preprocess,
        transform=image_transform_v2(config, is_train=False),
        head=head,
        inputs=torch.empty(0),
    )
    contest.prepare(pictures[: scorer.batch_size])
    return contest
