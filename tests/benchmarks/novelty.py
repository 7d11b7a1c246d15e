"""Novelty among 100,000 embeddings against the time that scoring the same batch takes.

``python -m tests.benchmarks.novelty``: B/32 with random weights judges and novelty is found, in
turns and on the same processor, so that whatever else runs there slows both.  No timed test: it
only reports.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from layerforge.scoring.novelty import novelty
from layerforge.scoring.peers import make_contest

KEPT = 100_000
DIM = 512
ROUNDS = 7
NEIGHBOURS = 6


def unit_rows(rng: np.random.Generator, count: int) -> np.ndarray:
    rows = rng.normal(size=(count, DIM)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    rng = np.random.default_rng(0)
    kept = unit_rows(rng, KEPT)
    pictures = rng.integers(0, 256, (64, 384, 384, 3), dtype=np.uint8)
    scorer = make_contest("ViT-B-32-quickgelu", pictures, device="cpu").scorer
    scorer.judge(pictures[:16])
    for batch in (16, 64):
        ours = unit_rows(rng, batch)
        pairs = [
            (
                seconds(lambda count=batch: scorer.judge(pictures[:count])),
                seconds(lambda rows=ours: novelty(rows, kept, neighbours=NEIGHBOURS)),
            )
            for _ in range(ROUNDS)
        ]
        scoring, finding = (min(times) for times in zip(*pairs, strict=True))
        exact = np.sort(1.0 - ours.astype(np.float64) @ kept.astype(np.float64).T, axis=1)
        found = novelty(ours, kept, neighbours=NEIGHBOURS)
        wrong = float(np.abs(exact[:, :NEIGHBOURS].mean(axis=1) - found).max())
        print(
            f"{batch} among {KEPT}: novelty {1e3 * finding:.1f} ms, scoring {1e3 * scoring:.0f} ms "
            f"({batch / scoring:.0f} pictures/s): a share of {finding / scoring:.3f}; "
            f"largest error {wrong:.1e}"
        )


if __name__ == "__main__":
    main()
