"""Aesthetic heads: linear judges of an image embedding, published and one's own.

A head reads L2-normalised embeddings of the one encoder it was trained on; on any other, even
of the same size, its numbers mean nothing, so every head names its encoder.  torch is imported
only where a torch file is read: the catalogue itself costs nothing to import.

Sources: LAION-AI/aesthetic-predictor (v1) and christophschuhmann/improved-aesthetic-predictor
(v2), both on GitHub.
"""

from __future__ import annotations

import hashlib
import pickle
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from layerforge.model.errors import LayerForgeError

_V1 = (
    "https://raw.githubusercontent.com/LAION-AI/aesthetic-predictor/"
    "6d122adad522ab246644d9dc1c6d7a3810ee255f/"
)
_V2 = (
    "https://raw.githubusercontent.com/christophschuhmann/improved-aesthetic-predictor/"
    "6934dd81792f086e613a121dbce43082cb8be85e/"
)
_UNIT_TOLERANCE = 1e-2  # half-precision embeddings are off by 1e-3; unnormalised ones by far more


class HeadBroken(LayerForgeError):
    """A head file is damaged, unsafe or not a head."""


class HeadMismatch(LayerForgeError):
    """A head was paired with embeddings of another encoder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedHead:
    """A public head: where it comes from and how to know it.

    version: ``v1`` or ``v2``, of two lines of heads.
    encoder: open_clip name and tag, ``name/tag``.  dim: length of its embeddings.
    """

    version: str = "v1"
    file: str
    sha256: str
    size_bytes: int
    encoder: str
    dim: int
    licence: str
    url: str

    @property
    def name(self) -> str:
        """The file name without its ending."""
        return self.file.removesuffix(".pth")


HEADS = (
    PublishedHead(
        file="sa_0_4_vit_b_32_linear.pth",
        sha256="c7b14cead230694acc7b9447974d3cad78003c72da032e402a303b6c2429e85f",
        size_bytes=3047,
        encoder="ViT-B-32-quickgelu/openai",
        dim=512,
        licence="MIT",
        url=_V1 + "sa_0_4_vit_b_32_linear.pth",
    ),
    PublishedHead(
        file="sa_0_4_vit_b_16_linear.pth",
        sha256="8ad3923d7ecf019df20ecd2ab5542a3075fbba0278d239c0371345f3d7fcbde0",
        size_bytes=3047,
        encoder="ViT-B-16-quickgelu/openai",
        dim=512,
        licence="MIT",
        url=_V1 + "sa_0_4_vit_b_16_linear.pth",
    ),
    PublishedHead(
        file="sa_0_4_vit_l_14_linear.pth",
        sha256="2cd4e60f4f24ae3bcd57b847b13c1f3ba27edc28cc1a7f9ce74ee9f421243cba",
        size_bytes=4071,
        encoder="ViT-L-14-quickgelu/openai",
        dim=768,
        licence="MIT",
        url=_V1 + "sa_0_4_vit_l_14_linear.pth",
    ),
    PublishedHead(
        version="v2",
        file="sac+logos+ava1-l14-linearMSE.pth",
        sha256="21dd590f3ccdc646f0d53120778b296013b096a035a2718c9cb0d511bff0f1e0",
        size_bytes=3714759,
        encoder="ViT-L-14-quickgelu/openai",
        dim=768,
        licence="Apache-2.0",
        url=_V2 + "sac%2Blogos%2Bava1-l14-linearMSE.pth",
    ),
)


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A linear judge: ``score = embedding · vector + bias``.

    vector: (D,) float64, read-only.  encoder: whose embeddings it reads, ``name/tag``.
    version: of a published head.
    """

    vector: npt.NDArray[np.float64]
    bias: float
    name: str
    encoder: str
    version: str = ""

    def __post_init__(self) -> None:
        vector = np.array(self.vector, dtype=np.float64)
        if vector.ndim != 1 or vector.size == 0:
            raise HeadBroken(f"the head {self.name} needs one vector, got shape {vector.shape}")
        if not (np.isfinite(vector).all() and np.isfinite(self.bias)):
            raise HeadBroken(f"the head {self.name} holds values that are not numbers")
        vector.setflags(write=False)
        object.__setattr__(self, "vector", vector)

    @property
    def dim(self) -> int:
        """D, the length of the embeddings it reads."""
        return len(self.vector)

    def demand(self, *, encoder: str, dim: int) -> None:
        """Raise HeadMismatch unless this head was made for ``encoder``, of length ``dim``."""
        if encoder != self.encoder:
            raise HeadMismatch(
                f"the head {self.name} was made for {self.encoder}, not for {encoder}: "
                "its scores would mean nothing"
            )
        if dim != self.dim:
            raise HeadMismatch(
                f"the head {self.name} reads embeddings of length {self.dim}, "
                f"but {encoder} gives {dim}"
            )

    def score(self, embeddings: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
        """Scores, (N,) float64, of ``embeddings``: (N, D), rows of unit length.

        Published heads put most pictures between 1 and 10.
        Raises HeadMismatch on another length, ValueError on rows that are not unit vectors.
        """
        if embeddings.ndim != 2 or embeddings.shape[1] != self.dim:
            raise HeadMismatch(
                f"the head {self.name} reads embeddings of shape (N, {self.dim}), "
                f"got {embeddings.shape}"
            )
        rows = embeddings.astype(np.float64, copy=False)
        lengths = np.linalg.norm(rows, axis=1)
        if not (np.abs(lengths - 1.0) <= _UNIT_TOLERANCE).all():
            worst = lengths[np.abs(lengths - 1.0).argmax()]
            raise ValueError(f"embeddings must have unit length, got a row of length {worst:.4g}")
        # a row's score must not depend on its neighbours, as a matrix product's last bits may
        scores: npt.NDArray[np.float64] = np.einsum("nd,d->n", rows, self.vector) + self.bias
        return scores


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_head(path: Path, *, encoder: str | None = None) -> Head:
    """Read a head from ``path``.

    A published head is known by its SHA-256, whatever the file is called.  One's own is an
    ``.npz`` with ``vector`` (D,), ``bias`` (a number) and ``encoder`` (``name/tag``); the same as
    ``.safetensors``, with ``encoder`` in its metadata; or a torch file of one ``nn.Linear(D, 1)``
    together with the argument ``encoder``.  No file can run code.

    Raises HeadBroken (damaged, unsafe or unknown file), HeadMismatch (``encoder`` is not its).
    """
    if not path.is_file():
        raise HeadBroken(f"there is no head file {path}")
    if path.suffix == ".npz":
        head = _load_npz(path)
    elif path.suffix == ".safetensors":
        head = _load_safetensors(path)
    else:
        head = _load_torch(path, encoder=encoder)
    if encoder is not None:
        head.demand(encoder=encoder, dim=head.dim)
    return head


def _load_npz(path: Path) -> Head:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            vector = np.asarray(stored["vector"], dtype=np.float64)
            bias, encoder = float(stored["bias"]), str(stored["encoder"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise HeadBroken(
            f"{path.name} is not a head: an .npz needs vector, bias and encoder"
        ) from error
    return Head(vector, bias, path.stem, encoder)


def _load_safetensors(path: Path) -> Head:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as stored:
            encoder = (stored.metadata() or {})["encoder"]
            vector = np.asarray(stored.get_tensor("vector"), dtype=np.float64)
            bias = float(np.asarray(stored.get_tensor("bias"), dtype=np.float64).reshape(()))
    except (SafetensorError, OSError, ValueError, KeyError, TypeError) as error:
        raise HeadBroken(
            f"{path.name} is not a head: a .safetensors needs vector and bias, "
            "and encoder in its metadata"
        ) from error
    return Head(vector, bias, path.stem, encoder)


def _load_torch(path: Path, *, encoder: str | None) -> Head:
    digest = sha256_of(path)
    published = next((known for known in HEADS if known.sha256 == digest), None)
    if published is None:
        if any(known.file == path.name for known in HEADS):
            raise HeadBroken(f"{path.name} is damaged: it does not have the published SHA-256")
        if encoder is None:
            raise HeadBroken(f"{path.name} is no published head, and nothing says its encoder")
    state = _read_state(path)
    name = path.stem if published is None else published.name
    vector, bias = fold(state, name=name)
    if published is None:
        # deeper nets may have activations between the layers, which the file does not tell
        if len(state) != 2:
            raise HeadBroken(f"{path.name} is no linear head: it has {len(state) // 2} layers")
        return Head(vector, bias, name, encoder or "")
    if len(vector) != published.dim:
        raise HeadBroken(f"{path.name} has length {len(vector)}, must be {published.dim}")
    return Head(vector, bias, name, published.encoder, published.version)


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
