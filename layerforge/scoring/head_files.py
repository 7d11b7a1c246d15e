"""Reading heads from files, published ones and one's own.  No file can run code.

torch is imported only where a torch file is read.
"""

from __future__ import annotations

import pickle
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from layerforge.scoring import catalogue
from layerforge.scoring.catalogue import PublishedHead
from layerforge.scoring.heads import Head, HeadBroken, HeadMismatch
from layerforge.scoring.verified import differs, sha256_of

OWN_SUFFIXES = (".npz", ".safetensors")
"""Of files that a head of one's own may come in."""

_Arrays = Mapping[str, npt.NDArray[Any]]


def load_head(path: Path, *, encoder: str | None = None) -> Head:
    """Read a head from ``path``.

    A published head is known by its SHA-256, whatever the file is called.  One's own is an
    ``.npz`` or ``.safetensors`` with ``vector`` or ``weight``, (D,) or (1, D), and, unless it is
    0, ``bias``, a number; it declares its encoder (``MODEL/TAG``) as ``encoder``, a field of the
    ``.npz`` or of the ``.safetensors``' metadata, or the argument says it.  A torch file of one
    ``nn.Linear(D, 1)`` will do, too, with the argument.

    Raises HeadBroken (damaged, unsafe or unknown file), HeadMismatch (``encoder`` is not its).
    """
    if not path.is_file():
        raise HeadBroken(f"there is no head file {path}")
    if path.suffix not in OWN_SUFFIXES:
        return _load_torch(path, encoder=encoder)
    arrays, declared = (_read_npz if path.suffix == ".npz" else _read_safetensors)(path)
    if declared is None and encoder is None:
        where = "as a field" if path.suffix == ".npz" else "in its metadata"
        raise HeadBroken(
            f"the head {path.name} declares no encoder: it needs `encoder`, such as "
            f"ViT-B-32-quickgelu/openai, {where}"
        )
    if declared is not None and encoder is not None and declared != encoder:
        raise HeadMismatch(f"the head {path.name} was made for {declared}, not for {encoder}")
    vector, bias = _linear(arrays, name=path.name)
    return Head(vector, bias, path.stem, declared or encoder or "")


def published_under(path: Path) -> PublishedHead | None:
    """The published head whose name the file ``path`` bears, if any; browsers add ``(1)``."""
    return next((one for one in catalogue.HEADS if path.stem.startswith(one.name)), None)


def _read_npz(path: Path) -> tuple[_Arrays, str | None]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: np.asarray(stored[name]) for name in stored.files}
    except (OSError, ValueError, TypeError, EOFError, AttributeError, zipfile.BadZipFile) as error:
        raise HeadBroken(f"{path.name} cannot be read: it is no whole .npz of numbers") from error
    declared = arrays.pop("encoder", None)
    if declared is not None and (declared.size != 1 or declared.dtype.kind != "U"):
        raise HeadBroken(f"{path.name}: `encoder` must be one text, such as MODEL/TAG")
    return arrays, None if declared is None else str(declared.reshape(()))


def _read_safetensors(path: Path) -> tuple[_Arrays, str | None]:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as stored:
            declared = (stored.metadata() or {}).get("encoder")
            arrays = {name: np.asarray(stored.get_tensor(name)) for name in stored.keys()}  # noqa: SIM118 - no mapping
    except (SafetensorError, OSError) as error:
        raise HeadBroken(f"{path.name} cannot be read: it is no whole .safetensors file") from error
    except (TypeError, ValueError, KeyError) as error:
        raise HeadBroken(
            f"{path.name} cannot be read: its numbers must be float16, float32 or float64"
        ) from error
    return arrays, declared


