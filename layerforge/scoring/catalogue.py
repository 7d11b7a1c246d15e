"""What is published: encoders and heads, where each is to be had, and the presets made of them.

Sources: open_clip's table of pretrained weights (open_clip/pretrained.py);
LAION-AI/aesthetic-predictor (heads v1) and christophschuhmann/improved-aesthetic-predictor
(heads v2), both on GitHub.
"""

from __future__ import annotations

from dataclasses import dataclass

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.checkpoints import EncoderShape

_V1 = (
    "https://raw.githubusercontent.com/LAION-AI/aesthetic-predictor/"
    "6d122adad522ab246644d9dc1c6d7a3810ee255f/"
)
_V2 = (
    "https://raw.githubusercontent.com/christophschuhmann/improved-aesthetic-predictor/"
    "6934dd81792f086e613a121dbce43082cb8be85e/"
)


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


def encoder_file(name: str) -> str:
    """The name in our folder of the file of the encoder called ``MODEL/TAG``."""
    return f"{name.replace('/', '--')}.safetensors"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEncoder:
    """A public CLIP model: its open_clip name and tag, where its file is, and its shape.

    dim: embedding length.  image_px, patch_px, width, layers: of the image tower.
    megabytes: of the file.  outlier: (index, value) of the component that is by far the largest
        in every embedding the model gives, where known; tells it from others of the same shape.
    """

    model: str
    tag: str
    repository: str
    dim: int
    patch_px: int
    width: int
    layers: int
    megabytes: int
    image_px: int = 224
    licence: str = "MIT"
    outlier: tuple[int, float] | None = None

    @property
    def name(self) -> str:
        """``model/tag``, as heads name it."""
        return f"{self.model}/{self.tag}"

    @property
    def file(self) -> str:
        """The file's name in our folder."""
        return encoder_file(self.name)

    @property
    def hub_file(self) -> str:
        """The file's name in its repository."""
        return "open_clip_model.safetensors"


# outliers: the means of the v1 heads' published example embeddings
ENCODERS = (
    PublishedEncoder(
        model="ViT-B-32-quickgelu",
        tag="openai",
        repository="timm/vit_base_patch32_clip_224.openai",
        dim=512,
        patch_px=32,
        width=768,
        layers=12,
        megabytes=605,
        outlier=(92, -0.79),
    ),
    PublishedEncoder(
        model="ViT-B-16-quickgelu",
        tag="openai",
        repository="timm/vit_base_patch16_clip_224.openai",
        dim=512,
        patch_px=16,
        width=768,
        layers=12,
        megabytes=599,
    ),
    PublishedEncoder(
        model="ViT-L-14-quickgelu",
        tag="openai",
        repository="timm/vit_large_patch14_clip_224.openai",
        dim=768,
        patch_px=14,
        width=1024,
        layers=24,
        megabytes=1711,
        outlier=(644, 0.60),
    ),
)

Item = PublishedEncoder | PublishedHead
"""Anything of the catalogue: a file that can be found, fetched or imported."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """An encoder and the heads that read its embeddings."""

    encoder: PublishedEncoder
    heads: tuple[PublishedHead, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """One or two encoders, the cheap one first, and their heads."""

    name: str
    pairings: tuple[Pairing, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All its files."""
        items: list[Item] = []
        for pairing in self.pairings:
            items += [pairing.encoder, *pairing.heads]
        return tuple(items)


_SMALL = Pairing(ENCODERS[0], HEADS[:1])
_LARGE = Pairing(ENCODERS[2], HEADS[2:])
PRESETS = {"fast": Preset("fast", (_SMALL,)), "best": Preset("best", (_SMALL, _LARGE))}


def preset_named(name: str) -> Preset:
    """The preset called ``name``."""
    try:
        return PRESETS[name]
    except KeyError:
        raise LayerForgeError(f"unknown preset {name!r}, there are: {', '.join(PRESETS)}") from None


def shape_of(item: PublishedEncoder) -> EncoderShape:
    """The shape of its image tower."""
    tokens = (item.image_px // item.patch_px) ** 2 + 1
    return (item.width, item.patch_px, item.layers, tokens, item.dim)
