"""Bring the translations up to date: `python packaging/translations.py`.

Takes every string of the window and every word of the toolbox into the .ts files beside the .qm
files in layerforge/desktop/translations, keeps what is translated, drops what is gone, and
compiles them.  Translate in between with Qt Linguist (`pyside6-linguist`) or any editor; what is
not finished speaks English.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import PySide6

from layerforge.desktop import engine_words
from layerforge.desktop.languages import FOLDER, NATIVE, OWN_NAMES
from layerforge.operations.registry import FAMILIES, toolbox
from layerforge.scoring.voters import MeasuresScorer

SOURCE = FOLDER.parent

LAYERS = ("Picture", "Stamp", "Colour", "Gradient", "Adjustment", "colour", "stamp", "adjustment")
CLIP_VOTERS = ("aesthetic", "prompts", "taste")
SCORERS = ("measures",)


def main() -> None:
    """Update all."""
    for language in OWN_NAMES:
        update(language, FOLDER)
        compiled = FOLDER / f"layerforge_{language}.qm"
        _qt("lrelease", "-silent", FOLDER / f"layerforge_{language}.ts", "-qm", compiled)


def update(language: str, folder: Path) -> Path:
    """Take all strings into the language's .ts in ``folder``; returns its path."""
    path = folder / f"layerforge_{language}.ts"
    with tempfile.TemporaryDirectory() as made:
        words = Path(made) / "toolbox.py"
        words.write_text(toolbox_source(), encoding="utf-8")
        options = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", NATIVE]
        if language == NATIVE:
            options.append("-pluralonly")
        options += ["-target-language", language, "-extensions", "py"]
        _qt("lupdate", *options, SOURCE, words, "-ts", path)
    return path


def toolbox_source() -> str:
    """The engine's words as the source that lupdate reads."""
    # neither plug-ins nor families that need an extra, so that it is the same everywhere
    operations = [one for one in toolbox().operations.values() if one.family() in FAMILIES]
    parameters = [one for tool in operations for one in tool.parameters().items()]
    found: dict[str, Iterable[str]] = {
        engine_words.OPERATION: (tool.title() for tool in operations),
        engine_words.FAMILY: (engine_words.plain(tool.family()) for tool in operations),
        engine_words.PARAMETER: (engine_words.plain(name) for name, _ in parameters),
        engine_words.CHOICE: (
            one for _, parameter in parameters for one in getattr(parameter, "choices", ())
        ),
        engine_words.VOTER: (*MeasuresScorer().voters, *CLIP_VOTERS, *SCORERS),
        engine_words.LAYER: LAYERS,
        engine_words.SENTENCE: (
            *(tool.summary() for tool in operations),
            *(parameter.help for _, parameter in parameters),
        ),
    }
    return "\n".join(
        f"translate({context!r}, {text!r})"
        for context, texts in found.items()
        for text in dict.fromkeys(texts)
        if text
    )


def _qt(tool: str, *arguments: str | Path) -> None:
    suffix = ".exe" if sys.platform == "win32" else ""
    program = Path(PySide6.__file__).parent / f"{tool}{suffix}"
    subprocess.run([program, *map(str, arguments)], check=True)  # noqa: S603 - Qt's own


if __name__ == "__main__":
    main()
