"""What other programs make of the files that LayerForge writes, and of hostile ones.

``python -m tests.benchmarks.peers [FOLDER]`` prints two Markdown tables; the files stay in FOLDER,
where one is named.  Every cell is measured: each program is asked to turn the file into a PNG, as
a process of its own with 30 seconds and 4 GiB of address space.  What it shows is compared, over
white, with what is in the file: a number is the mean absolute difference in 1/255.  Linux.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from layerforge.files.assets import samples_folder
from tests.benchmarks.peer_files import Case, hostile_files, written_files

SECONDS = 30
MEMORY_BYTES = 4 << 30
"""More address space no program gets, so that none takes the machine's."""

_WRONG = 8.0

_OURS = """
import sys; from pathlib import Path; from PIL import Image
from layerforge.files.images import ImageRefused, decode
try: Image.fromarray(decode(Path(sys.argv[1]).read_bytes(), name="x")).save(sys.argv[2])
except ImageRefused as refused: sys.exit(str(refused))
"""
_PILLOW = """
import sys; from PIL import Image
Image.open(sys.argv[1]).convert("RGBA").save(sys.argv[2])
"""
_PSD_TOOLS = """
import sys; import psd_tools
psd_tools.PSDImage.open(sys.argv[1]).composite(force=True).convert("RGBA").save(sys.argv[2])
"""
_GIMP = (
    '(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "{source}" "x")))'
    " (merged (car (gimp-image-merge-visible-layers image CLIP-TO-IMAGE))))"
    " (gimp-layer-resize-to-image-size merged)"
    ' (file-png-save RUN-NONINTERACTIVE image merged "{target}" "x" 0 6 0 0 0 0 0))'
)


_MEASURE = """
import os, resource, signal, subprocess, sys
quiet = subprocess.DEVNULL
streams = dict(stdin=quiet, stdout=quiet, stderr=quiet)
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
process = subprocess.Popen(sys.argv[3:], start_new_session=True, **streams)
try: code = process.wait(timeout=float(sys.argv[1]))
except subprocess.TimeoutExpired:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    code = 124
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, end="")
sys.exit(code)
"""


@dataclass(frozen=True)
class Peer:
    """A program: its name, and the command that shows a file as a PNG.

    there: whether it is installed.
    """

    name: str
    command: Callable[[Path, Path], Sequence[str | Path]]
    there: bool


def _python(code: str) -> Callable[[Path, Path], Sequence[str | Path]]:
    return lambda source, target: [sys.executable, "-W", "ignore", "-c", code, source, target]


def _gimp(source: Path, target: Path) -> Sequence[str]:
    script = _GIMP.format(source=source, target=target)
    start = ["gimp", "-i", "-d", "-f", "-c", "--batch-interpreter=plug-in-script-fu-eval"]
    return [*start, "-b", script, "-b", "(gimp-quit 0)"]


def _krita(source: Path, target: Path) -> Sequence[str | Path]:
    return ["xvfb-run", "-a", "krita", "--export", "--export-filename", target, source]


def _has(*programs: str) -> bool:
    return all(shutil.which(one) for one in programs)


def _can_import(package: str) -> bool:
    told = subprocess.run([sys.executable, "-c", f"import {package}"], capture_output=True)
    return told.returncode == 0


def peers() -> list[Peer]:
    """LayerForge, and all programs that are compared with it."""
    return [
        Peer("LayerForge", _python(_OURS), there=True),
        Peer("Pillow", _python(_PILLOW), there=True),
        Peer("ImageMagick", lambda source, target: ["convert", f"{source}[0]", target],
             there=_has("convert")),
        Peer("libvips", lambda source, target: ["vips", "copy", source, target],
             there=_has("vips")),
        Peer("psd-tools", _python(_PSD_TOOLS), there=_can_import("psd_tools")),
        Peer("GIMP", _gimp, there=_has("gimp")),
        Peer("Krita", _krita, there=_has("krita", "xvfb-run")),
    ]  # fmt: skip


def shown_by(peer: Peer, case: Case, folder: Path) -> str:
    """What a program does with a file, as the table's cell."""
    target = folder / "shown.png"
    target.unlink(missing_ok=True)
    command = [str(part) for part in peer.command(case.path, target)]
    home = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    home.pop("QT_QPA_PLATFORM", None)
    limits = [str(SECONDS), str(MEMORY_BYTES)]
    measured = [sys.executable, "-c", _MEASURE, *limits, *command]
    told = subprocess.run(measured, capture_output=True, env=home)
    peak = int(told.stdout.rpartition(b"\n")[2] or 0) >> 10
    memory = f", {peak / 1024:.1f} GiB" if peak > 1024 else ""
    if told.returncode == 124:
        return f"no end in {SECONDS} s{memory}"
    if not target.exists():
        return f"no{memory}"
    try:
        shown = cv2.imread(str(target), cv2.IMREAD_UNCHANGED)
    except cv2.error:  # which has a limit of its own
        return f"**shows it all**{memory}"
    if shown is None:
        return f"half a picture{memory}"
    difference = _difference(shown, case.shows)
    if difference is None:
        return f"another size{memory}"
    return f"{'**wrong** ' if difference > _WRONG else ''}{difference:.1f}{memory}"


def _difference(shown: np.ndarray, expected: np.ndarray) -> float | None:
    """``shown``: grey, BGR or BGRA of 8 or 16 bits."""
    real = shown / np.iinfo(shown.dtype).max
    if real.ndim == 2:
        real = np.dstack([real] * 3)
    alpha = real[..., 3:] if real.shape[2] == 4 else 1.0
    flat = np.rint(255 * (real[..., 2::-1] * alpha + 1 - alpha))
    return float(np.abs(flat - expected).mean()) if flat.shape == expected.shape else None


def table(cases: Sequence[Case], programs: Sequence[Peer], folder: Path) -> None:
    """Print one table, a row a file."""
    print("| | " + " | ".join(peer.name for peer in programs) + " |")
    print("|---" * (len(programs) + 1) + "|")
    for case in cases:
        cells = [
            "–" if peer.name == "psd-tools" and case.path.suffix not in (".psd", ".psb")
            else shown_by(peer, case, folder)
            for peer in programs
        ]  # fmt: skip
        print(f"| {case.name} | " + " | ".join(cells) + " |", flush=True)


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if args.folder is None else args.folder.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        programs = [peer for peer in peers() if peer.there]
        photograph = Image.open(samples_folder() / "fern.jpg").convert("RGB").resize((240, 160))
        picture = np.asarray(photograph)
        print("What LayerForge writes, shown by others (difference of 255; no: not read)\n")
        table(written_files(folder, picture), programs, folder)
        print("\nHostile, damaged and rare files (the same; memory where it is above 1 GiB)\n")
        table(hostile_files(folder, picture), programs, folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
