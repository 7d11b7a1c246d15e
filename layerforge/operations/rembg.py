"""Rembg: background removal by the U²-Net model, where it and the package rembg are there."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from PIL import Image

from layerforge.model.errors import InvalidValue, OperationFailed, described
from layerforge.operations.cutout import cut_out_before
from layerforge.operations.operation import Cutout
from layerforge.operations.parameters import amount
from layerforge.operations.pixels import (
    Pixels,
    Plane,
    from_uint8,
    smoothstep,
    straight_rgb,
    to_uint8,
)

MODEL = "u2net"
_GIVEN = "u2net_custom"
"""As rembg calls a U²-Net whose file it is given."""


def model_path() -> Path | None:
    """The model's file where rembg keeps it, now or in earlier versions; None if it is not there.

    It is never downloaded from here.
    """
    data = os.environ.get("XDG_DATA_HOME", "")
    old = os.environ.get("U2NET_HOME") or str(Path(data or "~") / ".u2net")
    new = os.environ.get("U2NET_HOME") or os.environ.get("REMBG_HOME")
    new = new or (str(Path(data) / "rembg") if data else "~/.rembg")
    places = (Path(new) / "models" / MODEL / f"{MODEL}.onnx", Path(old) / f"{MODEL}.onnx")
    return next((path for one in places if (path := one.expanduser()).is_file()), None)


@functools.lru_cache(maxsize=1)
def _session(path: Path) -> Any:
    """A session of rembg on the model at ``path``; on the CPU, so that it cuts alike everywhere.

    By its own name the model would be downloaded where rembg looks for it elsewhere, or finds its
    file to be another one: what is given a path never is.
    """
    from rembg import new_session

    return new_session(_GIVEN, model_path=str(path), providers=["CPUExecutionProvider"])


class LearnedCutout(Cutout, tag="rembg.subject", frozen=True):
    """Cut the picture's subject out of its background with a trained model.

    A picture that was cut out before stays as it is.  Source: U²-Net, Qin et al. 2020, through the
    package rembg.
    """

    firmness: Annotated[float, amount(0.0, 0.8), "0 keeps the model's soft edge, 1 makes it hard"]

    @classmethod
    def ready(cls) -> bool:
        return model_path() is not None

    def matte(self, picture: Pixels) -> Plane:
        if cut_out_before(picture):
            return np.ones(picture.shape[:2], dtype=np.float32)
        path = model_path()
        if path is None:
            raise InvalidValue("the cutout's model is gone: `rembg d u2net` downloads it")
        image = Image.fromarray(to_uint8(straight_rgb(picture)))
        try:
            (mask,) = _session(path).predict(image)
        except (MemoryError, ImportError):
            raise
        except Exception as error:
            raise OperationFailed(
                f"{self.tag()}: the model {path} can't be used ({described(error)}): remove that "
                "file, and `rembg d u2net` fetches it again"
            ) from error
        shape = from_uint8(np.asarray(mask.convert("L"), dtype=np.uint8))
        half = 0.5 - 0.45 * self.firmness
        return smoothstep(shape, 0.5 - half, 0.5 + half)
