"""The files that come with LayerForge: sample images and the icon."""

from __future__ import annotations

from pathlib import Path

import layerforge
from layerforge.model.errors import LayerForgeError


def assets_folder() -> Path:
    """The assets: inside the installed package, or beside it in a checkout."""
    package = Path(layerforge.__file__).parent
    for folder in (package / "assets", package.parent / "assets"):
        if folder.is_dir():
            return folder
    raise LayerForgeError(f"LayerForge's assets are missing from {package}: install it again")


def samples_folder() -> Path:
    """The sample images."""
    return assets_folder() / "samples"


def icon_path() -> Path:
    """The app's icon, a PNG."""
    return assets_folder() / "icon.png"
