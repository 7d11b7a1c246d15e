"""Buttons of dialogs: which one Enter presses."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton


def enter_presses(default: QPushButton) -> None:
    """Let Enter press ``default`` and no other button of its dialog, wherever the focus is.

    Qt would press the next best button at a text field; Space still presses the focused one.
    """
    for button in default.window().findChildren(QPushButton):
        button.setAutoDefault(button is default)
    default.setDefault(True)
