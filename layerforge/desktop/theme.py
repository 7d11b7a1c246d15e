"""How the app looks: Fusion with two palettes of neutral greys, dark and light.

Pictures are judged in this window, so everything around them is grey; colour marks only what
the user can press, what is selected, and what is pinned or killed.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one scheme, ``#rrggbb``."""

    window: str
    panel: str
    surround: str
    raised: str
    line: str
    handle: str
    text: str
    dim: str
    accent: str
    accent_hover: str
    accent_text: str
    pinned: str
    killed: str
    good: str
    warning: str
    error: str


DARK = Colors(
    window="#26262a",
    panel="#2d2d31",
    surround="#1b1b1e",
    raised="#3a3a40",
    line="#45454c",
    handle="#5a5a63",
    text="#ececee",
    dim="#a6a6ae",
    accent="#f0a04e",
    accent_hover="#ffb568",
    accent_text="#1d1206",
    pinned="#ffc24d",
    killed="#ff7d74",
    good="#56c7a5",
    warning="#f0b44e",
    error="#ff7d74",
)

LIGHT = Colors(
    window="#f1f1f3",
    panel="#fafafb",
    surround="#dcdce0",
    raised="#ffffff",
    line="#c3c3ca",
    handle="#a3a3ad",
    text="#1c1c20",
    dim="#5c5c66",
    accent="#b9520c",
    accent_hover="#a04407",
    accent_text="#ffffff",
    pinned="#a85f00",
    killed="#b3261e",
    good="#12705a",
    warning="#8f5600",
    error="#b3261e",
)


def colors_now() -> Colors:
    """The colours that the app is dressed in."""
    palette = QApplication.palette()
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def follow_system(app: QApplication) -> None:
    """Dress ``app``, and dress it anew whenever the system turns dark or light."""
    app.setStyle("Fusion")
    dress(app)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: dress(app))


def dress(app: QApplication) -> None:
    """Set palette and style sheet; dark where the system doesn't say, as pictures like it."""
    light = app.styleHints().colorScheme() == Qt.ColorScheme.Light
    colors = LIGHT if light else DARK
    app.setPalette(palette_of(colors))
    app.setStyleSheet(style_sheet(colors))


def palette_of(colors: Colors) -> QPalette:
    """The palette of ``colors``."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colors.window,
        QPalette.ColorRole.WindowText: colors.text,
        QPalette.ColorRole.Base: colors.surround if colors is DARK else colors.raised,
        QPalette.ColorRole.AlternateBase: colors.panel,
        QPalette.ColorRole.Text: colors.text,
        QPalette.ColorRole.Button: colors.raised,
        QPalette.ColorRole.ButtonText: colors.text,
        QPalette.ColorRole.BrightText: colors.error,
        QPalette.ColorRole.Highlight: colors.accent,
        QPalette.ColorRole.HighlightedText: colors.accent_text,
        QPalette.ColorRole.Accent: colors.accent,
        QPalette.ColorRole.Link: colors.accent,
        QPalette.ColorRole.ToolTipBase: colors.raised,
        QPalette.ColorRole.ToolTipText: colors.text,
        QPalette.ColorRole.PlaceholderText: colors.dim,
        QPalette.ColorRole.Mid: colors.line,
    }
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    faded = QColor(colors.dim)
    faded.setAlphaF(0.6)
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return palette


def style_sheet(colors: Colors) -> str:
    """What Fusion can't do with a palette alone."""
    return _SHEET.format(**{name: getattr(colors, name) for name in Colors.__dataclass_fields__})


