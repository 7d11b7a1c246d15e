"""A button that opens a small panel which stays open while its controls are used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget, QWidgetAction


class PopupButton(QToolButton):
    """Shows ``content`` below itself; its text says how things stand."""

    def __init__(
        self, content: QWidget, *, name: str, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(hint)
        self.setStatusTip(hint)
        menu = QMenu(self)
        inside = QWidgetAction(menu)
        inside.setDefaultWidget(content)
        menu.addAction(inside)
        self.setMenu(menu)

    def say(self, text: str) -> None:
        """Show how things stand."""
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")