def _linear(arrays: _Arrays, *, name: str) -> tuple[npt.NDArray[np.float64], float]:
    """The vector (D,) and bias of a head's arrays."""
    vectors = [key for key in ("vector", "weight") if key in arrays]
    if len(vectors) != 1 or not set(arrays) <= {*vectors, "bias"}:
        raise HeadBroken(
            f"{name} is no head: it must hold `vector` (or `weight`) and perhaps `bias`, "
            f"it holds {', '.join(sorted(arrays)) or 'nothing'}"
        )
    vector, bias = arrays[vectors[0]], arrays.get("bias", np.zeros(1))
    if any(one.dtype.kind not in "fiu" for one in (vector, bias)):
        raise HeadBroken(f"{name} is no head: it must hold numbers")
    if vector.ndim == 2 and len(vector) == 1:
        vector = vector[0]
    if vector.ndim != 1 or bias.size != 1:
        raise HeadBroken(
            f"{name} is no head: {vectors[0]} must be (D,) or (1, D) and bias one number, "
            f"got {arrays[vectors[0]].shape} and {bias.shape}"
        )
    return vector.astype(np.float64), float(bias.reshape(()))


def _load_torch(path: Path, *, encoder: str | None) -> Head:
    digest = sha256_of(path)
    published = next((known for known in catalogue.HEADS if known.sha256 == digest), None)
    if published is None:
        if (meant := published_under(path)) is not None:
            raise HeadBroken(differs(meant, path))
        if encoder is None:
            raise HeadBroken(f"{path.name} is no published head, and nothing says its encoder")
    state = _read_state(path)
    if published is None:
        # deeper nets may have activations between the layers, which the file does not tell
        if sum(key.endswith("weight") for key in state) > 1:
            raise HeadBroken(f"{path.name} is no linear head: it has several layers")
        vector, bias = _linear(state, name=path.name)
        return Head(vector, bias, path.stem, encoder or "")
    vector, bias = fold(state, name=published.name)
    if len(vector) != published.dim:
        raise HeadBroken(f"{path.name} has length {len(vector)}, must be {published.dim}")
    head = Head(vector, bias, published.name, published.encoder, published.version)
    if encoder is not None:
        head.demand(encoder=encoder, dim=head.dim)
    return head


def _read_state(path: Path) -> dict[str, npt.NDArray[np.float64]]:
    import torch

    if not zipfile.is_zipfile(path):  # torch's own format; older, bare pickles are refused
        raise HeadBroken(f"{path.name} cannot be read: damaged, or not plain weights")
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise HeadBroken(f"{path.name} cannot be read: damaged, or not plain weights") from error
    if not isinstance(state, Mapping) or not all(torch.is_tensor(v) for v in state.values()):
        raise HeadBroken(f"{path.name} is not a head: it holds no table of weights")
    return {str(key): value.double().numpy() for key, value in state.items()}


def fold(
    state: Mapping[str, npt.NDArray[np.float64]], *, name: str
) -> tuple[npt.NDArray[np.float64], float]:
    """Fold a chain of linear layers without activations into one vector (D,) and a bias.

    state: ``weight`` (1, D) and ``bias`` (1,), or several layers ``layers.K.weight`` (out, in)
        and ``layers.K.bias`` (out,), applied in the order of K.  Dropout holds no weights.
    """
    prefixes = sorted(
        (key.removesuffix("weight") for key in state if key.endswith("weight")),
        key=lambda prefix: [int(digits) for digits in re.findall(r"\d+", prefix)],
    )
    if not prefixes or set(state) != {p + part for p in prefixes for part in ("weight", "bias")}:
        raise HeadBroken(f"{name} is not a head: it holds {', '.join(sorted(state)) or 'nothing'}")
    product: npt.NDArray[np.float64] | None = None
    offset = np.zeros(0)
    for prefix in prefixes:
        weight, bias = state[prefix + "weight"], state[prefix + "bias"]
        if weight.ndim != 2 or bias.shape != weight.shape[:1]:
            raise HeadBroken(f"{name}: {prefix}weight has shape {weight.shape}, bias {bias.shape}")
        if product is None:
            product, offset = weight, bias
        elif weight.shape[1] != len(product):
            raise HeadBroken(f"{name}: {prefix}weight has shape {weight.shape}, does not fit")
        else:
            product, offset = weight @ product, weight @ offset + bias
    if product is None or len(product) != 1:
        raise HeadBroken(f"{name} must give one number per picture")
    return product[0], float(offset[0])
