"""The image tower of an open_clip model: loading it, and the device it runs on.

Everything is found on this machine; nothing here touches the network.

Sources: open_clip (models, preprocessing); Radford et al. 2021, "Learning Transferable Visual
Models From Natural Language Supervision".
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.building import quickly_built
from layerforge.scoring.catalogue import PublishedEncoder, shape_of
from layerforge.scoring.checkpoints import WeightsBroken, safetensors_shapes
from layerforge.scoring.encoders import LocatedEncoder, check_shape
from layerforge.scoring.precision import device_label, unit_rows
from layerforge.scoring.preprocess import Preprocess
from layerforge.scoring.refusals import why_refused, without_talk_of_pickles
from layerforge.scoring.shortage import MemoryShort, is_out_of_memory
from layerforge.scoring.testcards import coloured_waves
from layerforge.scoring.text import EmbeddedTexts, embed_texts

QUICK_GELU_AT_1 = 0.8458
"""x·sigmoid(1.702 x) at 1, OpenAI's activation; the exact GELU gives 0.8413."""


_BATCH = {"cpu": 16, "cuda": 64, "mps": 32}
_CUDA_BYTES_A_BATCH = 16 << 30  # of a card's memory for every 64 pictures
LARGEST_BATCH = 256
"""Of pictures judged at once."""

_FAMILIAR = 0.3  # of the usual outlier; random weights come to a tenth of that by chance


class DeviceUnavailable(LayerForgeError):
    """The device asked for is not on this machine."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An encoder in memory: its image tower, float32 on the CPU, and what it reads.

    texts: the embeddings of the texts asked for; the text tower itself is let go.
    """

    tower: nn.Module
    preprocess: Preprocess
    texts: EmbeddedTexts | None


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
    found = [device_label(torch.device("cpu"))]
    found += [torch.cuda.get_device_name(one) for one in range(torch.cuda.device_count())]
    found += ["mps"] if torch.backends.mps.is_available() else []
    return f"torch {torch.__version__} on {', '.join(found)}"


def usual_batch(device: torch.device) -> int:
    """How many pictures at once: by the device's whole memory, so that it is always the same."""
    usual = _BATCH[device.type]
    if device.type != "cuda":
        return usual
    share = torch.cuda.get_device_properties(device).total_memory // _CUDA_BYTES_A_BATCH
    fitting = usual << max(0, int(share).bit_length() - 1)
    return min(LARGEST_BATCH, fitting) if share else usual // 2


def load_encoder(encoder: LocatedEncoder, *, texts: Sequence[str] = ()) -> Loaded:
    """Load ``encoder``, and embed ``texts`` with its text tower, which is let go then.

    Raises WeightsBroken, also where the activation is not the one the weights were trained with,
    and TextUnreadable where there are texts its text tower cannot read.
    """
    try:
        if encoder.published is not None:
            check_shape(encoder.path, model=encoder.name, wanted=shape_of(encoder.published))
        elif encoder.path.suffix == ".safetensors":
            safetensors_shapes(encoder.path)
    except WeightsBroken as error:
        if not encoder.tag:
            raise
        raise WeightsBroken(
            f"{error}: remove it and run `layerforge models fetch {encoder.name}`"
        ) from error
    whole = _open_clip_model(encoder)
    tower: nn.Module = whole.visual.eval().requires_grad_(requires_grad=False)
    if encoder.published is not None and encoder.model.endswith("-quickgelu"):
        activation = activation_at_1(tower)
        if abs(activation - QUICK_GELU_AT_1) > 1e-3:
            raise WeightsBroken(
                f"{encoder.name} runs with the wrong activation: f(1) is {activation:.4f}, "
                f"must be {QUICK_GELU_AT_1}"
            )
    embedded = embed_texts(whole, texts, model=encoder.model) if texts else None
    return Loaded(tower, _preprocess_of(tower, encoder), embedded)


def activation_at_1(tower: nn.Module) -> float:
    """f(1) of the tower's activation: 0.8458 for QuickGELU, 0.8413 for GELU.

    The two give embeddings near enough to look right and scores that are wrong.
    """
    from open_clip.transformer import QuickGELU

    activation = next(part for part in tower.modules() if isinstance(part, nn.GELU | QuickGELU))
    return float(activation(torch.ones(1)))


def is_familiar(published: PublishedEncoder, embedding: npt.NDArray[np.float32]) -> bool | None:
    """Whether an embedding (D,) of unit length has the outlier of the encoder's embeddings.

    One of the same shape but with other or random weights lacks it.  None where none is known.
    """
    if published.outlier is None:
        return None
    place, value = published.outlier
    return bool(embedding[place] / value > _FAMILIAR)


def check_tower(encoder: LocatedEncoder) -> dict[str, float | bool]:
    """Known facts of a published encoder, measured on its file.

    dim: embedding length.  activation_at_1: see there.  familiar: see ``is_familiar``, on a test
    picture; left out where no outlier is known.
    """
    loaded = load_encoder(encoder)
    with torch.inference_mode():
        waves = torch.from_numpy(coloured_waves(1, loaded.preprocess.size_px))
        row = unit_rows(loaded.tower(loaded.preprocess(waves)))[0]
    facts: dict[str, float | bool] = {
        "dim": len(row),
        "activation_at_1": round(activation_at_1(loaded.tower), 4),
    }
    if encoder.published is not None:
        familiar = is_familiar(encoder.published, row.numpy())
        if familiar is not None:
            facts["familiar"] = familiar
    return facts


def _open_clip_model(encoder: LocatedEncoder) -> Any:
    """The whole open_clip model, float32 on the CPU."""
    import open_clip
    from safetensors import SafetensorError

    pretrained = None if encoder.path.is_dir() else str(encoder.path)
    try:
        if (quick := quickly_built(encoder)) is not None:
            return quick.eval()
        with without_talk_of_pickles():
            return open_clip.create_model(
                encoder.model,
                pretrained=pretrained,
                precision="fp32",
                device="cpu",
                weights_only=True,
            ).eval()
    except (
        *(RuntimeError, ValueError, KeyError, TypeError, AttributeError, OSError, EOFError),
        *(pickle.UnpicklingError, SafetensorError, MemoryError),
    ) as error:
        if is_out_of_memory(error):
            raise MemoryShort(encoder.name) from error
        if isinstance(error, pickle.UnpicklingError | KeyError | EOFError | TypeError):
            # torch's own text tells how to run the code in it: not here
            raise WeightsBroken(
                f"{encoder.path.name} cannot be loaded: it holds something other than weights, or "
                "is no checkpoint; nothing in it was run"
            ) from error
        raise WeightsBroken(
            f"{encoder.path.name} cannot be loaded as {encoder.name}: {why_refused(error)}"
        ) from error


def _preprocess_of(tower: nn.Module, encoder: LocatedEncoder) -> Preprocess:
    import open_clip

    config: dict[str, Any] = dict(tower.preprocess_cfg)  # type: ignore[arg-type]
    if encoder.tag:
        # open_clip forgets these where the weights are named by their file
        stated = open_clip.get_pretrained_cfg(encoder.model, encoder.tag)
        known = ("mean", "std", "interpolation", "resize_mode")
        config.update({key: stated[key] for key in known if stated.get(key)})
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


def output_dim(tower: nn.Module) -> int:
    """The length of the tower's embeddings."""
    return int(tower.output_dim)  # type: ignore[arg-type]
