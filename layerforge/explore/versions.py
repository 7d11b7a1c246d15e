"""The versions that decide how a recipe renders."""

from __future__ import annotations

import importlib.metadata


def versions() -> dict[str, str]:
    """LayerForge's own version and those of the libraries that make its pixels."""
    names = {
        "layerforge": "layerforge",
        "numpy": "numpy",
        "opencv": "opencv-python-headless",
        "pillow": "Pillow",
    }
    return {short: _version(package) for short, package in names.items()}


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"
