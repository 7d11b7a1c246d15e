"""The image tower of an open_clip model: loading, preprocessing, device and precision.

Everything is found on this machine; nothing here touches the network.

Sources: open_clip (models, preprocessing); Radford et al. 2021, "Learning Transferable Visual
Models From Natural Language Supervision".
"""

from __future__ import annotations

import copy
import pickle
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.checkpoints import WeightsBroken, check_folder, safetensors_shapes
from layerforge.scoring.weights import PublishedEncoder

QUICK_GELU_AT_1 = 0.8458
"""x·sigmoid(1.702 x) at 1, OpenAI's activation; the exact GELU gives 0.8413."""

DTYPES = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}
_FASTER = {"cpu": ("bfloat16",), "cuda": ("float16", "bfloat16"), "mps": ("float16",)}
_WORTH_IT = 1.2  # a less exact number format must be faster by this factor
_AGREES = 0.999  # and its embeddings at least this near (cosine) to float32's
_LONGEST = 4  # sides: of a longer picture only the middle is resized, the rest would be cropped

_chosen: dict[tuple[str, str], str] = {}


class DeviceUnavailable(LayerForgeError):
    """The device asked for is not on this machine."""


@dataclass(frozen=True, slots=True)
class Preprocess:
    """Bytes to what the tower reads: resize the short side, crop the centre, normalise.

    As open_clip does with PIL and torchvision, but for whole batches, on the device.
    size_px: side of the square the tower reads.  mean, std: per channel, of values in 0..1.
    mode: ``bicubic`` or ``bilinear``, both antialiased.  squash: distort instead of cropping.
    """

    size_px: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    mode: str = "bicubic"
    squash: bool = False

    def __call__(self, pictures: torch.Tensor) -> torch.Tensor:
        """(N, H, W, 3) uint8 to (N, 3, size_px, size_px) float32 on the same device."""
        planes = pictures.permute(0, 3, 1, 2)
        planes = self._resized(planes) if self.squash else self._cropped(planes)
        mean = torch.tensor(self.mean, device=planes.device).view(3, 1, 1)
        std = torch.tensor(self.std, device=planes.device).view(3, 1, 1)
        return planes.float().div_(255.0).sub_(mean).div_(std)

    def _cropped(self, planes: torch.Tensor) -> torch.Tensor:
        height, width = planes.shape[2:]
        reach = _LONGEST * min(height, width)
        planes = _centre(planes, min(height, reach), min(width, reach))
        height, width = planes.shape[2:]
        short = min(height, width)
        # the long side is cut off, not rounded, as torchvision's Resize does
        goal = (self.size_px * height // short, self.size_px * width // short)
        return _centre(self._resized(planes, goal), self.size_px, self.size_px)

    def _resized(self, planes: torch.Tensor, goal: tuple[int, int] | None = None) -> torch.Tensor:
        goal = goal or (self.size_px, self.size_px)
        if planes.shape[2:] == goal:
            return planes
        if planes.device.type == "cpu":
            return functional.interpolate(planes, goal, mode=self.mode, antialias=True)
        return _resized_as_floats(planes, goal, mode=self.mode)


def _resized_as_floats(planes: torch.Tensor, goal: tuple[int, int], *, mode: str) -> torch.Tensor:
    """As resizing bytes, which torch does on the CPU only: across, then down, rounded each time."""
    for size in ((planes.shape[2], goal[1]), goal):
        smooth = functional.interpolate(planes.float(), size, mode=mode, antialias=True)
        planes = smooth.round_().clamp_(0.0, 255.0)
    return planes


def _centre(planes: torch.Tensor, height: int, width: int) -> torch.Tensor:
    top = round((planes.shape[2] - height) / 2.0)
    left = round((planes.shape[3] - width) / 2.0)
    return planes[:, :, top : top + height, left : left + width]


def choose_device(device: str = "auto") -> torch.device:
    """The torch device for a name such as ``auto``, ``cpu`` or ``cuda:1``.

    Raises DeviceUnavailable.
    """
    counts = {
        "cuda": torch.cuda.device_count() if torch.cuda.is_available() else 0,
        "mps": 1 if torch.backends.mps.is_available() else 0,
        "cpu": 1,
    }
    if device == "auto":
        return torch.device(next(kind for kind, count in counts.items() if count))
    kind, _, number = device.partition(":")
    if kind not in counts or not (number.isdecimal() or ":" not in device):
        raise LayerForgeError(f"device must be auto, cpu, cuda or mps, got {device!r}")
    if int(number or 0) >= counts[kind]:
        raise DeviceUnavailable(f"the device {device} is not on this machine: use auto or cpu")
    return torch.device(device)


def describe_devices() -> str:
    """One line for people: torch's version and what it can run on."""
    found = ["cpu"]
    found += [torch.cuda.get_device_name(one) for one in range(torch.cuda.device_count())]
    found += ["mps"] if torch.backends.mps.is_available() else []
    return f"torch {torch.__version__} on {', '.join(found)}"


def load_tower(encoder: PublishedEncoder, checkpoint: Path) -> tuple[nn.Module, Preprocess]:
    """The image tower of a published encoder from its file, float32 on the CPU.

    Raises WeightsBroken, also where the activation is not the one the weights were trained with.
    """
    safetensors_shapes(checkpoint)
    tower = _open_clip_tower(encoder.model, checkpoint, pretrained=str(checkpoint))
    activation = activation_at_1(tower)
    if encoder.model.endswith("-quickgelu") and abs(activation - QUICK_GELU_AT_1) > 1e-3:
        raise WeightsBroken(
            f"{encoder.name} runs with the wrong activation: f(1) is {activation:.4f}, "
            f"must be {QUICK_GELU_AT_1}"
        )
    return tower, _preprocess_of(tower)


def load_own_tower(folder: Path) -> tuple[nn.Module, Preprocess]:
    """The image tower of an open_clip folder (config and weights), float32 on the CPU."""
    check_folder(folder)
    tower = _open_clip_tower(f"local-dir:{folder}", folder)
    return tower, _preprocess_of(tower)


def activation_at_1(tower: nn.Module) -> float:
    """f(1) of the tower's activation: 0.8458 for QuickGELU, 0.8413 for GELU.

    The two give embeddings near enough to look right and scores that are wrong.
    """
    from open_clip.transformer import QuickGELU

    activation = next(part for part in tower.modules() if isinstance(part, nn.GELU | QuickGELU))
    return float(activation(torch.ones(1)))


def check_tower(encoder: PublishedEncoder, checkpoint: Path) -> dict[str, float | bool]:
    """Known facts of a published encoder, measured on its file.

    dim: embedding length.  activation_at_1: see there.  familiar: whether the embedding of a
    test picture has the model's known outlier, which one of the same shape but other training
    lacks; left out where no outlier is known.
    """
    tower, preprocess = load_tower(encoder, checkpoint)
    with torch.inference_mode():
        row = unit_rows(tower(preprocess(_test_pictures(1, preprocess.size_px))))[0]
    facts: dict[str, float | bool] = {
        "dim": len(row),
        "activation_at_1": round(activation_at_1(tower), 4),
    }
    if encoder.outlier is not None:
        place, value = encoder.outlier
        facts["familiar"] = bool(row[place] / value > 0.3)
    return facts


def _open_clip_tower(model: str, path: Path, *, pretrained: str | None = None) -> nn.Module:
    """The image tower of an open_clip model; its text tower is built, loaded and let go."""
    import open_clip
    from safetensors import SafetensorError

    try:
        whole = open_clip.create_model(
            model, pretrained=pretrained, precision="fp32", device="cpu", weights_only=True
        )
    except (
        *(RuntimeError, ValueError, KeyError, TypeError, AttributeError, OSError, EOFError),
        *(pickle.UnpicklingError, SafetensorError),
    ) as error:
        reason = (str(error).splitlines() or [repr(error)])[0]
        raise WeightsBroken(f"{path.name} cannot be loaded as CLIP: {reason}") from error
    tower: nn.Module = whole.visual
    return tower.eval().requires_grad_(requires_grad=False)


def _preprocess_of(tower: nn.Module) -> Preprocess:
    config: dict[str, Any] = dict(tower.preprocess_cfg)  # type: ignore[arg-type]
    size = config["size"]
    sides = {size} if isinstance(size, int) else set(size)
    if len(sides) != 1 or config["resize_mode"] not in ("shortest", "squash"):
        raise WeightsBroken(f"preprocessing to {size} by {config['resize_mode']} is not supported")
    return Preprocess(
        size_px=sides.pop(),
        mean=tuple(config["mean"]),
        std=tuple(config["std"]),
        mode=config["interpolation"],
        squash=config["resize_mode"] == "squash",
    )


def choose_precision(tower: nn.Module, *, name: str, device: torch.device, side_px: int) -> str:
    """The fastest float format whose embeddings agree with float32's; measured once."""
    key = (str(device), name)
    if key in _chosen:
        return _chosen[key]
    plain = Preprocess(side_px, (0.5,) * 3, (0.5,) * 3)
    inputs = plain(_test_pictures(8, side_px)).to(device)
    reference, seconds = _timed(tower.to(device), inputs)
    best, best_s = "float32", seconds / _WORTH_IT
    for precision in _FASTER[device.type]:
        dtype = DTYPES[precision]
        rows, seconds = _timed(copy.deepcopy(tower).to(dtype), inputs.to(dtype))
        agreement = float((rows * reference).sum(dim=1).min())
        if agreement >= _AGREES and seconds < best_s:
            best, best_s = precision, seconds
    _chosen[key] = best
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


def output_dim(tower: nn.Module) -> int:
    """The length of the tower's embeddings."""
    return int(tower.output_dim)  # type: ignore[arg-type]


def _test_pictures(count: int, side_px: int) -> torch.Tensor:
    """(count, side_px, side_px, 3) uint8: coloured waves, the same every time."""
    y, x = np.mgrid[0:side_px, 0:side_px] / side_px
    waves = [
        np.sin(2 * np.pi * ((index + 1) * x * (channel + 1) / 3 + index * y) + channel)
        for index in range(count)
        for channel in range(3)
    ]
    stacked = np.stack(waves).reshape(count, 3, side_px, side_px).transpose(0, 2, 3, 1)
    return torch.from_numpy(np.ascontiguousarray(stacked * 120.0 + 128.0).astype(np.uint8))
