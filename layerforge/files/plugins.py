"""Formats that need another package: HEIC and JPEG XL, used where it is installed."""

from __future__ import annotations

import functools
import importlib

from PIL import features

HEIF_HELP = (
    "a HEIC picture, which needs another package: pip install 'layerforge[formats]', "
    "or save it as PNG or JPEG"
)
JXL_HELP = (
    "a JPEG XL picture, which needs another package: pip install 'layerforge[jxl]', "
    "or save it as PNG"
)
AVIF_HELP = (
    "an AVIF picture, which needs a newer Pillow: pip install --upgrade 'pillow>=11.3', "
    "or save it as PNG"
)


@functools.cache
def register_plugins() -> frozenset[str]:
    """Make Pillow know the formats whose packages are installed.

    Returns those of AVIF (which Pillow itself may lack), HEIF and JXL that can be read.
    """
    found = {"AVIF"} if features.check("avif") else set()
    for package in ("pi_heif", "pillow_heif"):
        try:
            importlib.import_module(package).register_heif_opener(thumbnails=False)
        except ImportError:
            continue  # not installed: the reason is told when a file needs it
        found.add("HEIF")
        break
    try:
        importlib.import_module("pillow_jxl")
    except ImportError:
        return frozenset(found)
    return frozenset(found | {"JXL"})
