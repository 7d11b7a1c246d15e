"""Lack of memory: how a device tells of it, and what users are told where nothing helps."""

from __future__ import annotations

import torch

from layerforge.model.errors import LayerForgeError

_SAID = ("out of memory", "can't allocate memory", "not enough memory")


class MemoryShort(LayerForgeError):
    """Not even the processor has the memory that an encoder needs."""

    def __init__(self, encoder: str) -> None:
        super().__init__(
            f"the memory is too small for CLIP {encoder}: close other programs, take a smaller "
            "encoder, or judge with --scorer measures"
        )


def is_out_of_memory(error: BaseException) -> bool:
    """Whether ``error`` says that a device, or the processor, has no memory left."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    # as a RuntimeError only, by the processor's allocator, mps and older drivers
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _SAID)


def release(device: torch.device) -> None:
    """Give back what torch holds of a device's memory without using it.

    Only outside the handler of an error, whose traceback holds on to what failed.
    """
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps" and torch.backends.mps.is_available():
        torch.mps.empty_cache()
