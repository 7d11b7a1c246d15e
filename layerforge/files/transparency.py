"""The alpha of a picture, in whichever of the many ways its file says it."""

from __future__ import annotations

import numpy as np
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
