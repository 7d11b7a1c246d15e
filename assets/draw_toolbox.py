"""Draws the pages that show the toolbox: `python assets/draw_toolbox.py`.

Writes `assets/readme/toolbox.md` and a small contact sheet of every family into
`assets/readme/toolbox/`, from the sample images, as `layerforge ops --sheet` draws large ones.
"""

from __future__ import annotations

from pathlib import Path

from layerforge.explore.sheets import Look, write_sheets
from layerforge.files.images import find_images
from layerforge.operations.operation import Operation
from layerforge.operations.registry import FAMILIES, families, family_text

HERE = Path(__file__).parent
FOLDER = HERE / "readme" / "toolbox"
LOOK = Look(samples=6, columns=6, tile_px=128, suffix=".jpg", quality=62)

HEAD = """# The toolbox

What each tool makes of the sample images, with parameters drawn at random as the search draws
them. `layerforge ops --sheet DIR --image ME.JPG` draws such sheets on your own picture, larger and
with more samples; `layerforge ops NAME` tells what a tool's parameters mean and may be.
`python assets/draw_toolbox.py` writes this page.
"""


def main() -> None:
    """Write the sheets and the page."""
    for old in FOLDER.glob("*.jpg"):
        old.unlink()
    samples = list(find_images([HERE / "samples"]))
    for path in write_sheets(FOLDER, samples, own=len(samples), look=LOOK, only=FAMILIES):
        print(f"{path.relative_to(HERE)}: {path.stat().st_size / 1000:.0f} kB")
    parts = [HEAD, *(section(name, families()[name]) for name in FAMILIES)]
    (HERE / "readme" / "toolbox.md").write_text("\n".join(parts), encoding="utf-8")


def section(family: str, operations: tuple[type[Operation], ...]) -> str:
    """A family's heading, sheet and list."""
    lines = [
        f"## {family}",
        "",
        f"{family_text(family)[:1].upper()}{family_text(family)[1:]}.",
        "",
        f"![Samples of {family}](toolbox/{family}.jpg)",
        "",
        "| operation | does | source |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{one.tag()}` | {one.summary()} | {one.origin().removesuffix('.')} |"
        for one in operations
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
