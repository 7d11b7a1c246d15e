"""Which float format a tower runs in: measured once on a device, then remembered on disk.

So two runs on one machine choose alike, and score alike.
"""

from __future__ import annotations

import copy
import json
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from layerforge.scoring.lowering import in_precision
from layerforge.scoring.preprocess import Preprocess
from layerforge.scoring.shortage import is_out_of_memory, release
from layerforge.scoring.testcards import coloured_waves
from layerforge.scoring.weights import cache_folder

DTYPES = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}
_FASTER = {"cpu": ("bfloat16",), "cuda": ("float16", "bfloat16"), "mps": ("float16",)}
_WORTH_IT = 1.2  # a less exact number format must be faster by this factor
_AGREES = 0.999  # and its embeddings at least this near (cosine) to float32's

_PICTURES = 8  # measured with

_chosen: dict[str, str] = {}


def choose_precision(
    tower: nn.Module,
    *,
    name: str,
    device: torch.device,
    side_px: int,
    on_notice: Callable[[str], None] | None = None,
) -> str:
    """The fastest float format whose embeddings agree with float32's, for encoder ``name``.

    From this process's memory, then from ``precision.json`` in the cache folder, else measured;
    the file knows device, encoder and torch version.  Measures with fewer pictures where memory is
    short, and says so; raises torch's error where one is too much.  ``tower`` stays where it is.
    """
    tell = on_notice or (lambda _: None)
    key = f"{device_label(device)} | {name} | torch {torch.__version__}"
    allowed = ("float32", *_FASTER[device.type])
    if key not in _chosen:
        remembered = _remembered().get(key)
        if remembered not in allowed:
            tell(f"measuring which precision suits {name} on {device}")
            remembered = _measured(tower, device=device, side_px=side_px, tell=tell)
            _remember(key, remembered, tell=tell)
        _chosen[key] = remembered
    return _chosen[key]


def device_label(device: torch.device) -> str:
    """The device by what it is, not by its number: a card's name, or the processor's."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "mps":
        return f"mps {platform.machine()}"
    able = _processor()
    kind = f"{torch.backends.cpu.get_cpu_capability()}{'+BF16' if has_bfloat16_units() else ''}"
    return f"{able.get('cpu_name') or platform.machine()} {kind} {torch.get_num_threads()} threads"


def has_bfloat16_units() -> bool:
    """Whether the processor multiplies bfloat16 in hardware with AVX-512."""
    return bool(_processor().get("avx512_bf16", False))


def _processor() -> dict[str, Any]:
    """What torch knows of the processor; older torches do not tell."""
    ask = getattr(torch.cpu, "get_capabilities", dict)
    return dict(ask())


def _measured(
    tower: nn.Module, *, device: torch.device, side_px: int, tell: Callable[[str], None]
) -> str:
    count = _PICTURES
    while True:
        try:
            return _fastest(tower, device=device, side_px=side_px, count=count)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error) or count == 1:
                raise
        release(device)
        count //= 2
        tell(f"{device} is out of memory: measuring with fewer pictures")


def _fastest(tower: nn.Module, *, device: torch.device, side_px: int, count: int) -> str:
    """Measured on ``count`` pictures, one tower at a time on the device."""
    plain = Preprocess(side_px, (0.5,) * 3, (0.5,) * 3)
    inputs = plain(torch.from_numpy(coloured_waves(count, side_px))).to(device)
    whole = tower if device.type == "cpu" else copy.deepcopy(tower).to(device)
    reference, seconds = _timed(whole, inputs)
    del whole
    best, best_s = "float32", seconds / _WORTH_IT
    for precision in _FASTER[device.type]:
        dtype = DTYPES[precision]
        lowered = in_precision(copy.deepcopy(tower), dtype, device=device)
        rows, seconds = _timed(lowered, inputs.to(dtype))
        del lowered  # before the next one comes
        agreement = float((rows * reference).sum(dim=1).min())
        if agreement >= _AGREES and seconds < best_s:
            best, best_s = precision, seconds
    return best


def _timed(tower: nn.Module, inputs: torch.Tensor) -> tuple[torch.Tensor, float]:
    """Unit embeddings of ``inputs``, and the seconds of the faster of two runs."""
    seconds = []
    with torch.inference_mode():
        rows = unit_rows(tower(inputs)).cpu()
        for _ in range(2):
            start = time.perf_counter()
            rows = unit_rows(tower(inputs)).cpu()  # waits for the device
            seconds.append(time.perf_counter() - start)
    return rows, min(seconds)


def unit_rows(embeddings: torch.Tensor) -> torch.Tensor:
    """(N, D) rows of unit length, float32."""
    return functional.normalize(embeddings.float(), dim=-1)


def _memory_file() -> Path:
    return cache_folder() / "precision.json"


def _remembered() -> dict[str, str]:
    """What was measured before; nothing where the file is not there or is damaged."""
    file = _memory_file()
    if not file.is_file():
        return {}
    try:
        held = json.loads(file.read_text("utf-8"))
    except ValueError:
        return {}  # measured again, and written anew
    return {str(key): str(value) for key, value in held.items()} if isinstance(held, dict) else {}


def _remember(key: str, precision: str, *, tell: Callable[[str], None]) -> None:
    file = _memory_file()
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps({**_remembered(), key: precision}, indent=1), "utf-8")
        part.replace(file)
    except OSError as error:
        tell(f"cannot remember the precision in {file}: {error.strerror}; it is measured again")
