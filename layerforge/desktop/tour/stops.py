"""What the tour shows, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from layerforge.desktop.window import MainWindow


@dataclass(frozen=True, slots=True)
class Stop:
    """places: what is pointed at, the first of them that is in sight."""

    title: str
    words: str
    places: tuple[Callable[[], QWidget], ...]


def stops_of(window: MainWindow) -> list[Stop]:
    """The stops in a window."""
    panels, studio = window.panels, window.studio
    middle = panels.middle
    translate = QCoreApplication.translate
    return [
        Stop(
            translate("Tour", "Begin with pictures"),
            translate(
                "Tour",
                "What you drop here becomes material for collages: photographs, textures, scans. "
                "“Try the samples” in the menu Sources brings some along. A right click on one "
                "has it used more, less, or not at all.",
            ),
            (lambda: panels.sources,),
        ),
        Stop(
            translate("Tour", "Let it explore"),
            translate(
                "Tour",
                "Explore tries hundreds of compositions and keeps the good ones. Noise says how "
                "far it strays, temperature how wide it looks. Space begins, pauses and goes on.",
            ),
            (lambda: panels.explore_bar,),
        ),
        Stop(
            translate("Tour", "Look at what was found"),
            translate(
                "Tour",
                "What is kept appears here while it explores. The arrow keys walk through it, F "
                "shows the chosen picture large. What looks alike lies in a stack; S unfolds it.",
            ),
            (lambda: panels.gallery, lambda: middle),
        ),
        Stop(
            translate("Tour", "Pin and kill"),
            translate(
                "Tour",
                "P pins what you love: it stays and is grown further. K kills what leads nowhere. "
                "Nothing is ever lost: Ctrl+Z takes back every decision, and U resets one.",
            ),
            (lambda: panels.picture.caption, lambda: middle),
        ),
        Stop(
            translate("Tour", "Teach your taste"),
            translate(
                "Tour",
                "C compares two to four versions side by side. Q asks which of two you like "
                "better; each answer teaches your taste, which soon joins the judges.",
            ),
            (lambda: studio.button_of(studio.compare.ask), lambda: middle),
        ),
        Stop(
            translate("Tour", "Take it with you"),
            translate(
                "Tour",
                "E exports pictures in any size, with layers if you like, and with the recipe "
                "inside: an exported file opens as a project again. This tour is in the menu Help.",
            ),
            (window.menuBar,),
        ),
    ]
