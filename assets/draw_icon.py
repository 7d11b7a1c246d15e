"""Render ``icon.svg`` to ``icon.png``: ``python assets/draw_icon.py``."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ASSETS = Path(__file__).resolve().parent
SIZE = 512


def render(svg: Path, size: int) -> QImage:
    """Render an SVG file onto a clear square of ``size`` pixels."""
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"not a readable SVG file: {svg}")
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def main() -> None:
    """Write the PNG next to the SVG."""
    app = QGuiApplication([])
    path = ASSETS / "icon.png"
    if not render(ASSETS / "icon.svg", SIZE).save(str(path)):
        raise OSError(f"could not write {path}")
    app.quit()


if __name__ == "__main__":
    main()