_SHEET = """
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QWidget#panel {{ background: {panel}; }}
QLabel[role="heading"] {{ font-weight: 600; }}
QLabel[role="dim"] {{ color: {dim}; }}
QLabel[role="title"] {{ font-size: 22pt; font-weight: 300; }}
QLabel[role="value"] {{ font-size: 13pt; font-weight: 600; }}
QToolTip {{ color: {text}; background: {raised}; border: 1px solid {line}; padding: 4px; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QStatusBar {{ border-top: 1px solid {line}; }}
QStatusBar::item {{ border: 0; }}
QListView {{ border: 0; background: {surround}; }}
QListView#sources {{ background: transparent; }}
QListView#rows {{ background: {panel}; border-top: 1px solid {line}; }}
QListView#rows::item {{ padding: 3px 4px; }}
QListView:focus#rows {{ border-top: 1px solid {accent}; }}
QDockWidget {{ titlebar-close-icon: none; titlebar-normal-icon: none; font-weight: 600; }}
QDockWidget::title {{ background: {panel}; padding: 7px 12px; }}
QTabBar {{ qproperty-drawBase: 0; }}
QMainWindow::separator {{ background: {line}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QFrame#line {{ border: 0; background: {line}; max-height: 1px; }}
QMenuBar {{ background: {window}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {raised}; }}
QScrollBar {{ background: transparent; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover {{ background: {dim}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ border: 0; background: transparent; }}

QPushButton, QToolButton[role="quiet"] {{
    background: {raised}; color: {text}; border: 1px solid {line}; border-radius: 5px;
    padding: 5px 12px;
}}
QToolButton[role="quiet"] {{ padding: 4px 8px; }}
QPushButton:hover, QToolButton[role="quiet"]:hover {{ border-color: {dim}; }}
QPushButton:pressed, QToolButton[role="quiet"]:pressed,
QToolButton[role="quiet"]:checked {{ background: {line}; }}
QToolButton[role="quiet"]:checked {{ border-color: {accent}; font-weight: 600; }}
QPushButton:focus, QToolButton[role="quiet"]:focus {{ border: 2px solid {accent}; }}
QPushButton:focus {{ padding: 4px 11px; }}
QToolButton[role="quiet"]:focus {{ padding: 3px 7px; }}
QPushButton:disabled, QToolButton[role="quiet"]:disabled {{
    color: {dim}; background: transparent;
}}
QPushButton[role="primary"] {{
    background: {accent}; color: {accent_text}; border: 1px solid {accent}; font-weight: 600;
    padding: 8px 16px;
}}
QPushButton[role="primary"]:hover {{ background: {accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; padding: 7px 15px; }}
QPushButton[role="primary"]:disabled {{
    background: {raised}; color: {dim}; border-color: {line};
}}
QPushButton[role="link"], QToolButton[role="link"] {{
    background: transparent; border: 1px solid transparent; border-radius: 5px; color: {text};
    padding: 4px 8px 4px 0; font-weight: 600; text-align: left;
}}
QPushButton[role="link"]:hover, QToolButton[role="link"]:hover {{ background: {raised}; }}
QPushButton[role="link"]:focus, QToolButton[role="link"]:focus {{ border-color: {accent}; }}

QCheckBox::indicator {{
    width: 12px; height: 12px; border: 1px solid {dim}; border-radius: 3px; background: {window};
}}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; }}
QCheckBox::indicator:disabled {{ border-color: {line}; }}
QCheckBox:focus {{ color: {accent}; }}

QToolButton[role="segment"] {{
    background: transparent; border: 1px solid {line}; color: {dim}; padding: 3px 7px;
    border-radius: 5px;
}}
QToolButton[role="segment"]::menu-indicator {{ image: none; width: 0; }}
QToolButton[role="segment"]:hover {{ color: {text}; border-color: {dim}; }}
QToolButton[role="segment"]:checked {{ background: {raised}; color: {text}; font-weight: 600; }}
QToolButton[role="segment"]:focus {{ border-color: {accent}; }}

QProgressBar {{
    background: {raised}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px;
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}

QFrame#tour {{ background: {raised}; border: 1px solid {accent}; border-radius: 8px; }}
QFrame#banner {{ background: {raised}; border-left: 4px solid {dim}; }}
QFrame#banner[kind="good"] {{ border-left-color: {good}; }}
QFrame#banner[kind="warning"] {{ border-left-color: {warning}; }}
QFrame#banner[kind="error"] {{ border-left-color: {error}; }}
"""
