"""The health of the installation: what runs, on what, and what is missing."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Callable
from dataclasses import dataclass

import platformdirs

from layerforge.explore.jobs import default_threads
from layerforge.explore.scorers import missing_libraries
from layerforge.explore.usual import EDGE_PX, sample_pictures, usual_panel
from layerforge.explore.versions import versions
from layerforge.files.assets import samples_folder
from layerforge.operations.registry import toolbox
from layerforge.rendering.limits import allowed_bytes
from layerforge.rendering.memory import machine_bytes
from layerforge.scoring import weights
from layerforge.scoring.catalogue import preset_named
from layerforge.scoring.spoiling import fooled, look_at_spoiled
from layerforge.scoring.voters import MeasuresScorer


@dataclass(frozen=True, slots=True)
class Check:
    """One finding.  Where ``needed`` is false, LayerForge works without it."""

    name: str
    ok: bool
    needed: bool
    detail: str


def check_all() -> list[Check]:
    """All checks; none of them raises."""
    return [
        _check("LayerForge", _layerforge, needed=True),
        _check("processor", _processor, needed=True),
        _check("memory", _memory, needed=True),
        _check("operations", _operations, needed=True),
        _check("sample images", _samples, needed=True),
        _check("measures", _measures, needed=True),
        _check("cache folder", _cache, needed=True),
        _check("Qt window", _qt, needed=True),
        _check("torch and devices", _torch, needed=False),
        _check("CLIP weights", _weights, needed=False),
    ]


def _check(name: str, look: Callable[[], str], *, needed: bool) -> Check:
    try:
        return Check(name=name, ok=True, needed=needed, detail=look())
    except Exception as error:  # noqa: BLE001 - whatever is broken is what this reports
        return Check(name=name, ok=False, needed=needed, detail=f"{error}")


def machine() -> str:
    """One line for people: the processor, and what else torch can run on where it is here."""
    if missing_libraries():
        return _processor()
    return f"{_processor()}; {_torch()}"


def _layerforge() -> str:
    listed = ", ".join(f"{name} {version}" for name, version in versions().items())
    return f"{listed}, Python {platform.python_version()} on {platform.platform()}"


def _processor() -> str:
    return f"{default_threads()} cores, {platform.machine()}"


def _memory() -> str:
    return f"{machine_bytes() / 2**30:.1f} GiB, a rendering may take {allowed_bytes() / 2**30:.1f}"


def _operations() -> str:
    box = toolbox()
    if box.problems:
        raise RuntimeError("; ".join(box.problems))
    return f"{len(box.operations)} installed"


def _samples() -> str:
    folder = samples_folder()
    return f"{sum(1 for _ in folder.iterdir())} in {folder}"


def _measures() -> str:
    """That the scorer that needs no download tells pictures from what was broken of them."""
    scorer = MeasuresScorer()
    pictures = sample_pictures(edge_px=EDGE_PX)
    verdicts = look_at_spoiled(scorer, pictures, closely=True)
    counts = fooled(verdicts, usual_panel(scorer), name=scorer.name)
    if any(counts.values()):
        liked = ", ".join(f"{way} {count}/{len(pictures)}" for way, count in counts.items())
        raise RuntimeError(f"spoiled sample images are liked as well as whole ones: {liked}")
    return f"{len(pictures)} sample images rank above each as {', '.join(counts)}"


def _cache() -> str:
    folder = platformdirs.user_cache_path("layerforge", ensure_exists=True)
    probe = folder / ".writable"
    probe.write_bytes(b"")
    probe.unlink()
    return str(folder)


def _qt() -> str:
    return f"PySide6 {importlib.metadata.version('PySide6-Essentials')}"


def _torch() -> str:
    # torch takes seconds to import: only where it is asked about
    from layerforge.scoring.tower import describe_devices

    return describe_devices()


def _weights() -> str:
    preset = preset_named("fast")
    weights.require(preset)
    return f"preset {preset.name} is here"
