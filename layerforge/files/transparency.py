"""The alpha of a picture, in whichever of the many ways its file says it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from layerforge.files.png_chunks import SIGNATURE, chunks
from layerforge.files.refusals import Damaged


def alpha_of(image: Image.Image, *, bits: int) -> Image.Image | None:
    """The alpha of ``image`` (loaded) in mode L, or None where it is opaque by its kind.

    bits: how many bits a sample has in its file, which says the transparent colour in that
    depth.  The decoder widens fewer than 8; for 16-bit colour see `with_deep_key`.
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
        clear = (samples == np.asarray(key)).all(axis=-1)
    elif image.mode == "1":
        clear = samples == bool(key)
    elif bits < 8:
        clear = samples == key * (255 // ((1 << bits) - 1))
    else:
        clear = samples == key
    return Image.fromarray(np.where(clear, 0, 255).astype(np.uint8))


def with_deep_key(image: Image.Image, png: bytes) -> Image.Image:
    """A loaded PNG of 16-bit colour as RGBA, where it names a transparent colour.

    The decoder keeps the high bytes alone, and a colour is clear only where the low ones are the
    same, too.
    """
    key = image.info.get("transparency")
    if image.mode != "RGB" or not isinstance(key, tuple):
        return image
    bare = SIGNATURE + b"".join(
        png[chunk.start - 8 : chunk.end] for chunk in chunks(png) if chunk.critical
    )
    try:
        deep = cv2.imdecode(np.frombuffer(bare, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise Damaged("its transparent colour can't be told") from error
    if deep is None or deep.dtype != np.uint16 or deep.shape != (image.height, image.width, 3):
        raise Damaged("its transparent colour can't be told")
    clear = (deep[..., ::-1] == np.asarray(key)).all(axis=-1)
    clearer = image.copy()
    del clearer.info["transparency"]
    clearer.putalpha(Image.fromarray(np.where(clear, 0, 255).astype(np.uint8)))
    return clearer


def without_white(rgba: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Straight RGBA from colours that lie over white, as PSD's merged image holds them.

    Source: Adobe Photoshop File Formats Specification, "Image Data"; white is what Photoshop
    lays there.
    """
    alpha = rgba[..., 3:].astype(np.float32)
    ink = (255.0 - rgba[..., :3]) * (255.0 / np.maximum(alpha, 1.0))
    rgb = np.where(alpha > 0, np.clip(255.0 - ink, 0.0, 255.0) + 0.5, 0.0)
    return np.concatenate([rgb.astype(np.uint8), rgba[..., 3:]], axis=-1)
