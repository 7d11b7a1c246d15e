"""Whether a weights file is what it is called: by its hash where one is known, else by its shape.

Heads have published hashes.  No hash of an encoder's file is part of LayerForge: what a hub states
while the file is fetched, or a person while importing it, is compared once and then remembered
beside the files, until the file changes.  An encoder known by its shape alone may be any of that
shape, even one with random weights.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from layerforge.scoring.catalogue import PublishedEncoder, PublishedHead, shape_of
from layerforge.scoring.checkpoints import WeightsBroken, encoder_shape, safetensors_shapes
from layerforge.scoring.weights import models_folder, placed

HUB = "the hub"
"""What states the hash of a file that it gives, as `remember` is told."""

_RECORD = "verified.json"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stated_sha256(path: Path) -> str | None:
    """The SHA-256 that a file of the Hugging Face cache bears as its name, or None elsewhere."""
    name = path.resolve().name
    return name if re.fullmatch(r"[0-9a-f]{64}", name) else None


def check_head(item: PublishedHead, path: Path) -> None:
    """Raise WeightsBroken unless ``path`` is the published file, byte for byte."""
    if problem := differs(item, path):
        raise WeightsBroken(f"{problem}: remove it and run `layerforge models fetch {item.name}`")


def differs(item: PublishedHead, path: Path) -> str:
    """How ``path`` differs from the published file, for people; empty where it does not."""
    size = path.stat().st_size
    if size != item.size_bytes:
        return f"{path.name} is damaged: it has {size} bytes, the published one {item.size_bytes}"
    if (got := sha256_of(path)) != item.sha256:
        return (
            f"{path.name} is damaged: it has SHA-256 {got[:12]}…, "
            f"the published one {item.sha256[:12]}…"
        )
    return ""


def check_encoder(item: PublishedEncoder, path: Path) -> None:
    """Raise WeightsBroken unless ``path`` is whole and has the shape of ``item``.

    Reads the header only.
    """
    if encoder_shape(safetensors_shapes(path)) != shape_of(item):
        raise WeightsBroken(f"{path.name} does not hold the weights of {item.name}")


def demand_sha256(path: Path, wanted: str) -> None:
    """Raise WeightsBroken unless ``path`` has this SHA-256."""
    if (got := sha256_of(path)) != wanted.lower():
        raise WeightsBroken(
            f"{path.name} has SHA-256 {got[:12]}…, must be {wanted[:12].lower()}…: "
            "it is another file, or damaged"
        )


def remember(path: Path, sha256: str, *, by: str, models_dir: Path | None = None) -> None:
    """Note that ``path`` has the SHA-256 that ``by`` stated for it.

    Raises LayerForgeError where our folder cannot be written.
    """
    folder = models_dir or models_folder()
    held = {**_record(folder), str(path.resolve()): {**_state(path), "sha256": sha256, "by": by}}
    with placed(folder / _RECORD) as part:
        part.write_text(json.dumps(held, indent=1), "utf-8")


def vouched_for(path: Path, *, models_dir: Path | None = None) -> str | None:
    """Who stated the hash that ``path`` was found to have, or None where nobody did.

    What was found is forgotten as soon as the file changes.
    """
    known = _record(models_dir or models_folder()).get(str(path.resolve()))
    if not isinstance(known, dict) or any(known.get(k) != v for k, v in _state(path).items()):
        return None
    return str(known.get("by"))


def _state(path: Path) -> dict[str, int]:
    """What changes with a file's content, without reading it."""
    now = path.stat()
    return {"bytes": now.st_size, "modified_ns": now.st_mtime_ns}


def _record(folder: Path) -> dict[str, Any]:
    """All that is remembered; nothing where there is no record or it is damaged."""
    try:
        held = json.loads((folder / _RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # then nothing is vouched for, and that is said
    return held if isinstance(held, dict) else {}
