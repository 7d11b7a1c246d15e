"""Formats that need another package: HEIC and JPEG XL, used where it is installed."""

from __future__ import annotations

import functools
import importlib

HEIF_HELP = (
    "not an image that can be read here: HEIC needs the package pi-heif, "
    "install it with: pip install 'layerforge[formats]'"
)
JXL_HELP = (
    "not an image that can be read here: JPEG XL needs the package pillow-jxl-plugin (GPL), "
    "install it with: pip install pillow-jxl-plugin"
)


@functools.cache
def register_plugins() -> frozenset[str]:
    """Make Pillow know the formats whose packages are installed; returns those: HEIF, JXL."""
    found = set()
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
