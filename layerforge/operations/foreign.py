"""Working with operations that may be anyone's: what goes wrong in one is named, in one line.

Those of plug-ins are, and those of our own that hand their work to an optional library.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import cv2
import numpy as np

from layerforge.model.canvas import Canvas
from layerforge.model.errors import LayerForgeError, OperationFailed, described
from layerforge.operations.operation import (
    Cutout,
    Filter,
    Mask,
    Operation,
    RenderContext,
    Structure,
)
from layerforge.operations.pixels import Pixels, Plane, legal
from layerforge.operations.registry import EXTRAS, is_ours, toolbox


def rendered(operation: Filter, pixels: Pixels, at: RenderContext) -> Pixels:
    """What the filter makes of ``pixels``.  Raises OperationFailed, for what may be anyone's."""
    if _is_sure(operation):
        return operation.render(pixels, at)
    with _told(operation):
        made = operation.render(pixels, at)
    return legal(_checked(operation, made, pixels.shape))


def covered(operation: Mask, coverage: Plane, pixels: Pixels, at: RenderContext) -> Plane:
    """What the mask leaves of ``coverage``.  Raises OperationFailed, for what may be anyone's."""
    if _is_sure(operation):
        return operation.cover(coverage, pixels, at)
    with _told(operation):
        made = operation.cover(coverage, pixels, at)
    return np.clip(_checked(operation, made, coverage.shape), np.float32(0.0), np.float32(1.0))


def matted(operation: Cutout, picture: Pixels) -> Plane:
    """The cutout's matte.  Raises OperationFailed, for what may be anyone's."""
    if _is_sure(operation):
        return operation.matte(picture)
    with _told(operation):
        made = operation.matte(picture)
    checked = _checked(operation, made, picture.shape[:2])
    return np.clip(checked, np.float32(0.0), np.float32(1.0))


def edited(operation: Structure, canvas: Canvas, target: str | None) -> Canvas:
    """The edited canvas.  Raises OperationFailed for anyone's, and as ``edit`` does."""
    if _is_sure(operation):
        return operation.edit(canvas, target)
    with _told(operation):
        made: Any = operation.edit(canvas, target)
    if not isinstance(made, Canvas):
        raise _failed(operation, f"made {type(made).__name__}, no canvas")
    return made


@contextmanager
def _told(operation: Operation) -> Iterator[None]:
    try:
        yield
    except (LayerForgeError, MemoryError):
        raise
    except (Exception, SystemExit) as error:
        if isinstance(error, cv2.error) and error.code == cv2.Error.StsNoMem:
            raise  # told as a lack of memory, of which it may not be the cause
        raise _failed(operation, f"failed: {described(error)}") from error


def _checked(operation: Operation, made: Any, shape: tuple[int, ...]) -> Pixels:
    """``made`` as a sheet of that shape.  Raises OperationFailed where it is none."""
    if not isinstance(made, np.ndarray) or made.dtype.kind not in "fiu":
        raise _failed(operation, f"made {type(made).__name__}, no array of numbers")
    if made.shape != shape:
        raise _failed(operation, f"made the shape {made.shape}, not {shape}")
    # its own: what is made is clipped in place, and may be what was given
    sheet = np.array(made, dtype=np.float32)
    if not np.isfinite(sheet).all():
        raise _failed(operation, "made values that are no numbers")
    return sheet


def _failed(operation: Operation, what: str) -> OperationFailed:
    if is_ours(type(operation)):
        extra = EXTRAS[operation.family()]
        return OperationFailed(f"{operation.tag()}, of {extra.called()}, {what}; {extra.again()}")
    plug_in = toolbox().plug_ins.get(operation.tag(), type(operation).__module__)
    return OperationFailed(
        f"{operation.tag()}, of the plug-in {plug_in}, {what}; update or uninstall that plug-in"
    )


def _is_sure(operation: Operation) -> bool:
    """Whether all that it runs is our own, or what LayerForge always stands on."""
    return is_ours(type(operation)) and operation.family() not in EXTRAS
