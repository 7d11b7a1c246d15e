"""Draw the bundled sample pictures: ``python assets/draw_samples.py [name ...]``.

Each picture has its own fixed seed, so a run gives the same files again.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from drawing.arcade import draw_arcade
from drawing.color import write_jpeg, write_png
from drawing.fern import draw_fern
from drawing.moth import draw_moth
from drawing.noise import Array
from drawing.shell import draw_shell
from drawing.skies import draw_dusk, draw_nebula
from drawing.textures import draw_agate, draw_plaster

SAMPLES = Path(__file__).resolve().parent / "samples"

PICTURES: dict[str, tuple[Callable[[np.random.Generator], Array], int]] = {
    "dusk": (draw_dusk, 11),
    "nebula": (draw_nebula, 12),
    "plaster": (draw_plaster, 13),
    "agate": (draw_agate, 14),
    "arcade": (draw_arcade, 15),
    "fern": (draw_fern, 16),
}
CUTOUTS: dict[str, tuple[Callable[[np.random.Generator], tuple[Array, Array]], int]] = {
    "moth": (draw_moth, 21),
    "shell": (draw_shell, 22),
}


def main(names: list[str]) -> None:
    """Draw the named pictures, or all of them."""
    SAMPLES.mkdir(exist_ok=True)
    for name in names or [*CUTOUTS, *PICTURES]:
        started = time.perf_counter()
        if name in CUTOUTS:
            draw_cutout, seed = CUTOUTS[name]
            path = SAMPLES / f"{name}.png"
            write_png(*draw_cutout(np.random.default_rng(seed)), path)
        else:
            draw, seed = PICTURES[name]
            path = SAMPLES / f"{name}.jpg"
            write_jpeg(draw(np.random.default_rng(seed)), path)
        seconds = time.perf_counter() - started
        print(f"{path.name:14} {path.stat().st_size / 1024:6.0f} KiB  {seconds:5.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
