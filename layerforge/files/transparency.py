"""The alpha of a picture, in whichever of the many ways its file says it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image


def alpha_of(image: Image.Image, *, bits: int) -> Image.Image | None:
    """The alpha of ``image`` (loaded) in mode L, or None where it is opaque by its kind.

    bits: how many bits a sample has in its file, which says the transparent colour in that
    depth.  The decoder widens fewer than 8, and keeps the high byte of 16-bit colour.
    """
    if image.mode in ("RGBA", "LA", "PA"):
        return image.getchannel("A")
    if image.mode in ("La", "RGBa"):
        return image.getchannel("a")
    key = image.info.get("transparency")
    if key is None:
        return None
    if image.mode == "P":
        return image.convert("RGBA").getchannel("A")
    if image.mode not in ("1", "L", "RGB") and not image.mode.startswith("I;16"):
        return None
    samples = np.asarray(image)
    if image.mode == "RGB":
        if bits == 16:
            key = tuple(sample >> 8 for sample in key)
        clear = (samples == np.asarray(key)).all(axis=-1)
    elif image.mode == "1":
        clear = samples == bool(key)
    elif bits < 8:
        clear = samples == key * (255 // ((1 << bits) - 1))
    else:
        clear = samples == key
    return Image.fromarray(np.where(clear, 0, 255).astype(np.uint8))


def without_white(rgba: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Straight RGBA from colours that lie over white, as PSD's merged image holds them.

    Source: Adobe Photoshop File Formats Specification, "Image Data"; white is what Photoshop
    lays there.
    """
    alpha = rgba[..., 3:].astype(np.float32)
    ink = (255.0 - rgba[..., :3]) * (255.0 / np.maximum(alpha, 1.0))
    rgb = np.where(alpha > 0, np.clip(255.0 - ink, 0.0, 255.0) + 0.5, 0.0)
    return np.concatenate([rgb.astype(np.uint8), rgba[..., 3:]], axis=-1)
